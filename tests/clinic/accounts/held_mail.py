"""A mail server that takes no letter until it is told to: who waits for it waits in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from django.core.mail.backends.locmem import EmailBackend

from tests.waiting import PATIENCE_S

_told = Event()
_arrived: list[Any] = []


class HeldBackend(EmailBackend):
    """Keeps letters in memory, once it may."""

    def send_messages(self, messages: Any) -> int:
        _arrived.extend(messages)
        if not _told.wait(PATIENCE_S):
            raise TimeoutError("nobody told the mail server to go on: its sender waits for it")
        return int(super().send_messages(messages))


@contextmanager
def held_mail(settings: Any) -> Iterator[Callable[[], int]]:
    """Hold every letter until the block ends; gives how many are waiting."""
    settings.EMAIL_BACKEND = f"{__name__}.HeldBackend"
    _told.clear()
    _arrived.clear()
    try:
        yield lambda: len(_arrived)
    finally:
        _told.set()
