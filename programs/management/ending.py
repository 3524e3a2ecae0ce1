"""How a command that goes on for ever is told to end: by a signal, or by the end of its input."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from types import FrameType


class End:
    """Told once, and known from then on.

    Not an ``Event``: its lock may be held by the very thread that a signal interrupts, as it begins
    to wait, and what hears the signal would then wait for itself. This queue is made for that.
    """

    def __init__(self) -> None:
        self._told: SimpleQueue[None] = SimpleQueue()
        self._is_set = False

    def set(self) -> None:
        """It is time."""
        self._is_set = True
        self._told.put(None)

    def is_set(self) -> bool:
        """Whether it is."""
        return self._is_set

    def wait(self, seconds: float) -> None:
        """Until it is, or for so long."""
        if not self._is_set:
            with suppress(Empty):
                self._told.get(timeout=seconds)


@contextmanager
def told_to_end() -> Iterator[End]:
    """Set by the signals that end a program, so that what is under way is finished first."""
    end = End()

    def hear(signum: int, frame: FrameType | None) -> None:
        end.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield end
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listen_for(end: End) -> None:
    """Hear the end of the input beside the work."""
    Thread(target=_listen, args=[end], daemon=True, name="input").start()


def _listen(end: End) -> None:
    # Not through sys.stdin, whose lock this thread would hold while the program ends.
    while os.read(0, 1024):
        pass
    end.set()
