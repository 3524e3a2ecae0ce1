"""Doses typed as a line: of one exercise, and of all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused, Stale
from clinic.permissions import Action, requires
from programs.builder import actions, cards
from programs.builder import page as reply
from programs.builder.dose_line_form import AllDosesForm
from programs.builder.lookup import (
    item_page,
    judged_item,
    opened,
    program_or_404,
    program_page,
    with_form,
)
from programs.builder.state import Notice, PageState
from programs.verdicts.judgement import JudgedItem, judge_program


@requires(Action.TREAT)
@posted_from(item_page)
def program_item_line(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """Save the dose that a line says; what it does not say stays as typed, with the reason."""
    try:
        judgement, judged = opened(request, program_id, item_id)
        form = cards.line_form(judged, request.POST)
        if not form.is_valid() or form.dosage is None:
            return with_form(request, judgement, item_id, {"line": form})
        actions.save_item(
            program=judgement.program,
            actor=request.user,
            item_id=item_id,
            seen=form.cleaned_data["seen"],
            dosage=form.dosage,
            note=judged.item.note,
            side=judged.item.side,
        )
    except Stale as stale:
        judgement = reply.fresh(request, judgement.program)
        again = _again(form, judged_item(judgement, item_id) or judged, stale)
        return with_form(request, judgement, item_id, {"line": again})
    except Refused as refusal:
        program = program_or_404(request, program_id)
        return reply.refused(request, program, refusal, anchor=f"item-{item_id}")
    program = program_or_404(request, program_id)
    words = form.dosage.words
    notice = Notice(f"Saved: {words}." if words else "Saved.")
    if not request.htmx:
        return reply.back(request, program, notice, anchor=f"item-{item_id}")
    # A dose changes nothing about the case.
    now = judge_program(program, known=judgement.case)
    return reply.card(request, now, str(item_id), notice)


def _again(form: Any, judged: JudgedItem, stale: Stale) -> Any:
    """The same line on top of what is there now, with word of who changed it."""
    data = form.data.copy()
    data["seen"] = actions.fingerprint(judged.item)
    again = cards.line_form(judged, data)
    again.is_valid()
    again.add_error("line", reply.stale_words(stale))
    theirs = ". ".join(filter(None, [judged.dosage.words, judged.item.note]))
    again.add_error("line", f"Theirs: {theirs}")
    return again


@requires(Action.TREAT)
@posted_from(program_page)
def program_doses(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """How often, for all exercises; and how much, for those whose source leaves it open."""
    program = program_or_404(request, program_id)
    form = AllDosesForm(request.POST)
    if not form.is_valid() or form.dosage is None:
        state = PageState(doses=form)
        notice = Notice("Look at the marked fields.", "error")
        if request.htmx:
            return reply.pane(request, program, notice, state=state, focus="for-all-line")
        judgement = reply.fresh(request, program)
        return reply.page(request, judgement, state, notice=notice, status=422)
    try:
        count = actions.dose_all(program=program, actor=request.user, group=form.dosage)
    except Refused as refusal:
        return reply.refused(request, program, refusal)
    words = f"{count} dose{'' if count == 1 else 's'} changed."
    return reply.pane(
        request, program, Notice(words), focus="for-all-line", anchor="program-status"
    )
