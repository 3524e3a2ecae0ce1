"""Erasing a patient for good: first what goes and what stays, then once more, then it is done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from patients.models import ErasureReason
from patients.oversight.forms import EraseForm
from patients.record.erasure import erase_patient, erase_photographs


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def patient_erase(request: PracticeRequest, patient_id: UUID) -> HttpResponse:
    """Ask why; ask once more, with what goes; erase."""
    patient = get_object_or_404(request.practice.patients.standing(), pk=patient_id)
    form = EraseForm(request.POST if request.method == "POST" else None)
    asked_again = form.is_valid()
    if asked_again and request.POST.get("sure") == str(patient.pk):
        reason = ErasureReason(form.cleaned_data["reason"])
        try:
            erase_patient(patient=patient, actor=request.user, reason=reason)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("patient_list")
        messages.success(request, "The record is erased. That it was, and by whom, is kept.")
        return redirect("data_and_access")
    context = {
        "patient": patient,
        "form": form,
        "asked_again": asked_again,
        "open_case": patient.cases.open().exists(),
    }
    return render(request, "patients/oversight/patient_erase.html", context)


def _data_page(_request: PracticeRequest) -> str:
    return "data_and_access"


@requires(Action.MANAGE_PRACTICE)
@posted_from(_data_page)
def photographs_erase(request: PracticeRequest) -> HttpResponseRedirect:
    """Erase the photographs that were taken down."""
    removed = erase_photographs(practice=request.practice, actor=request.user)
    if removed:
        many = "photograph is" if removed == 1 else "photographs are"
        messages.success(request, f"{removed} {many} erased.")
    else:
        messages.info(request, "There was no photograph to erase.")
    return redirect("data_and_access")
