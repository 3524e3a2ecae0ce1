"""Judging cases anew when their day has changed: some of what counts is only time going by.

No change after four weeks, good news that has grown old, exercises that nobody did: the answer
about a case changes although nobody logs anything. So each running case is judged once a day, and
once more where the rules have changed since.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.db.models import Exists, F, OuterRef, Q

from clinic import wall
from clinic.wall import passages
from patients.models import Case
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import responses
from programs.sessions.edition import edition

logger = logging.getLogger(__name__)


def refresh_answers(now: dt.datetime, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Judge every open case last judged on an earlier day, by other facts or by other rules.

    One practice after the other, and one case at a time, each in its own transaction: one that
    cannot be judged holds up no other.
    """
    counts: Counter[str] = Counter()
    for practice, zone in passages.practices():
        with wall.within(practice):
            for case in _stale(zone, now):
                if stop():
                    return counts
                counts[_refresh(case)] += 1
    return counts


def _stale(zone: str, now: dt.datetime) -> list[Case]:
    """Cases of the practices in this zone, where the day changes at the same moment."""
    day = now.astimezone(ZoneInfo(zone)).date()
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo(zone))
    issued = IssuedPrescription.objects.filter(
        program__case=OuterRef("pk"), program__ended_at__isnull=True
    )
    old = Q(response__computed_at=None) | Q(response__computed_at__lt=F("facts_changed_at"))
    old |= ~Q(response__edition=edition())
    return list(
        Case.objects.open()
        .filter(Exists(issued), old | Q(response__computed_at__lt=midnight))
        .filter(practice__time_zone=zone, patient__archived_at__isnull=True)
        .select_related("practice")
        .order_by("pk")
    )


def _refresh(case: Case) -> str:
    try:
        # Another process may have been quicker: then the kept answer is of today.
        responses.answer_for(case)
    except (DatabaseError, ValueError, LookupError, TypeError) as error:
        # What the error says may repeat a report: only its kind is written down.
        logger.error("Case %s could not be judged (%s)", case.pk, type(error).__name__)
        return "failed"
    return "judged"
