"""The page of a program, and what concerns the program as a whole."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused, Stale
from clinic.permissions import Action, requires
from patients.models import Case
from programs.builder import actions
from programs.builder import page as reply
from programs.builder.applied import say_applied, taken_applied
from programs.builder.copy_views import copy_in, source_or_404
from programs.builder.forms import DetailsForm
from programs.builder.handout_forms import remembered_form
from programs.builder.lookup import first_error_id, is_id, program_or_404, program_page
from programs.builder.reviewing import proposed_review
from programs.builder.search_pane import search_context, search_words
from programs.builder.starter_choice import Starters
from programs.builder.state import Notice, PageState
from programs.builder.versions import issued_context
from programs.exercises.query import Wanted
from programs.exercises.theirs.starters import starters_of
from programs.prescriptions.models import Program
from programs.verdicts.judgement import Judgement, judge_program

LONGEST_CHOICE = 100
MOST_AT_ONCE = 100
_CHOSEN = ("starter", "side")
"""What a choice of a template names, as the action refuses it."""
COPY = "copy"
"""What a button sends that starts from another program in place of a template."""


@require_GET
@requires(Action.TREAT)
def program(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """The builder for a draft; what the patient has for an issued program."""
    found = program_or_404(request, program_id)
    if not found.draft_open:
        context = issued_context(found) | {"printed_as": remembered_form(request).words()}
        return render(request, "programs/builder/program_issued.html", context)
    judgement = judge_program(found)
    state = PageState(
        applied=taken_applied(request, found),
        templates="templates" in request.GET,
        titling="details" in request.GET,
    )
    if "starter" not in request.GET:
        return reply.page(request, judgement, state)
    state.starter = reply.starter_form(judgement, _starters(request, judgement), request.GET)
    return reply.page(request, judgement, state, notice=_marked())


@require_GET
@requires(Action.TREAT)
def program_search(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """The results alone, as somebody types; without htmx, the page with that search."""
    found = program_or_404(request, program_id)
    if not request.htmx or not found.draft_open:
        return redirect(f"{reverse('program', args=[found.pk])}?{request.GET.urlencode()}")
    wanted = Wanted.of(request.GET)
    context = search_context(found, wanted, request.user, only_page=request.GET.get("part") == "1")
    return render(request, "programs/builder/_results.html", context)


def _case_page(request: PracticeRequest, case_id: UUID) -> Case:
    return get_object_or_404(request.practice.cases, pk=case_id)


@requires(Action.TREAT)
@posted_from(_case_page)
def program_create(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Start the case's program: empty, from a template or as a copy; an open one is opened."""
    case = get_object_or_404(request.practice.cases.select_related("patient"), pk=case_id)
    slug, _, wanted = request.POST.get("starter", "").partition(f"{COPY}:")
    source = source_or_404(request, wanted) if wanted else None
    try:
        made, is_new = actions.create_program(case=case, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(case)
    if not is_new:
        messages.info(request, "This case has a program already. Here it is.")
    if source and source.pk != made.pk and made.draft_open:
        return copy_in(request, made, source)
    if slug == COPY and made.draft_open:
        return redirect("program_copy_from", made.pk)
    if slug and made.draft_open:
        return _start(request, made)
    return redirect("program", made.pk)


@requires(Action.TREAT)
@posted_from(program_page)
def program_starter(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Add the exercises of a template, as far as the rules allow."""
    return _start(request, program_or_404(request, program_id))


def _starters(request: PracticeRequest, judgement: Judgement) -> Starters:
    return starters_of(judgement.library, request.practice, request.user)


def _start(request: PracticeRequest, found: Program) -> HttpResponse:
    # A button sends one value: the template, and the side where the case does not tell.
    slug, _, side = request.POST.get("starter", "").partition(":")
    side = side or request.POST.get("side", "")
    data = request.POST.copy()
    data["starter"], data["side"] = slug, side
    try:
        applied = actions.apply_starter(program=found, actor=request.user, slug=slug, side=side)
    except Refused as refusal:
        if refusal.field not in _CHOSEN:
            return reply.refused(request, found, refusal)
        return _choose_again(request, found, data, refusal)
    return say_applied(request, found, applied)


def _choose_again(
    request: PracticeRequest, found: Program, data: QueryDict, refusal: Refused
) -> HttpResponse:
    """Say at the list of templates what was wrong with the choice."""
    judgement = reply.fresh(request, found)
    form = reply.starter_form(judgement, _starters(request, judgement), data)
    if form.is_valid():
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    notice, state = _marked(), PageState(starter=form)
    if request.htmx:
        return reply.pane(request, found, notice, state=state, focus="starters")
    # Only choices, none of them words: the address can hold them, and be loaded again.
    chosen = urlencode({name: data.get(name, "")[:LONGEST_CHOICE] for name in form.fields})
    search = "&".join(filter(None, [search_words(request), chosen]))
    return reply.to_page(found, search, "starters")


def _marked() -> Notice:
    return Notice("Look at the marked fields.", "error")


@requires(Action.TREAT)
@posted_from(program_page)
def program_take_back(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Take out in one step what a template, or a copy, brought."""
    found = program_or_404(request, program_id)
    wanted = request.POST.getlist("item")[:MOST_AT_ONCE]
    exercises = list(
        found.items.filter(pk__in=filter(is_id, wanted)).values_list("exercise_id", flat=True)
    )
    try:
        count = actions.remove_items(program=found, actor=request.user, item_ids=wanted)
    except Refused as refusal:
        return reply.refused(request, found, refusal)
    words = f"{count} exercise{'' if count == 1 else 's'} taken back."
    return reply.pane(request, found, Notice(words), exercises=exercises, anchor="program")


@requires(Action.TREAT)
@posted_from(program_page)
def program_details(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Title, note and review day."""
    found = program_or_404(request, program_id)
    form = _details_form(request, found)
    if form.is_valid():
        try:
            actions.change_details(program=found, actor=request.user, **form.cleaned_data)
        except Stale as stale:
            found = program_or_404(request, program_id)
            data = request.POST.copy()
            data["seen"] = actions.fingerprint(found)
            form = _details_form(request, found, data)
            form.is_valid()
            form.add_error(None, reply.stale_words(stale))
            form.add_error(None, f"Theirs: {found.title}. {found.note}")
        except Refused as refusal:
            return reply.refused(request, found, refusal)
        else:
            return reply.pane(
                request, found, Notice("Saved."), focus="details-toggle", anchor="details"
            )
    notice, state = _marked(), PageState(details=form)
    if request.htmx:
        return reply.pane(request, found, notice, state=state, focus=first_error_id(form))
    return reply.page(request, judge_program(found), state, notice=notice, status=422)


def _details_form(request: PracticeRequest, found: Program, data: object = None) -> DetailsForm:
    seen = actions.fingerprint(found)
    today = found.case.today()
    proposed = proposed_review(found)
    return DetailsForm(
        data or request.POST, program=found, seen=seen, today=today, proposed=proposed
    )


@requires(Action.TREAT)
@posted_from(program_page)
def program_amend(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Open a working copy of what the patient has."""
    found = program_or_404(request, program_id)
    try:
        actions.amend(program=found, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.info(request, "A draft is open. The patient keeps the old version for now.")
    return redirect("program", found.pk)


@requires(Action.TREAT)
@posted_from(program_page)
def program_discard(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Throw the draft away; what was issued stays."""
    found = program_or_404(request, program_id)
    now = actions.discard(program=found, actor=request.user)
    if now.ended_at is not None:
        messages.success(request, "Draft discarded.")
        return redirect(found.case)
    messages.success(request, "Draft discarded. The patient's version has not changed.")
    return redirect("program", found.pk)


@requires(Action.TREAT)
@posted_from(program_page)
def program_end(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """End the program: the patient no longer sees it."""
    found = program_or_404(request, program_id)
    actions.end_program(program=found, actor=request.user)
    messages.success(request, "The program has ended. Its versions stay in the record.")
    return redirect(found.case)


@requires(Action.TREAT)
@posted_from(program_page)
def program_copy(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Start the case's next program from one that has ended; one that runs is opened instead."""
    found = program_or_404(request, program_id)
    try:
        made, is_new = actions.copy_program(source=found, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(found.case)
    if is_new:
        messages.success(request, "A new draft with the same exercises. Look at each first.")
    else:
        messages.info(request, "This case has a program already. Here it is.")
    return redirect("program", made.pk)
