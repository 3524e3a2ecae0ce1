"""Steps of a migration that take indexes away while others go on reading and writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import PROTECT, ForeignKey

from clinic.wall.columns import DatabaseStep, Models, Steps

_ALONE: Final = """
SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_attribute a
    ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE i.indrelid = to_regclass(%s) AND a.attname = %s AND i.indnatts = 1
    AND NOT i.indisunique AND i.indpred IS NULL
"""


def no_own_index(table: str, column: str) -> DatabaseStep:
    """The index of a foreign key goes, where a longer one begins with its column.

    Found by what it is: Django makes names of its own.
    """

    def forward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            cursor.execute(_ALONE, [table, column])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")

    def backward(editor: Any) -> None:
        make = f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {table}_{column} ON {table} ({column})"
        with editor.connection.cursor() as cursor:
            cursor.execute(make)

    return DatabaseStep(forward, backward)


def key_without_index(to: str, back: str) -> ForeignKey[Any]:
    """A foreign key whose column another index begins with; ``back``: the name of the way back."""
    return ForeignKey(db_index=False, on_delete=PROTECT, related_name=back, to=to)


def no_index_twice(app: str, keys: Sequence[tuple[str, str, str, str]]) -> list[Operation]:
    """The indexes of these keys go, and the models say so.

    A key is its model, its name, the model that it leads to, and the name of the way back.
    """
    return [
        Steps(*[no_own_index(f"{app}_{model}", f"{name}_id") for model, name, *_ in keys]),
        Models(
            *[
                migrations.AlterField(model, name, key_without_index(to, back))
                for model, name, to, back in keys
            ]
        ),
    ]
