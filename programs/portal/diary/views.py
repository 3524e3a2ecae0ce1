"""What a patient reported, and putting it right."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.http import require_get_or_post
from clinic.paging import page_of
from patients.models import SymptomLog
from patients.response import Phase
from programs.portal import published
from programs.portal.context import page_context
from programs.portal.diary.diary import (
    EXERCISE,
    SYMPTOMS,
    TOO_OLD,
    chain_to,
    entries_of,
    exercises_behind,
    may_correct,
    runs_told_of,
)
from programs.portal.diary.forms import CorrectExerciseForm, CorrectSymptomsForm
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.symptoms.words import PHASE_WORDS
from programs.sessions.actions import store
from programs.sessions.entries import Batch
from programs.sessions.models import ExerciseLog

_PAGE_SIZE = 10
"""Sessions on a page."""


@with_player
@remembered
@require_safe
def portal_diary(request: PatientRequest) -> HttpResponse:
    """Everything the patient told, the newest first."""
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return closed_door(request)
    page = page_of(request, runs_told_of(request.case), size=_PAGE_SIZE)
    context = page_context(request, issued) | {
        "page": page,
        "entries": entries_of(request.case, list(page.object_list)),
        "zone": request.case.practice.time_zone,
    }
    return render(request, "programs/portal/diary/portal_diary.html", context)


@with_player
@remembered
@require_get_or_post
def portal_correct(request: PatientRequest, kind: str, log: uuid.UUID) -> HttpResponse:
    """Put right what was told, within 48 hours; the earlier value stays in the record."""
    issued = published.latest_issued(request.device.access, light=True)
    chain = chain_to(request.case, kind, log) if kind in (SYMPTOMS, EXERCISE) else []
    if issued is None or not chain:
        return closed_door(request)
    row, now = chain[-1], timezone.now()
    context = page_context(request, issued) | {
        "row": row,
        "kind": kind,
        "title": PHASE_WORDS[Phase(row.phase)] if isinstance(row, SymptomLog) else "",
    }
    if _is_practices(row):
        words = "The practice typed this in for you. Is it not right? Please tell us."
        return render(
            request, "programs/portal/diary/portal_correct.html", context | {"why_not": words}
        )
    if not may_correct(chain[0], now):
        return render(
            request, "programs/portal/diary/portal_correct.html", context | {"why_not": TOO_OLD}
        )
    form = _form(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not form.is_changed:
            return redirect("portal_diary", request.device.pk)
        batch = Batch((form.correction(now),))
        refused = store(case=request.case, batch=batch, helper=request.helper).refused
        if not refused:
            return redirect("portal_diary", request.device.pk)
        form.add_error(None, refused[0].message)
    return render(request, "programs/portal/diary/portal_correct.html", context | {"form": form})


def _form(
    row: SymptomLog | ExerciseLog, data: QueryDict | None
) -> CorrectSymptomsForm | CorrectExerciseForm:
    if isinstance(row, ExerciseLog):
        return CorrectExerciseForm(row, data)
    return CorrectSymptomsForm(row, exercises_behind(row), data)


def _is_practices(row: SymptomLog | ExerciseLog) -> bool:
    entered = row.session if isinstance(row, ExerciseLog) else row
    return entered.entered_by_id is not None
