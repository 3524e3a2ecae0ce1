"""A server on this machine that lets its answer drip, a byte every tenth of a second."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from tests.waiting import PATIENCE_S

DRIPS: Final = 2000
"""Bytes of a drip: longer than any test waits."""
HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n"


def drip(line: socket.socket) -> None:
    """One byte after the other, until whoever asked hangs up."""
    for _ in range(DRIPS):
        line.sendall(b"2")
        if select.select([line], [], [], 0.1)[0] and not line.recv(65_536):
            return


def drip_the_head(line: socket.socket) -> None:
    """What was asked is read, and the first line of the answer never ends."""
    line.recv(65_536)
    line.sendall(b"HTTP/1.1 ")
    drip(line)


def drip_the_body(line: socket.socket) -> None:
    """A good head comes at once."""
    line.recv(65_536)
    line.sendall(HEAD)
    drip(line)


def drip_encrypted(line: socket.socket) -> None:
    """It has heard the client's greeting, and begins an answer of 16,000 bytes."""
    line.recv(65_536)
    line.sendall(b"\x16\x03\x03\x40\x00")
    drip(line)


def drip_the_second_time(line: socket.socket) -> None:
    """The first answer is whole, and the line stays open for another."""
    line.recv(65_536)
    line.sendall(HEAD + b"2" * 2000)
    drip_the_head(line)


@contextmanager
def dripping(answer: Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it read after its drips: empty where it was hung up on.

    It ends when each who came has hung up or has been answered to the end.
    """
    left: list[bytes] = []
    lines: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def one(line: socket.socket) -> None:
            with line:
                try:
                    answer(line)
                    left.append(line.recv(1024))
                except OSError:
                    left.append(b"")

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    lines.append(threading.Thread(target=one, args=[line]))
                    lines[-1].start()

        listener = threading.Thread(target=serve)
        listener.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", left
        listening.shutdown(socket.SHUT_RDWR)
        listener.join(PATIENCE_S)
        for thread in lines:
            thread.join(PATIENCE_S)
