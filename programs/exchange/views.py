"""Taking out a patient's record, the reports of a case, or everything of a practice."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from clinic.files import download, streamed, zipped
from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from programs.exchange.archive import patient_files, practice_files
from programs.exchange.logs import logs_csv

_ZIP = "application/zip"


@require_GET
@requires(Action.MANAGE_PRACTICE)
def patient_export(request: PracticeRequest, patient_id: UUID) -> FileResponse:
    """Everything about one patient, for the patient or for another practice."""
    patient = get_object_or_404(
        request.practice.patients.select_related("practice"), pk=patient_id
    ).standing()
    name = f"record-{patient.pk}-{_day()}.zip"
    return download(zipped(patient_files(patient)), name=name, content_type=_ZIP)


@require_GET
@requires(Action.TREAT)
def case_log_csv(request: PracticeRequest, case_id: UUID) -> FileResponse:
    """What the patient reported on a case, for a spreadsheet."""
    case = get_object_or_404(request.practice.cases, pk=case_id)
    parts = logs_csv([case], request.practice.zone)
    return download(parts, name=f"reports-{_day()}.csv", content_type="text/csv; charset=utf-8")


@require_GET
@requires(Action.MANAGE_PRACTICE)
def practice_export(request: PracticeRequest) -> StreamingHttpResponse:
    """Everything of the practice; made while it is sent, since it may be long."""
    return streamed(
        zipped(practice_files(request.practice)),
        practice=request.practice.pk,
        name=f"practice-{_day()}.zip",
        content_type=_ZIP,
    )


def _day() -> str:
    return timezone.localdate().isoformat()
