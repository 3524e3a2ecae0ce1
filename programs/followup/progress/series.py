"""What a chart shows: pain and place by day, and what happened meanwhile.

Pure. Pain is 0 to 10; a place is a rank from 0, no symptoms, to 6, the foot. None is not reported,
which is never none or no pain. Long histories are put together by weeks, so that a chart of years
is no heavier than one of days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_POINTS: Final = 100
"""Points of a line beyond which days are put together."""
_SPANS: Final = (1, 7, 28, 91, 364)
"""How many days one point may stand for."""
_LENGTHS: Final = {7: "a week", 28: "4 weeks", 91: "13 weeks", 364: "52 weeks"}
FIRST_MONDAY: Final = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class ChartDay:
    """What was reported on one day, by what stands after corrections.

    Pain is the day's highest number of its kind. ``left`` and ``right``: the most distal place at
    rest (before a session, settled, next day); where nobody asked at rest, of any report.
    ``pains``, ``lefts`` and ``rights``: every value but those during exercise, in order of time.
    ``arms``: the places are of neck and arm, not of back and leg.
    """

    day: dt.date
    before: int | None = None
    during: int | None = None
    after: int | None = None
    next_day: int | None = None
    left: int | None = None
    right: int | None = None
    logs: int = 1
    corrected: int = 0
    pains: tuple[int, ...] = ()
    lefts: tuple[int, ...] = ()
    rights: tuple[int, ...] = ()
    arms: bool = False


class Event(StrEnum):
    """What is marked on a chart."""

    VERSION = "version"
    ALERT = "alert"
    STOPPED = "stopped"
    REINSTATED = "reinstated"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Something that happened on a day; ``label`` says what in words."""

    day: dt.date
    event: Event
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the time axis: a day, or the middle of several. Pain may be a mean."""

    day: dt.date
    before: float | None = None
    after: float | None = None
    next_day: float | None = None
    left: int | None = None
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a chart shows. ``span``: how many days one point stands for."""

    first: dt.date
    last: dt.date
    points: tuple[Point, ...] = ()
    marks: tuple[Mark, ...] = ()
    span: int = 1
    arms: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever reported."""
        return not self.points


def chart_of(days: Sequence[ChartDay], marks: Iterable[Mark], today: dt.date) -> Chart:
    """The chart from the first thing that happened until today, at least two weeks wide."""
    ordered = sorted(days, key=lambda d: d.day)
    kept = tuple(sorted(marks))
    dates = [*(d.day for d in ordered), *(m.day for m in kept), today - dt.timedelta(days=13)]
    first, last = min(dates), max(*dates, today)
    span = next((s for s in _SPANS if len(_bins(ordered, s)) <= MOST_POINTS), _SPANS[-1])
    arms = any(day.arms for day in ordered)
    return Chart(first, last, tuple(_points(ordered, span)), kept, span, arms)


def _bins(days: Sequence[ChartDay], span: int) -> dict[int, list[ChartDay]]:
    """Days put together, each bin beginning on a Monday where it is longer than a day."""
    found: dict[int, list[ChartDay]] = {}
    for day in days:
        found.setdefault((day.day - FIRST_MONDAY).days // span, []).append(day)
    return found


def _points(days: Sequence[ChartDay], span: int) -> Iterator[Point]:
    for number, bin_ in _bins(days, span).items():
        middle = FIRST_MONDAY + dt.timedelta(days=number * span + span // 2)
        yield Point(
            day=middle if span > 1 else bin_[0].day,
            before=_mean([d.before for d in bin_]),
            after=_mean([d.after for d in bin_]),
            next_day=_mean([d.next_day for d in bin_]),
            left=_highest([d.left for d in bin_]),
            right=_highest([d.right for d in bin_]),
        )


def _mean(values: list[int | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(sum(known) / len(known), 2) if known else None


def _highest(values: list[int | None]) -> int | None:
    return max((v for v in values if v is not None), default=None)


def caption_of(chart: Chart) -> str:
    """How to read one point, in a sentence or two."""
    if chart.span == 1:
        return (
            "One point a day: the highest pain reported, "
            "and the place furthest from the spine at rest."
        )
    length = _LENGTHS[chart.span]
    return (
        f"One point for {length}, because the history is long: the mean of the days' highest pain, "
        "and the place furthest from the spine at rest."
    )
