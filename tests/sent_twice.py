"""Every form that the suite sends is sent once more: whatever it left behind must be there once.

A plugin, for ``make test-twice``: after each post that went well the same bytes are sent again by
the same client, as after a double click or a broken line, and what that did is undone. A row more
in any table is a fault, unless ``MORE`` says why a second one is meant.
"""

from __future__ import annotations

import os
from collections import Counter
from http.cookies import SimpleCookie
from typing import Any, Final

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from tests.undone import undone

#: Rows that note that something was asked or tried, not that it was done.
NOTES: Final = {
    "django_session",
    "axes_accessattempt",
    "clinic_guess",
    "clinic_auditentry",
    "clinic_look",
}
#: Addresses that are meant to do it again when they are asked again, and why.
MORE: Final[dict[str, str]] = {
    "portal_door": "each answer at the door gives the browser a new key; the old one runs out",
    "restore_membership": "a new invitation takes the place of the one before",
    "team": "so does one that is asked for again: the first link ends",
}
_found: Counter[tuple[str, str]] = Counter()
_first: Final[dict[tuple[str, str], str]] = {}
"""The test in which each was found first."""
_sent: Counter[str] = Counter()
_post = Client.post


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names(cursor) if n not in NOTES]
        counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names)  # noqa: S608
        cursor.execute(f"SELECT {counts}")
        return dict(zip(names, cursor.fetchone(), strict=True))


def _name(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).url_name or path
    except Resolver404:
        return path


def post_twice(self: Client, path: str, *args: Any, **options: Any) -> Any:
    """Send it as asked; then once more, for a look."""
    answer = _post(self, path, *args, **options)
    if answer.status_code >= 400 or not connection.in_atomic_block:
        return answer
    name, letters, cookies = _name(path), len(mail.outbox), SimpleCookie()
    # ``copy`` would give a plain dict, into which nobody can sign in.
    cookies.update(self.cookies)
    for data in [*args, *options.values()]:
        for value in data.values() if isinstance(data, dict) else ():
            if hasattr(value, "seek"):
                value.seek(0)
    before = _rows()
    with undone():
        _post(self, path, *args, **{k: v for k, v in options.items() if k != "follow"})
        after = _rows()
    self.cookies = cookies
    del mail.outbox[letters:]
    _sent[name] += 1
    for table in before:
        if after[table] != before[table] and name not in MORE:
            found = (name, f"{table} {after[table] - before[table]:+d}")
            _found[found] += 1
            _first.setdefault(found, os.environ["PYTEST_CURRENT_TEST"].partition(" ")[0])
    return answer


@pytest.fixture(autouse=True)
def _twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "post", post_twice)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was sent, and what was there twice."""
    terminalreporter.section("sent twice")
    terminalreporter.write_line(f"{sum(_sent.values())} forms to {len(_sent)} addresses")
    for (name, more), times in sorted(_found.items()):
        first = _first[name, more]
        terminalreporter.write_line(f"{name}: {more} ({times} times, first in {first})")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails where something was there twice."""
    if _found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
