"""Django's PostgreSQL compiler, which leaves the hash of a password where it is.

Whoever is read beside a row, as the author of a note, is read for their name. Only a statement
about users themselves reads the hash; a user that came along asks for it if it is ever wanted.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.backends.postgresql.compiler import SQLCompiler as PostgresCompiler

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class SQLCompiler(PostgresCompiler):
    """What is read of a row, and of those that come along with it."""

    def get_default_columns(
        self,
        select_mask: Any,
        start_alias: str | None = None,
        opts: Any = None,
        from_parent: Any = None,
    ) -> list[Any]:
        """All columns that are not left out; with ``start_alias`` those of a row beside another."""
        columns: list[Any] = super().get_default_columns(
            select_mask, start_alias, opts, from_parent
        )
        if start_alias is None or opts is None or opts.label != settings.AUTH_USER_MODEL:
            return columns
        return [column for column in columns if column.target.name != "password"]
