"""A table of patients is looked at first, and registered as a whole."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from clinic.files import download
from clinic.http import PracticeRequest, require_get_or_post
from clinic.permissions import Action, requires
from clinic.spreadsheets import csv_lines
from patients.identity.regions import month_first, region_of
from patients.people.arriving.actions import register_arrivals, registering
from patients.people.arriving.columns import SAMPLE
from patients.people.arriving.forms import ArrivalsForm
from patients.people.arriving.progress import SHOWS_PROGRESS, with_progress
from patients.people.arriving.reading import Newcomers, read_arrivals

_MOST_SHOWN = 200
"""Problems, and people, that a page lists; all of them are counted."""


@requires(Action.REGISTER, whole=True)
@require_get_or_post
def patient_import(request: PracticeRequest) -> HttpResponseBase:
    """Choose a file, see what each line comes to, then register everybody or nobody."""
    if request.GET.get("as") == "csv":
        empty = csv_lines([SAMPLE])
        return download(empty, name="people.csv", content_type="text/csv; charset=utf-8")
    usual = "month" if month_first(region_of(request.practice.time_zone)) else "day"
    if request.method != "POST":
        return _page(request, ArrivalsForm(initial={"dates": usual}))
    form = ArrivalsForm(request.POST, request.FILES)
    if not form.is_valid() or form.read is None:
        return _page(request, form, status=422)
    found = read_arrivals(
        form.read, request.practice, month_first=form.cleaned_data["dates"] == "month"
    )
    if request.POST.get("what") != "register" or found.problems or request.FILES:
        return _page(request, form, found, status=422 if found.problems else 200)
    token = form.cleaned_data["token"] or uuid4()
    practice, actor, new = request.practice, request.user, found.new
    if len(new) >= SHOWS_PROGRESS:
        steps = registering(practice=practice, actor=actor, arrivals=new, token=token)
        return with_progress(request, practice.pk, steps, len(new))
    count = register_arrivals(practice=practice, actor=actor, arrivals=new, token=token)
    if not count:
        messages.info(request, "Everybody in this table is registered already.")
        return redirect("patient_list")
    one = "patient is" if count == 1 else "patients are"
    messages.success(request, f"{count} {one} registered.")
    return redirect("patient_list")


def _page(
    request: PracticeRequest, form: ArrivalsForm, found: Newcomers | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "problems": found.problems[:_MOST_SHOWN] if found else [],
        "people": found.new[:_MOST_SHOWN] if found else [],
        "text": form.text,
        "token": uuid4(),
    }
    return render(request, "patients/people/arriving/patient_import.html", context, status=status)
