"""The day's page: what to do now, what waits, and the program."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from patients.response import Outcome
from programs.followup.goals.goals import goals_due
from programs.portal import published
from programs.portal.context import page_context
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.door.views import has_ended
from programs.portal.session.log_views import answer_words
from programs.portal.stopping import is_stopped, numbers, stop_of
from programs.portal.today.day import day_of, paused_reasons
from programs.prescriptions.sheet import Numbered
from programs.sessions import responses


@dataclass(frozen=True, slots=True)
class TodaysExercise:
    """An exercise on the page; ``paused`` says why it must not be done now, empty: it may."""

    exercise: Numbered
    paused: str


@with_player
@remembered
@require_safe
def portal_program(request: PatientRequest) -> HttpResponse:
    """Today's program, or clear words why there is none today."""
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return closed_door(request)
    context = page_context(request, issued)
    if has_ended(request, issued):
        context["ended"] = issued.program if issued.program.ended_at else None
        context["put_away"] = request.case.archived_at is not None
        return render(request, "programs/portal/today/portal_ended.html", context)
    judged = responses.answer_for(request.case)
    context["answer"] = answer_words(judged, request.case.practice, context["p"].clinician_name)
    if is_stopped(request.case, judged):
        context |= {**numbers(request.case), "stop": stop_of(request.case, judged)}
        return render(request, "programs/portal/today/portal_paused.html", context)
    clinician = context["p"].clinician_name
    paused = paused_reasons(judged.answer, clinician, request.case.practice.emergency_number)
    cards = [
        (p.label, [TodaysExercise(e, paused.get(e.item.item, "")) for e in p.exercises])
        for p in context["sheet"].sections
    ]
    context |= {
        "cards": cards,
        "paused": [card.exercise for _, row in cards for card in row if card.paused],
        "paused_key": _key(paused),
        "asks_signs": _asks_signs(judged.answer),
        "day": day_of(request.case, context["sheet"], judged.answer, timezone.now()),
        "asks_goals": goals_due(request.case, request.case.today()),
    }
    return render(request, "programs/portal/today/portal_program.html", context)


def _asks_signs(answer: dict[str, Any]) -> bool:
    """Whether the rules want the questions about warning signs asked, as for both legs."""
    outcome = answer.get("patient", {}).get("outcome")
    wanted = any(row["code"] == "screen_red_flags" for row in answer.get("proposals", ()))
    return wanted and outcome in (Outcome.EASE, Outcome.STOP_EXERCISE)


def _key(paused: dict[str, str]) -> str:
    """Names what the cards say of paused exercises: they are kept in memory under it."""
    return hashlib.sha256(json.dumps(paused, sort_keys=True).encode()).hexdigest()[:16]
