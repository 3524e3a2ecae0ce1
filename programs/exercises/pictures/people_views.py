"""The page on which a practice and a clinician choose who is drawn in their pictures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.permissions import Action, requires
from programs.exercises.library import library_for
from programs.exercises.pictures import people_actions as actions
from programs.exercises.pictures.casts import how_many_ready, people_of
from programs.exercises.pictures.people_forms import FigurePeopleForm, people_words

_SAVED = (
    "Saved. What is not drawn yet is drawn in the background. Until then it shows the usual people."
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.TREAT, whole=True)
def figure_people(request: PracticeRequest) -> HttpResponse:
    """Who is drawn: for oneself by this address, for the whole practice by the owners' own."""
    if request.method != "POST":
        return _page(request)
    form = FigurePeopleForm(request.POST, prefix="mine")
    if not form.is_valid():
        return _page(request, mine=form, status=422)
    actions.choose_for_oneself(
        practice=request.practice, actor=request.user, people=form.cleaned_data["people"]
    )
    messages.success(request, _SAVED)
    return redirect("figure_people")


def _people_page(_request: PracticeRequest) -> str:
    return "figure_people"


@requires(Action.MANAGE_PRACTICE)
@posted_from(_people_page)
def practice_figure_people(request: PracticeRequest) -> HttpResponse:
    """Choose for everybody who works here and has no choice of their own."""
    form = FigurePeopleForm(request.POST, prefix="all")
    if not form.is_valid():
        return _page(request, everybody=form, status=422)
    actions.choose_for_practice(
        practice=request.practice, actor=request.user, people=form.cleaned_data["people"]
    )
    messages.success(request, _SAVED)
    return redirect("figure_people")


def _page(
    request: PracticeRequest,
    *,
    mine: FigurePeopleForm | None = None,
    everybody: FigurePeopleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    practice, user = request.practice, request.user
    people, library = people_of(practice, user), library_for(practice)
    entries = [
        (library.digests[library.ids[slug]], library.definitions[slug]) for slug in library.current
    ]
    ready, total = how_many_ready(entries, people)
    context = {
        "mine": mine or FigurePeopleForm(prefix="mine", initial={"people": user.figure_people}),
        "everybody": everybody
        or FigurePeopleForm(prefix="all", initial={"people": practice.figure_people}),
        "now_mine": people_words(user.figure_people)
        if user.figure_people
        else f"as the practice has it, {people_words(practice.figure_people)}",
        "now_all": people_words(practice.figure_people),
        "chosen": bool(people),
        "ready": ready,
        "total": total,
        "has_errors": status != 200,
    }
    return render(request, "programs/exercises/pictures/figure_people.html", context, status=status)
