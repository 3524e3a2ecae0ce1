"""The pictures of an exercise as a practice shows them: its own where it has any, else drawn ones.

What is given back is ready to be frozen into a prescription: no address, no row, only content.
"""

from __future__ import annotations

import base64
import gzip
import threading
from collections.abc import Iterable
from typing import Final

from cachetools import LRUCache, cached

from clinic.models import Practice
from programs.exercises.definition import Definition
from programs.exercises.models import Exercise
from programs.exercises.pictures.casts import chosen_drawing
from programs.exercises.pictures.figure import Figure
from programs.exercises.pictures.models import ExercisePicture
from programs.figures import animate, draw

_MOST_KEPT: Final = 512
"""Entries and sides whose drawings a process keeps, some 10 kB each."""


def own_pictures(
    practice: Practice, exercise_ids: Iterable[int]
) -> dict[int, list[ExercisePicture]]:
    """The practice's pictures by exercise, without their content: for pages that link to them."""
    found: dict[int, list[ExercisePicture]] = {}
    rows = ExercisePicture.objects.filter(practice=practice, exercise__in=set(exercise_ids))
    for row in rows.shown().light():
        found.setdefault(row.exercise_id, []).append(row)
    return found


def drawn(
    exercise: Exercise, definition: Definition, side: str, stamp: str = ""
) -> tuple[Figure, ...]:
    """The drawings of an entry for the treated side; none where there are none.

    Kept by the digest of the entry's content: a changed entry is drawn anew. ``stamp``: the
    drawing of somebody who was chosen (``casts.py``), in place of the shipped one.
    """
    return drawings(exercise.digest, definition, side, stamp)


def _content(
    digest: str, definition: Definition, side: str, stamp: str = ""
) -> tuple[str, str, str]:
    """What a drawing is kept by: the SHA-256 of its entry's content, the side, and who shows it.

    Equal content is drawn equally, whosever it is; nothing else of a practice enters a drawing.
    """
    return digest, side, stamp


@cached(LRUCache(_MOST_KEPT), key=_content, lock=threading.Lock())
def drawings(digest: str, definition: Definition, side: str, stamp: str = "") -> tuple[Figure, ...]:
    """The same for an entry that is known by its digest, without its row."""
    kept = chosen_drawing(stamp) if stamp else None
    return tuple(Figure(d.svg, d.caption, d.alt) for d in draw(definition, side, kept))


@cached(LRUCache(_MOST_KEPT), key=_content, lock=threading.Lock())
def movement(digest: str, definition: Definition, side: str, stamp: str = "") -> str:
    """The drawn movement as it is frozen, Base64 of gzipped SVG; empty where nothing moves.

    Some 100 ms to compute and 4 to 20 kB to keep.
    """
    return _packed(animate(definition, side, chosen_drawing(stamp) if stamp else None))


def motion_of(
    figures: tuple[Figure, ...], exercise: Exercise, d: Definition, side: str, stamp: str = ""
) -> str:
    """The movement that goes with these pictures: none beside photos, which it would contradict."""
    if not figures or any(figure.image for figure in figures):
        return ""
    return movement(exercise.digest, d, side, stamp)


def _packed(svg: str) -> str:
    return base64.b64encode(gzip.compress(svg.encode(), 9, mtime=0)).decode() if svg else ""


def own_figure(row: ExercisePicture, side: str) -> Figure:
    """A photo as frozen. One of the other side is not mirrored, since that would turn its words
    and what its description says: the caption tells the patient instead."""
    caption = row.caption
    if side and row.side and row.side != side:
        told = f"This picture shows the {row.side} side. Do it with your {side} side."
        caption = f"{caption}. {told}" if caption else told
        caption = caption.replace("..", ".")
    return Figure(
        svg="",
        caption=caption,
        alt=row.alt,
        image=base64.b64encode(row.whole()).decode("ascii"),
        image_type=row.content_type,
        width=row.width,
        height=row.height,
    )
