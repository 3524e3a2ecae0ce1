"""Answers of the builder: the whole page, or the parts of it that changed.

A plain post is answered by a redirect back to the page, with a message; htmx gets the changed part
and, beside it, the status, the notice that is read out and the results that changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from clinic.http import PracticeRequest
from clinic.models import User
from clinic.outcomes import Refused, Stale
from programs.builder import pictures
from programs.builder.actions.base import fingerprint
from programs.builder.actions.starters import needs_side, side_of_case
from programs.builder.cards import card_of, cards_of, mark_shared, removed_of, shared_cautions
from programs.builder.case_summary import about_case
from programs.builder.dose_line_form import AllDosesForm
from programs.builder.forms import DetailsForm, StarterForm
from programs.builder.habits import habits
from programs.builder.keep_form import OwnStarterForm, phased_of
from programs.builder.phase_dates import phase_words
from programs.builder.results import Found, found
from programs.builder.reviewing import proposed_review
from programs.builder.search_pane import items_in, results_for, search_of, search_words, urls_of
from programs.builder.starter_choice import Starters, offers_for_program
from programs.builder.state import Notice, PageState
from programs.builder.status import status_of
from programs.exercises.query import Wanted
from programs.exercises.theirs.starters import starters_of
from programs.prescriptions.models import Program
from programs.prescriptions.queries import programs_of
from programs.verdicts.blockers import unasked
from programs.verdicts.judgement import Judgement, judge_program


def fresh(request: PracticeRequest, program: Program) -> Judgement:
    """The program as it is now, judged."""
    return judge_program(programs_of(request.practice).get(pk=program.pk))


def page(
    request: PracticeRequest,
    judgement: Judgement,
    state: PageState | None = None,
    *,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole builder."""
    state = state or PageState()
    wanted = Wanted.of(search_of(request))
    results = results_for(judgement, wanted)
    context = {
        **pane_context(request.user, judgement, state, notice=None),
        "habits": habits(request.user, judgement),
        "results": results,
        "pictures": pictures.of_program(request.user, judgement, judgement.items, results),
        "wanted": wanted,
        "about": about_case(judgement),
        "notice": notice,
    }
    return render(request, "programs/builder/program.html", context, status=status)


def pane_context(
    user: User, judgement: Judgement, state: PageState, *, notice: Notice | None = None
) -> dict[str, Any]:
    """Everything the right half needs."""
    program = judgement.program
    was_issued = program.prescriptions.exists()
    return {
        "program": program,
        "case": judgement.case,
        "judgement": judgement,
        "cards_in_order": cards_of(
            judgement,
            editing=state.editing,
            bound=state.bound,
            new=state.new,
            swapping=state.swapping,
        ),
        "shared": shared_cautions(judgement),
        "removed": removed_of(judgement, timezone.now()),
        "status": status_of(judgement),
        "all_form": state.doses or AllDosesForm(),
        "phase_words": phase_words(program),
        "undosed": sum(bool(judged.missing_dose) for judged in judgement.items),
        "details_form": state.details
        or DetailsForm(
            program=program,
            seen=fingerprint(program),
            today=judgement.today,
            proposed=proposed_review(program, [judged.item for judged in judgement.items]),
        ),
        "details_open": state.titling or state.details is not None,
        "applied": state.applied,
        "urls": urls_of(program),
        "was_issued": was_issued,
        "direct": _issue_key(judgement, was_issued=was_issued),
        "notice": notice,
        **_templates(user, judgement, state),
    }


def _templates(user: User, judgement: Judgement, state: PageState) -> dict[str, Any]:
    """The templates, where they are shown at once; a program that has begun asks for them."""
    asked = bool(state.templates or state.starter or state.keeping)
    if judgement.items and not asked:
        return {"templates_later": True}
    starters = starters_of(judgement.library, judgement.case.practice, user)
    return {
        "templates_open": asked or not judgement.items,
        "keep_form": state.keeping or OwnStarterForm(phased=phased_of(starters)),
        "keep_open": state.keeping is not None,
        "starter_form": state.starter or starter_form(judgement, starters),
        "offers": offers_for_program(judgement, starters),
        "side_of_case": side_of_case(judgement.facts),
    }


def _issue_key(judgement: Judgement, *, was_issued: bool) -> UUID | None:
    """For issuing from the builder in one press: a first version that leaves nothing to say."""
    return None if was_issued or unasked(judgement) else uuid4()


def starter_form(judgement: Judgement, starters: Starters, data: Any = None) -> StarterForm:
    """The choice of templates; the side is asked where the case does not tell."""
    return StarterForm(
        data,
        starters=[(slug, s.name) for slug, s in starters.items()],
        sided=[slug for slug, s in starters.items() if needs_side(s, judgement.facts)],
    )


