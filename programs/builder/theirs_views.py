"""What a clinician makes their own: favourites, and templates of their own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from programs.builder import actions
from programs.builder import page as reply
from programs.builder.forms import OwnStarterForm
from programs.builder.lookup import number_of, program_or_404, program_page
from programs.builder.search_pane import search_words
from programs.builder.state import Notice, PageState
from programs.exercises.theirs.uses import exercise_of, set_favourite


@requires(Action.TREAT)
@posted_from(program_page)
def program_favourite(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Put an exercise among the clinician's favourites, or take it off."""
    program = program_or_404(request, program_id)
    wanted, _, on = request.POST.get("exercise", "").partition(":")
    row = exercise_of(request.practice, number_of(wanted))
    if row is not None:
        set_favourite(
            practice=request.practice, clinician=request.user, exercise_id=row.pk, on=on != "off"
        )
        end = "no favourite any more" if on == "off" else "among your favourites"
        messages.success(request, f"{row.name} is {end}.")
    return reply.to_page(program, search_words(request), "catalogue")


@requires(Action.TREAT)
@posted_from(program_page)
def program_keep_starter(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Make a template of the program as it stands."""
    program = program_or_404(request, program_id)
    form = OwnStarterForm(request.POST)
    if form.is_valid():
        try:
            actions.keep_starter(program=program, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            return reply.refused(request, program, refusal)
        words = f"“{form.cleaned_data['name']}” is among your templates."
        return reply.back(request, program, Notice(words), anchor="starters")
    judgement = reply.fresh(request, program)
    state = PageState(keeping=form)
    notice = Notice("Look at the marked fields.", "error")
    return reply.page(request, judgement, state, notice=notice, status=422)


@requires(Action.TREAT)
@posted_from(program_page)
def program_retire_starter(request: PracticeRequest, program_id: UUID) -> HttpResponse:
    """Take one of the clinician's own templates off the list."""
    program = program_or_404(request, program_id)
    number = number_of(request.POST.get("own", ""))
    gone = actions.retire_starter(practice=request.practice, actor=request.user, number=number)
    words = "The template is gone." if gone else "Only whoever made a template can remove it."
    return reply.back(request, program, Notice(words, "info"), anchor="starters")
