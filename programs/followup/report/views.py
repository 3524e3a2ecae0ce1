"""Choosing what goes into a progress report, and printing it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from clinic import audit
from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from programs.followup.report.forms import ReportForm
from programs.followup.report.report import download_name, report_of
from programs.followup.report.report import render as render_pdf


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def progress_report(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """A form, answered with the PDF. What is typed is in no address and is kept nowhere."""
    case = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        report = report_of(case, form.choice, request.user, case.today())
        pdf = render_pdf(report)
        audit.record(
            practice=request.practice,
            actor=request.user,
            action="report.print",
            target=case,
            parts=form.choice.parts,
        )
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{download_name(case.today())}"'
            },
        )
    context = {"case": case, "patient": case.patient, "form": form}
    return render(request, "programs/followup/report/progress_report.html", context)
