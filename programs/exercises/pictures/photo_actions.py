"""Writing a practice's own pictures of exercises: one transaction each, locked and audited."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import Practice, User
from clinic.outcomes import Refused
from clinic.uploads import CleanPicture
from programs.exercises.models import Exercise
from programs.exercises.pictures.models import MOST_PICTURES, ExercisePicture


def _shown(practice: Practice, exercise: Exercise) -> list[ExercisePicture]:
    """The pictures in use, with the practice locked, so that two clicks are one after the other."""
    Practice.objects.select_for_update().get(pk=practice.pk)
    return list(practice.exercise_pictures.filter(exercise=exercise).shown().light())


def _record(picture: ExercisePicture, actor: User, what: str) -> None:
    audit.record(
        practice=picture.practice,
        actor=actor,
        action=f"exercise_picture.{what}",
        target=picture,
        exercise=picture.exercise_id,
    )


@transaction.atomic
def add_picture(
    *,
    practice: Practice,
    exercise: Exercise,
    actor: User,
    picture: CleanPicture,
    alt: str,
    caption: str,
    side: str,
) -> ExercisePicture:
    """Show one more picture, after the others; :class:`Refused` where there are four already.

    The same picture with the same words once more is the one that is shown: two clicks add one.
    """
    shown = _shown(practice, exercise)
    same = practice.exercise_pictures.filter(
        exercise=exercise, content=picture.content, alt=alt, caption=caption, side=side
    )
    if standing := same.shown().light().first():
        return standing
    if len(shown) >= MOST_PICTURES:
        raise Refused(f"There are {MOST_PICTURES} pictures already. Remove one first.", "file")
    made = ExercisePicture.objects.create(
        practice=practice,
        exercise=exercise,
        position=shown[-1].position + 1 if shown else 1,
        content=picture.content,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        alt=alt,
        caption=caption,
        side=side,
        created_by=actor,
    )
    _record(made, actor, "add")
    return made


def bring_back_picture(*, picture: ExercisePicture, actor: User) -> ExercisePicture:
    """Show a removed one again, after the others, as a row of its own: the old one stays as it was.

    :class:`Refused` where there are four already.
    """
    clean = CleanPicture(
        content=picture.whole(),
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
    )
    return add_picture(
        practice=picture.practice,
        exercise=picture.exercise,
        actor=actor,
        picture=clean,
        alt=picture.alt,
        caption=picture.caption,
        side=picture.side,
    )


@transaction.atomic
def describe_picture(
    *, picture: ExercisePicture, actor: User, alt: str, caption: str, side: str
) -> None:
    """Change the words of a picture; what was issued keeps the old ones."""
    before = (picture.alt, picture.caption, picture.side)
    if before == (alt, caption, side):
        return
    picture.alt, picture.caption, picture.side = alt, caption, side
    picture.save(update_fields=["alt", "caption", "side"])
    _record(picture, actor, "describe")


@transaction.atomic
def move_picture(*, picture: ExercisePicture, actor: User, earlier: bool) -> bool:
    """Swap a picture with its neighbour; whether there was one."""
    shown = _shown(picture.practice, picture.exercise)
    place = next((n for n, row in enumerate(shown) if row.pk == picture.pk), None)
    if place is None:
        return False
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(shown):
        return False
    shown[place], shown[other] = shown[other], shown[place]
    _number(shown)
    _record(picture, actor, "move")
    return True


@transaction.atomic
def remove_picture(*, picture: ExercisePicture, actor: User) -> None:
    """Show a picture no longer. The row stays: it was on prescriptions."""
    shown = _shown(picture.practice, picture.exercise)
    _retire([row for row in shown if row.pk == picture.pk], actor)
    _number([row for row in shown if row.pk != picture.pk])


@transaction.atomic
def use_drawing(*, practice: Practice, exercise: Exercise, actor: User) -> int:
    """Show the built-in drawing again; how many own pictures went."""
    shown = _shown(practice, exercise)
    _retire(shown, actor)
    return len(shown)


def _retire(rows: list[ExercisePicture], actor: User) -> None:
    for row in rows:
        row.retired_at, row.retired_by = timezone.now(), actor
        row.save(update_fields=["retired_at", "retired_by"])
        _record(row, actor, "remove")


def _number(rows: list[ExercisePicture]) -> None:
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
