"""The clinician's pages about how a case goes: its chart, and every report."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from clinic.http import PracticeRequest
from clinic.paging import page_of
from clinic.permissions import Action, requires
from patients.measures.course import measures_of
from programs.followup.progress import charts
from programs.followup.progress.drawing import SIZES
from programs.followup.progress.log import entries_of, keys_of
from programs.followup.progress.rows import course_of

LOG_PAGE = 40


@require_safe
@requires(Action.TREAT)
def case_chart(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """The chart of a case as SVG; ``?size=narrow`` for a phone. No cache keeps it, as no page."""
    case = get_object_or_404(request.practice.cases.select_related("practice"), pk=case_id)
    size = request.GET.get("size", "wide")
    size = size if size in SIZES else "wide"
    chart = charts.chart_for(case, case.today())
    return HttpResponse(charts.svg_of(chart, size), content_type="image/svg+xml")


@require_safe
@requires(Action.TREAT)
def case_measures_chart(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """What was measured as SVG, as the chart of a case; 404 where there is nothing to draw."""
    case = get_object_or_404(request.practice.cases, pk=case_id)
    size = "narrow" if request.GET.get("size") == "narrow" else "wide"
    lines = measures_of(case).charted
    if not lines:
        raise Http404
    return HttpResponse(charts.svg_of_measures(lines, size), content_type="image/svg+xml")


@require_GET
@requires(Action.TREAT)
def case_log(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Everything that was reported on a case, the latest first."""
    case = get_object_or_404(request.practice.cases.select_related("patient"), pk=case_id)
    page = page_of(request, keys_of(case), size=LOG_PAGE)
    entries = entries_of(case, page, course_of(case).names)
    context = {"case": case, "patient": case.patient, "page": page, "entries": entries}
    return render(request, "programs/followup/progress/case_log.html", context)
