"""What is in a database: each table's rows, counted and summed up, to compare two of them.

The sum of a table does not depend on the order of its rows, and changes with any value of any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg import sql

Contents = Mapping[str, list[Any]]
"""By table: how many rows, and their sum. By sequence: where it stands."""
_TABLES: Final = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
ORDER BY relname
"""
_SEQUENCES: Final = """
SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
"""
_SUM: Final = sql.SQL(
    "SELECT count(*), coalesce(sum(('x' || left(d, 15))::bit(60)::bigint::numeric), 0)::text, "
    "coalesce(sum(('x' || right(d, 15))::bit(60)::bigint::numeric), 0)::text "
    "FROM (SELECT md5(row::text) AS d FROM public.{} AS row) AS rows"
)


def contents(opened: psycopg.Connection[Any]) -> Contents:
    """Every table of the site, as this transaction sees it."""
    names = [name for (name,) in opened.execute(_TABLES).fetchall()]
    found: dict[str, list[Any]] = {}
    for name in names:
        row = opened.execute(_SUM.format(sql.Identifier(name))).fetchone()
        assert row is not None  # noqa: S101 - an aggregate always answers
        found[name] = list(row)
    for name, at in opened.execute(_SEQUENCES).fetchall():
        found[f"sequence {name}"] = [at]
    return found


def differences(wanted: Contents, found: Contents) -> list[str]:
    """The tables and sequences that differ, or are only on one side."""
    names = sorted(set(wanted) | set(found))
    return [name for name in names if wanted.get(name) != found.get(name)]


def rows(of: Contents) -> int:
    """How many rows there are in all tables together."""
    return sum(entry[0] for name, entry in of.items() if not name.startswith("sequence "))
