"""The two buttons of the list of wishes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from clinic.http import PracticeRequest, asked_back, posted_from
from clinic.permissions import Action, requires
from programs.exercises.wishes import actions
from programs.exercises.wishes.forms import WishForm


def _list(request: PracticeRequest, wish_id: int | None = None) -> str:
    if wish_id is not None:
        get_object_or_404(request.practice.exercise_wishes, pk=wish_id)
    return asked_back(request) or "catalogue"


@requires(Action.TREAT)
@posted_from(_list)
def exercise_wish(request: PracticeRequest) -> HttpResponse:
    """Ask for an exercise that the search did not find."""
    form = WishForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["words"])))
    elif actions.ask_for_exercise(
        practice=request.practice, actor=request.user, words=form.cleaned_data["words"]
    ):
        messages.success(request, "Your practice sees it on the list of what is missing.")
    else:
        messages.info(request, "It is on the list of what is missing already.")
    return redirect(_list(request))


@requires(Action.TREAT)
@posted_from(_list)
def exercise_wish_end(request: PracticeRequest, wish_id: int) -> HttpResponse:
    """Take a wish off the list."""
    wish = get_object_or_404(request.practice.exercise_wishes, pk=wish_id)
    if actions.end_wish(wish=wish, actor=request.user):
        messages.success(request, "Taken off the list.")
    return redirect(_list(request))
