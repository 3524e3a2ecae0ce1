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
from programs.exchange.left_out import LeftOutFiles, whole_or_told
from programs.exchange.logs import logs_csv

_ZIP = "application/zip"


@require_GET
@requires(Action.MANAGE_PRACTICE)
def patient_export(request: PracticeRequest, patient_id: UUID) -> FileResponse:
    """Everything about one patient, for the patient or for another practice."""
    patient = get_object_or_404(
        request.practice.patients.select_related("practice"), pk=patient_id
    ).standing()
    left_out = LeftOutFiles()
    files = whole_or_told(
        patient_files(patient, left_out),
        left_out,
        practice=request.practice,
        actor=request.user,
        target=patient,
    )
    answer = download(zipped(files), name="record.zip", content_type=_ZIP)
    # Made whole by now, so that its name can say so too.
    state = "-incomplete" if left_out.names else ""
    name = f"record-{patient.pk}-{_day()}{state}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


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
    practice, left_out = request.practice, LeftOutFiles()
    files = whole_or_told(
        practice_files(practice, left_out),
        left_out,
        practice=practice,
        actor=request.user,
        target=practice,
    )
    return streamed(
        zipped(files),
        practice=practice.pk,
        name=f"practice-{_day()}.zip",
        content_type=_ZIP,
    )


def _day() -> str:
    return timezone.localdate().isoformat()
