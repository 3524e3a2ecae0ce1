"""What a clinician decides about a verdict: accept, override, take back, prescribe against."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from programs.builder import actions, cards
from programs.builder import page as reply
from programs.builder.lookup import (
    first_error_id,
    item_page,
    opened,
    program_or_404,
    program_page,
    with_form,
)
from programs.builder.state import Notice, PageState
from programs.exercises.query import Wanted
from programs.verdicts.judgement import judge_program

MOST_KEYS = 50


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_accept(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """Accept the cautions that were shown, and the change to the exercise where there is one."""
    try:
        judgement, judged = opened(request, program_id, item_id)
        form = cards.accept_form(judged, request.POST)
        if not form.is_valid():
            return with_form(request, judgement, item_id, {"accept": form})
        actions.acknowledge(
            program=judgement.program,
            actor=request.user,
            item_id=item_id,
            keys=request.POST.getlist("key")[:MOST_KEYS],
            modification=form.cleaned_data.get("modification", ""),
        )
    except Refused as refusal:
        return reply.refused(
            request, program_or_404(request, program_id), refusal, anchor=f"item-{item_id}"
        )
    return _decided(request, program_id, item_id, "Accepted.")


@requires(Action.TREAT)
@posted_from(program_page)
def program_accept(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Accept a caution that several exercises share, for all of them."""
    program = program_or_404(request, program_id)
    wanted: dict[str, list[str]] = {}
    for sent in request.POST.getlist("key")[:MOST_KEYS]:
        item, _, key = sent.partition("=")
        wanted.setdefault(item, []).append(key)
    try:
        count = actions.acknowledge_many(program=program, actor=request.user, wanted=wanted)
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    words = f"Accepted for {count} exercise{'' if count == 1 else 's'}."
    return reply.pane(request, program, Notice(words), focus="program", anchor="program")


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_override(
    request: PracticeRequest, program_id: UUID, item_id: UUID
) -> HttpResponse:
    """Prescribe against the rules that were shown: reason and last day."""
    try:
        judgement, judged = opened(request, program_id, item_id)
        form = cards.override_form(judgement, str(judged.item.pk), request.POST)
        if not form.is_valid():
            return with_form(request, judgement, item_id, {"override": form})
        actions.override_item(
            program=judgement.program,
            actor=request.user,
            item_id=item_id,
            keys=request.POST.getlist("key")[:MOST_KEYS],
            **form.cleaned_data,
        )
    except Refused as refusal:
        return reply.refused(
            request, program_or_404(request, program_id), refusal, anchor=f"item-{item_id}"
        )
    return _decided(request, program_id, item_id, "Override saved with your name.")


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_revoke(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an override back."""
    try:
        judgement, _ = opened(request, program_id, item_id)
        actions.revoke_override(program=judgement.program, actor=request.user, item_id=item_id)
    except Refused as refusal:
        return reply.refused(
            request, program_or_404(request, program_id), refusal, anchor=f"item-{item_id}"
        )
    return _decided(request, program_id, item_id, "Override taken back.")


def _decided(request: PracticeRequest, program_id: UUID, item_id: UUID, words: str) -> HttpResponse:
    program = program_or_404(request, program_id)
    if not request.htmx:
        return reply.back(request, program, Notice(words), anchor=f"item-{item_id}")
    now = judge_program(program)
    return reply.card(request, now, str(item_id), Notice(words), focus=f"edit-{item_id}")


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def program_item_against(
    request: PracticeRequest, program_id: UUID, exercise_id: int
) -> HttpResponse:
    """Prescribe what is not for this patient: the reasons, and a form for why and until when."""
    program = program_or_404(request, program_id)
    if not program.draft_open:
        return redirect("program", program.pk)
    judgement = judge_program(program)
    side = (request.POST if request.method == "POST" else request.GET).get("side", "")
    entry = next(iter(reply.found_cards(judgement, [exercise_id])), None)
    choice = next((c for c in entry.choices if c.side == side), None) if entry else None
    if entry is None or choice is None:
        raise Http404
    form = cards.override_form(judgement, f"new-{exercise_id}-{side}", request.POST or None)
    if form.is_valid():
        try:
            item = actions.add_exercise(
                program=program,
                actor=request.user,
                exercise_id=exercise_id,
                side=side,
                override=form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return reply.pane(
                request,
                program,
                Notice(f"{entry.definition.name} added with an override."),
                state=PageState(new=frozenset({str(item.pk)})),
                exercises=[exercise_id],
                anchor=f"item-{item.pk}",
            )
    context = {
        "program": program,
        "case": judgement.case,
        "entry": entry,
        "choice": choice,
        "form": form,
        "stopped": judgement.stopped,
        "wanted": Wanted.of(request.GET),
        "library": judgement.library,
    }
    template = (
        "programs/builder/_against.html"
        if request.htmx
        else "programs/builder/program_item_against.html"
    )
    status = 422 if form.is_bound and not request.htmx else 200
    response = render(request, template, context, status=status)
    if request.htmx and form.is_bound:
        target = f"against-{exercise_id}-{side or 'none'}"
        return reply.aimed(request, response, target, first_error_id(form))
    return response
