"""Issuing a draft, and what was issued: versions and handouts."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from clinic.http import PracticeRequest
from clinic.outcomes import Refused, Stale
from clinic.permissions import Action, requires
from patients.screening.answers import last_screen
from programs.builder import actions
from programs.builder.actions import Blocked, Unprintable
from programs.builder.freeze import freeze
from programs.builder.handout_forms import (
    PrintOptionsForm,
    remember_options,
    remembered_options,
)
from programs.builder.issue_forms import (
    CHANGED,
    IssueForm,
    TypedReasons,
    said_by_button,
    shown_again,
)
from programs.builder.lookup import program_or_404
from programs.builder.reviewing import proposed_review
from programs.builder.status import screen_url, status_of
from programs.builder.versions import versions_of
from programs.prescriptions.boxes import Box, boxes_of
from programs.prescriptions.differences import differences
from programs.prescriptions.handout.coverage import drawable
from programs.prescriptions.models import Program
from programs.prescriptions.sheet import sheet_of
from programs.verdicts.blockers import unasked
from programs.verdicts.judgement import Judgement, judge_program

PRINTING = "print"
"""What the names of the choices for printing begin with."""


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def program_issue(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Show what will be frozen and what is left to say; on a second click, freeze it."""
    program = program_or_404(request, program_id)
    if request.method == "GET":
        if not program.draft_open:
            return redirect("program", program.pk)
        return _preview(request, program)
    if not program.draft_open:
        return _done_already(request, program)
    typed = TypedReasons(request, program.pk)
    if "answer" in request.POST:
        typed.keep(request.POST)
        return redirect(_screen(program, request.POST["answer"]))
    if request.POST.get("since") == CHANGED and program.prescriptions.exists():
        return _changed(request, program, typed)
    form = _form(program, judge_program(program), said_by_button(request.POST))
    if not form.is_valid():
        messages.error(request, "Something was missing. It is marked below.")
        return _preview(request, program, status=422)
    try:
        issued = actions.issue(
            program=program,
            actor=request.user,
            issue_key=form.cleaned_data["issue_key"],
            seen_revision=form.cleaned_data["revision"],
            seen_case=form.cleaned_data["case_revision"],
            waivers=form.waivers(),
            unchanged="since" in form.fields,
            boxes_agreed=form.cleaned_data["boxes_agreed"],
        )
    except Stale as stale:
        same = form.cleaned_data["revision"] == program.revision
        messages.warning(
            request,
            f"{stale.who} changed the {'case' if same else 'program'} meanwhile. "
            "Look at it again, then issue.",
        )
    except Blocked:
        messages.error(request, "This cannot be issued as it stands. See what is left to do.")
    except Unprintable as unprintable:
        messages.error(request, "Not issued: some signs cannot be printed. See which below.")
        return _preview(request, program, status=409, boxes=unprintable.boxes)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        typed.forget()
        messages.success(request, f"Version {issued.version} is issued.")
        response = _then(request, program, issued.version)
        printing = PrintOptionsForm(request.POST, prefix=PRINTING)
        if printing.is_valid():
            remember_options(response, printing, request)
        return response
    program = program_or_404(request, program_id)
    if not program.draft_open:
        return redirect("program", program.pk)
    return _preview(request, program, status=409)


def _then(request: PracticeRequest, program: Program, version: int) -> HttpResponse:
    """Where the button that issued leads: to paper, to the patient's link, or to the program."""
    wanted = request.POST.get("then", "")
    if wanted.endswith("print"):
        return redirect("prescription_handout", program.pk, version)
    if wanted.endswith("send"):
        return redirect("patient_access", program.pk)
    return redirect("program", program.pk)


def _changed(request: PracticeRequest, program: Program, typed: TypedReasons) -> HttpResponse:
    """Something has changed since the last screen: say so and ask it, whatever else is left."""
    try:
        actions.say_changed(program=program, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _preview(request, program, status=409)
    typed.keep(request.POST)
    return redirect(_screen(program))


def _done_already(request: PracticeRequest, program: Program) -> HttpResponse:
    """There is no draft any more: the other click of a double click was quicker, or somebody."""
    latest = program.prescriptions.defer("draft", "payload").first()
    if latest is not None and str(latest.issue_key) == request.POST.get("issue_key"):
        messages.success(request, f"Version {latest.version} is issued.")
        return _then(request, program, latest.version)
    messages.warning(request, f"{program.changed_by} changed the program meanwhile.")
    return redirect("program", program.pk)


def _screen(program: Program, codes: str = "") -> str:
    """The safety screen, for some questions or all, and from there back to issuing."""
    back = reverse("program_issue", args=[program.pk])
    return screen_url(program.case_id, filter(None, codes.split(",")), back)


def _form(
    program: Program, judgement: Judgement, data: QueryDict | None, **given: Any
) -> IssueForm:
    again = program.prescriptions.exists()
    return IssueForm(data, unasked=unasked(judgement), again=again, **given)


def _printing(request: PracticeRequest) -> PrintOptionsForm:
    """How the handout is to be printed: what was sent with this form, else as chosen last."""
    if f"{PRINTING}-kind" in request.POST:
        return PrintOptionsForm(request.POST, prefix=PRINTING)
    return PrintOptionsForm(initial=remembered_options(request), prefix=PRINTING)


def _preview(
    request: PracticeRequest,
    program: Program,
    *,
    status: int = 200,
    boxes: list[Box] | None = None,
) -> HttpResponse:
    """What the patient would get, what differs from the last version, what stands in the way.

    ``boxes`` are the signs that stood in the way of issuing, words of pictures included.
    """
    judgement = judge_program(program)
    latest = program.prescriptions.first()
    version = latest.version + 1 if latest else 1
    here = all(judged.definition is not None for judged in judgement.items)
    frozen = None
    if here:
        frozen = freeze(judgement, version=version, clinician=request.user, drawn=False)
    now = {"revision": program.revision, "case_revision": program.case.revision}
    if request.method == "POST":
        form = _form(program, judgement, shown_again(request.POST, **now))
    else:
        kept = TypedReasons(request, program.pk).get()
        form = _form(program, judgement, None, initial={**kept, **now, "issue_key": uuid4()})
    sheet = sheet_of(frozen) if frozen else None
    if boxes is None:
        boxes = boxes_of(sheet, drawable()) if sheet else []
    status_now = status_of(judgement, back=reverse("program_issue", args=[program.pk]))
    context = {
        "program": program,
        "case": program.case,
        "judgement": judgement,
        "version": version,
        "sheet": sheet,
        "boxes": boxes,
        "box_codes": " ".join(dict.fromkeys(box.code for box in boxes)),
        "p": frozen,
        "changes": differences(latest.words(), frozen) if latest and frozen else None,
        "before": latest,
        "last_screen": last_screen(program.case),
        "status": status_now,
        "ready": not status_now.blockers,
        "overridden": [j for j in judgement.items if j.standing.overridden],
        "form": form,
        "proposed": proposed_review(program, [judged.item for judged in judgement.items]),
        "printing": _printing(request),
    }
    return render(request, "programs/builder/program_issue.html", context, status=status)


@require_GET
@requires(Action.TREAT)
def program_versions(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Every version with who, when and what changed."""
    program = program_or_404(request, program_id)
    context = {"program": program, "case": program.case, "versions": versions_of(program)}
    return render(request, "programs/builder/program_versions.html", context)
