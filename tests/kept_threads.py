"""A live server whose threads stay, each with its connection to the database.

Django's begins a thread for every connection of a browser and a session of the database for every
request, and a page with its pictures has thirty. A session begins with an empty memory: to start
it and to look every table up anew costs more than to answer. The site keeps both for minutes.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from clinic.server.room import with_room

MOST_THREADS = 64
"""A browser keeps six connections open, and a test seldom has more than two of them."""


class KeptThreads(ThreadedWSGIServer):
    """Answers in threads that stay until it is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._databases: list[BaseDatabaseWrapper] = []
        self._open: set[socket.socket] = set()
        self._answer = with_room(self.process_request_thread)
        self._pool = ThreadPoolExecutor(MOST_THREADS, "site", self._keep_its_database)
        super().__init__(*args, **kwargs)

    def _keep_its_database(self) -> None:
        database = connections["default"]
        kept = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
        database.settings_dict = {**database.settings_dict, **kept}
        self._databases.append(database)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        self._pool.submit(self._answer, request, client_address)

    def close_request(self, request: Any) -> None:
        self._open.discard(request)
        super().close_request(request)

    def _close_connections(self) -> None:
        """They stay."""

    def server_close(self) -> None:
        super().server_close()
        for request in list(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        self._pool.shutdown(cancel_futures=True)
        for database in self._databases:
            database.inc_thread_sharing()
            database.close()
