"""Pages about a practice's own pictures of an exercise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from programs.exercises.models import Exercise
from programs.exercises.own.queries import exercise_or_404
from programs.exercises.pictures import photo_actions as actions
from programs.exercises.pictures.casts import loaded_stamps, people_of
from programs.exercises.pictures.held import holder_of
from programs.exercises.pictures.models import MOST_PICTURES, ExercisePicture
from programs.exercises.pictures.photo_forms import PictureForm, PictureWordsForm
from programs.exercises.pictures.renderings import drawn

FIELDS = ("alt", "caption", "side")


def _pictures_page(
    request: PracticeRequest, exercise_id: int, picture_id: int | None = None
) -> str:
    exercise = exercise_or_404(request, exercise_id)
    if picture_id is not None:
        get_object_or_404(
            request.practice.exercise_pictures.filter(exercise=exercise), pk=picture_id
        )
    return reverse("exercise_pictures", args=[exercise.pk])


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def exercise_pictures(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """The pictures of an exercise in this practice, and a form for one more."""
    exercise = exercise_or_404(request, exercise_id)
    if request.method != "POST":
        return _page(request, exercise)
    form = PictureForm(request.POST, request.FILES, sided=exercise.sided, holder=holder_of(request))
    if not form.is_valid():
        return _page(request, exercise, form, status=422)
    try:
        actions.add_picture(
            practice=request.practice,
            exercise=exercise,
            actor=request.user,
            picture=form.cleaned_data["file"],
            **form.words(),
        )
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return _page(request, exercise, form, status=422)
    messages.success(request, "The picture is shown from now on. Issued programs stay as they are.")
    return redirect("exercise_pictures", exercise.pk)


def _page(
    request: PracticeRequest,
    exercise: Exercise,
    form: PictureForm | None = None,
    words: tuple[int, PictureWordsForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``words``: a form about one picture that was filled in wrongly."""
    rows = list(_pictures(request, exercise).light())
    definition = exercise.definition()
    people = people_of(request.practice, request.user)
    stamp = loaded_stamps({exercise.digest: definition}, people).get(exercise.digest, "")
    context: dict[str, Any] = {
        "exercise": exercise,
        "pictures": [(row, _words_form(row, exercise, words)) for row in rows],
        "drawings": drawn(exercise, definition, "right" if exercise.sided else "", stamp),
        "form": form or PictureForm(sided=exercise.sided, holder=""),
        "full": len(rows) >= MOST_PICTURES,
        "most": MOST_PICTURES,
        "retired": exercise.retired_at is not None,
        "has_errors": form is not None or words is not None,
        "removed": _removed(request, exercise),
    }
    return render(
        request, "programs/exercises/pictures/exercise_pictures.html", context, status=status
    )


def _removed(request: PracticeRequest, exercise: Exercise) -> list[ExercisePicture]:
    """The latest removed ones, each once, as many as could be shown."""
    rows = request.practice.exercise_pictures.filter(exercise=exercise).removed().light()
    latest = rows.select_related("retired_by")[: 2 * MOST_PICTURES]
    each = {(row.alt, row.caption, row.side, row.width, row.height): row for row in latest[::-1]}
    return list(each.values())[::-1][:MOST_PICTURES]


def _words_form(
    row: ExercisePicture, exercise: Exercise, words: tuple[int, PictureWordsForm] | None
) -> PictureWordsForm:
    if words and words[0] == row.pk:
        return words[1]
    initial = {name: getattr(row, name) for name in FIELDS}
    return PictureWordsForm(
        initial=initial, sided=exercise.sided, prefix=f"p{row.pk}", auto_id=f"picture-{row.pk}-%s"
    )


def _pictures(request: PracticeRequest, exercise: Exercise) -> Any:
    return request.practice.exercise_pictures.filter(exercise=exercise).shown()


def _picture_or_404(
    request: PracticeRequest, exercise_id: int, picture_id: int
) -> tuple[Exercise, ExercisePicture]:
    """A picture in use, without its content."""
    exercise = exercise_or_404(request, exercise_id)
    rows = _pictures(request, exercise).light().select_related("practice", "exercise")
    return exercise, get_object_or_404(rows, pk=picture_id)


@require_safe
@requires(Action.TREAT)
def exercise_picture(request: PracticeRequest, exercise_id: int, picture_id: int) -> HttpResponse:
    """The picture itself. One that is no longer shown can still be looked at by its address."""
    rows = request.practice.exercise_pictures.filter(exercise=exercise_id)
    picture = (
        rows.only("practice", "content", "content_type", "stored_digest")
        .filter(pk=picture_id)
        .first()
    )
    if picture is None:
        raise Http404
    return HttpResponse(picture.whole(), content_type=picture.content_type)


@requires(Action.TREAT)
@posted_from(_pictures_page)
def exercise_picture_edit(
    request: PracticeRequest, exercise_id: int, picture_id: int
) -> HttpResponse:
    """Change what is said of a picture."""
    exercise, picture = _picture_or_404(request, exercise_id, picture_id)
    form = PictureWordsForm(
        request.POST,
        sided=exercise.sided,
        prefix=f"p{picture.pk}",
        auto_id=f"picture-{picture.pk}-%s",
    )
    if not form.is_valid():
        return _page(request, exercise, words=(picture.pk, form), status=422)
    actions.describe_picture(picture=picture, actor=request.user, **form.words())
    messages.success(request, "The words are saved.")
    return redirect("exercise_pictures", exercise.pk)


@requires(Action.TREAT)
@posted_from(_pictures_page)
def exercise_picture_move(
    request: PracticeRequest, exercise_id: int, picture_id: int
) -> HttpResponse:
    """Show a picture one place earlier or later."""
    exercise, picture = _picture_or_404(request, exercise_id, picture_id)
    earlier = request.POST.get("to") == "earlier"
    actions.move_picture(picture=picture, actor=request.user, earlier=earlier)
    return redirect("exercise_pictures", exercise.pk)


@requires(Action.TREAT)
@posted_from(_pictures_page)
def exercise_picture_remove(
    request: PracticeRequest, exercise_id: int, picture_id: int
) -> HttpResponse:
    """Show a picture no longer."""
    exercise, picture = _picture_or_404(request, exercise_id, picture_id)
    actions.remove_picture(picture=picture, actor=request.user)
    messages.success(request, "The picture is no longer shown. Issued programs keep it.")
    return redirect("exercise_pictures", exercise.pk)


@requires(Action.TREAT)
@posted_from(_pictures_page)
def exercise_picture_restore(
    request: PracticeRequest, exercise_id: int, picture_id: int
) -> HttpResponse:
    """Show a removed picture again."""
    exercise = exercise_or_404(request, exercise_id)
    rows = request.practice.exercise_pictures.filter(exercise=exercise, retired_at__isnull=False)
    picture = get_object_or_404(rows.select_related("practice", "exercise"), pk=picture_id)
    try:
        actions.bring_back_picture(picture=picture, actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "The picture is shown again, after the others.")
    return redirect("exercise_pictures", exercise.pk)


@requires(Action.TREAT)
@posted_from(_pictures_page)
def exercise_drawing(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """Use the drawing again: every own picture of this exercise goes."""
    exercise = exercise_or_404(request, exercise_id)
    gone = actions.use_drawing(practice=request.practice, exercise=exercise, actor=request.user)
    if gone:
        messages.success(request, "The drawing is shown again. Issued programs stay as they are.")
    return redirect("exercise_pictures", exercise.pk)
