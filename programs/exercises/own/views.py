"""Pages about a practice's own exercises: write, copy and change, retire and bring back."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.audit import last_change
from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Stale
from clinic.permissions import Action, requires
from programs.exercises.models import Exercise
from programs.exercises.own import actions
from programs.exercises.own.begun import begun_with
from programs.exercises.own.form_set import OwnExerciseBundle
from programs.exercises.own.full_shown import frames_of, preview_of
from programs.exercises.own.picture_here import PictureHereForm
from programs.exercises.own.previewing import Preview
from programs.exercises.own.queries import exercise_or_404, made_before, names_taken, own_or_404
from programs.exercises.own.trait_words import KIND_LABELS
from programs.exercises.pictures.casts import people_of
from programs.exercises.pictures.held import holder_of


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def own_exercise_in_full(request: PracticeRequest) -> HttpResponse:
    """Write an exercise with every question asked, or go on from the answers of the short way."""
    begun = begun_with(request.POST) if request.POST.get("from") == "short" else None
    bundle = OwnExerciseBundle(
        _sent(request) if begun is None else None,
        user=request.user,
        taken=names_taken(request),
        name=request.GET.get("name", "")[:90],
        begun=begun,
    )
    page = "programs/exercises/own/own_exercise_in_full.html"
    looks = begun is None and _looks(request)
    picture = _picture(request, sent=begun is None)
    if looks:
        return _previewed(request, page, bundle, picture=picture)
    if picture.is_bound and (answer := _written(request, bundle, picture)):
        return answer
    return _page(request, page, bundle, picture=picture)


def _picture(request: PracticeRequest, *, sent: bool) -> PictureHereForm:
    """The picture as it was sent, or as the short way has begun it."""
    holder = holder_of(request)
    if request.method == "POST" and sent:
        return PictureHereForm(request.POST, request.FILES, holder=holder)
    form = PictureHereForm(initial=request.POST.dict(), holder=holder)
    form.hold(request.POST, request.FILES)
    return form


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def own_exercise_copy(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """Write an exercise after another one, built in or own."""
    original = exercise_or_404(request, exercise_id)
    if original.kind not in KIND_LABELS:
        raise Http404
    bundle = OwnExerciseBundle(
        _sent(request),
        user=request.user,
        taken=names_taken(request),
        base=original.definition(),
        base_data=original.data,
        copying=True,
    )
    page = "programs/exercises/own/own_exercise_copy.html"
    if _looks(request):
        return _previewed(request, page, bundle, exercise=original)
    if request.method == "POST" and (answer := _written(request, bundle)):
        return answer
    return _page(request, page, bundle, exercise=original)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def own_exercise_edit(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """Change one of the practice's own, beside others who may be doing the same."""
    exercise = own_or_404(request, exercise_id)
    bundle = OwnExerciseBundle(
        _sent(request),
        user=request.user,
        taken=names_taken(request, except_for=exercise),
        base=exercise.definition(),
        base_data=exercise.data,
        seen=exercise.digest,
    )
    page = "programs/exercises/own/own_exercise_edit.html"
    if _looks(request):
        return _previewed(request, page, bundle, exercise=exercise)
    if request.method == "POST" and bundle.is_valid():
        try:
            changed = actions.change_own(
                exercise=exercise,
                actor=request.user,
                data=bundle.data(exercise.slug),
                seen=bundle.form.cleaned_data["seen"],
            )
        except Stale as stale:
            exercise.refresh_from_db()
            bundle.show_current(exercise.digest)
            return _page(request, page, bundle, exercise=exercise, stale=stale, status=409)
        if changed:
            messages.success(request, "Saved. Issued programs stay as they are.")
        else:
            messages.info(request, "Nothing has changed.")
        return redirect("catalogue_entry", exercise.pk)
    return _page(request, page, bundle, exercise=exercise)


def _entry_page(request: PracticeRequest, exercise_id: int) -> str:
    return reverse("catalogue_entry", args=[own_or_404(request, exercise_id).pk])


@requires(Action.TREAT)
@posted_from(_entry_page)
def own_exercise_retire(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """Offer it no longer. Programs that have it keep it."""
    exercise = own_or_404(request, exercise_id)
    if actions.retire_own(exercise=exercise, actor=request.user):
        messages.success(request, "The exercise is retired. You can bring it back at any time.")
    return redirect("catalogue_entry", exercise.pk)


@requires(Action.TREAT)
@posted_from(_entry_page)
def own_exercise_restore(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """Offer it again."""
    exercise = own_or_404(request, exercise_id)
    if actions.restore_own(exercise=exercise, actor=request.user):
        messages.success(request, "The exercise is back in the catalogue.")
    return redirect("catalogue_entry", exercise.pk)


def _sent(request: PracticeRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _written(
    request: PracticeRequest, bundle: OwnExerciseBundle, picture: PictureHereForm | None = None
) -> HttpResponse | None:
    """The way on from a new exercise; ``None`` where something in it is wrong."""
    right = bundle.is_valid() and (picture is None or picture.is_valid())
    slug = actions.own_slug(bundle.form.cleaned_data.get("token") or uuid4())
    if made := made_before(request, slug):
        return redirect("catalogue_entry", made.pk)
    if not right:
        return None
    practice, actor, data = request.practice, request.user, bundle.data(slug)
    if picture:
        made = picture.store(practice, actor, data)
    else:
        made = actions.create_own(practice=practice, actor=actor, data=data)
    if picture and picture.held:
        messages.success(request, "Saved, with its picture.")
        return redirect("catalogue_entry", made.pk)
    messages.success(request, "Saved. Add pictures now, so that patients can see how it is done.")
    return redirect("exercise_pictures", made.pk)


def _looks(request: PracticeRequest) -> bool:
    """Whether somebody wants to see what is typed, and not to save it."""
    return request.method == "POST" and "look" in request.POST


def _previewed(
    request: PracticeRequest,
    template: str,
    bundle: OwnExerciseBundle,
    *,
    exercise: Exercise | None = None,
    picture: PictureHereForm | None = None,
) -> HttpResponse:
    """What is typed as the patient gets it: by itself for a script, else below the form."""
    people = people_of(request.practice, request.user) if exercise else ()
    frames = frames_of(exercise, request.practice, people, bundle) if exercise else ()
    preview = preview_of(bundle, picture, frames)
    if request.htmx:
        context = {"preview": preview, "picture": picture}
        return render(request, "programs/exercises/own/_full_preview.html", context)
    return _page(request, template, bundle, exercise=exercise, picture=picture, preview=preview)


def _page(
    request: PracticeRequest,
    template: str,
    bundle: OwnExerciseBundle,
    *,
    exercise: Exercise | None = None,
    stale: Stale | None = None,
    picture: PictureHereForm | None = None,
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = bundle.has_errors or bool(picture and picture.errors)
    context = {
        "preview": preview,
        "has_errors": wrong,
        "bundle": bundle,
        "picture": picture,
        "exercise": exercise,
        "stale": stale,
        "last": last_change(exercise) if exercise and exercise.practice_id else None,
    }
    status = 422 if wrong and not preview else status
    return render(request, template, context, status=status)
