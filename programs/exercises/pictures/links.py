"""Pictures of exercises as a clinician's pages link to them: an address, a caption, no content.

The address of a drawing names what it was drawn from, so that browsers may keep it for good: a
changed entry, or a changed way of drawing, has another address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.urls import reverse

from clinic.models import Practice
from programs import figures as drawing
from programs.exercises.definition import OWN, Definition
from programs.exercises.library import Library
from programs.exercises.pictures.casts import ChosenPeople, ready_stamps
from programs.exercises.pictures.models import ExercisePicture
from programs.exercises.pictures.renderings import own_pictures
from programs.figures.words import sided

NO_SIDE: Final = "none"
"""How an address says that an exercise has no treated side."""
_SIDED: Final = {"left": "left", "right": "right"}
_ONE_WAY: Final = {NO_SIDE: ""}
WIDTH, HEIGHT = 320, 240
"""The room kept for a drawing until it has come, in pixels; it is then fitted into it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture on a page. Sizes are in pixels; ``photo``: the practice's own."""

    url: str
    caption: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of an exercise for one side, and where its movement is, if it moves."""

    name: str
    frames: tuple[Shown, ...] = ()
    movement: str = ""

    @property
    def thumb(self) -> Shown:
        """The one that tells most at a glance: what is done, rather than how it starts."""
        return self.frames[min(1, len(self.frames) - 1)]


Wanted = tuple[int, str]
"""Primary key of an exercise, and a side."""


def pictures_for(
    practice: Practice, library: Library, wanted: Iterable[Wanted], people: ChosenPeople = ()
) -> dict[Wanted, Pictures]:
    """The pictures of these exercises, own ones before drawn ones. One query, no drawing.

    ``people``: who was chosen to be drawn, which takes one query more.
    """
    wanted = list(wanted)
    chosen = ready_stamps(library.contents(pk for pk, _ in wanted), people)
    own = own_pictures(practice, [pk for pk, _ in wanted])
    found: dict[Wanted, Pictures] = {}
    for pk, side in wanted:
        definition = library.by_id.get(pk)
        name = definition.name if definition else ""
        if rows := own.get(pk):
            found[pk, side] = Pictures(name, tuple(_photo(row) for row in rows))
        elif definition is not None:
            digest = library.digests[pk]
            found[pk, side] = _drawn(pk, digest, chosen.get(digest, ""), definition, side)
    return found


def drawings_for(library: Library, wanted: Wanted) -> Pictures:
    """The drawings of an exercise, as a copy of it keeps them: no photos, and nobody chosen."""
    pk, side = wanted
    return _drawn(pk, library.digests[pk], "", library.by_id[pk], side)


def _photo(row: ExercisePicture) -> Shown:
    url = reverse("exercise_picture", args=[row.exercise_id, row.pk])
    return Shown(url, row.caption, row.alt, row.width, row.height, photo=True)


def _drawn(pk: int, digest: str, stamp: str, definition: Definition, side: str) -> Pictures:
    captions = tuple(frame.caption for frame in definition.figures)
    # What is as it comes is everybody's, and its address asks nobody who they are.
    page = "exercise_figure" if stamp or definition.slug.startswith(OWN) else "shipped_figure"
    return _linked(page, pk, mark(digest, stamp), definition.name, captions, side)


@lru_cache(maxsize=2048)
def _linked(
    page: str, pk: int, named: str, name: str, captions: tuple[str, ...], side: str
) -> Pictures:
    """The addresses of an entry's drawings; kept, because a search asks for two dozen."""
    total, way = len(captions), side or NO_SIDE
    frames = tuple(
        Shown(
            reverse(page, args=[pk, way, n, named]),
            sided(caption, side),
            f"Picture {n} of {total}: {sided(caption, side)}",
        )
        for n, caption in enumerate(captions, 1)
    )
    moves = reverse("exercise_movement", args=[pk, way, named]) if total > 1 else ""
    return Pictures(name, frames, moves)


def ways_of(definition: Definition) -> dict[str, str]:
    """The sides of an entry as addresses name them, each as the drawings know it."""
    return _SIDED if definition.traits.sided else _ONE_WAY


def mark(digest: str, stamp: str = "") -> str:
    """Names the content of an entry together with the way it is drawn, and who shows it."""
    return hashlib.sha256(f"{digest}{_way_of_drawing()}{stamp}".encode()).hexdigest()[:16]


@cache
def _way_of_drawing() -> str:
    """Names the drawing code of this process: a new release draws anew."""
    found = hashlib.sha256()
    for path in sorted(Path(drawing.__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
