"""One measure over time, and what a picture of it shows. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clinic.formats import day_words
from patients.measures.kinds import Measured

_FEWEST: Final = 2
"""Days from which on there is a course to draw."""
_PART_PX: Final = 150
_EDGES_PX: Final = 80


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure over time: the last value of each day, the earliest day first."""

    measured: Measured
    days: tuple[tuple[dt.date, int], ...]

    @property
    def change(self) -> str:
        """From the first to the latest."""
        return self.measured.change([value for _, value in self.days])

    @property
    def latest(self) -> dt.date | None:
        """The day of the last value."""
        return self.days[-1][0] if self.days else None

    @property
    def counts_from(self) -> int | None:
        """The value from which a change for the better counts; None where nobody knows it."""
        if self.measured.matters is None or not self.days:
            return None
        first = self.days[0][1]
        step = self.measured.matters if self.measured.up else -self.measured.matters
        return first + step if 0 <= first + step <= self.measured.highest else None


def charted(lines: Sequence[MeasureLine]) -> tuple[MeasureLine, ...]:
    """Those that were measured on two days or more."""
    return tuple(line for line in lines if len(line.days) >= _FEWEST)


def chart_height(parts: int) -> int:
    """How high a picture of that many measures is, in pixels of a page."""
    return _EDGES_PX + _PART_PX * parts


def chart_alt(lines: Sequence[MeasureLine]) -> str:
    """What the picture shows, for whoever does not see it; empty where there is none."""
    if not lines:
        return ""
    first = min(line.days[0][0] for line in lines)
    last = max(line.days[-1][0] for line in lines)
    told = " ".join(f"{line.measured.label}: {line.change}." for line in lines)
    return (
        f"Chart of what was measured from {day_words(first)} to {day_words(last)}. {told} "
        "The numbers are in the table."
    )
