"""How far the checks of running programs are behind, for a page to say. It judges nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from clinic.models import Practice
from clinic.said_once import ANY_DAY, ANY_MOMENT, ANY_NUMBER, ANY_TEXT, SaidOnce
from patients.models.case_reading import practice_today
from programs.verdicts.checks import edition, late

MOST_BEHIND: Final = 100
"""Programs that wait are counted up to so many; of more, only that there are more is told."""
_FIRST: Final = ("stale_at", "due_on", "settings_at", "pk", "pk")
"""What each part of ``late`` begins with, so that the longest waiting are among those counted."""
_COLUMNS: Final = ("pk", "stale_at", "due_on", "running", "settings_at")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many programs wait to be judged again, by which release, day and settings.

    ``count`` goes one beyond ``MOST_BEHIND`` at most. ``since``: when the first of them was
    changed, or its day came; None where only the rules or the catalogue are others now.
    """

    count: int
    since: dt.datetime | None
    edition: str
    today: dt.date
    settings_at: dt.datetime

    @property
    def many(self) -> str:
        """How many, without a number that nobody counted."""
        return f"More than {MOST_BEHIND}" if self.count > MOST_BEHIND else f"{self.count}"

    def by(self) -> tuple[dt.date, str, dt.datetime]:
        """What ``may_be_out_of_date`` takes."""
        return self.today, self.edition, self.settings_at


def may_be_out_of_date(today: dt.date, now: str, settings_at: dt.datetime) -> Q:
    """Whether a row is one of those that wait: one of the reasons of ``late``."""
    due = Q(stale=True) | Q(due_on__lte=today)
    return due | ~Q(edition=now) | Q(settings_at__lt=settings_at)


def _late(practice: int, today: dt.date, now: str, settings_at: dt.datetime) -> QuerySet[Any, Any]:
    parts = [
        rows.order_by(first).values_list(*_COLUMNS)[: MOST_BEHIND + 1]
        for rows, first in zip(late(practice, today, now, settings_at), _FIRST, strict=True)
    ]
    return parts[0].union(*parts[1:])


_LATE: Final = SaidOnce(_late, ANY_NUMBER, ANY_DAY, ANY_TEXT, ANY_MOMENT)


def behind(practice: Practice) -> Waiting:
    """What waits in a practice; two queries, however much it is."""
    now, today = edition(), practice_today(practice)
    found = _LATE.rows(practice.pk, today, now, practice.settings_at)
    moments = [at for _, at, *_ in found if at is not None]
    moments += [_midnight(day, practice) for _, _, day, *_ in found if day and day <= today]
    set_later = any(runs and at < practice.settings_at for *_, runs, at in found)
    moments += [practice.settings_at] if set_later else []
    count = min(len({pk for pk, *_ in found}), MOST_BEHIND + 1)
    return Waiting(count, min(moments, default=None), now, today, practice.settings_at)


def _midnight(day: dt.date, practice: Practice) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), practice.zone)
