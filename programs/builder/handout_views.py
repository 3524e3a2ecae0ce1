"""Handouts of what was issued, and how they are to be printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from programs.builder import prints
from programs.builder.handout_forms import (
    CoverForm,
    PrintOptionsForm,
    remember_options,
    remembered_form,
    remembered_options,
)
from programs.prescriptions.handout import handout
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.queries import prescriptions_of, printed_access


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.TREAT, whole=True)
def handout_options(request: PracticeRequest, program_id: UUID, version: int) -> HttpResponse:
    """Choose how to print a version. That makes no new version.

    With a cover note it is printed at once; without one the handout has an address.
    """
    issued = _issued(request, program_id, version)
    if request.method != "POST":
        return _choices(request, issued, CoverForm(initial=remembered_options(request)))
    form = CoverForm(request.POST)
    if not form.is_valid():
        return _choices(request, issued, form, status=422)
    cover = form.cleaned_data["cover"]
    if not cover:
        address = reverse("prescription_handout", args=[program_id, version])
        return redirect(f"{address}?{form.choices().urlencode()}")
    access = printed_access(issued.program.case, request.user)
    options = form.options()
    pdf = handout.covered(issued, access, options, cover)
    prints.on_record(request, issued, options, cover=True)
    response = _pdf(issued, options, pdf)
    remember_options(response, form, request)
    return response


@require_GET
@requires(Action.TREAT)
def prescription_handout(request: PracticeRequest, program_id: UUID, version: int) -> HttpResponse:
    """The PDF of one version: in large print (``?large=1``), as chosen, or as chosen last."""
    issued = _issued(request, program_id, version)
    form = PrintOptionsForm(request.GET) if "kind" in request.GET else None
    if form is not None and not form.is_valid():
        shown = CoverForm(request.GET)
        return _choices(request, issued, shown, status=422)
    if form:
        options = form.options()
    elif "large" in request.GET:
        options = PrintOptions(large=request.GET["large"] == "1")
    else:
        options = remembered_form(request).options()
    access = printed_access(issued.program.case, request.user)
    kept = handout.kept(issued, access, options)
    prints.on_record(request, issued, options)
    response = _pdf(issued, options, kept.whole())
    if form:
        remember_options(response, form, request)
    return response


def _pdf(issued: IssuedPrescription, options: PrintOptions, pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    name = handout.download_name(issued.words(), options)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _choices(
    request: PracticeRequest,
    issued: IssuedPrescription,
    form: CoverForm,
    *,
    status: int = 200,
) -> HttpResponse:
    program = issued.program
    context = {
        "program": program,
        "case": program.case,
        "issued": issued,
        "form": form,
        "choices": [field for field in form if field.name != "cover"],
    }
    return render(request, "programs/builder/handout_options.html", context, status=status)


def _issued(request: PracticeRequest, program_id: UUID, version: int) -> IssuedPrescription:
    return get_object_or_404(
        prescriptions_of(request.practice), program=program_id, version=version
    )
