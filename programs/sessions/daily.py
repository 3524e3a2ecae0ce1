"""Judging cases anew when time alone changes their answer.

No change after four weeks, good news that has grown old, exercises that nobody did: the answer
about a case changes although nobody logs anything. Each kept answer says when that may be, and
whatever else it was judged by sets it due; so a night judges the cases with a threshold that day.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Collection
from typing import Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef

from clinic import wall
from clinic.wall import passages
from patients.models import Case, CaseResponse
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import responses
from programs.sessions.edition import edition

logger = logging.getLogger(__name__)
CASES_AT_ONCE: Final = 500
"""Cases read at once, so that memory stays the same whatever is due."""


def refresh_answers(now: dt.datetime, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Judge every running case whose answer is due, or was made by other rules.

    One practice after the other, and one case at a time, each in its own transaction: one that
    cannot be judged holds up no other.
    """
    counts: Counter[str] = Counter()
    for practice in passages.practices_with_answers(now, edition()):
        with wall.within(practice):
            passed: set[UUID] = set()
            while not stop() and (cases := due(practice, now, passed)):
                counts.update(_judge(cases, now, passed, stop))
    return counts


def due(practice: int, now: dt.datetime, passed: set[UUID]) -> list[UUID]:
    """Cases of the practice to be looked at, no more than a batch, without ``passed``."""
    most = CASES_AT_ONCE + len(passed)
    rows = CaseResponse.objects.filter(practice=practice, watched=True).order_by()
    parts = (
        rows.filter(judge_at__lte=now),
        rows.filter(settings_at__lt=F("practice__settings_at")),
        rows.filter(edition__lt=edition()),
        rows.filter(edition__gt=edition()),
    )
    first, *others = (part.values_list("case_id", flat=True)[:most] for part in parts)
    return [case for case in first.union(*others)[:most] if case not in passed][:CASES_AT_ONCE]


def _judge(
    keys: list[UUID], now: dt.datetime, passed: set[UUID], stop: Callable[[], bool]
) -> Counter[str]:
    """Judge these; what failed or is held by somebody else is passed over until the next time."""
    running = {case.pk: case for case in _running(keys)}
    if gone := {key for key in keys if key not in running}:
        passed |= gone - _let_go(gone)
    counts: Counter[str] = Counter()
    for key, case in running.items():
        if stop():
            break
        said = _refresh(case, now)
        if said != "judged":
            passed.add(key)
        if said:
            counts[said] += 1
    return counts


def _running(keys: Collection[UUID]) -> list[Case]:
    """Those of them with a program that goes on."""
    issued = IssuedPrescription.objects.filter(
        program__case=OuterRef("pk"), program__ended_at__isnull=True
    )
    rows = Case.objects.open().filter(Exists(issued), pk__in=keys, patient__archived_at=None)
    return list(rows.select_related("practice").order_by("pk"))


@transaction.atomic
def _let_go(keys: set[UUID]) -> set[UUID]:
    """Watch these no more, until something about them changes; those that are let go."""
    rows = CaseResponse.objects.filter(case__in=keys).order_by("pk")
    locked = rows.select_for_update(skip_locked=True, no_key=True)
    over = set(locked.values_list("case_id", flat=True))
    over -= {case.pk for case in _running(over)}
    CaseResponse.objects.filter(case__in=over).update(watched=False)
    return over


def _refresh(case: Case, now: dt.datetime) -> str:
    """What became of it; nothing where somebody else has it, or was quicker."""
    try:
        return "judged" if responses.refresh_due(case, now) else ""
    except (DatabaseError, ValueError, LookupError, TypeError) as error:
        # What the error says may repeat a report: only its kind is written down.
        logger.error("Case %s could not be judged (%s)", case.pk, type(error).__name__)
        return "failed"
