"""Handouts of what was issued, and how they are to be printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clinic import audit
from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from programs.builder.handout_forms import PrintOptionsForm, remember_options, remembered_options
from programs.prescriptions.handout import handout
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.queries import prescriptions_of, printed_access


@require_GET
@requires(Action.TREAT)
def handout_options(request: PracticeRequest, program_id: UUID, version: int) -> HttpResponse:
    """Choose how to print a version. That makes no new version."""
    issued = _issued(request, program_id, version)
    return _choices(request, issued, PrintOptionsForm(initial=remembered_options(request)))


@require_GET
@requires(Action.TREAT)
def prescription_handout(request: PracticeRequest, program_id: UUID, version: int) -> HttpResponse:
    """The PDF of one version: in ordinary or large print (``?large=1``), or as was chosen."""
    issued = _issued(request, program_id, version)
    form = PrintOptionsForm(request.GET) if "kind" in request.GET else None
    if form is not None and not form.is_valid():
        return _choices(request, issued, form, status=422)
    options = form.options() if form else PrintOptions(large=request.GET.get("large") == "1")
    access = printed_access(issued.program.case, request.user)
    kept = handout.kept(issued, access, options)
    audit.record(
        practice=request.practice,
        actor=request.user,
        action="prescription.handout",
        target=issued,
        version=version,
        large=options.large,
        **({"options": options.code} if options.code else {}),
    )
    response = HttpResponse(bytes(kept.pdf), content_type="application/pdf")
    name = handout.download_name(issued.prescription(), options)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    if form:
        remember_options(response, form, secure=request.is_secure())
    return response


def _choices(
    request: PracticeRequest,
    issued: IssuedPrescription,
    form: PrintOptionsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    program = issued.program
    context = {"program": program, "case": program.case, "issued": issued, "form": form}
    return render(request, "programs/builder/handout_options.html", context, status=status)


def _issued(request: PracticeRequest, program_id: UUID, version: int) -> IssuedPrescription:
    return get_object_or_404(
        prescriptions_of(request.practice), program=program_id, version=version
    )
