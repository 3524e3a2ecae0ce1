"""The line to the mail server, with an end to every letter.

Python's own time limit is one for each read: a server that lets one byte drip every few seconds
keeps it waiting for ever. Here the line is cut when the whole letter has taken too long.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Timer
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

_Hold = Callable[[socket.socket], None]


class LimitedBackend(EmailBackend):
    """Django's way to a mail server, which can be cut from outside.

    What is held is a second handle on the same line. It stays good when the first is wrapped for
    encryption, and closing the way through it wakes whoever waits there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines: list[socket.socket] = []
        self._is_cut = False

    @property
    def connection_class(self) -> Any:
        """What Django opens: a line that is held from its first byte."""
        return partial(_SecretLine if self.use_ssl else _PlainLine, hold=self._hold)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Cut the line where the block takes longer; what waits inside ends with an error.

        Whatever that error was, for want of half an answer, it is told as what it is.
        """
        self._is_cut = False
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self._is_cut:
                raise TimeoutError("the mail server took too long") from error
            raise
        finally:
            timer.cancel()

    def close(self) -> None:
        """Say goodbye, for a few seconds at most."""
        with self.limited(self.timeout or 10):
            super().close()
        while self._lines:
            self._lines.pop().close()

    def _hold(self, line: socket.socket) -> None:
        self._lines.append(line.dup())
        if self._is_cut:
            self._cut()

    def _cut(self) -> None:
        self._is_cut = True
        for line in list(self._lines):
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


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
