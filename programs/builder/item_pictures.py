"""The pictures of a program's items, ready to be frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clinic.models import Practice
from programs.exercises.library import library_for
from programs.exercises.pictures.figure import Figure
from programs.exercises.pictures.models import ExercisePicture
from programs.exercises.pictures.renderings import drawn, own_figure
from programs.prescriptions.models import ProgramItem


def figures_for_items(
    practice: Practice, items: Iterable[ProgramItem], chosen: Mapping[str, str] | None = None
) -> dict[str, tuple[Figure, ...]]:
    """The pictures of items, by item id: one query for pictures however many there are.

    The items come with their exercise (``select_related``), as those of a judgement do. An item
    whose exercise has left the catalogue, and has no picture of its own, has none. ``chosen``: the
    drawings of people who were chosen, by the digest of the entry.
    """
    items = list(items)
    own: dict[int, list[ExercisePicture]] = {}
    wanted = {item.exercise_id for item in items}
    for row in ExercisePicture.objects.filter(practice=practice, exercise__in=wanted).shown():
        own.setdefault(row.exercise_id, []).append(row)
    by_id = library_for(practice).by_id
    out: dict[str, tuple[Figure, ...]] = {}
    for item in items:
        rows = own.get(item.exercise_id, [])
        definition = by_id.get(item.exercise_id)
        figures = tuple(own_figure(row, item.side) for row in rows)
        if not figures and definition is not None:
            figures = drawn(
                item.exercise, definition, item.side, (chosen or {}).get(item.exercise.digest, "")
            )
        out[str(item.pk)] = figures
    return out
