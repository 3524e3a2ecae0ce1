"""A year of a diligent patient's logs, for tests and for measuring."""

from __future__ import annotations

from dataclasses import replace

from patients.response import History, Item
from tests.patients.response.histories import history, left, log

SESSIONS = 1250


def a_year() -> History:
    """Eight logs a session: an arch that brings the pain down the leg and passes, and a stretch."""
    items = (Item("ext", 21, extends=True, rise="during_only"), Item("calf", 21))
    logs = []
    for n in range(SESSIONS):
        day = n * 7 / 24
        for phase, rank in (("before", 4), ("during", 5), ("after", 4), ("settled", 4)):
            item = "ext" if phase != "before" else None
            logs.append(
                log(f"s{n}", day, phase, item=item, done=None, pain=n % 7, place=left(rank))
            )
        for phase in ("during", "after", "settled"):
            logs.append(log(f"s{n}", day, phase, item="calf", pain=2, place=left(4)))
        logs.append(log(f"s{n}", day, "next_day", pain=n % 5, place=left(4), kinds="tingling"))
    return replace(history(logs), items=items)
