"""Steps of a migration that make and take away indexes while others go on reading and writing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


_VALID: Final = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


def index_beside(name: str, over: str, *, unique: bool = False) -> DatabaseStep:
    """An index that an earlier migration names, built here; where it is there nothing is done.

    ``over``: the table with what it is over. One that was broken off is built anew. It goes with
    its columns, so that nothing has to be undone.
    """

    def forward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            cursor.execute(_VALID, [name])
            found = cursor.fetchone()
            if found and not found[0]:
                cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
            if not found or not found[0]:
                kind = "UNIQUE INDEX" if unique else "INDEX"
                cursor.execute(f"CREATE {kind} CONCURRENTLY {name} ON {over}")

    return DatabaseStep(forward)


def other_key(name: str, over: str, before: str, mark: str) -> DatabaseStep:
    """A unique key over something else under its old name, which holds until the new one does.

    ``mark`` stands in the definition of the new key alone; ``before`` is what the old one is over.
    """

    def swap(wanted: str, *, marked: bool) -> Callable[[Any], None]:
        def step(editor: Any) -> None:
            if _is_marked(editor, name, mark) == marked:
                return
            index_beside(f"{name}_new", wanted, unique=True).forward(editor)
            with editor.connection.cursor() as cursor:
                cursor.execute(f"DROP INDEX {name}; ALTER INDEX {name}_new RENAME TO {name}")

        return step

    return DatabaseStep(swap(over, marked=True), swap(before, marked=False))


def _is_marked(editor: Any, name: str, mark: str) -> bool:
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef(to_regclass(%s))", [name])
        return mark in (cursor.fetchone()[0] or "")


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
