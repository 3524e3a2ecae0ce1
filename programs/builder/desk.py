"""A clinician's day as programs see it: what waits to be issued, and reviews that are due.

For ``settings.DESK``; ``patients.people.desk`` describes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.formats import date_format

from clinic.formats import day_words
from clinic.models import Practice, User
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
        mine = _running(practice).filter(Q(case__clinician=user) | Q(changed_by=user))
        over = Q(review_on__lte=today) | Q(next_phase_on__lte=today)
        day = Least("review_on", "next_phase_on")
        due = mine.filter(over, draft_open=False).order_by(day, "pk")
        drafts = mine.filter(draft_open=True).order_by("-changed_at", "pk")
        for title, rows in (("Review due", due), ("Waiting to be issued", drafts)):
            yield title, list(rows.values_list("case_id", flat=True)[:MOST_EACH])

    def steps(
        self, practice: Practice, cases: Collection[Case], today: date
    ) -> Mapping[UUID, DeskStep]:
        """One query, however many cases."""
        rows = _running(practice).filter(case__in=cases)
        programs = {
            row.case_id: row for row in rows.annotate(version=Max("prescriptions__version"))
        }
        return {case.pk: _step(case, programs.get(case.pk), today) for case in cases}


def _running(practice: Practice) -> QuerySet[Program]:
    return Program.objects.filter(
        case__practice=practice,
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
