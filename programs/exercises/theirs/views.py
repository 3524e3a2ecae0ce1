"""A practice's own exercises and templates as a file, to take away and to bring in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from clinic.files import download
from clinic.http import PracticeRequest, require_get_or_post
from clinic.permissions import Action, requires
from programs.exercises.library import library_for
from programs.exercises.theirs.actions import keep_incoming, own_file
from programs.exercises.theirs.files import write_table, write_toml
from programs.exercises.theirs.forms import OwnExchangeForm
from programs.exercises.theirs.incoming import Incoming, try_file

_MOST_SHOWN = 200
"""Problems that a page lists; all of them are counted."""


@requires(Action.TREAT)
@require_get_or_post
def own_exchange(request: PracticeRequest) -> HttpResponseBase:
    """Take the file away; or choose one, see what comes in, then keep all of it or nothing."""
    if request.method != "POST":
        return _taken_away(request) or _page(request, OwnExchangeForm())
    form = OwnExchangeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = try_file(
        form.own,
        practice=request.practice,
        user=request.user,
        library=library_for(request.practice),
    )
    if request.POST.get("what") != "keep" or found.problems or request.FILES:
        return _page(request, form, found, status=422 if found.problems else 200)
    keep_incoming(practice=request.practice, actor=request.user, incoming=found)
    messages.success(
        request,
        "There is nothing new in this file."
        if found.nothing
        else f"Kept: exercises {len(found.exercises)}, templates {len(found.templates)}.",
    )
    return redirect("own_exchange")


def _taken_away(request: PracticeRequest) -> HttpResponseBase | None:
    """The file that the address asks for."""
    wanted = request.GET.get("as")
    if wanted not in ("toml", "csv"):
        return None
    own = own_file(request.practice, request.user)
    if wanted == "csv":
        return download(
            write_table(own), name="own-exercises.csv", content_type="text/csv; charset=utf-8"
        )
    text = [write_toml(own).encode()]
    return download(text, name="own-exercises.toml", content_type="application/toml")


def _page(
    request: PracticeRequest,
    form: OwnExchangeForm,
    found: Incoming | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "problems": found.problems[:_MOST_SHOWN] if found else [],
    }
    return render(request, "programs/exercises/theirs/own_exchange.html", context, status=status)
