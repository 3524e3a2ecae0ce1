"""Starting from another program of the practice, or from an older version of this one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from patients.identity.regions import region_of
from programs.builder import actions
from programs.builder.alike import usable
from programs.builder.applied import say_applied
from programs.builder.lookup import is_id, program_or_404
from programs.prescriptions.models import Program

SHOWN_SOURCES = 12
LONGEST_SEARCH = 100


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def program_copy_from(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """The programs to copy from: this patient's, the clinician's latest, or a patient's by name."""
    found = program_or_404(request, program_id)
    if not found.draft_open:
        return redirect("program", found.pk)
    if request.method == "POST":
        source = source_or_404(request, request.POST.get("source", ""))
        if source.pk == found.pk:
            raise Http404
        return copy_in(request, found, source)
    typed = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = {
        "program": found,
        "case": found.case,
        "q": typed,
        "sources": list(_sources(request, found, typed)[:SHOWN_SOURCES]),
    }
    return render(request, "programs/builder/program_copy_from.html", context)


def source_or_404(request: PracticeRequest, wanted: str) -> Program:
    """The program of the practice that is to be copied."""
    if not is_id(wanted):
        raise Http404
    return get_object_or_404(usable(request.practice), pk=wanted)


def copy_in(request: PracticeRequest, found: Program, source: Program) -> HttpResponse:
    """Judge each exercise for this patient, add what may be, and say what came."""
    try:
        applied = actions.copy_into(program=found, actor=request.user, source=source)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("program", found.pk)
    return say_applied(request, found, applied)


def _sources(request: PracticeRequest, found: Program, typed: str) -> QuerySet[Program]:
    rows = usable(request.practice).exclude(pk=found.pk).order_by("-changed_at")
    if typed:
        region = region_of(request.practice.time_zone)
        patients = request.practice.patients.standing()
        named = patients.search(typed, practice=request.practice, region=region)
        wanted = list(named.values_list("pk", flat=True)[:SHOWN_SOURCES])
        return rows.filter(case__patient__in=wanted)
    mine = Q(changed_by=request.user) | Q(case__patient=found.case.patient_id)
    return rows.filter(mine)


def _versions_page(request: PracticeRequest, program_id: UUID, version: int) -> str:
    return reverse("program_versions", args=[program_or_404(request, program_id).pk])


@requires(Action.TREAT)
@posted_from(_versions_page)
def program_version_restore(
    request: PracticeRequest, program_id: UUID, version: int
) -> HttpResponse:
    """Open a draft that is as an older version was."""
    found = program_or_404(request, program_id)
    try:
        actions.restore_version(program=found, actor=request.user, version=version)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, f"A draft like version {version} is open. Each exercise is judged anew."
        )
    return redirect("program", found.pk)
