"""Another condition for a check constraint of a filled table, while others read and write.

The new condition holds for new rows at once; the old rows are looked at afterwards, under a lock
that neither readers nor writers wait for. A migration that uses this is not atomic, and can be
begun again where it was broken off.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.migrations.operations.base import Operation
from django.db.models import CheckConstraint


class ChangeCheck(Operation):
    """A check constraint of ``model_name`` under its old name, undone to what it was before."""

    def __init__(self, model_name: str, constraint: CheckConstraint) -> None:
        self.model_name = model_name
        self.constraint = constraint

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The new one in place of the old."""
        state.remove_constraint(app_label, self.model_name.lower(), self.constraint.name)
        state.add_constraint(app_label, self.model_name.lower(), self.constraint)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """As the models say it after the migration, or, where it is undone, before."""
        model = to_state.apps.get_model(app_label, self.model_name)
        (wanted,) = (c for c in model._meta.constraints if c.name == self.constraint.name)
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute(
                f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT IF EXISTS {wanted.name}"
            )
            there = wanted.create_sql(model, schema_editor)
            schema_editor.execute(f"{there} NOT VALID", params=None)
        schema_editor.execute(
            f"ALTER TABLE {model._meta.db_table} VALIDATE CONSTRAINT {wanted.name}"
        )

    database_backwards = database_forwards

    def describe(self) -> str:
        """One line for whoever reads a plan."""
        return f"Change the check {self.constraint.name} of {self.model_name}"
