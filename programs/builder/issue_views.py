"""Issuing a draft, and what was issued: versions and handouts."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clinic import audit
from clinic.http import PracticeRequest
from clinic.outcomes import Refused, Stale
from clinic.permissions import Action, requires
from programs.builder import actions
from programs.builder.actions import Blocked
from programs.builder.cards import status_of
from programs.builder.forms import IssueForm
from programs.builder.freeze import freeze
from programs.builder.lookup import program_or_404
from programs.builder.versions import versions_of
from programs.prescriptions.differences import differences
from programs.prescriptions.handout import handout
from programs.prescriptions.models import Program
from programs.prescriptions.queries import prescriptions_of, printed_access
from programs.prescriptions.sheet import sheet_of
from programs.verdicts.judgement import judge_program


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def program_issue(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Show what will be frozen; on a second click, freeze it."""
    program = program_or_404(request, program_id)
    if request.method == "GET":
        if not program.draft_open:
            return redirect("program", program.pk)
        return _preview(request, program)
    form = IssueForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Something was missing. Look at the program and issue it again.")
        return _preview(request, program, status=422)
    try:
        issued = actions.issue(
            program=program,
            actor=request.user,
            issue_key=form.cleaned_data["issue_key"],
            seen_revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        messages.warning(
            request, f"{stale.who} changed the program meanwhile. Look at it again, then issue."
        )
    except Blocked:
        messages.error(request, "This cannot be issued as it stands. See what is left to do.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Version {issued.version} is issued.")
        return redirect("program", program.pk)
    program = program_or_404(request, program_id)
    if not program.draft_open:
        return redirect("program", program.pk)
    return _preview(request, program, status=409)


def _preview(request: PracticeRequest, program: Program, *, status: int = 200) -> HttpResponse:
    """What the patient would get, what differs from the last version, what stands in the way."""
    judgement = judge_program(program)
    latest = program.prescriptions.first()
    version = latest.version + 1 if latest else 1
    here = all(judged.definition is not None for judged in judgement.items)
    frozen = None
    if here:
        frozen = freeze(judgement, version=version, clinician=request.user, drawn=False)
    status_now = status_of(judgement)
    context = {
        "program": program,
        "case": program.case,
        "judgement": judgement,
        "version": version,
        "sheet": sheet_of(frozen) if frozen else None,
        "p": frozen,
        "changes": differences(latest.prescription(), frozen) if latest and frozen else None,
        "before": latest,
        "status": status_now,
        "ready": status_now.ready,
        "overridden": [j for j in judgement.items if j.standing.overridden],
        "form": IssueForm(initial={"issue_key": uuid4(), "revision": program.revision}),
    }
    return render(request, "programs/builder/program_issue.html", context, status=status)


@require_GET
@requires(Action.TREAT)
def program_versions(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Every version with who, when and what changed."""
    program = program_or_404(request, program_id)
    context = {"program": program, "case": program.case, "versions": versions_of(program)}
    return render(request, "programs/builder/program_versions.html", context)


@require_GET
@requires(Action.TREAT)
def prescription_handout(request: PracticeRequest, program_id: UUID, version: int) -> HttpResponse:
    """The PDF of one version, in ordinary or large print (``?large=1``)."""
    issued = get_object_or_404(
        prescriptions_of(request.practice), program=program_id, version=version
    )
    large = request.GET.get("large") == "1"
    access = printed_access(issued.program.case, request.user)
    kept = handout.kept(issued, access, large_print=large)
    audit.record(
        practice=request.practice,
        actor=request.user,
        action="prescription.handout",
        target=issued,
        version=version,
        large=large,
    )
    response = HttpResponse(bytes(kept.pdf), content_type="application/pdf")
    name = handout.download_name(issued.prescription(), large_print=large)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
