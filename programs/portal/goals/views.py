"""The patient's own goals: how well each goes, asked when a review is near."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clinic.http import require_get_or_post
from programs.followup.goals.actions import TooManyScores, score_goals
from programs.followup.goals.forms import ScoresForm
from programs.followup.goals.goals import goals_due, goals_of
from programs.portal import published
from programs.portal.context import page_context
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.door.views import has_ended
from programs.portal.stopping import is_stopped

SAVED = "saved"
_TOO_MANY = "You have sent a lot of answers today. Please try again tomorrow."


@with_player
@remembered
@require_get_or_post
def portal_goals(request: PatientRequest) -> HttpResponse:
    """Score the goals from 0 to 10, and see how they have changed since the first time."""
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return closed_door(request)
    if has_ended(request, issued) or is_stopped(request.case):
        return redirect("portal_program", request.device.pk)
    goals = goals_of(request.case)
    data = request.POST if request.method == "POST" else None
    form = ScoresForm(data, goals=[line.goal for line in goals.open])
    if data is not None and goals.open and form.is_valid():
        try:
            score_goals(
                case=request.case,
                scores=form.scores,
                actor=None,
                helper=request.helper,
                client_id=form.cleaned_data["token"],
            )
        except TooManyScores:
            form.add_error(None, _TOO_MANY)
        else:
            return redirect(f"{reverse('portal_goals', args=[request.device.pk])}?{SAVED}=1")
    context = page_context(request, issued) | {
        "goals": goals,
        "form": form,
        "rows": [(line, field) for line, (_, field) in zip(goals.open, form.rows, strict=True)],
        "saved": SAVED in request.GET and data is None,
        "due": goals_due(request.case, request.case.today()),
    }
    return render(request, "programs/portal/goals/portal_goals.html", context)
