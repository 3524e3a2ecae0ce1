"""What was measured in a case, and a form for today's numbers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from patients.measures import actions
from patients.measures.course import measures_of
from patients.measures.forms import MeasuresForm
from patients.measures.kinds import NOT_COPIED
from patients.record.read_only import put_away


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def case_measures(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """The table, the changes with their sources, and the form."""
    rows = request.practice.cases.select_related("patient", "practice")
    case = put_away(request, get_object_or_404(rows, pk=case_id))
    sent = request.POST if request.method == "POST" else None
    form = MeasuresForm(sent, today=case.today())
    if form.is_valid():
        actions.add_measures(
            case=case,
            actor=request.user,
            taken_on=form.cleaned_data["taken_on"],
            values=form.values(),
            key=form.cleaned_data["token"],
        )
        messages.success(request, "Written down.")
        return redirect("case_measures", case.pk)
    context = {
        "case": case,
        "patient": case.patient,
        "form": form,
        "course": measures_of(case),
        "left_out": NOT_COPIED,
    }
    status = 422 if form.is_bound else 200
    return render(request, "patients/measures/case_measures.html", context, status=status)
