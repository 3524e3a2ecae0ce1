"""The program on the page of its case."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clinic.http import PracticeRequest
from patients.vocabulary import Answer
from programs.builder.actions.starters import side_of_case
from programs.builder.alike import alike
from programs.builder.ended import ended_words
from programs.builder.phase_dates import due_phase, phase_words
from programs.builder.starter_choice import offers_for_case
from programs.exercises.library import library_for
from programs.exercises.theirs.starters import starters_of
from programs.prescriptions.models import IssuedPrescription, Program
from programs.verdicts.case_facts import case_facts
from programs.verdicts.recheck import recheck_live


def case_panel(request: PracticeRequest, case: Any) -> SafeString:
    """Current program, its versions, what is flagged, and a way to start. For ``CASE_PANELS``."""
    program = Program.objects.filter(case=case, ended_at=None).select_related("changed_by").first()
    latest = (
        program.prescriptions.select_related("issued_by")
        .prefetch_related("waivers__made_by")
        .defer("draft")
        .first()
        if program
        else None
    )
    ended = Program.objects.filter(case=case, ended_at__isnull=False, prescriptions__isnull=False)
    earlier = list(ended.select_related("changed_by").distinct().order_by("-ended_at", "pk")[:6])
    last = earlier.pop(0) if earlier and program is None else None
    facts = case_facts(case)
    library = library_for(case.practice)
    starters = starters_of(library, case.practice, request.user)
    context = {
        "case": case,
        "program": program,
        "issued": latest,
        "count": len(latest.payload["items"]) if latest else 0,
        "minutes": latest.payload["minutes_per_day"] if latest else 0,
        "phase_words": phase_words(program) if program else "",
        "phase_due": due_phase(program, case.today()) if program else 0,
        "to_ask": _still_open(case, latest),
        "flags": recheck_live(case.practice, case) if latest else [],
        "stopped": bool(case.open_stops()),
        "last": last,
        "last_words": ended_words(last) if last else "",
        "ended": earlier[:5],
        "alike": alike(case.practice, case) if program is None and case.closed_at is None else [],
        "offers": offers_for_case(library, facts, starters),
        "side_of_case": side_of_case(facts),
    }
    return render_to_string("programs/builder/_case_panel.html", context, request=request)


def _still_open(case: Any, issued: IssuedPrescription | None) -> list[str]:
    """Questions that the version went out without, and that nobody has answered since."""
    if issued is None or case.closed_at is not None:
        return []
    known = case.known_answers()
    codes = [waiver.code for waiver in issued.waivers.all()]
    return [code for code in codes if known.get(code, Answer.UNKNOWN) == Answer.UNKNOWN]
