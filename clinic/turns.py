"""Heavy work by turns: one at a time in a process, and nobody waits for ever.

Pure. A picture that is decoded, a page that is laid out and a chart that is drawn each take much
memory for a moment. Who waits too long for a turn is told so, and may try again.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Final

WAIT_SECONDS: Final = 15.0


class BusyError(Exception):
    """It is not one's turn, and has not been for as long as anybody should wait."""


class Turns:
    """A block that one thread at a time may be in; the same thread may enter again inside."""

    def __init__(self, seconds: float = WAIT_SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        """Wait for the turn; ``BusyError`` where it does not come."""
        if not self._lock.acquire(timeout=self.seconds):
            raise BusyError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()
