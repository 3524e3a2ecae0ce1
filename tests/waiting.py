"""How a test waits for another thread, a process, a server or a page: for the thing itself.

Never for a time, which is too long on a quiet machine and too short on a busy one. The patience is
generous because it is only ever used up by a failure.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE_S = 120.0
PATIENCE_MS = 1000 * PATIENCE_S
_PAUSE_S, _LONGEST_PAUSE_S = 0.02, 0.2


BUSY = """select count(*) from pg_stat_activity
    where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()
    and backend_type = 'client backend'"""
"""Who asks something now. What the database tidies by itself may take minutes, and waits for us."""


def until(
    holds: Callable[[], object], what: str, pause: Callable[[float], None] = time.sleep
) -> None:
    """Ask again and again until it holds; fail, naming what was waited for, when patience ends.

    Less and less often: to ask a page takes it, its driver and the test some milliseconds, which
    what is waited for could have had.
    """
    end = time.monotonic() + PATIENCE_S
    seconds = _PAUSE_S
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited {PATIENCE_S:.0f} seconds in vain until {what}")
        pause(seconds)
        seconds = min(1.5 * seconds, _LONGEST_PAUSE_S)


def until_in(tab: Page, holds: Callable[[], object], what: str) -> None:
    """The same while a page goes on: what it asks for and says is heard in between."""
    until(holds, what, lambda seconds: tab.wait_for_timeout(1000 * seconds))


def some_frames(tab: Page, number: int = 30) -> None:
    """Let a page draw itself this often, for what would show on its own by then."""
    tab.evaluate(
        """async (number) => {
            for (let n = 0; n < number; n += 1) await new Promise(requestAnimationFrame);
        }""",
        number,
    )


def at_rest() -> None:
    """Wait until the server has answered what a browser asked last: the tables may go next."""

    def idle() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            return bool(cursor.fetchone() == (0,))

    until(idle, "the server is at rest")
