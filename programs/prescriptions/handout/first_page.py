"""Page 1, which hangs on the fridge alone: how dense its rows are, how large the pictures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from programs.prescriptions.handout.card_pictures import Picture
from programs.prescriptions.handout.cards import ExerciseCard
from programs.prescriptions.handout.dose_rows import box_rows, widest_mm
from programs.prescriptions.handout.lettering import Type
from programs.prescriptions.handout.measure import breadth_mm, lines_of
from programs.prescriptions.handout.pages import Paper

NUMBER_MM: Final = 11.0
LEAST_THUMBS_MM: Final = (14.0, 9.0)
"""How low a picture may become: as low as it can be read, and where that finds no room, lower."""
_MOST_THUMB_MM: Final = 36.0
SPARE_MM: Final = 4.0
"""What pictures leave free: words may take a line more than was reckoned."""


@dataclass(frozen=True, slots=True)
class Density:
    """``thumb``: breadth of a picture in millimetres. ``name``: share of the page for a name that
    has its boxes beside it; 0 where they stand below. ``around``: what a row takes beside that.
    ``flow``: boxes follow the name on its own line, like words."""

    thumb: float
    name: float
    around: float
    flow: bool = False

    @property
    def flat(self) -> bool:
        """Whether boxes stand beside the name."""
        return self.name > 0


AIRY: Final = Density(50.0, 0.0, 3.3)
LESS_AIRY: Final = Density(34.0, 0.0, 3.3)
FLAT: Final = Density(27.0, 0.31, 1.7)
DENSE: Final = Density(17.0, 0.29, 1.7)
FLOWING: Final = Density(26.0, 0.0, 1.7, flow=True)
SLIMMEST: Final = Density(17.0, 0.0, 1.7, flow=True)
DENSITIES: Final = (AIRY, LESS_AIRY, FLAT, FLOWING, DENSE, SLIMMEST)
"""From the most room to the least; large print has few that differ, and tries all."""
READABLE: Final = (AIRY, LESS_AIRY, FLAT, FLOWING)
"""Those whose pictures are broad enough for somebody who lies."""


@dataclass(frozen=True, slots=True)
class FirstPageRow:
    """One exercise on page 1; sizes in millimetres."""

    card: ExerciseCard
    picture: Picture | None
    wide: float
    high: float
    height: float
    down: float
    """How far the words stand below the row's top, so that they are in its middle."""


@dataclass(frozen=True, slots=True)
class FirstPageRows:
    """All rows of page 1."""

    rows: tuple[FirstPageRow, ...]
    density: Density
    name: float

    @property
    def flat(self) -> bool:
        """Whether boxes stand beside the names."""
        return self.density.flat

    @property
    def kind(self) -> str:
        """The class of the rows: where their boxes stand; none where that is below the name."""
        return "flow" if self.density.flow else "flat" if self.flat else ""

    @property
    def beside(self) -> float:
        """How far the words stand from the edge."""
        return NUMBER_MM + self.density.thumb + 3.0

    @property
    def after_name(self) -> float:
        """How far boxes beside a name stand from where the name begins."""
        return round(self.name + 2.0, 1)


def least_mm(
    cards: Sequence[ExerciseCard],
    density: Density,
    paper: Paper,
    type_: Type,
    thumb: float = LEAST_THUMBS_MM[-1],
) -> float:
    """What the rows take at least, with pictures as low as they may become."""
    words = [_words(card, density, paper, type_) for card in cards if not card.tip]
    return sum(max(height, thumb) + density.around for height in words)


def rows_of(
    cards: Sequence[ExerciseCard], density: Density, room_mm: float, paper: Paper, type_: Type
) -> FirstPageRows:
    """The rows in the room that there is: pictures shrink before a word does."""
    cards = [card for card in cards if not card.tip]
    words = [_words(card, density, paper, type_) for card in cards]
    high = _thumb_height(words, room_mm - SPARE_MM - density.around * len(cards))
    rows = []
    for card, height in zip(cards, words, strict=True):
        picture = telling_picture(card)
        wide, tall = _size(picture, density.thumb, max(high, height))
        own = max(height, tall)
        down = max(0.0, (own - height) / 2)
        rows.append(
            FirstPageRow(
                card, picture, round(wide, 1), round(tall, 1), round(own, 1), round(down, 1)
            )
        )
    return FirstPageRows(tuple(rows), density, round(paper.wide * density.name, 1))


def telling_picture(card: ExerciseCard) -> Picture | None:
    """The picture that tells most: the end of the movement, which is its last frame."""
    return card.pictures[-1] if card.pictures else None


def _thumb_height(words: Sequence[float], room: float) -> float:
    """The height that all pictures may take, so that rows of words and pictures fit."""
    high = _MOST_THUMB_MM
    while high > LEAST_THUMBS_MM[-1] and sum(max(w, high) for w in words) > room:
        high -= 0.5
    return high


def _size(picture: Picture | None, wide: float, high: float) -> tuple[float, float]:
    """As large as its place allows."""
    if picture is None:
        return 0.0, 0.0
    scale = min(high / picture.high, wide / picture.wide)
    return picture.wide * scale, picture.high * scale


def _words(card: ExerciseCard, density: Density, paper: Paper, type_: Type) -> float:
    room = paper.wide - NUMBER_MM - density.thumb - 4.0
    if density.flow:
        return _flowing(card, room, type_) * type_.box_mm
    if density.flat:
        name = paper.wide * density.name
        if widest_mm(card.boxes, type_) > room - name - 3.0:
            return inf
        lines = lines_of(card.full_name, name, type_.body + 1, bold=True) * (type_.body + 1) * 0.42
        return max(lines, box_rows(card.boxes, room - name - 3.0, type_) * type_.box_mm)
    name = lines_of(card.full_name, room, type_.name, bold=True) * type_.name * 0.42
    return name + box_rows(card.boxes, room, type_) * type_.box_mm


def _flowing(card: ExerciseCard, room: float, type_: Type) -> int:
    """How many lines a name takes with the boxes that follow it."""
    pt = type_.body + 1
    lines = lines_of(card.full_name, room, pt, bold=True)
    end = breadth_mm(card.full_name, pt, bold=True) - (lines - 1) * room * 0.85 + 3.0
    return lines - 1 + box_rows(card.boxes, room, type_, min(end, room))
