"""Where the patient's device sends its log entries, as JSON."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from clinic.emergency_places import placed
from clinic.http import require_get_or_post
from clinic.models import Practice
from patients.models import CaseResponse
from patients.response import Outcome
from programs.portal import published, stopping
from programs.portal.door.decorators import PatientRequest, remembered
from programs.portal.door.views import has_ended
from programs.prescriptions.safety_words import by_name
from programs.sessions.actions import Stored, store
from programs.sessions.entries import EntryError, parse_batch

_TITLES: Final = {
    Outcome.GET_HELP: "Stop, and get help",
    Outcome.STOP_EXERCISE: "Stop this exercise",
    Outcome.EASE: "Ease off a little",
    Outcome.CARRY_ON: "Carry on",
}
"""What a patient does next, in a few words."""
_FIRST: Final = "Ready for your first session?"
"""The same where no session was done yet."""


@remembered
@require_get_or_post
def portal_log(request: PatientRequest) -> HttpResponse:
    """Take in a batch of entries, and say what became of each and what follows.

    A GET answers with a fresh form token, for a page that was kept on the device for long.
    """
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "page": page_state(request)})
    if request.content_type != "application/json":
        return _malformed("", "must be sent as application/json")
    try:
        batch = parse_batch(request.body)
    except EntryError as error:
        return _malformed(error.key, error.reason)
    done = store(case=request.case, batch=batch, helper=request.helper)
    return JsonResponse(
        {
            "stored": [str(key) for key in done.stored],
            "known": [str(key) for key in done.known],
            "refused": [{"id": r.id, "field": r.field, "message": r.message} for r in done.refused],
            "answer": answer_words(done.response, request.case.practice),
            "page": _page_state_after(request, done),
        }
    )


def answer_words(response: CaseResponse, practice: Practice, clinician: str = "") -> dict[str, Any]:
    """What the logs mean, as the patient is told: outcome, title, reason, paused items.

    ``practice``: whose emergency number says what the place to go to is called. ``clinician``: the
    name to say instead of "your therapist", where it is at hand.
    """
    patient = response.answer.get("patient", {})
    begins = patient.get("rules") == ["L10"] and "Start when you are ready" in patient["reason"]
    return {
        "outcome": response.outcome,
        "title": _FIRST if begins else _TITLES[Outcome(response.outcome)],
        "reason": placed(by_name(patient.get("reason", ""), clinician), practice.emergency_number),
        "paused": response.answer.get("paused", []),
    }


def page_state(request: PatientRequest) -> dict[str, Any]:
    """Which version this device would get now, and whether its page is open."""
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return {"issued": None, "version": None, "state": "ended"}
    state = "open"
    if has_ended(request, issued):
        state = "ended"
    elif stopping.is_stopped(request.case):
        state = "stopped"
    return {"issued": issued.pk, "version": issued.version, "state": state}


def _page_state_after(request: PatientRequest, done: Stored) -> dict[str, Any]:
    """The same after logs were stored and judged, without asking the database again."""
    if done.newest is None:
        return {"issued": None, "version": None, "state": "ended"}
    ended = done.newest.has_ended or request.case.closed_at is not None
    # An open red flag always leads to getting help; so does what stops the page without one.
    stopped = done.response.outcome == Outcome.GET_HELP
    state = "ended" if ended else "stopped" if stopped else "open"
    return {"issued": done.newest.pk, "version": done.newest.version, "state": state}


def _malformed(field: str, message: str) -> HttpResponse:
    return JsonResponse({"error": {"field": field, "message": message}}, status=400)
