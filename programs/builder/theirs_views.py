"""What a clinician makes their own: favourites, and templates of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from programs.builder import actions
from programs.builder import page as reply
from programs.builder.keep_form import OwnStarterForm, phased_of
from programs.builder.lookup import number_of, program_or_404, program_page
from programs.builder.search_pane import search_words
from programs.builder.state import Notice, PageState
from programs.exercises.library import library_for
from programs.exercises.theirs.starters import starters_of
from programs.exercises.theirs.uses import exercise_of, set_favourite
from programs.prescriptions.models import Program


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
    library = library_for(request.practice)
    starters = starters_of(library, request.practice, request.user)
    form = OwnStarterForm(request.POST, phased=phased_of(starters))
    if form.is_valid():
        try:
            words = _keep(request, program, form)
        except Refused as refusal:
            if refusal.field not in form.fields:
                return reply.refused(request, program, refusal)
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, words)
            return _to_list(request, program)
    judgement = reply.fresh(request, program)
    state = PageState(keeping=form)
    notice = Notice("Look at the marked fields.", "error")
    return reply.page(request, judgement, state, notice=notice, status=422)


def _keep(request: PracticeRequest, program: Program, form: OwnStarterForm) -> str:
    """Keep it as its own, or as the next phase of another; what was done, in words."""
    sent = form.cleaned_data
    about: dict[str, Any] = {"weeks": sent["weeks"] or 0, "go_on": sent["go_on"]}
    if form.number:
        kept = actions.keep_phase(program=program, actor=request.user, number=form.number, **about)
        return f"It is phase {len(kept.data['phase']) + 1} of “{kept.name}”."
    actions.keep_starter(
        program=program, actor=request.user, name=sent["name"], shared=sent["shared"], **about
    )
    return f"“{sent['name']}” is among your templates."


def _to_list(request: PracticeRequest, program: Program) -> HttpResponse:
    """To the page of the program, with its list of templates in sight."""
    search = "&".join(filter(None, [search_words(request), "templates=1"]))
    return reply.to_page(program, search, "starters")
