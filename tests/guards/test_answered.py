"""A browser test is over when the server has answered, also what stands between two queries."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest
from django.db import connection

from tests.answered import Counted
from tests.waiting import BUSY, PATIENCE_S, until

pytestmark = pytest.mark.django_db


class Site:
    """Answers when it is let; knows nothing of a database in between."""

    def __init__(self) -> None:
        self.reached, self.let = threading.Event(), threading.Event()
        self.asked = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        self.reached.set()
        self.let.wait(PATIENCE_S)
        start("200 OK", [])
        return [b"here"]


def ask(site: Counted) -> tuple[str, Iterable[bytes]]:
    told: list[str] = []
    environ: WSGIEnvironment = {}
    setup_testing_defaults(environ)

    def start(status: str, headers: object, error: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return bytearray().extend

    answer = site(environ, start)
    return told[0], answer


def test_what_is_under_way_is_waited_for() -> None:
    behind = Site()
    site = Counted(behind)
    site.open()
    order: list[str] = []

    def request() -> None:
        status, answer = ask(site)
        order.append(status)
        order.append(b"".join(answer).decode())
        getattr(answer, "close")()  # noqa: B009 - the protocol's, which an iterable may lack

    thread = threading.Thread(target=request)
    thread.start()
    assert behind.reached.wait(PATIENCE_S)
    assert site.in_hand == 1
    site.shut(lambda holds, what: until(holds, what, lambda seconds: behind.let.set()))
    order.append("shut")
    thread.join(PATIENCE_S)
    assert order == ["200 OK", "here", "shut"]


def test_what_comes_late_touches_nothing() -> None:
    behind = Site()
    site = Counted(behind)
    site.open()
    site.shut()
    status, answer = ask(site)
    assert (status, list(answer), behind.asked) == ("503 Service Unavailable", [], 0)
    site.open()
    behind.let.set()
    assert ask(site)[0] == "200 OK"


def test_what_the_database_tidies_by_itself_is_not_waited_for() -> None:
    seen = """WITH pg_stat_activity (datname, state, pid, backend_type) AS (VALUES
        (current_database(), 'active', 0, 'autovacuum worker'),
        (current_database(), 'idle', 0, 'client backend'),
        (current_database(), 'idle in transaction', 0, 'client backend'))"""
    with connection.cursor() as cursor:
        cursor.execute(f"{seen} {BUSY}")
        assert cursor.fetchone() == (1,)


def test_a_broken_answer_is_over() -> None:
    def breaks(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        raise ConnectionError

    site = Counted(breaks)
    site.open()
    with pytest.raises(ConnectionError):
        ask(site)
    assert site.in_hand == 0
