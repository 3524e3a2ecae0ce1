"""A clinician's day as programs see it: what waits to be issued, and reviews that are due.

For ``settings.DESK``; ``patients.people.desk`` describes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.formats import date_format

from clinic.formats import day_words
from clinic.models import Practice, User
from clinic.said_once import ANY_DAY, ANY_NUMBER, SaidOnce
from patients.models import Case
from patients.people.desk import MOST_EACH, DeskStep, screen_step
from programs.builder.phase_dates import due_phase
from programs.prescriptions.models import Program


class ProgramDesk:
    """Drafts and reviews of this clinician's cases, and the next step of any case."""

    def lists(
        self, practice: Practice, user: User, today: date
    ) -> Iterable[tuple[str, Sequence[UUID]]]:
        """Two lists, of a query each."""
        due = _DUE.rows(practice.pk, user.pk, today)
        drafts = _DRAFTS.rows(practice.pk, user.pk)
        yield "Review due", [case for (case,) in due]
        yield "Waiting to be issued", [case for (case,) in drafts]

    def steps(
        self, practice: Practice, cases: Collection[Case], today: date
    ) -> Mapping[UUID, DeskStep]:
        """One query, however many cases."""
        rows = _running(practice).filter(case__in=cases)
        programs = {
            row.case_id: row for row in rows.annotate(version=Max("prescriptions__version"))
        }
        return {case.pk: _step(case, programs.get(case.pk), today) for case in cases}


def _due(practice: int, user: int, today: date) -> QuerySet[Any, Any]:
    # The first of two days, as the index has it; where there is one alone, that.
    rows = _mine(practice, user).annotate(day=Least("review_on", "next_phase_on"))
    rows = rows.filter(day__lte=today, draft_open=False)
    return rows.order_by("day", "pk").values_list("case_id")[:MOST_EACH]


def _drafts(practice: int, user: int) -> QuerySet[Any, Any]:
    rows = _mine(practice, user).filter(draft_open=True)
    return rows.order_by("-changed_at", "pk").values_list("case_id")[:MOST_EACH]


def _mine(practice: int, user: int) -> QuerySet[Program]:
    return _running(practice).filter(Q(case__clinician=user) | Q(changed_by=user))


_DUE: Final = SaidOnce(_due, ANY_NUMBER, ANY_NUMBER - 1, ANY_DAY)
_DRAFTS: Final = SaidOnce(_drafts, ANY_NUMBER, ANY_NUMBER - 1)


def _running(practice: Practice | int) -> QuerySet[Program]:
    return Program.objects.filter(
        practice=practice,
        case__closed_at=None,
        case__patient__archived_at=None,
        ended_at=None,
    )


def _step(case: Case, program: Program | None, today: date) -> DeskStep:
    if program is None:
        start = DeskStep("Start a program", f"{case.get_absolute_url()}#program-title")
        return screen_step(case, today) or start
    url = reverse("program", args=[program.pk])
    version = getattr(program, "version", None)
    if program.draft_open:
        return DeskStep(f"Issue version {(version or 0) + 1}", url, url)
    phase = due_phase(program, today)
    if phase and program.next_phase_on is not None:
        words = f"Phase {phase} is due from {day_words(program.next_phase_on)}"
        return DeskStep(words, reverse("case_review", args=[case.pk]), url)
    if program.review_on is None:
        return DeskStep("Running, no review day", url, url)
    day = date_format(program.review_on, "j M")
    if program.review_on <= today:
        return DeskStep(f"Review, due {day}", reverse("case_review", args=[case.pk]), url)
    return DeskStep(f"Running, review on {day}", url, url)
