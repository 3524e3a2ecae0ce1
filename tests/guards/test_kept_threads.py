"""The live server's threads keep their sessions of the database, and leave none behind."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection

from tests.kept_threads import KeptThreads
from tests.waiting import PATIENCE_S, until


def _session(environ: Any, start: Any) -> list[bytes]:
    """Answers with the number of the session that asked the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        said = str(cursor.fetchone()[0]).encode()
    start("200 OK", [("Content-Length", str(len(said)))])
    return [said]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def server(transactional_db: None) -> Iterator[KeptThreads]:
    served = KeptThreads(("127.0.0.1", 0), _Quiet)
    served.set_app(_session)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join(PATIENCE_S)


def _asked(server: KeptThreads) -> int:
    browser = HTTPConnection(*server.server_address[:2])
    browser.request("GET", "/")
    number = int(browser.getresponse().read())
    browser.close()
    # Only a thread that waits again takes the next.
    until(lambda: not server._open, "the thread is free")
    return number


def _sessions(number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [number])
        return int(cursor.fetchone()[0])


def test_one_session_answers_one_browser_after_the_other(server: KeptThreads) -> None:
    numbers = {_asked(server) for _ in range(4)}
    assert len(numbers) <= 2
    assert all(_sessions(number) for number in numbers)


def test_closed_it_leaves_no_session_and_waits_for_no_browser(server: KeptThreads) -> None:
    number = _asked(server)
    idle = HTTPConnection(*server.server_address[:2])
    idle.connect()
    until(lambda: server._open, "a browser is connected")
    server.shutdown()
    server.server_close()
    until(lambda: not _sessions(number), "the session is closed")
    idle.close()


def test_the_site_is_taken_down_before_its_database(request: pytest.FixtureRequest) -> None:
    """Else the database stays behind: what has sessions open is not dropped."""
    made = request.session._fixturemanager.getfixturedefs("live_server", request.node)
    assert made is not None
    assert "django_db_setup" in made[-1].argnames
