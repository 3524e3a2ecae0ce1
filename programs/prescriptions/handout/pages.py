"""Cards on pages: as few pages as asked for, evenly filled, pictures as large as there is room.

Pure. Everything is worked out from the sizes of words and pictures before anything is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, floor, log
from typing import Final

from programs.prescriptions.handout.arranging import Arranged, arranged
from programs.prescriptions.handout.cards import ExerciseCard
from programs.prescriptions.handout.ink import AROUND
from programs.prescriptions.handout.lettering import Type

SHEETS_MM: Final = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
SIDE_MM: Final = 11.0
TOP_MM: Final = 9.0
FOOT_MM: Final = 13.0
BETWEEN_MM: Final = 2.4
LYING_MM: Final = 54.0
STANDING_MM: Final = 60.0
_STEP: Final = 0.96
"""By what pictures grow and shrink at a time."""
_LARGEST: Final = 1.4
_NEVER: Final = 1000
"""Pages of what cannot be."""
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


@dataclass(frozen=True, slots=True)
class Room:
    """The pages for some cards. ``begun``: taken already of the first of them. ``ended``: kept
    free on the last of them, for what goes on there."""

    paper: Paper
    begun: float = 0.0
    ended: float = 0.0

    def high(self, page: int, last: int) -> float:
        """What cards may take of a page."""
        high = self.paper.high
        return high - (self.begun if page == 0 else 0.0) - (self.ended if page == last else 0.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """Which cards stand on which page, and at what part of their full size all of them fit."""

    pages: tuple[tuple[int, ...], ...]
    scale: float


Heights = Callable[[int], Sequence[float]]
"""The heights of cards after so many steps of shrinking."""


def heights_of(cards: Sequence[ExerciseCard], paper: Paper, type_: Type) -> Heights:
    """Worked out once for each step, however often they are asked for."""
    full = natural_scale(cards)

    @cache
    def at(step: int) -> Sequence[float]:
        scale = full * _STEP**step
        return [arranged(card, scale, paper.wide, type_).height for card in cards]

    return at


def spread(heights: Heights, room: Room, *, most: int, least: float) -> Spread | None:
    """At the largest scale at which cards stand on so many pages: in their order, none split.

    ``least``: how far pictures may shrink, in parts of their full size. ``None`` where that is
    not enough.
    """

    def at(step: int) -> Spread | None:
        pages = _split(heights(step), room)
        return Spread(pages, _STEP**step) if len(pages) <= most else None

    low, high = 0, ceil(log(least, _STEP))
    found = at(low) or at(high)
    while found and found.scale < 1 and low < high:
        middle = (low + high) // 2
        better = at(middle)
        if better:
            found, high = better, middle
        else:
            low = middle + 1
    return found


def cards_on_pages(
    cards: Sequence[ExerciseCard], spread_: Spread, room: Room, type_: Type
) -> tuple[tuple[Arranged, ...], ...]:
    """Each page's cards, arranged: at one scale a page, grown into what room is left."""
    full = natural_scale(cards)
    scales = (full * spread_.scale, full * _LARGEST)
    last = len(spread_.pages) - 1
    return tuple(
        _grown([cards[i] for i in page], scales, room.high(n, last), room, type_)
        for n, page in enumerate(spread_.pages)
    )


def _split(heights: Sequence[float], room: Room) -> tuple[tuple[int, ...], ...]:
    """As few pages as there can be, and then as evenly filled; a card too high stands alone."""
    count = len(heights)
    high = room.paper.high

    @cache
    def best(start: int) -> tuple[int, float, int]:
        """Pages from here on, how unevenly filled, and where the second of them begins."""
        if start == count:
            return 0, 0.0, start
        options = []
        used = 0.0
        free = high if start else high - room.begun
        for end in range(start + 1, count + 1):
            used += heights[end - 1] + (BETWEEN_MM if end > start + 1 else 0.0)
            alone = end == start + 1 and free == high
            if used > free and not alone:
                break
            left = free - used - (room.ended if end == count else 0.0)
            if left < 0 and room.ended and end == count:
                break
            pages, uneven, _ = best(end)
            options.append((pages + 1, uneven + max(left, 0.0) ** 2, end))
        return min(options, default=(_NEVER, 0.0, count))

    if count and room.begun and heights[0] > high - room.begun:
        later = Room(room.paper, ended=room.ended)
        return ((), *_split(heights, later))
    if best(0)[0] >= _NEVER:
        return ((),) * _NEVER
    pages, start = [], 0
    while start < count:
        end = best(start)[2]
        pages.append(tuple(range(start, end)))
        start = end
    return tuple(pages)


def _grown(
    cards: Sequence[ExerciseCard],
    scales: tuple[float, float],
    high: float,
    room: Room,
    type_: Type,
) -> tuple[Arranged, ...]:
    """The cards of one page at the largest scale that leaves a little of it free."""
    scale, largest = scales

    def at(step: int) -> list[Arranged]:
        return [arranged(card, scale / _STEP**step, room.paper.wide, type_) for card in cards]

    chosen, low, up = at(0), 0, max(0, floor(log(scale / largest, _STEP)))
    while low < up:
        middle = (low + up + 1) // 2
        larger = at(middle)
        if sum(c.height + BETWEEN_MM for c in larger) <= high * 0.97:
            chosen, low = larger, middle
        else:
            up = middle - 1
    return tuple(chosen)
