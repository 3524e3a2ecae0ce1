"""A request on its way in: gathered beside the threads until it is whole, for a time.

A thread that reads from a slow client is held by it. So the bytes are gathered where no thread
waits, and a thread gets the request when nothing is left to wait for. What never becomes whole is
turned away when its time is up.
"""

from __future__ import annotations

import re
import socket
import tempfile
from enum import Enum
from typing import IO, Final

from clinic.server.intake import MAX_REQUEST_BYTES

IDLE_SECONDS: Final = 30.0
"""A line on which nothing has come yet; browsers open some in advance."""
HEAD_SECONDS: Final = 15.0
BODY_SECONDS: Final = 30.0
BYTES_A_SECOND: Final = 16 * 1024
"""A body has 30 seconds, and longer as it is longer: a photograph over a poor mobile network."""
_HEAD_BYTES: Final = 64 * 1024
_IN_MEMORY: Final = 64 * 1024
_PIECE: Final = 64 * 1024
_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
_IN_PIECES: Final = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_KEEP: Final = re.compile(rb"\r\nconnection:[^\r\n]*(?=\r\n)", re.IGNORECASE)
_WAITS: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class Came(Enum):
    """How far a request has come; what is none has the line with which it is turned away."""

    PART = ""
    WHOLE = "whole"
    GONE = "gone"
    TOO_LONG = "431 Request Header Fields Too Large"
    IN_PIECES = "411 Length Required"
    TOO_SLOW = "408 Request Timeout"


class Gathered:
    """A head and its body, read one after the other."""

    def __init__(self, head: bytes, body: IO[bytes]) -> None:
        self.head, self.body = head, body

    def read(self, size: int) -> bytes:
        """The head by itself first."""
        if self.head:
            data, self.head = self.head[:size], self.head[size:]
            return data
        return self.body.read(size)

    def close(self) -> None:
        """Let go of the body."""
        self.body.close()


class Feed:
    """What is read from instead of the line: what has been gathered, then the line itself."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.gathered: Gathered | None = None

    def recv(self, size: int) -> bytes:
        """The next bytes; from the line only where a request was let through unread."""
        if self.gathered is not None:
            data = self.gathered.read(size)
            if data:
                return data
            self.gathered.close()
            self.gathered = None
        return self.line.recv(size)

    def gettimeout(self) -> float | None:
        """As of the line."""
        return self.line.gettimeout()

    def settimeout(self, seconds: float | None) -> None:
        """As for the line."""
        self.line.settimeout(seconds)


class Arrival:
    """One request that is coming in on a line, and until when it may."""

    def __init__(self, line: socket.socket, now: float, begun: bytes = b"") -> None:
        self.line = line
        self.deadline = now + IDLE_SECONDS
        self.head = b""
        self.body_bytes = 0
        self.size = 0
        self.rest = b""
        self.body: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._waiting = begun

    @property
    def has_begun(self) -> bool:
        """Whether anything has come."""
        return self.size > 0

    def read(self, now: float) -> Came:
        """Take what has come; the line must not block."""
        data, self._waiting = self._waiting, b""
        if not data:
            try:
                data = self.line.recv(_PIECE)
            except (BlockingIOError, InterruptedError):
                return Came.PART
            except OSError:
                return Came.GONE
            if not data:
                return Came.GONE
        if not self.has_begun:
            self.deadline = now + HEAD_SECONDS
        self.size += len(data)
        return self._more(data, now) if self.head else self._head(data, now)

    def _head(self, data: bytes, now: float) -> Came:
        self.rest += data
        # Empty lines before a request are passed over.
        head, end, body = self.rest.lstrip(b"\r\n").partition(_END)
        if not end:
            return Came.TOO_LONG if len(self.rest) > _HEAD_BYTES else Came.PART
        self.head, self.rest = head + end, b""
        lengths = _LENGTH.findall(self.head)
        if _IN_PIECES.search(self.head):
            # What comes in pieces has no length to wait for, and no page takes it.
            return Came.IN_PIECES
        self.body_bytes = int(lengths[0]) if len(lengths) == 1 else 0
        if self.body_bytes > MAX_REQUEST_BYTES:
            # Answered without being read, and nothing can follow on this line.
            self.body_bytes, body = 0, b""
            self.head = _KEEP.sub(b"", self.head)[:-2] + b"Connection: close\r\n\r\n"
        self.deadline = now + BODY_SECONDS + self.body_bytes / BYTES_A_SECOND
        if self.body_bytes > len(body) and _WAITS.search(self.head):
            self.line.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self._more(body, now)

    def _more(self, data: bytes, now: float) -> Came:
        missing = self.body_bytes - self.body.tell()
        self.body.write(data[:missing])
        self.rest = data[missing:]
        return Came.WHOLE if self.body.tell() >= self.body_bytes else Came.PART

    def gathered(self) -> Gathered:
        """The whole request, to be read from its beginning."""
        self.body.seek(0)
        return Gathered(self.head, self.body)

    def drop(self) -> None:
        """Let go of what was gathered."""
        self.body.close()
