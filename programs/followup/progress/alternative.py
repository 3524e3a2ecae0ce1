"""The chart of a case in words, for whoever does not see it.

Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from clinic.formats import day_words
from programs.followup.progress.series import Event, Mark

_COUNTED: Final = (
    (Event.VERSION, "program version"),
    (Event.ALERT, "alert"),
    (Event.STOPPED, "stopped exercise"),
    (Event.REINSTATED, "reinstated exercise"),
)


def alt_of(first: dt.date, last: dt.date, marks: Sequence[Mark], told: str) -> str:
    """What the picture shows, for whoever does not see it. ``told``: what is latest in it."""
    noted = [
        f"{n} {name}{'' if n == 1 else 's'}"
        for event, name in _COUNTED
        if (n := sum(m.event is event for m in marks))
    ]
    marked = f" Marked: {', '.join(noted)}." if noted else ""
    return (
        f"Chart from {day_words(first)} to {day_words(last)}: pain before, after and the day "
        "after exercise, and the place furthest from the spine on each side. "
        f"{told}{marked} The numbers are in the table that follows."
    )
