"""Lines to other machines that can be cut, so that asking one of them has an end.

Python's time limits are for each read: a server that lets one byte drip every few seconds keeps
whoever reads waiting for ever. Here the line itself is cut when the whole has taken too long, also
while it greets (TLS) and while its head drips. Looking up a name is left to the system, which has
limits of its own.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_asked: Final = threading.local()


class HeldLines:
    """Second handles on lines: they stay good while the first are wrapped for encryption.

    Closing the way through one wakes whoever waits there.
    """

    def __init__(self) -> None:
        self.is_cut = False
        self._held: list[socket.socket] = []
        self._guard = threading.Lock()

    def hold(self, line: socket.socket) -> None:
        """Keep a handle on this one, and cut it at once where it comes too late."""
        with self._guard:
            self._held.append(socket.socket(fileno=os.dup(line.fileno())))
        if self.is_cut:
            self.cut()

    def cut(self) -> None:
        """Nothing comes or goes any more, by any of them."""
        self.is_cut = True
        with self._guard:
            for line in self._held:
                try:
                    line.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def let_go(self) -> None:
        """Close the handles; the lines themselves go on."""
        with self._guard:
            while self._held:
                self._held.pop().close()

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Cut the lines where the block takes longer; what waits inside ends with an error.

        Whatever that error was, for want of half an answer, it is told as ``TimeoutError``.
        """
        self.is_cut = False
        timer = threading.Timer(seconds, self.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self.is_cut:
                raise TimeoutError("it took too long") from error
            raise
        finally:
            timer.cancel()


@contextmanager
def held_by(lines: HeldLines) -> Iterator[None]:
    """Lines that this thread opens or takes up again within the block are held (``holding``)."""
    _asked.lines = lines
    try:
        yield
    finally:
        _asked.lines = None
        lines.let_go()


def holding(pool: Any) -> Any:
    """A class of urllib3's pools whose lines ``held_by`` can hold, for http or https."""

    class Connection(pool.ConnectionCls):
        def _new_conn(self) -> socket.socket:
            line: socket.socket = super()._new_conn()
            _hold(line)
            return line

    class Pool(pool):
        ConnectionCls = Connection
        can_be_cut = True

        def _get_conn(self, timeout: float | None = None) -> Any:
            connection = super()._get_conn(timeout)
            if connection.sock is not None:
                _hold(connection.sock)
            return connection

    return Pool


def _hold(line: socket.socket) -> None:
    lines: HeldLines | None = getattr(_asked, "lines", None)
    if lines is not None:
        lines.hold(line)
