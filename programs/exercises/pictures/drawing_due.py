"""Draws, a little at a time and on no request, the people whom practices chose."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from cachetools import LRUCache, cached
from django.db import transaction

from programs.exercises.definition import Definition
from programs.exercises.models import CatalogueLoad, Exercise
from programs.exercises.pictures.casts import casting_of
from programs.exercises.pictures.drawn_models import DrawnFigure, FigureCast
from programs.figures import FigureFrame
from programs.figures.casting import Casting, known_people
from programs.figures.kept import pack

logger = logging.getLogger(__name__)
MOST_A_PASS: Final = 3
"""Entries drawn at a time, some 8 s of processor time each, before all else has its turn again."""
_Poses = tuple[FigureFrame, ...]
_given_up: set[str] = set()
"""Drawings that this process could not make, and does not try again."""


class _ToldToStopError(Exception):
    """The process is to end: what is half drawn is drawn another time."""


def draw_chosen(stop: Callable[[], bool] = lambda: False, most: int = MOST_A_PASS) -> Counter[str]:
    """Draw what is missing of the people chosen, the longest chosen first; how many entries.

    Whoever draws holds the choice: another process leaves it alone and takes the next.
    """
    counts: Counter[str] = Counter()
    for cast in FigureCast.objects.order_by("pk"):
        for shown, frames in _missing(cast):
            if counts.total() >= most or stop():
                return counts
            try:
                done = _drawn(cast, shown, frames, stop)
            except _ToldToStopError:
                return counts
            if not done:
                break
            counts[done] += 1
    return counts


def _missing(cast: FigureCast) -> Iterator[tuple[Casting, _Poses]]:
    """Who shows what, as far as it is not drawn, in the catalogue's order."""
    people = known_people(cast.people)
    wanted = {}
    for digest, definition in _posed():
        if shown := casting_of(digest, definition, people):
            wanted[shown.stamp] = (shown, definition.figures)
    there = DrawnFigure.objects.filter(stamp__in=wanted).values_list("stamp", flat=True)
    gone = _given_up.union(there)
    return (row for stamp, row in wanted.items() if stamp not in gone)


def _posed() -> list[tuple[str, Definition]]:
    """Everything that is posed in the built-in catalogue, with the digest of its content."""
    return _read(CatalogueLoad.objects.values_list("pk", "digest").first())


@cached(LRUCache(1))
def _read(load: tuple[int, str] | None) -> list[tuple[str, Definition]]:
    rows = Exercise.objects.filter(practice=None).current().order_by("slug")
    found = ((row.digest, row.definition()) for row in rows)
    return [(digest, definition) for digest, definition in found if definition.figures]


@transaction.atomic
def _drawn(cast: FigureCast, shown: Casting, frames: _Poses, stop: Callable[[], bool]) -> str:
    """Draw and keep one entry; empty where somebody else draws for this choice just now."""
    from programs.figures.fitting import fitted  # numpy: only where something is drawn
    from programs.figures.rendering import render

    def before_each() -> None:
        if stop():
            raise _ToldToStopError

    if not FigureCast.objects.select_for_update(skip_locked=True).filter(pk=cast.pk):
        return ""
    try:
        own = fitted(frames, shown.person, before_each)
        content = pack(render(frames, shown.person, before_each, own))
    except (ValueError, LookupError, ArithmeticError, TypeError) as error:
        # Named by poses and person: nothing of a practice is in it.
        logger.error("Figure %s could not be drawn (%s)", shown.stamp, type(error).__name__)
        _given_up.add(shown.stamp)
        return "failed"
    row = DrawnFigure(stamp=shown.stamp, content=content)
    DrawnFigure.objects.bulk_create([row], ignore_conflicts=True)
    return "drawn"
