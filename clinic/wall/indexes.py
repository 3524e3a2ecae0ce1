"""A step of a migration that takes an index away while others go on reading and writing."""

from __future__ import annotations

from typing import Any, Final

from clinic.wall.columns import DatabaseStep

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
