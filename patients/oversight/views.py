"""Who did what: the lead's list with its filters and files, and who looked at one case."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clinic.files import download
from clinic.http import PracticeRequest, require_get_or_post
from clinic.models import Practice
from clinic.paging import page_of
from clinic.permissions import Action, requires
from clinic.practice.actions import change_practice
from patients.oversight import exports
from patients.oversight.entries import Choice, RecordEntry, every, piece, read_place
from patients.oversight.forms import AccessFilterForm, RetentionForm
from patients.oversight.named import names_of


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def data_and_access(request: PracticeRequest) -> HttpResponse:
    """Where everything about the practice's data and who uses it begins."""
    form = RetentionForm(
        request.POST if request.method == "POST" else None, instance=request.practice
    )
    if form.is_valid():
        change_practice(practice=form.instance, actor=request.user, fields=form.changed_data)
        messages.success(request, "Saved.")
        return redirect("data_and_access")
    context = {
        "form": form,
        "erasures": page_of(request, request.practice.erasures.select_related("erased_by")),
    }
    return render(request, "patients/oversight/data_and_access.html", context)


@require_GET
@requires(Action.MANAGE_PRACTICE)
def access_record(request: PracticeRequest) -> HttpResponse:
    """Who looked, printed, took out, changed and signed in, the latest first."""
    form = _form(request)
    context = {"form": form, "again": _again(request), **_page(request, form.wanted())}
    return render(request, "patients/oversight/access_record.html", context)


@require_GET
@requires(Action.MANAGE_PRACTICE)
def access_record_csv(request: PracticeRequest) -> FileResponse:
    """The same as a table for a spreadsheet, all of it."""
    rows = every(request.practice, _form(request).wanted())
    parts = exports.table(rows, request.practice.zone)
    return download(parts, name=_name("csv"), content_type="text/csv; charset=utf-8")


@require_GET
@requires(Action.MANAGE_PRACTICE)
def access_record_fhir(request: PracticeRequest) -> FileResponse:
    """The same as a FHIR bundle of AuditEvents."""
    rows = every(request.practice, _form(request).wanted())
    parts = exports.audit_events(rows, request.practice)
    return download(parts, name=_name("json"), content_type="application/fhir+json")


@require_GET
@requires(Action.TREAT)
def case_looks(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Who looked at this patient's record, and who changed it."""
    case = get_object_or_404(request.practice.cases.select_related("patient"), pk=case_id)
    # Records that were merged into this one were looked at under their own number.
    parts = case.patient.parts.values_list("pk", flat=True)
    wanted = Choice(patients=(case.patient_id, *parts))
    context = {"case": case, **_page(request, wanted)}
    return render(request, "patients/oversight/case_looks.html", context)


def _form(request: PracticeRequest) -> AccessFilterForm:
    return AccessFilterForm(request.GET, practice=request.practice)


def _page(request: PracticeRequest, wanted: Choice) -> dict[str, Any]:
    after = read_place(request.GET.get("after", ""))
    rows, more = piece(request.practice, wanted, after=after)
    return {
        "entries": _with_names(request.practice, rows),
        "older": rows[-1].place if more else "",
        "begun": after is not None,
    }


def _with_names(practice: Practice, rows: list[RecordEntry]) -> list[dict[str, Any]]:
    """Lines with the name of the patient, or of a thing of the practice; the same again is counted.

    A name is there as long as there is what bears it.
    """
    wanted = {row.patient for row in rows if row.patient}
    names = dict(practice.patients.filter(pk__in=wanted).values_list("pk", "full_name"))
    things = names_of(practice, rows)
    lines = []
    for (*_, thing), same in groupby(
        rows,
        key=lambda row: (row.who, row.kind, row.code, row.patient, things.get(row.target, "")),
    ):
        entry, *again = same
        lines.append(
            {
                "entry": entry,
                "patient": names.get(entry.patient, "") if entry.patient else "",
                "thing": thing,
                "times": len(again) + 1,
                "first": again[-1].at if again else entry.at,
            }
        )
    return lines


def _again(request: PracticeRequest) -> str:
    """The filters as they stand in the address, without the place."""
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()


def _name(ending: str) -> str:
    return f"access-{timezone.localdate().isoformat()}.{ending}"
