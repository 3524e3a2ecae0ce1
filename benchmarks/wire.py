"""A line to the server that costs little itself: what is measured shares its cores with it."""

from __future__ import annotations

import re
import socket
from typing import Final

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)
_END: Final = b"\r\n\r\n"
_PIECE: Final = 64 * 1024


class Wire:
    """One request after the other, each answered whole, on one line that is kept."""

    def __init__(self, host: str, port: int, *, timeout: float) -> None:
        self._line = socket.create_connection((host, port), timeout=timeout)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"{host}:{port}"

    def head(self, path: str, headers: dict[str, str]) -> bytes:
        """What a post to this address begins with; the length of its body is still to come."""
        lines = [f"POST {path} HTTP/1.1", f"Host: {self._host}", "Accept-Encoding: identity"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "Content-Length: "]).encode()

    def post(self, head: bytes, body: bytes) -> tuple[int, bytes]:
        """Send it; the status, and the body of the answer."""
        self._line.sendall(b"%b%d%b%b" % (head, len(body), _END, body))
        got = b""
        while _END not in got:
            got += self._more()
        first, _, answer = got.partition(_END)
        found = _LENGTH.search(first + b"\r\n")
        assert found is not None, first
        while len(answer) < int(found[1]):
            answer += self._more()
        return int(first.split(b" ", 2)[1]), answer

    def _more(self) -> bytes:
        piece = self._line.recv(_PIECE)
        assert piece, "the server closed the line"
        return piece

    def close(self) -> None:
        """Let go of the line."""
        self._line.close()
