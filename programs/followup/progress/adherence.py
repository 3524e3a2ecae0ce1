"""Adherence: what was done of what was asked, by exercise and calendar week.

Pure. Asked is what the version of that day prescribes at its low end, from the day after it was
issued until the next one or the program's end, without the days on which the exercise was stopped.
Of part of a week it is the same share, rounded. Done counts sessions, not clicks: an exercise twice
in one session counts once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from programs.followup.progress.weeks import DAYS_SHOWN, Week

_HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise of a version: its id, its name, and its sessions a week."""

    item: str
    name: str
    per_week: int


@dataclass(frozen=True, slots=True)
class Period:
    """A version in force: after the day it was issued, up to and with ``last`` (None: still)."""

    issued: dt.date
    last: dt.date | None
    items: tuple[Asked, ...]

    def covers(self, day: dt.date) -> bool:
        """Whether it asks for anything on that day."""
        return self.issued < day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Pause:
    """An exercise stopped on ``first``; until the day before ``back``, or still (None)."""

    item: str
    first: dt.date
    back: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether nobody asks for the exercise on that day."""
        return self.first <= day and (self.back is None or day < self.back)


@dataclass(frozen=True, slots=True)
class Count:
    """Sessions of one exercise on one day: done in full, and in part."""

    done: int = 0
    partly: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One exercise in one week."""

    done: int
    partly: int
    asked: int

    @property
    def words(self) -> str:
        """``5 of 7``, those in part included; ``2`` where none was asked for; else a dash."""
        total = self.done + self.partly
        if self.asked:
            return f"{total} of {self.asked}"
        return str(total) if total else "–"


@dataclass(frozen=True, slots=True)
class AdherenceRow:
    """One exercise over the weeks of a table."""

    item: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def total(self) -> Cell:
        """All its weeks together."""
        return Cell(
            sum(c.done for c in self.cells),
            sum(c.partly for c in self.cells),
            sum(c.asked for c in self.cells),
        )


class Prescribed:
    """What was asked for on each day of a case."""

    def __init__(self, periods: Sequence[Period], pauses: Iterable[Pause] = ()) -> None:
        self.periods = tuple(sorted(periods, key=lambda p: p.issued))
        self.pauses = tuple(pauses)

    def on(self, day: dt.date) -> dict[str, Asked]:
        """The exercises asked for on a day by id, those stopped left out."""
        found = next((p for p in reversed(self.periods) if p.covers(day)), None)
        if found is None:
            return {}
        stopped = {p.item for p in self.pauses if p.covers(day)}
        return {a.item: a for a in found.items if a.per_week and a.item not in stopped}

    def sessions(self, days: Iterable[dt.date]) -> int:
        """Sessions asked for on these days: as many as the most frequent exercise needs."""
        total = Fraction()
        for day in days:
            weekly = max((a.per_week for a in self.on(day).values()), default=0)
            total += Fraction(weekly, DAYS_SHOWN)
        return _rounded(total)

    def times(self, item: str, days: Iterable[dt.date]) -> int:
        """How often one exercise was asked for on these days."""
        total = Fraction()
        for day in days:
            asked = self.on(day).get(item)
            total += Fraction(asked.per_week, DAYS_SHOWN) if asked else 0
        return _rounded(total)


def table(
    prescribed: Prescribed,
    counts: Mapping[tuple[dt.date, str], Count],
    weeks: Sequence[Week],
    today: dt.date,
    names: Mapping[str, str],
) -> tuple[AdherenceRow, ...]:
    """A row for every exercise asked for or done in these weeks; a week counts until today.

    ``names`` gives the order, newest version first, and the name of each.
    """
    days = {week: tuple(d for d in week.days if d <= today) for week in weeks}
    by_day = {day: prescribed.on(day) for own in days.values() for day in own}
    seen = {item for asked in by_day.values() for item in asked}
    seen |= {item for day, item in counts if day in by_day}
    rows = []
    for item in (name for name in names if name in seen):
        cells = tuple(_cell(item, days[week], by_day, counts) for week in weeks)
        rows.append(AdherenceRow(item, names[item], cells))
    return tuple(rows)


def _cell(
    item: str,
    days: Collection[dt.date],
    by_day: Mapping[dt.date, Mapping[str, Asked]],
    counts: Mapping[tuple[dt.date, str], Count],
) -> Cell:
    asked = sum(
        (Fraction(by_day[day][item].per_week, DAYS_SHOWN) for day in days if item in by_day[day]),
        Fraction(),
    )
    own = [counts.get((day, item), Count()) for day in days]
    return Cell(sum(c.done for c in own), sum(c.partly for c in own), _rounded(asked))


def _rounded(value: Fraction) -> int:
    """The nearest whole number, a half upward."""
    return int(value + _HALF)
