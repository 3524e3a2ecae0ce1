"""When a program is looked at next, proposed for each version, and how that was found.

Pure. The interval that this clinician used last comes first, then how long the doses run, then the
practice's usual weeks. Never today, never in the past, never more than a year on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clinic.formats import day_words

_WEEK: Final = 7
_LONGEST: Final = 365


@dataclass(frozen=True, slots=True)
class EarlierReview:
    """The review day that a version went out with."""

    version: int
    issued_on: dt.date
    review_on: dt.date


@dataclass(frozen=True, slots=True)
class NextReview:
    """The day, and in words how it was found."""

    day: dt.date
    how: str


def next_review(
    today: dt.date,
    earlier: Iterable[EarlierReview],
    dose_weeks: Iterable[int],
    usual_weeks: int,
) -> NextReview:
    """The next review after ``today``. ``earlier``: the newest version first."""
    used = next((e for e in earlier if e.review_on > e.issued_on), None)
    if used is not None:
        days = (used.review_on - used.issued_on).days
        how = f"as version {used.version} had it ({day_words(used.issued_on)} to "
        how += f"{day_words(used.review_on)})"
        return _after(today, days, how)
    weeks = min(dose_weeks, default=0)
    if weeks:
        return _after(today, weeks * _WEEK, "when the first dose with an end has run its weeks")
    how = "the earliest of your practice’s usual review weeks: common practice"
    return _after(today, usual_weeks * _WEEK, how)


def _after(today: dt.date, days: int, how: str) -> NextReview:
    days = min(max(days, 1), _LONGEST)
    return NextReview(today + dt.timedelta(days=days), f"{_span(days)} from today, {how}")


def _span(days: int) -> str:
    number, unit = (days // _WEEK, "week") if days % _WEEK == 0 else (days, "day")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
