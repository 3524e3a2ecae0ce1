"""When Python's collector of garbage stays away.

Where some hundred thousand objects are made that all stay, it would look through them, and all that
was there before, again and again without finding anything.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_USUALLY: Final = gc.get_threshold()


def seldom() -> None:
    """From now on it looks at what is new after every 20,000 things instead of every 700.

    A command reads the whole program and ends, or makes rows by the thousand: little of what it
    makes goes in circles, and to look took an eighth of a short one.
    """
    gc.set_threshold(20_000, 20, 50)


def as_usual() -> None:
    """From now on it looks as often as Python has it."""
    gc.set_threshold(*_USUALLY)


@contextmanager
def no_collector() -> Iterator[None]:
    """For a while that makes much and drops little: a start, a page that is laid out.

    Afterwards it works as before.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_for_good() -> None:
    """Look through what is in memory by now once more, and never again.

    Catalogue, rules and templates stay for as long as the process does. Otherwise the collector
    looks through all of it while some request waits, for a quarter of a second.
    """
    gc.collect()
    gc.freeze()
