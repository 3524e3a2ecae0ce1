"""Something is wrong: the warning signs, and what to do now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from clinic.http import require_get_or_post
from patients.models import Case
from patients.vocabulary import Answer, Route
from programs.portal import published
from programs.portal.context import page_context
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.stopping import numbers, of_codes
from programs.portal.warning_signs.forms import WrongForm
from programs.portal.warning_signs.words import cannot_apply, groups
from programs.sessions.actions import store
from programs.sessions.entries import Batch

_ROUTES = (Route.EMERGENCY, Route.SAME_DAY, Route.SOON)
"""What an answer may need, each with words of its own on the page."""


def _cannot_apply(case: Case) -> frozenset[str]:
    today, answers = case.today(), case.known_answers()
    asks = case.pregnant != Answer.NO and case.asks_about_pregnancy_on(today)
    return cannot_apply(
        may_be_pregnant=asks, age=case.age_on(today), answers=answers, about=case.about
    )


@with_player
@remembered
@require_get_or_post
def portal_wrong(request: PatientRequest) -> HttpResponse:
    """Ask for warning signs, say what to do at once, and tell the practice.

    It opens also where the program is stopped or over: whoever needs it finds it.
    """
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return closed_door(request)
    asked = groups(_cannot_apply(request.case))
    form = WrongForm(request.POST if request.method == "POST" else None)
    context = {
        **page_context(request, issued),
        **numbers(request.case),
        "form": form,
        "groups": asked,
        "routes": _ROUTES,
    }
    if form.is_valid():
        codes = form.ticked()
        if codes:
            entry = form.entry(request.device.pk, timezone.now())
            batch = Batch((entry,), prescription=issued.pk)
            done = store(case=request.case, batch=batch, helper=request.helper)
            context |= {"stop": of_codes(codes), "refused": done.refused}
        return render(request, "programs/portal/warning_signs/portal_wrong_answer.html", context)
    context["ticked"] = request.POST.getlist("signs")
    return render(request, "programs/portal/warning_signs/portal_wrong.html", context)
