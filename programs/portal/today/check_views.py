"""The questions after a session: a few minutes later, and about the night and the next morning."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from clinic.http import require_get_or_post
from patients.models import SymptomLog
from patients.response import Phase
from programs.portal import published
from programs.portal.context import page_context
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.door.views import has_ended
from programs.portal.session.page import last_symptoms
from programs.portal.stopping import is_stopped
from programs.portal.symptoms.forms import SymptomForm
from programs.portal.today.day import CHECK_PHASES, Run, days_since, question_of, runs_of
from programs.sessions.actions import store
from programs.sessions.entries import Batch


@with_player
@remembered
@require_get_or_post
def portal_check(request: PatientRequest, phase: str, session: uuid.UUID) -> HttpResponse:
    """Ask how it is after a session. Before the window has passed it says when to come back."""
    issued = published.latest_issued(request.device.access, light=True)
    found = request.case.session_logs.filter(client_id=session).first()
    if issued is None or found is None or phase not in CHECK_PHASES:
        return closed_door(request)
    run, now = runs_of(request.case, [found])[0], timezone.now()
    days = days_since(found, now, request.case.practice.zone)
    is_early = phase == Phase.NEXT_DAY and days < 1
    is_over = has_ended(request, issued) or is_stopped(request.case)
    # What was answered on a page that was opened before is stored all the same.
    if is_early or run.told(Phase(phase)) or (is_over and request.method != "POST"):
        return redirect("portal_program", request.device.pk)
    ready_at = run.ready_at(request.case.practice.after_effect_minutes)
    context = page_context(request, issued) | {
        "session": found,
        "phase": phase,
        "question": question_of(Phase(phase), days),
    }
    if phase == Phase.SETTLED and now < ready_at:
        return render(
            request, "programs/portal/today/portal_check.html", context | {"ready_at": ready_at}
        )
    form = SymptomForm(
        request.POST if request.method == "POST" else None,
        prefix="check",
        last=_last(request, run),
        same_words="Nothing has changed",
        phase=phase,
        chain=request.case.symptom_chain,
    )
    if request.method == "POST" and form.is_valid():
        entry = form.entry(session=session, phase=phase, at=now)
        batch = Batch((entry,))
        refused = store(case=request.case, batch=batch, helper=request.helper).refused
        if not refused:
            return redirect("portal_program", request.device.pk)
        form.add_error(None, refused[0].message)
    if is_over:
        return redirect("portal_program", request.device.pk)
    return render(request, "programs/portal/today/portal_check.html", context | {"symptoms": form})


def _last(request: PatientRequest, run: Run) -> SymptomLog | None:
    """How it was when last told in this session, else whenever."""
    told = [log for log in run.logs if not log.item and log.pain is not None]
    return max(told, key=lambda log: (log.at, log.pk), default=None) or last_symptoms(
        request.case, run.session.client_id
    )
