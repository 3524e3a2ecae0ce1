"""What must hold after any request: an answer with its headers, nothing told, nothing half done."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

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
_PREPARED: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""Which statements over all tables a connection knows."""
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


class Kept:
    """The tables as they are now, and which of them are different later on.

    To read them all takes as long as a page. Nothing is read where nobody has tried to write since
    the last look: the server counts that for each table, also what was undone.
    """

    def __init__(self) -> None:
        self._rows, self._tried = _state(), _tries()

    def changed(self) -> set[str]:
        """The tables that differ; what a request may write anyway is not among them."""
        tried = _tries()
        if tried == self._tried:
            return set()
        found = {name for name, mark in _state().items() if self._rows[name] != mark}
        if not found:
            self._tried = tried
        return found


def _tries() -> int:
    """How many rows of these tables the open transaction has written or tried to."""
    return int(_asked("tries", _every_try)[0][0])


def _state() -> dict[str, tuple[int, int]]:
    """Every table in figures that change with any row of it that is written."""
    return {name: (int(rows), int(mark)) for name, rows, mark in _asked("rows", _every_row)}


def _asked(name: str, statement: Callable[[], str]) -> list[Any]:
    """What a statement says; planning the one over all tables takes ten times as long."""
    with connection.cursor() as cursor:
        known = _PREPARED.setdefault(connection.connection, set())
        if name not in known:
            cursor.execute(f"PREPARE every_{name} AS {statement()}")
            known.add(name)
        cursor.execute(f"EXECUTE every_{name}")
        return cursor.fetchall()


@cache
def _tables() -> tuple[str, ...]:
    """Those there are, which stay the same in a run."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return tuple(name for name in names if not name.startswith(NOTES))


@cache
def _every_row() -> str:
    one = sql.SQL(
        "SELECT {}, count(*), coalesce(sum(hashtext(ctid::text || xmin::text)), 0) FROM {}"
    )
    return _of_all(*(one.format(sql.Literal(name), sql.Identifier(name)) for name in _tables()))


@cache
def _every_try() -> str:
    return _of_all(
        sql.SQL(
            "SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)), 0)"
            " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ({})"
        ).format(sql.SQL(", ").join(map(sql.Literal, _tables())))
    )


def _of_all(*each: sql.Composed) -> str:
    with connection.cursor() as cursor:
        return sql.SQL(" UNION ALL ").join(each).as_string(cursor.cursor)
