"""A patient's record as one page that anybody can read, in a browser or on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from patients.measures.course import MeasureCourse, measures_of
from patients.models import Case, Patient, VisitNote
from patients.record import snapshot
from patients.record.history import HistoryEntry, entries, saves
from programs.exchange.rows import handout_name
from programs.followup.progress.log import LogLine, entries_of, keys_of
from programs.followup.progress.rows import course_of
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription


@dataclass(frozen=True)
class VersionOnPage:
    """One issued version, what it held, and its handouts."""

    issued: IssuedPrescription
    handouts: list[str]

    @property
    def items(self) -> tuple[Any, ...]:
        """The exercises as prescribed."""
        return self.issued.words().items


@dataclass(frozen=True)
class CaseOnPage:
    """Everything about one case, in words."""

    case: Case
    facts: list[tuple[str, str]]
    history: list[HistoryEntry]
    visits: list[VisitNote]
    measures: MeasureCourse
    versions: list[VersionOnPage]
    reports: list[LogLine]


def record_html(patient: Patient, cases: list[Case]) -> Iterator[bytes]:
    """The page."""
    with timezone.override(patient.practice.zone):
        context = {
            "patient": patient,
            "practice": patient.practice,
            "made_at": timezone.now(),
            "cases": [_on_page(case) for case in cases],
        }
        yield render_to_string("programs/exchange/record.html", context).encode()


def _on_page(case: Case) -> CaseOnPage:
    now = snapshot.take(case)
    facts = [(snapshot.field_label(name), snapshot.shown(now, name)) for name in now]
    return CaseOnPage(
        case=case,
        facts=facts,
        history=entries(case, saves(case).order_by("-number")),
        visits=list(case.visits.select_related("author").prefetch_related("amendments__by")),
        measures=measures_of(case),
        versions=[version for program in case.programs.all() for version in _versions(program)],
        reports=entries_of(case, keys_of(case), course_of(case).names),
    )


def _versions(program: Any) -> Iterator[VersionOnPage]:
    for issued in program.prescriptions.select_related("issued_by", "program").order_by("version"):
        handouts = Handout.objects.filter(prescription=issued).defer("pdf").order_by("pk")
        yield VersionOnPage(issued, [handout_name(row) for row in handouts])
