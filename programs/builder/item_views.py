"""The exercises of a draft: add, dose, order, remove, decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused, Stale
from clinic.permissions import Action, requires
from programs.builder import actions, cards
from programs.builder import page as reply
from programs.builder.lookup import (
    item_page,
    judged_item,
    number_of,
    opened,
    program_or_404,
    program_page,
    with_form,
)
from programs.builder.state import Notice, PageState
from programs.prescriptions.models import Program
from programs.verdicts.judgement import JudgedItem, Judgement


@requires(Action.TREAT)
@posted_from(program_page)
def program_item_add(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Put an exercise into the program, for a side where it has sides."""
    program = program_or_404(request, program_id)
    wanted, _, side = request.POST.get("add", "").partition(":")
    exercise_id = number_of(wanted)
    try:
        item = actions.add_exercise(
            program=program, actor=request.user, exercise_id=exercise_id, side=side[:5]
        )
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    name = program.items.select_related("exercise").get(pk=item.pk).exercise.name
    return reply.pane(
        request,
        program,
        Notice(f"{name} added."),
        state=PageState(new=frozenset({str(item.pk)})),
        exercises=[exercise_id],
        anchor=f"result-{exercise_id}",
    )


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def program_item(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """One exercise: open its dose to change it, or save what was typed."""
    try:
        judgement, judged = opened(request, program_id, item_id)
    except Refused as refusal:
        return reply.refused(request, program_or_404(request, program_id), refusal)
    program = judgement.program
    if not program.draft_open or judged.assessment is None:
        return redirect("program", program.pk)
    if request.method == "GET":
        return _show_item(request, judgement, item_id)
    form = cards.dose_form(judged, request.POST)
    preset = request.POST.get("preset", "")
    typed_beside = {"note", "side"} & set(form.errors)
    if not (form.is_valid() or (preset and not typed_beside)):
        return with_form(request, judgement, item_id, {"dose": form})
    try:
        _save(request, program, item_id, form, preset)
    except Stale as stale:
        judgement = reply.fresh(request, program)
        form = _again(form, judged_item(judgement, item_id) or judged, stale)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    else:
        notice = Notice("Dose taken over." if preset else "Saved.")
        if not request.htmx:
            return reply.back(request, program, notice, anchor=f"item-{item_id}")
        now = reply.fresh(request, program)
        focus = f"edit-{item_id}" if not preset else f"item-{item_id}-save"
        return reply.card(request, now, str(item_id), notice, editing=bool(preset), focus=focus)
    return with_form(request, judgement, item_id, {"dose": form})


def _show_item(request: PracticeRequest, judgement: Judgement, item_id: UUID) -> HttpResponse:
    editing = request.GET.get("edit") == "1"
    if request.htmx:
        focus = f"item-{item_id}-sets_low" if editing else f"edit-{item_id}"
        return reply.card(request, judgement, str(item_id), None, editing=editing, focus=focus)
    return reply.page(request, judgement, PageState(editing=str(item_id) if editing else ""))


def _save(
    request: PracticeRequest, program: Program, item_id: UUID, form: Any, preset: str
) -> None:
    # A mark that cannot be read is an old one: what was typed is kept, and asked about.
    seen, note = form.cleaned_data.get("seen", ""), form.cleaned_data["note"]
    side = form.cleaned_data.get("side", form.item.side)
    if preset:
        actions.apply_preset(
            program=program,
            actor=request.user,
            item_id=item_id,
            number=number_of(preset),
            seen=seen,
            note=note,
            side=side,
        )
        return
    actions.save_item(
        program=program,
        actor=request.user,
        item_id=item_id,
        seen=seen,
        dosage=form.dosage,
        note=note,
        side=side,
    )


def _again(form: Any, judged: JudgedItem, stale: Stale) -> Any:
    """The same input on top of what is there now, with word of who changed it."""
    data = form.data.copy()
    data["seen"] = actions.fingerprint(judged.item)
    again = cards.dose_form(judged, data)
    theirs = ". ".join(filter(None, [judged.dosage.words, judged.item.note]))
    again.is_valid()
    again.add_error(None, reply.stale_words(stale))
    again.add_error(None, f"Theirs: {theirs}")
    return again


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_remove(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an exercise out; a button puts it back."""
    program = program_or_404(request, program_id)
    try:
        item = actions.remove_item(program=program, actor=request.user, item_id=item_id)
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    return reply.pane(
        request,
        program,
        Notice("Exercise removed. You can put it back."),
        exercises=[item.exercise_id],
        focus=f"undo-{item_id}",
        anchor=f"item-{item_id}",
    )


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_restore(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """Put a removed exercise back."""
    program = program_or_404(request, program_id)
    try:
        item = actions.restore_item(program=program, actor=request.user, item_id=item_id)
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    return reply.pane(
        request,
        program,
        Notice("Exercise put back."),
        exercises=[item.exercise_id],
        focus=f"remove-{item_id}",
        anchor=f"item-{item_id}",
    )


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_move(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """One place up or down among the exercises of the same purpose."""
    program = program_or_404(request, program_id)
    up = request.POST.get("to") == "up"
    try:
        moved = actions.move_item(program=program, actor=request.user, item_id=item_id, up=up)
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    words = "Moved up." if up else "Moved down."
    if not moved:
        words = "It is first already." if up else "It is last already."
    return reply.pane(
        request,
        program,
        Notice(words, "info"),
        focus=f"{'up' if up else 'down'}-{item_id}",
        anchor=f"item-{item_id}",
    )


@requires(Action.TREAT)
@posted_from(program_page)
def program_reorder(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """The order after dragging."""
    program = program_or_404(request, program_id)
    order = request.POST.get("order", "")[:4000].split(",")
    try:
        actions.reorder(program=program, actor=request.user, order=order)
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    return reply.pane(request, program, Notice("Order saved.", "info"), anchor="program")
