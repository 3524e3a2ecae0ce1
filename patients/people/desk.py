"""Today on the dashboard: what waits for this clinician, case by case, each with its next step.

``settings.DESK`` names a class of an app above this one: ``lists(practice, user, today)`` gives
titles with cases, ``steps(practice, cases, today)`` what comes next for each. Without it there is
what was opened last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string

from clinic.models import Look, Practice, User
from patients.models import Case, SymptomLog
from patients.models.case_reading import practice_today
from patients.questions import progress

MOST_EACH = 5
_OPENED_WITHIN = timedelta(days=3)
"""Older looks are not read: the log of who looked is long."""
_MOST_LOOKS = 60
NOTHING_YET = "No report yet"


@dataclass(frozen=True, slots=True)
class DeskStep:
    """What comes next for a case, and where; ``program``: the address of its program, if any."""

    words: str
    url: str
    program: str = ""


class DeskWork(Protocol):
    """What an app above this one knows of a clinician's day."""

    def lists(
        self, practice: Practice, user: User, today: date
    ) -> Iterable[tuple[str, Sequence[UUID]]]:
        """Titles, each with the keys of its cases in their order."""

    def steps(
        self, practice: Practice, cases: Collection[Case], today: date
    ) -> Mapping[UUID, DeskStep]:
        """What comes next, by the case's key; a case may be left out."""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One case as the day's list shows it."""

    case: Case
    conditions: str
    report: str
    step: DeskStep


@dataclass(frozen=True, slots=True)
class DeskList:
    """Cases under one heading."""

    title: str
    rows: list[DeskRow]


def desk(practice: Practice, user: User) -> list[DeskList]:
    """The day of a clinician; a constant number of queries. A case stands in one list only."""
    today = practice_today(practice)
    path = getattr(settings, "DESK", "")
    work: DeskWork | None = import_string(path)() if path else None
    found = list(work.lists(practice, user, today)) if work else []
    found.append(("Last opened", _opened(practice, user)))
    wanted = [case for _, cases in found for case in cases]
    cases = {case.pk: case for case in _cases(practice, wanted)} if wanted else {}
    steps = work.steps(practice, cases.values(), today) if work and cases else {}
    shown: set[UUID] = set()
    lists = []
    for title, keys in found:
        new = [key for key in keys if key in cases and key not in shown][:MOST_EACH]
        shown.update(new)
        if new:
            lists.append(DeskList(title, [_row(cases[key], steps) for key in new]))
    return lists


def _opened(practice: Practice, user: User) -> list[UUID]:
    """Cases this member looked at last."""
    since = timezone.now() - _OPENED_WITHIN
    looks = Look.objects.filter(practice=practice, actor=user, case__isnull=False, at__gte=since)
    keys = looks.values_list("case", flat=True)[:_MOST_LOOKS]
    return list(dict.fromkeys(key for key in keys if key))


def _cases(practice: Practice, keys: Collection[UUID]) -> Any:
    logs = SymptomLog.objects.filter(case=OuterRef("pk"), pain__isnull=False).standing()
    latest = logs.order_by("-at", "-pk")
    return (
        practice.cases.open()
        .filter(pk__in=set(keys), patient__archived_at__isnull=True)
        .with_facts()
        .annotate(
            last_pain=Subquery(latest.values("pain")[:1]), last_at=Subquery(latest.values("at")[:1])
        )
    )


def _row(case: Case, steps: Mapping[UUID, DeskStep]) -> DeskRow:
    report = NOTHING_YET
    pain, at = getattr(case, "last_pain", None), getattr(case, "last_at", None)
    if pain is not None and at is not None:
        report = f"Pain {pain} of 10, {date_format(timezone.localtime(at), 'j M')}"
    return DeskRow(
        case=case,
        conditions=", ".join(str(row) for row in case.current_conditions) or case.title,
        report=report,
        step=_first_step(case) or steps.get(case.pk) or _open_step(case),
    )


def _first_step(case: Case) -> DeskStep | None:
    """What comes before any program: a red flag to clear."""
    if case.open_stops():
        return DeskStep("Clear the red flag", case.get_absolute_url())
    return None


def _open_step(case: Case) -> DeskStep:
    return DeskStep("Open the case", case.get_absolute_url())


def screen_step(case: Case, today: date) -> DeskStep | None:
    """The safety screen, where it is not answered yet; it goes on to the case."""
    pregnancy = case.asks_about_pregnancy_on(today)
    done, asked = progress(case.known_answers(), pregnancy=pregnancy, about=case.about)
    if done >= asked:
        return None
    return DeskStep(
        f"Safety screen: {done} of {asked} answered", reverse("safety_screen", args=[case.pk])
    )
