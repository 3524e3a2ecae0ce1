"""The clock of the suite: every test begins at the same moment, on whatever day it is run.

The moment is a Friday morning in winter time. Time goes on from there as a test runs; a test that
needs another moment asks for the ``clock`` fixture and sets it, and from then on time stands still.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import time_machine

NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 20)
"""The same day in UTC and in London, where the practice of the cast is."""
TOMORROW = TODAY + dt.timedelta(days=1)
SetClock = Callable[[dt.datetime], None]


@contextmanager
def turned_to(moment: dt.datetime = NOW) -> Iterator[SetClock]:
    """The process's clock goes on from this moment; the callable makes it stand at another."""
    with time_machine.travel(moment, tick=True) as traveller:
        yield lambda moment: traveller.move_to(moment, tick=False)
