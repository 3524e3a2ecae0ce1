"""When a reminder is due, and when to try again.

Pure. Times come in, times go out; no clock, no Django. A reminder has a time of day and days of the
week in the practice's time zone. Where the clock jumps over that time, the reminder comes as much
later as the clock jumped; where the clock shows it twice, it comes the first time. This is what a
calendar makes of the same time (RFC 5545, section 3.3.5), so that e-mail and calendar agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LATE: Final = dt.timedelta(hours=3)
"""How late a reminder still helps; after that it is recorded as missed and not sent."""
LONGEST_WAIT: Final = dt.timedelta(minutes=30)
"""The longest pause between two tries at one e-mail."""
WEEKDAY_NAMES: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
SPREAD: Final = {
    1: (0,),
    2: (0, 3),
    3: (0, 2, 4),
    4: (0, 1, 3, 4),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 2, 3, 4, 5),
    7: (0, 1, 2, 3, 4, 5, 6),
}
"""So many days a week, spread out; Monday is 0."""
TIMES: Final = {
    1: (dt.time(9),),
    2: (dt.time(9), dt.time(18)),
    3: (dt.time(9), dt.time(14), dt.time(19)),
}
"""So many times a day, spread out."""
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A time of day in whole minutes, and the days of the week it is for; Monday is 0."""

    at: dt.time
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder of one day, and the moment it is due, in UTC."""

    day: dt.date
    at: dt.datetime


def moment(day: dt.date, at: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """The moment, in UTC, at which the clocks of ``zone`` show ``at`` on ``day``."""
    return dt.datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(dt.UTC)


def due_between(
    plan: Plan, zone: dt.tzinfo, after: dt.datetime, until: dt.datetime
) -> tuple[DueReminder, ...]:
    """What falls due later than ``after`` and not later than ``until``, earliest first."""
    # A day more on either side: a clock that jumps over midnight moves a moment to the next day.
    day = after.astimezone(zone).date() - _DAY
    last = until.astimezone(zone).date() + _DAY
    found = []
    while day <= last:
        at = moment(day, plan.at, zone)
        # A zone that changes sides of the date line leaves a whole day out; nobody lives it.
        lived = at != moment(day + _DAY, plan.at, zone)
        if day.weekday() in plan.days and lived and after < at <= until:
            found.append(DueReminder(day, at))
        day += _DAY
    return tuple(sorted(found, key=lambda due: due.at))


def is_too_late(due_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a reminder for ``due_at`` would only puzzle by now."""
    return now - due_at > LATE


def wait_after(tries: int) -> dt.timedelta:
    """How long to wait after so many tries have failed: 1 minute, 2, 4 … at most 30."""
    return min(LONGEST_WAIT, dt.timedelta(minutes=2 ** min(max(tries, 1) - 1, 10)))


def suggested_days(days_a_week: int | None) -> tuple[int, ...]:
    """Days for a program that is done so many days a week; every day where it does not say."""
    return SPREAD[min(max(days_a_week or 7, 1), 7)]


def suggested_times(times_a_day: int | None) -> tuple[dt.time, ...]:
    """Times for a program that is done so many times a day, at most three."""
    return TIMES[min(max(times_a_day or 1, 1), len(TIMES))]


def days_words(days: Iterable[int]) -> str:
    """``every day``, ``Monday``, or ``Monday, Wednesday and Friday``."""
    names = [WEEKDAY_NAMES[day] for day in sorted(set(days))]
    if len(names) == 7:
        return "every day"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
