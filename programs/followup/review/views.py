"""Everything a review looks at on one page, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from patients.cases.page import notices, stops
from patients.inbox import words as alert_words
from patients.measures.course import measures_of
from patients.models import Case, CaseReview
from patients.models.review import ReviewEnd
from programs.builder.actions.next_phase import next_step
from programs.builder.phase_dates import due_phase, phase_words
from programs.builder.reviewing import proposed_review
from programs.followup.goals.goals import WANTED_GOALS, goals_of
from programs.followup.progress.overview import WEEKS, overview
from programs.followup.review.actions import finish_review, running_program
from programs.followup.review.forms import ReviewForm
from programs.prescriptions.models import Program


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def case_review(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """What the reports, goals and measures say, what is prescribed, and how it goes on."""
    case = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    if case.closed_at is not None:
        messages.info(request, "This case is closed.")
        return redirect(case)
    program, today = running_program(case), case.today()
    sent = request.POST if request.method == "POST" else None
    form = ReviewForm(sent, today=today, next_on=_proposed(program))
    if form.is_valid():
        try:
            made = finish_review(
                case=case,
                actor=request.user,
                outcome=form.cleaned_data["outcome"],
                note=form.cleaned_data["note"],
                next_on=form.cleaned_data["next_on"],
                key=form.cleaned_data["token"],
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return _after(request, case, made)
    issued = program.prescriptions.first() if program else None
    context = {
        "case": case,
        "patient": case.patient,
        "stops_elsewhere": stops(case),
        "notices": notices(case),
        "form": form,
        "view": overview(case, today),
        "weeks": WEEKS,
        "goals": goals_of(case),
        "wanted": WANTED_GOALS,
        "course": measures_of(case),
        "program": program,
        **_phase(program, today),
        "issued": issued,
        "items": issued.words().items if issued else (),
        "waiting": [
            (alert_words.title(row), row.item_name, row.raised_at) for row in case.alerts.waiting()
        ],
        "earlier": case.reviews.select_related("by")[:5],
    }
    status = 422 if form.is_bound else 200
    return render(request, "programs/followup/review/case_review.html", context, status=status)


def _phase(program: Program | None, today: date) -> dict[str, Any]:
    """Which phase of a plan it is in, and the next one judged, where it is due."""
    if program is None or not program.phase:
        return {}
    due = due_phase(program, today)
    step = next_step(program) if due else None
    return {"phase_words": phase_words(program), "phase_due": due, "step": step}


def _proposed(program: Program | None) -> date | None:
    proposed = proposed_review(program) if program else None
    return proposed.day if proposed else None


def _after(request: PracticeRequest, case: Case, made: CaseReview) -> HttpResponseRedirect:
    if made.outcome == ReviewEnd.AMEND:
        messages.success(request, "The review is on record. Change the program, then issue it.")
        program = running_program(case)
        return redirect("program", program.pk) if program else redirect(case)
    if made.outcome == ReviewEnd.CONTINUE:
        messages.success(request, "The review is on record. The program goes on as it is.")
        return redirect(case)
    messages.success(request, "The case is closed and the program has ended. Print the summary.")
    return redirect(f"{reverse('progress_report', args=[case.pk])}?after=review")
