"""When an answer changes by itself, because time passes and nobody logs anything.

Pure. Within one calendar day of the practice an answer is the same, but for what comes to stand
behind ``now``. So only midnights are tried, and moments that the history itself tells of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from patients.response.answer import respond
from patients.response.facts import Guide, History, Response

DAYS_AHEAD: Final = 14
"""Days that are tried; after that the case is judged again in any case."""


def judge_at(history: History, guide: Guide, answer: Response) -> datetime:
    """When what ``respond`` says may be another than ``answer``, which it says now.

    At every moment before it is the same.
    """
    coming = min(_coming(history), default=None)
    for days in range(1, DAYS_AHEAD + 1):
        moment = midnight(history, days)
        if coming is not None and coming <= moment:
            return coming
        if respond(replace(history, now=moment), guide) != answer:
            return moment
    return moment


def midnight(history: History, days: int = 1) -> datetime:
    """When so many calendar days of the practice have begun, counted from ``now``."""
    day = history.day(history.now) + timedelta(days=days)
    return datetime.combine(day, time(), tzinfo=history.zone)


def _coming(history: History) -> Iterator[datetime]:
    """Moments after now of which the history tells already."""
    moments = (
        *(log.at for log in history.logs),
        *(event.at for event in history.reinstated),
        *(event.at for event in history.cleared),
    )
    for moment in moments:
        if moment > history.now:
            yield moment
