"""Which people a practice and its clinicians chose for the pictures, and what of it is drawn."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Final

from cachetools import LRUCache, cached

from clinic.models import Practice, User
from programs.exercises.definition import Definition
from programs.exercises.pictures.drawn_models import DrawnFigure
from programs.figures.casting import Casting, FigurePart, casting, known_people, part_of
from programs.figures.kept import Kept, unpack

ChosenPeople = tuple[str, ...]
_PARTS_KEPT: Final = 1024
_DRAWINGS_KEPT: Final = 64
"""Drawings that a process keeps unpacked, some 100 kB each."""
_unpacked: LRUCache[str, Kept] = LRUCache(_DRAWINGS_KEPT)
_lock: Final = threading.Lock()


def people_of(practice: Practice, clinician: User) -> ChosenPeople:
    """Who is drawn where this clinician works: their own choice, else the practice's.

    Empty where neither chose: everybody, as the drawings come.
    """
    return known_people(clinician.figure_people or practice.figure_people)


@cached(LRUCache(_PARTS_KEPT), key=lambda digest, definition: digest, lock=threading.Lock())
def _part(digest: str, definition: Definition) -> FigurePart | None:
    return part_of(definition.figures)


def casting_of(digest: str, definition: Definition, people: ChosenPeople) -> Casting | None:
    """Who shows an entry, known by the digest of its content."""
    return casting(_part(digest, definition), people) if people else None


def ready_stamps(wanted: Mapping[str, Definition], people: ChosenPeople) -> dict[str, str]:
    """The chosen people's drawings that are ready, by the digest of the entry's content.

    One query, and none where nobody was chosen. What is missing is drawn later, by ``run_due``.
    """
    stamps = _stamps(wanted, people)
    if not stamps:
        return {}
    rows = DrawnFigure.objects.filter(stamp__in=set(stamps.values()))
    ready = set(rows.values_list("stamp", flat=True))
    return {digest: stamp for digest, stamp in stamps.items() if stamp in ready}


def loaded_stamps(wanted: Mapping[str, Definition], people: ChosenPeople) -> dict[str, str]:
    """The same, with what is drawn at hand for :func:`chosen_drawing`: one query for all."""
    stamps = _stamps(wanted, people)
    with _lock:
        ready = {stamp for stamp in stamps.values() if stamp in _unpacked}
    missing = set(stamps.values()) - ready
    if missing:
        rows = DrawnFigure.objects.filter(stamp__in=missing).values_list("stamp", "content")
        for stamp, content in rows:
            _keep(stamp, bytes(content))
            ready.add(stamp)
    return {digest: stamp for digest, stamp in stamps.items() if stamp in ready}


def chosen_drawing(stamp: str) -> Kept:
    """A drawing that is ready. Raises ``DoesNotExist`` where it is not."""
    with _lock:
        kept = _unpacked.get(stamp)
    return kept or _keep(stamp, bytes(DrawnFigure.objects.get(pk=stamp).content))


def _stamps(wanted: Mapping[str, Definition], people: ChosenPeople) -> dict[str, str]:
    if not people:
        return {}
    found = ((digest, casting_of(digest, d, people)) for digest, d in wanted.items())
    return {digest: shown.stamp for digest, shown in found if shown}


def _keep(stamp: str, content: bytes) -> Kept:
    kept = unpack(content)
    with _lock:
        _unpacked[stamp] = kept
    return kept


def how_many_ready(
    definitions: Iterable[tuple[str, Definition]], people: ChosenPeople
) -> tuple[int, int]:
    """How many entries show the people chosen now, and how many there are."""
    posed = {digest: d for digest, d in definitions if d.figures}
    waiting = len(_stamps(posed, people)) - len(ready_stamps(posed, people))
    return len(posed) - waiting, len(posed)
