"""Calendar weeks and days of a practice: Monday to Sunday, by its own clock.

Pure. A week is seven dates and not 168 hours, so that month ends and daylight saving change
nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from clinic.formats import MONTHS, short_words

DAYS_SHOWN: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A calendar week, named by its Monday."""

    monday: dt.date

    @classmethod
    def of(cls, day: dt.date) -> Week:
        """The week that a day belongs to."""
        return cls(day - dt.timedelta(days=day.weekday()))

    @property
    def sunday(self) -> dt.date:
        """Its last day."""
        return self.monday + dt.timedelta(days=DAYS_SHOWN - 1)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Its seven days."""
        return tuple(self.monday + dt.timedelta(days=n) for n in range(DAYS_SHOWN))

    @property
    def before(self) -> Week:
        """The week before."""
        return Week(self.monday - dt.timedelta(days=DAYS_SHOWN))

    @property
    def words(self) -> str:
        """``16–22 Nov``, or ``28 Sep – 4 Oct`` where the month ends in it."""
        first, last = self.monday, self.sunday
        if first.month == last.month:
            return f"{first.day}–{last.day} {MONTHS[last.month - 1]}"
        return f"{short_words(first)} – {short_words(last)}"


def last_weeks(today: dt.date, count: int) -> tuple[Week, ...]:
    """The last ``count`` weeks, this one included, the earliest first."""
    this = Week.of(today)
    return tuple(
        Week(this.monday - dt.timedelta(days=DAYS_SHOWN * n)) for n in reversed(range(count))
    )


def start_of(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The moment at which a day of the practice begins."""
    return dt.datetime.combine(day, dt.time(), zone)
