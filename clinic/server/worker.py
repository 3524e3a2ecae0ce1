"""The worker that serves the site: gunicorn's threads, held up by no client, and a quick end."""

from __future__ import annotations

import os
import selectors
import socket
import struct
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any, Final

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

from clinic.server.arrivals import Arrival, Came, Feed

MOST_ARRIVALS: Final = 400
"""Requests that are on their way in at once, in one worker; one more, and the oldest must go."""
MOST_BYTES: Final = 200 * 1024 * 1024
"""What all of them together may have sent so far."""
_STALL: Final = struct.pack("ll", 20, 0)
"""A client that takes nothing of its answer for 20 seconds has lost it."""
_LINGER_SECONDS: Final = 2.0


class EndingWorker(ThreadWorker):
    """Gives a thread only to a request that is here whole, and ends at once on Ctrl-C."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrivals: dict[TConn, Arrival] = {}
        self.leaving: dict[TConn, float] = {}
        self.next_look = 0.0

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Leave, whatever this thread was doing.

        gunicorn's own handler shuts the pool of threads down first. The thread that it interrupts
        may hold that pool's lock, while it hands over a connection, and then waits for itself until
        the process is killed. What a thread was doing is rolled back by the database, which sees
        the line close.
        """
        os._exit(0)

    def accept(self, listener: socket.socket) -> None:
        """Take a line, and wait beside the threads for what comes on it."""
        try:
            line, address = listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _STALL)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _STALL)
        conn = TConn(self.cfg, line, address, listener.getsockname())
        conn.feed = Feed(line)
        conn.parser = get_parser(self.cfg, conn.feed, address)
        self._await(conn)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """The next request on a line that was kept begins."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Keep the line, or let it go without waiting for the client to do so, too."""
        kept = not fs.cancelled() and fs.exception() is None and fs.result()
        if not kept:
            self._leave(conn)
        elif conn.rest:
            begun, conn.rest = conn.rest, b""
            self._await(conn, begun)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Turn away what has taken too long, or too much room; looked at twice a second."""
        now = time.monotonic()
        if now < self.next_look:
            return
        self.next_look = now + 0.5
        room = MOST_BYTES
        for conn, arrival in reversed(list(self.arrivals.items())):
            room -= arrival.size
            if now > arrival.deadline or room < 0 or not (self.alive or arrival.has_begun):
                self._turn_away(conn, Came.TOO_SLOW if arrival.has_begun else Came.GONE)
        for conn, deadline in list(self.leaving.items()):
            if now > deadline:
                self._closed(conn)

    def _await(self, conn: TConn, begun: bytes = b"") -> None:
        conn.sock.setblocking(False)
        self.arrivals[conn] = Arrival(conn.sock, time.monotonic(), begun)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_arriving, conn))
        if begun:
            self._on_arriving(conn, conn.sock)
        if len(self.arrivals) > MOST_ARRIVALS:
            self._turn_away(next(iter(self.arrivals)), Came.TOO_SLOW)

    def _on_arriving(self, conn: TConn, client: socket.socket) -> None:
        came = self.arrivals[conn].read(time.monotonic())
        if came is Came.WHOLE:
            self.poller.unregister(client)
            arrival = self.arrivals.pop(conn)
            conn.feed.gathered, conn.rest = arrival.gathered(), arrival.rest
            conn.initialized = conn.data_ready = True
            self.enqueue_req(conn)
        elif came is not Came.PART:
            self._turn_away(conn, came)

    def _turn_away(self, conn: TConn, why: Came) -> None:
        self.poller.unregister(conn.sock)
        self.arrivals.pop(conn).drop()
        if why is Came.GONE:
            self.nr_conns -= 1
            conn.close()
            return
        words = f"HTTP/1.1 {why.value}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        with suppress(OSError):
            conn.sock.send(words.encode())
        self._leave(conn)

    def _leave(self, conn: TConn) -> None:
        """Say that nothing more comes, and give the client two seconds to have heard it all."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_leaving, conn))
        except (OSError, ValueError):
            self.nr_conns -= 1
            conn.close()
            return
        self.leaving[conn] = time.monotonic() + _LINGER_SECONDS

    def _on_leaving(self, conn: TConn, client: socket.socket) -> None:
        try:
            if client.recv(65_536):
                return
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            pass
        self._closed(conn)

    def _closed(self, conn: TConn) -> None:
        del self.leaving[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()
