"""How long something was done, as a dose says it. Pure."""

from __future__ import annotations


def length_of(seconds: int | None) -> tuple[int | None, str]:
    """The number and its unit: ``90, second``; whole minutes from two on: ``10, minute``."""
    if seconds and seconds >= 120 and seconds % 60 == 0:
        return seconds // 60, "minute"
    return seconds, "second"
