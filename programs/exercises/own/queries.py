"""The exercises a practice may see, as rows: where every view of its own things starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.shortcuts import get_object_or_404

from clinic.http import PracticeRequest
from programs.exercises.library import Library, library_for
from programs.exercises.models import Exercise
from programs.exercises.own.trait_words import KIND_LABELS

_MOST_ALIKE: Final = 8


@dataclass(frozen=True, slots=True)
class Alike:
    """An exercise that one's own could be written after."""

    pk: int
    name: str
    summary: str


def alike(library: Library, words: str) -> list[Alike]:
    """What these words find of what can be copied, best first; nothing without words."""
    found = library.search.search(words).keys if words else []
    entries = [(library.ids[slug], library.definitions[slug]) for slug in found]
    rows = [Alike(pk, d.name, d.summary) for pk, d in entries if d.traits.kind in KIND_LABELS]
    return rows[:_MOST_ALIKE]


def exercise_or_404(request: PracticeRequest, exercise_id: int) -> Exercise:
    """A built-in entry or one of the practice's own; anything else does not exist."""
    return get_object_or_404(Exercise.objects.for_practice(request.practice), pk=exercise_id)


def own_or_404(request: PracticeRequest, exercise_id: int) -> Exercise:
    """One of the practice's own exercises, retired or not."""
    exercise: Exercise = get_object_or_404(request.practice.exercises, pk=exercise_id)
    return exercise


def made_before(request: PracticeRequest, slug: str) -> Exercise | None:
    """What the first click on a form has made: a second leads there, its name is taken by now."""
    made: Exercise | None = request.practice.exercises.filter(slug=slug).first()
    return made


def names_taken(request: PracticeRequest, except_for: Exercise | None = None) -> frozenset[str]:
    """The names of what can be prescribed now."""
    library = library_for(request.practice)
    mine = except_for.slug if except_for else ""
    return frozenset(library.definitions[s].name.casefold() for s in library.current if s != mine)
