"""A new exercise in about a minute: its words, its dose, a picture and eight plain questions."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest
from clinic.parsing.errors import DefinitionError
from clinic.permissions import Action, requires
from programs.exercises.library import library_for
from programs.exercises.own.actions import own_slug
from programs.exercises.own.previewing import Preview, faults_in, without_missing
from programs.exercises.own.queries import alike, made_before, names_taken
from programs.exercises.own.quick_form import QuickExerciseForm, typed
from programs.exercises.pictures.held import holder_of

_LONGEST_SEARCH: Final = 200


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def own_exercise_create(request: PracticeRequest) -> HttpResponse:
    """Write an exercise from nothing.

    ``look`` shows what follows from the answers so far; as ``card``, what a patient would get.
    """
    if request.method == "POST" and "look" not in request.POST:
        return _written(request)
    if request.POST.get("look") == "card":
        return _previewed(request)
    begun = typed(request.POST)
    if request.method == "GET" and (name := request.GET.get("name", "")[:90]):
        begun["name"] = name
    form = QuickExerciseForm(initial=begun, names=frozenset(), holder=holder_of(request))
    form.hold(request.POST, request.FILES)
    if request.htmx and request.method == "POST":
        return render(request, "programs/exercises/own/_quick_so.html", {"form": form})
    return _shown(request, form)


def _sent(request: PracticeRequest) -> QuickExerciseForm:
    return QuickExerciseForm(
        request.POST, request.FILES, names=names_taken(request), holder=holder_of(request)
    )


def _previewed(request: PracticeRequest) -> HttpResponse:
    """What is typed as the patient gets it, and what is wrong so far: nothing is stored."""
    form = _sent(request)
    missing = without_missing([form])
    preview = Preview(form.card, tuple(faults_in(form)), missing)
    if request.htmx:
        context = {"form": form, "preview": preview}
        return render(request, "programs/exercises/own/_preview.html", context)
    return _shown(request, form, preview)


def _written(request: PracticeRequest) -> HttpResponse:
    form = _sent(request)
    right = form.is_valid()
    slug = own_slug(form.cleaned_data.get("token") or uuid4())
    if made := made_before(request, slug):
        return redirect("catalogue_entry", made.pk)
    if not right:
        return _shown(request, form, status=422)
    try:
        made = form.store(request.practice, request.user, form.data_of(slug, request.user))
    except DefinitionError as error:
        form.refuse(error)
        return _shown(request, form, status=422)
    messages.success(
        request, "Saved. It is in your catalogue, and search finds it in every program."
    )
    return redirect("catalogue_entry", made.pk)


def _shown(
    request: PracticeRequest,
    form: QuickExerciseForm,
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    like = request.GET.get("like", "").strip()[:_LONGEST_SEARCH]
    context = {
        "form": form,
        "preview": preview,
        "like": like,
        "alike": alike(library_for(request.practice), like),
        "begun": form.is_bound or bool(form.initial),
    }
    page = "programs/exercises/own/own_exercise_create.html"
    return render(request, page, context, status=status)
