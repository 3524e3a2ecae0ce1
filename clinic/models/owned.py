"""The practice on a row that hangs on another row."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Model


class InheritedPractice(models.ForeignKey):
    """The practice of a row, which is its parent's; nobody sets it by hand.

    ``parent`` names the foreign key to the row it hangs on. Where that row is at hand its practice
    is sent along; where it is not, a trigger of the database looks it up. Either way a foreign key
    over both columns keeps the two equal, so that none to the practice itself is needed.
    """

    def __init__(self, to: str = "clinic.Practice", *, parent: str, **kwargs: Any) -> None:
        """Take what cannot differ from field to field as given."""
        self.parent = parent
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.update(
            related_name="+", editable=False, blank=True, db_constraint=False, db_index=False
        )
        super().__init__(to, **kwargs)

    def deconstruct(self) -> Any:
        """What a migration writes: the parent, and null while a migration fills the column."""
        name, path, _, kwargs = super().deconstruct()
        kept = {key: kwargs[key] for key in ("null",) if key in kwargs}
        return name, path, [], {"parent": self.parent, **kept}

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        """The parent's practice, where the parent has been read."""
        if add and self._parent_at_hand(model_instance):
            setattr(model_instance, self.attname, self._of_parent(model_instance))
        return super().pre_save(model_instance, add)

    def _parent_at_hand(self, row: Model) -> bool:
        return row._meta.get_field(self.parent).is_cached(row)  # type: ignore[union-attr]

    def _of_parent(self, row: Model) -> Any:
        # Straight from what was read: asking a parent that was read in part would ask the database.
        return getattr(row, self.parent).__dict__.get("practice_id")
