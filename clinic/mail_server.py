"""The line to the mail server, with an end to every letter (``clinic.lines``)."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from clinic.lines import HeldLines

_Hold = Callable[[socket.socket], None]


class LimitedBackend(EmailBackend):
    """Django's way to a mail server, which can be cut from outside."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = HeldLines()

    @property
    def connection_class(self) -> Any:
        """What Django opens: a line that is held from its first byte."""
        kind = _SecretLine if self.use_ssl else _PlainLine
        return partial(kind, hold=self._lines.hold)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Cut the line where the block takes longer; that is told as ``TimeoutError``."""
        with self._lines.limited(seconds):
            yield

    def close(self) -> None:
        """Say goodbye, for a few seconds at most."""
        with self.limited(self.timeout or 10):
            super().close()
        self._lines.let_go()


class _PlainLine(smtplib.SMTP):
    def __init__(self, *args: Any, hold: _Hold, **kwargs: Any) -> None:
        self._hold = hold
        super().__init__(*args, **kwargs)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._hold(line)
        return line


class _SecretLine(smtplib.SMTP_SSL):
    """Encrypted from the first byte; also the greeting of the encryption is under the limit."""

    def __init__(self, *args: Any, hold: _Hold, **kwargs: Any) -> None:
        self._hold = hold
        super().__init__(*args, **kwargs)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = smtplib.SMTP._get_socket(self, host, port, timeout)  # type: ignore[attr-defined]
        self._hold(line)
        wrapped: socket.socket = self.context.wrap_socket(line, server_hostname=host)
        return wrapped