def pane(
    request: PracticeRequest,
    program: Program,
    notice: Notice,
    *,
    state: PageState | None = None,
    exercises: Iterable[int] | None = (),
    focus: str = "",
    anchor: str = "",
) -> HttpResponse:
    """The right half anew, and the cards of these exercises in the results; ``None``: of all."""
    if not request.htmx:
        return back(request, program, notice, anchor=anchor)
    judgement = fresh(request, program)
    if exercises is None:
        exercises = [judged.item.exercise_id for judged in judgement.items]
    cards = found_cards(judgement, exercises)
    context = {
        **pane_context(request.user, judgement, state or PageState(), notice=notice),
        "cards": cards,
        "pictures": pictures.of_program(request.user, judgement, judgement.items, cards=cards),
        "wanted": Wanted.of(search_of(request)),
        "swap": True,
    }
    response = render(request, "programs/builder/_program_reply.html", context)
    return aimed(request, response, "program", focus, notice)


def card(
    request: PracticeRequest,
    judgement: Judgement,
    item_id: str,
    notice: Notice | None,
    *,
    bound: Mapping[str, Any] | None = None,
    editing: bool = False,
    swapping: bool = False,
    focus: str = "",
) -> HttpResponse:
    """One exercise anew, with the status beside it."""
    judged = next((j for j in judgement.items if str(j.item.pk) == item_id), None)
    if judged is None:
        gone = Notice("This exercise has been removed from the program.", "warning")
        return pane(request, judgement.program, gone)
    shown = card_of(judgement, judged, editing=editing, bound=bound, swapping=swapping)
    mark_shared(judgement, [shown])
    if shown.dose_form and not bound and judged.missing_dose:
        focus = f"item-{item_id}-{judged.missing_dose[0]}_low"
    cards = found_cards(judgement, [judged.item.exercise_id])
    context = {
        "program": judgement.program,
        "case": judgement.case,
        "judgement": judgement,
        "card": shown,
        "status": status_of(judgement),
        "cards": cards,
        "pictures": pictures.of_program(request.user, judgement, [judged], cards=cards),
        "wanted": Wanted.of(search_of(request)),
        "urls": urls_of(judgement.program),
        "direct": _issue_key(judgement, was_issued=judgement.program.prescriptions.exists()),
        "swap": True,
    }
    response = render(request, "programs/builder/_card_reply.html", context)
    return aimed(request, response, f"item-{item_id}", focus, notice)


def found_cards(judgement: Judgement, exercises: Iterable[int]) -> list[Found]:
    """These entries as the results show them, to swap in place."""
    library, items = judgement.library, items_in(judgement)
    current = frozenset(library.current)
    slugs = [library.by_id[pk].slug for pk in dict.fromkeys(exercises) if pk in library.by_id]
    return [
        found(library, judgement.facts, judgement.assessed, slug, items)
        for slug in slugs
        if slug in current
    ]


def back(
    request: PracticeRequest, program: Program, notice: Notice, *, anchor: str = ""
) -> HttpResponse:
    """After a plain post: to the page, at the same search and place."""
    messages.add_message(request, messages.DEFAULT_LEVELS[notice.level.upper()], notice.text)
    return to_page(program, search_words(request), anchor)


def to_page(program: Program, search: str, anchor: str) -> HttpResponse:
    """A redirect to the page of a program, at this search and place."""
    address = reverse("program", args=[program.pk])
    if search:
        address += f"?{search}"
    return redirect(f"{address}#{anchor}" if anchor else address)


def refused(
    request: PracticeRequest, program: Program, refusal: Refused, *, anchor: str = ""
) -> HttpResponse:
    """Say why not, and show the program as it is."""
    now = programs_of(request.practice).get(pk=program.pk)
    if request.htmx and not now.draft_open:
        messages.error(request, refusal.message)
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("program", args=[program.pk])
        return response
    return pane(request, program, Notice(refusal.message, "error"), anchor=anchor)


def stale_words(stale: Stale) -> str:
    """Who changed it and when, and that nothing is lost."""
    when = ""
    if stale.when:
        when = f" at {date_format(timezone.localtime(stale.when), 'H:i')}"
    return (
        f"{stale.who} changed this{when}, after you opened it. What you typed is still here. "
        "Save again to put yours in its place."
    )


def aimed(
    request: PracticeRequest,
    response: HttpResponse,
    target: str,
    focus: str = "",
    notice: Notice | None = None,
) -> HttpResponse:
    """Tell htmx where the answer goes, what has the focus afterwards and what is read out."""
    if request.htmx.target != target:
        response["HX-Retarget"] = f"#{target}"
    events: dict[str, dict[str, str]] = {}
    if focus:
        events["builder:focus"] = {"id": focus}
    if notice is not None:
        events["builder:say"] = {"text": notice.text}
    if events:
        response["HX-Trigger-After-Settle"] = json.dumps(events)
    return response
