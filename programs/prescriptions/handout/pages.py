"""Cards on pages: as few pages as asked for, evenly filled, pictures as large as there is room.

Pure. Everything is worked out from the sizes of words and pictures before anything is laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Final

from programs.prescriptions.handout.cards import (
    LARGE_TYPE,
    LYING_MM,
    NORMAL_TYPE,
    STANDING_MM,
    Arranged,
    ExerciseCard,
    Type,
)
from programs.prescriptions.handout.ink import AROUND

SHEETS_MM: Final = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
SIDE_MM: Final = 11.0
TOP_MM: Final = 9.0
FOOT_MM: Final = 13.0
BETWEEN_MM: Final = 2.4
_STEP: Final = 0.96
_STEPS: Final = 16
"""How often pictures shrink by that before a program takes another page: to about half."""
_LARGEST: Final = 1.4
_SLIM: Final = 1.35
"""From which ratio on a picture shows somebody who lies, or who stands."""
_WIDEST_MM: Final = 72.0
_TALLEST_MM: Final = 70.0


@dataclass(frozen=True, slots=True)
class Paper:
    """The room on a sheet inside its margins, in millimetres."""

    wide: float
    high: float

    @classmethod
    def of(cls, name: str) -> Paper:
        """A paper by its name; an unknown one is A4."""
        wide, high = SHEETS_MM.get(name, SHEETS_MM["A4"])
        return cls(wide - 2 * SIDE_MM, high - TOP_MM - FOOT_MM)


def type_for(large: bool) -> Type:
    """The sizes of words in ordinary or large print."""
    return LARGE_TYPE if large else NORMAL_TYPE


_ASKED: Final = ((1, 2), (3, 3), (6, 4), (8, 6), (12, 8))
_ASKED_LARGE: Final = ((1, 3), (3, 5), (6, 7), (8, 10), (12, 14))
"""Up to so many exercises and tips, a handout takes so many pages."""


def pages_asked_for(count: int, *, large: bool) -> int:
    """How many pages the whole handout may take: beyond the table one for each two more."""
    table = _ASKED_LARGE if large else _ASKED
    most, pages = table[-1]
    found = next((pages for up_to, pages in table if count <= up_to), None)
    return found or pages + ceil((count - most) / (1 if large else 2))


def natural_scale(cards: Sequence[ExerciseCard]) -> float:
    """Millimetres a unit at which pictures have their full size, one for all of them.

    As large as the smallest of them needs, as far as the largest still finds its place.
    """
    wanted, room = [], []
    for card in cards:
        if card.pictures:
            wide = max(p.wide for p in card.pictures)
            high = max(p.high for p in card.pictures)
            if wide > high * _SLIM:
                wanted.append(LYING_MM / wide)
            elif high > wide * _SLIM:
                wanted.append(STANDING_MM / (high - 2 * AROUND))
            room += [_WIDEST_MM / wide, _TALLEST_MM / high]
    if not room:
        return 1.0
    return min(max(wanted, default=room[0]), *room)


def cards_on_pages(
    cards: Sequence[ExerciseCard], paper: Paper, type_: Type, *, asked: int, begun: float = 0.0
) -> tuple[tuple[Arranged, ...], ...]:
    """Each page's cards, arranged: in program order, none split, at one scale a page.

    ``asked``: on how many pages, where shrinking the pictures can do that. ``begun``: how much of
    the first of them is taken already.
    """
    if not cards:
        return ()
    full = natural_scale(cards)
    scales = [full * _STEP**n for n in range(_STEPS)]
    splits = [_split(_heights(cards, s, paper, type_), paper.high, begun) for s in scales]
    few = max(asked, min(map(len, splits)))
    scale, best = next(
        (scale, split) for scale, split in zip(scales, splits, strict=True) if len(split) <= few
    )
    return tuple(
        _grown(
            [cards[i] for i in page],
            (scale, full * _LARGEST),
            paper.high - (0 if n else begun),
            paper,
            type_,
        )
        for n, page in enumerate(best)
    )


def _heights(cards: Sequence[ExerciseCard], scale: float, paper: Paper, type_: Type) -> list[float]:
    return [card.arranged(scale, paper.wide, type_).height for card in cards]


def _split(heights: Sequence[float], high: float, begun: float) -> list[list[int]]:
    """As few pages as there can be, and then as evenly filled; a card too high stands alone."""
    count = len(heights)

    @cache
    def best(start: int) -> tuple[int, float, int]:
        """Pages from here on, how unevenly filled, and where the second of them begins."""
        if start == count:
            return 0, 0.0, start
        options = []
        used = 0.0
        room = high if start else high - begun
        for end in range(start + 1, count + 1):
            used += heights[end - 1] + (BETWEEN_MM if end > start + 1 else 0.0)
            if used > room and (end > start + 1 or room < high):
                break
            pages, uneven, _ = best(end)
            options.append((pages + 1, uneven + max(room - used, 0.0) ** 2, end))
        return min(options)

    if begun and heights[0] > high - begun:
        return [[], *_split(heights, high, 0.0)]
    pages, start = [], 0
    while start < count:
        end = best(start)[2]
        pages.append(list(range(start, end)))
        start = end
    return pages


def _grown(
    cards: Sequence[ExerciseCard],
    scales: tuple[float, float],
    room: float,
    paper: Paper,
    type_: Type,
) -> tuple[Arranged, ...]:
    """The cards of one page, with its pictures grown into what room is left."""
    scale, largest = scales
    chosen = [card.arranged(scale, paper.wide, type_) for card in cards]
    grown = scale
    while grown / _STEP < largest:
        grown /= _STEP
        larger = [card.arranged(grown, paper.wide, type_) for card in cards]
        if sum(c.height + BETWEEN_MM for c in larger) > room * 0.96:
            break
        chosen = larger
    return tuple(chosen)
