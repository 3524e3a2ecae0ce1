"""The next phase of a program: looked at, taken as a draft, or put off."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from clinic.formats import day_words
from clinic.http import PracticeRequest, require_get_or_post
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from patients.fields import day_field
from programs.builder import actions
from programs.builder.actions.next_phase import next_step
from programs.builder.applied import say_applied
from programs.builder.form_parts import check_day
from programs.builder.lookup import number_of, program_or_404
from programs.builder.phase_dates import due_phase, phase_words
from programs.prescriptions.models import Program

_NOT_AGAIN = "not_again"


class StayForm(forms.Form):
    """Until when a program stays in the phase that it is in."""

    until = day_field("Stay until", required=True)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        """``today`` is the practice's date; a week more is proposed."""
        kwargs.setdefault("initial", {"until": today + dt.timedelta(weeks=1)})
        super().__init__(*args, **{"auto_id": "stay-%s", **kwargs})
        self.today = today
        self.fields["until"].error_messages["required"] = "Choose the day."
        self.fields["until"].help_text = "The next phase is proposed again on this day."

    def clean_until(self) -> dt.date:
        """A day after today, within a year."""
        day: dt.date = self.cleaned_data["until"]
        check_day(day, self.today)
        return day


@requires(Action.TREAT)
@require_get_or_post
def program_phase(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """What the next phase would change; one press makes the draft, which is then issued."""
    found = program_or_404(request, program_id)
    if request.method != "POST":
        return _page(request, found)
    what = request.POST.get("what", "")
    try:
        if what == "leave":
            actions.leave_plan(program=found, actor=request.user)
            messages.success(request, "The program is in no phase any more. Its exercises stay.")
            return redirect("program", found.pk)
        if what in ("stay", _NOT_AGAIN):
            return _stay(request, found, again=what == "stay")
        number = number_of(request.POST.get("phase", ""))
        applied = actions.take_phase(program=found, actor=request.user, number=number)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("program", found.pk)
    return say_applied(request, found, applied)


def _stay(request: PracticeRequest, found: Program, *, again: bool) -> HttpResponse:
    form = StayForm(request.POST, today=found.case.today())
    if again and not form.is_valid():
        return _page(request, found, form)
    day = form.cleaned_data["until"] if again else None
    actions.put_off_phase(program=found, actor=request.user, day=day)
    words = f"The next phase is proposed on {day_words(day)}." if day else "It is proposed no more."
    messages.success(request, f"What the patient has goes on. {words}")
    return redirect("program", found.pk)


def _page(request: PracticeRequest, found: Program, form: StayForm | None = None) -> HttpResponse:
    context = {
        "program": found,
        "case": found.case,
        "phase_words": phase_words(found),
        "step": next_step(found),
        "due": due_phase(found, found.case.today()),
        "form": form or StayForm(today=found.case.today()),
        "leave_open": form is not None,
    }
    status = 200 if form is None else 422
    return render(request, "programs/builder/program_phase.html", context, status=status)
