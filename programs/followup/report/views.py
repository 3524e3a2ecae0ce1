"""Choosing what goes into a progress report, and printing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from clinic import audit
from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from patients.models import Case
from patients.record.read_only import also_archived
from programs.followup.report.forms import ReportForm
from programs.followup.report.report import (
    boxes_on,
    download_name,
    paper_of,
    print_paper,
    report_of,
)
from programs.prescriptions.boxes import Box


@also_archived
@require_http_methods(["GET", "POST"])
@requires(Action.SEE)
def progress_report(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """A form, answered with the PDF. What is typed is in no address and is kept nowhere."""
    case = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, initial=_after_review(request, case))
    if request.method == "POST" and form.is_valid():
        report = report_of(case, form.choice, request.user, case.today())
        paper = paper_of(report)
        boxes = boxes_on(paper, form.choice)
        codes = sorted({box.code for box in boxes})
        if not set(codes) <= set(form.cleaned_data["boxes_agreed"].split()):
            return _page(request, case, form, boxes=boxes)
        details: dict[str, Any] = {"boxes": codes} if codes else {}
        audit.record(
            practice=request.practice,
            actor=request.user,
            action="report.print",
            target=case,
            parts=form.choice.parts,
            **details,
        )
        return HttpResponse(
            print_paper(paper),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{download_name(case.today())}"'
            },
        )
    return _page(request, case, form)


def _after_review(request: PracticeRequest, case: Case) -> dict[str, str]:
    """What was written in the review that led here, as a first note."""
    if request.GET.get("after") != "review":
        return {}
    latest = case.reviews.first()
    return {"note": latest.note} if latest else {}


def _page(
    request: PracticeRequest, case: Case, form: ReportForm, boxes: Sequence[Box] = ()
) -> HttpResponse:
    """The form; with ``boxes`` it says which signs cannot be printed, and asks."""
    context = {
        "case": case,
        "patient": case.patient,
        "form": form,
        "boxes": boxes,
        "box_codes": " ".join(dict.fromkeys(box.code for box in boxes)),
    }
    status = 409 if boxes else 200
    template = "programs/followup/report/progress_report.html"
    return render(request, template, context, status=status)
