"""Whether a patient's exercises must not be done now, who stopped them, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinic.emergency_places import place, placed
from patients import vocabulary
from patients.models import Case, CaseResponse
from patients.response import Outcome
from patients.vocabulary import STOPPING_ROUTES, Route
from programs.portal.context import phone
from programs.portal.door import opening
from programs.portal.warning_signs import words as sign_words
from programs.sessions import responses


@dataclass(frozen=True, slots=True)
class PortalStop:
    """Why the page is stopped. ``route``: how fast help is needed; ``own``: the patient said so.

    ``signs`` and ``advice`` are the patient's own answers and what to do about each; ``reason`` is
    what the rules say where no warning sign was ticked. ``tellers``: who ticked the signs, a helper
    by name and the patient by an empty one.
    """

    route: Route
    own: bool = False
    signs: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    reason: str = ""
    tellers: tuple[str, ...] = ()


def numbers(case: Case) -> dict[str, object]:
    """Whom to call, as the practice has it today: what was frozen may be out of date by now."""
    practice = case.practice
    return {
        "phone": phone(practice.phone),
        "emergency": phone(practice.emergency_number),
        "emergency_place": place(practice.emergency_number),
        "out_of_hours": practice.out_of_hours,
    }


def is_stopped(case: Case, judged: CaseResponse | None = None) -> bool:
    """Whether nothing may be done now: a red flag, or a log that says to get help."""
    if opening.is_paused(case):
        return True
    return (judged or responses.answer_for(case)).outcome == Outcome.GET_HELP


def stop_of(case: Case, judged: CaseResponse) -> PortalStop:
    """Why it is stopped; call it where ``is_stopped``."""
    rows = list(case.answers.open_stops())
    own = [r for r in rows if r.answered_by_id is None and r.code in sign_words.ADVICE]
    if own:
        tellers = tuple(dict.fromkeys(row.helper for row in own))
        stop = replace(of_codes([row.code for row in own]), tellers=tellers)
        # A sign that stops only beside another one is urgent as they are together.
        return stop if stop.route in STOPPING_ROUTES else replace(stop, route=Route.SAME_DAY)
    if rows:
        urgent = any(vocabulary.route_of(row.code) is Route.EMERGENCY for row in rows)
        return PortalStop(Route.EMERGENCY if urgent else Route.SAME_DAY)
    reason = judged.answer.get("patient", {}).get("reason", "")
    reason = placed(reason, case.practice.emergency_number)
    return PortalStop(Route.SAME_DAY, own=True, reason=reason)


def of_codes(codes: list[str]) -> PortalStop:
    """What the patient ticked, and what to do about it."""
    ordered = [code for code in sign_words.ASKED if code in codes]
    route = sign_words.worst(ordered) or Route.SOON
    urgent = [c for c in ordered if vocabulary.route_of(c) in STOPPING_ROUTES]
    named = urgent if route in STOPPING_ROUTES else ordered
    return PortalStop(
        route=route,
        own=True,
        signs=tuple(sign_words.line_of(code).words for code in named),
        advice=sign_words.advice(named),
    )
