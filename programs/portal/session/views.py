"""A session: a plain checklist that scripts turn into one screen at a time."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.http import require_get_or_post
from patients.models import SymptomLog
from patients.response import Phase
from programs.portal import published
from programs.portal.app.files import session_modules
from programs.portal.context import page_context
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.door.views import has_ended
from programs.portal.session.entries import checklist_batch
from programs.portal.session.forms import Checklist
from programs.portal.session.log_views import answer_words
from programs.portal.session.page import (
    last_symptoms,
    session_page,
    settled_runs,
    told_words,
    wants_settled_check,
)
from programs.portal.stopping import is_stopped
from programs.portal.symptoms.forms import SymptomForm
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import responses
from programs.sessions.actions import store
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.reasons import SKIP_REASONS, STOP_REASONS

ASK_WITHIN: Final = dt.timedelta(hours=2)
"""A session that ended longer ago is not asked once more: the next morning is."""


def _issued(request: PatientRequest) -> IssuedPrescription | None:
    """The program that may be done now; None where there is none, or it has stopped."""
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None or has_ended(request, issued) or is_stopped(request.case):
        return None
    return issued


def _followed(request: PatientRequest, wanted: str) -> IssuedPrescription | None:
    """The version that the page which is sent was made from; the present one where it says none.

    What somebody has done is stored also where the program was changed, stopped or ended since.
    """
    return published.version_named(request.device.access, wanted) or _issued(request)


@with_player
@remembered
@require_get_or_post
def portal_session(request: PatientRequest) -> HttpResponse:
    """Walk through the exercises; without scripts, tick them off and send them together."""
    sent = request.POST if request.method == "POST" else None
    issued = _issued(request) if sent is None else _followed(request, sent.get("issued", ""))
    if issued is None:
        return redirect("portal_program", request.device.pk)
    sheet = published.sheet(issued)
    page = session_page(request.case, sheet, responses.answer_for(request.case).answer)
    checklist = Checklist(
        page.todo if sent is None else page.told(sent),
        sent,
        last=partial(last_symptoms, request.case),
        now=timezone.now(),
        chain=request.case.symptom_chain,
    )
    refused = ""
    if sent is not None and checklist.is_valid():
        batch = checklist_batch(request.case, checklist, issued.pk)
        done = store(case=request.case, batch=batch, helper=request.helper)
        refused = " ".join({r.message for r in done.refused})
        if not refused:
            return redirect("portal_session_end", request.device.pk, checklist.run)
    if sent is not None and _issued(request) is None:
        return redirect("portal_program", request.device.pk)
    return render(
        request,
        "programs/portal/session/portal_session.html",
        {
            **page_context(request, issued),
            "page": page,
            "checklist": checklist,
            "refused": refused,
            "settled_runs": settled_runs(request.case, timezone.now() - 2 * ASK_WITHIN),
            "settled": SymptomForm(
                prefix="settled", phase=Phase.SETTLED, chain=request.case.symptom_chain
            ),
            "skip_reasons": SKIP_REASONS.items(),
            "stop_reasons": STOP_REASONS.items(),
            "modules": session_modules(),
        },
    )


@with_player
@remembered
@require_safe
def portal_session_end(request: PatientRequest, run: uuid.UUID) -> HttpResponse:
    """What was stored of a session, what follows from it, and whether we ask once more."""
    issued = _issued(request)
    session = request.case.session_logs.filter(client_id=run).first()
    if session is None:
        return closed_door(request)
    if issued is None:
        return redirect("portal_program", request.device.pk)
    answer = responses.answer_for(request.case)
    page = session_page(request.case, published.sheet(issued), answer.answer)
    exercises = session.exercises.standing()
    logs = list(request.case.symptom_logs.standing().filter(session=run))
    done = {log.item for log in exercises if log.state != ExerciseLog.SKIPPED}
    return render(
        request,
        "programs/portal/session/portal_session_end.html",
        {
            **page_context(request, issued),
            "session": session,
            "told": [(log.item_name, told_words(log)) for log in exercises],
            "done": len(done),
            "answer": answer_words(answer, request.case.practice),
            "asks_again": _may_ask(session, logs)
            and wants_settled_check([*page.todo, *page.paused], done, logs),
        },
    )


def _may_ask(session: SessionLog, logs: list[SymptomLog]) -> bool:
    """Whether the check after the session is still open."""
    ended = session.ended_at or session.started_at
    told = any(log.phase == Phase.SETTLED for log in logs)
    return not told and timezone.now() - ended < ASK_WITHIN
