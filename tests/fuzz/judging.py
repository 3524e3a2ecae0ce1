"""What must hold after any request: an answer with its headers, nothing told, nothing half done."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from weakref import WeakSet

from django.db import connection
from django.http import HttpResponseBase
from psycopg import sql

NOTES = (
    "django_session",
    "django_content_type",
    "clinic_auditentry",
    "clinic_look",
    "clinic_guess",
)
"""Tables that a refused request may write to: that it was tried, and who looked."""
_PREPARED: WeakSet[Any] = WeakSet()
"""Connections that know the statement over all tables: planning it takes ten times as long."""
POLICY = "Content-Security-Policy"


def told(answer: HttpResponseBase) -> bytes:
    """The whole body, streamed or not."""
    if answer.streaming:
        parts: Iterable[bytes] = answer.streaming_content  # type: ignore[attr-defined]
        return b"".join(parts)
    return bytes(answer.content)  # type: ignore[attr-defined]


def faults(answer: HttpResponseBase, *, secrets: tuple[bytes, ...]) -> list[str]:
    """What is wrong with this answer, in words."""
    body = told(answer)
    found = []
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if POLICY not in answer.headers:
        found.append("no content security policy")
    if "nosniff" not in answer.headers.get("X-Content-Type-Options", ""):
        found.append("no X-Content-Type-Options")
    if "Cache-Control" not in answer.headers:
        found.append("no Cache-Control")
    if b"Traceback (most recent" in body or b"psycopg" in body:
        found.append("an error's own words")
    return found + [f"{secret!r} is somebody else's" for secret in secrets if secret in body]


def refused(answer: HttpResponseBase, *, asks_after: bool = False) -> bool:
    """Whether the answer says that nothing was done.

    ``asks_after``: an error at a field of the page that follows, about the next thing to do.
    """
    wrong = answer.status_code == 200 and b"is-invalid" in told(answer)
    return answer.status_code >= 400 or (wrong and not asks_after)


def state() -> dict[str, tuple[int, int]]:
    """Every table in figures that change with any row of it that is written."""
    with connection.cursor() as cursor:
        if connection.connection not in _PREPARED:
            cursor.execute(f"PREPARE every_table AS {_every_table()}")
            _PREPARED.add(connection.connection)
        cursor.execute("EXECUTE every_table")
        return {name: (int(rows), int(mark)) for name, rows, mark in cursor.fetchall()}


@cache
def _every_table() -> str:
    """The statement over the tables there are, which stay the same in a run."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if not name.startswith(NOTES)
        ]
        one = sql.SQL(
            "SELECT {}, count(*), coalesce(sum(hashtext(ctid::text || xmin::text)), 0) FROM {}"
        )
        return (
            sql.SQL(" UNION ALL ")
            .join(one.format(sql.Literal(name), sql.Identifier(name)) for name in tables)
            .as_string(cursor.cursor)
        )
