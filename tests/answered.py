"""What the live server has in hand: a test is over when the last of it is answered.

A browser that is closed leaves requests behind, which the server goes on with. Between two of its
queries such a request is nowhere to be seen in the database, and the tables must not be emptied
under it. So requests are counted from the first to the last byte of their answer, and one that
comes when no test is running is turned away before it touches anything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from pytest_django.live_server_helper import LiveServer

from tests.waiting import at_rest, until


class Counted:
    """An application that knows how many of its answers are under way. Safe for threads."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._open = False
        self.in_hand = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not self._taken():
            status = HTTPStatus.SERVICE_UNAVAILABLE
            start(f"{status.value} {status.phrase}", [("Content-Length", "0")])
            return []
        try:
            return _Answer(self._app(environ, start), self._done)
        except BaseException:
            self._done()
            raise

    def open(self) -> None:
        with self._lock:
            self._open = True

    def shut(self, wait: Callable[[Callable[[], object], str], None] = until) -> None:
        """Take nothing more; return when nothing is under way, in the server or its database."""
        with self._lock:
            self._open = False
        wait(lambda: self.in_hand == 0, "the server has answered everything")
        at_rest()

    def _taken(self) -> bool:
        with self._lock:
            self.in_hand += self._open
            return self._open

    def _done(self) -> None:
        with self._lock:
            self.in_hand -= 1


class _Answer:
    """Under way until it is closed, which a server does of a broken connection as well."""

    def __init__(self, parts: Iterable[bytes], done: Callable[[], None]) -> None:
        self._parts = parts
        self._done: Callable[[], None] | None = done

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        done, self._done = self._done, None
        try:
            getattr(self._parts, "close", lambda: None)()
        finally:
            if done is not None:
                done()


def counted(server: LiveServer) -> Counted:
    """What the server's requests are counted by, put in front of the site at the first call."""
    httpd: Any = server.thread.httpd
    app = httpd.get_app()
    if not isinstance(app, Counted):
        app = Counted(app)
        httpd.set_app(app)
    return app
