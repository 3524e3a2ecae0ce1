"""A card with its pictures in their places: in the way that takes the least height. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from programs.prescriptions.handout.card_pictures import PlacedPicture
from programs.prescriptions.handout.cards import ExerciseCard
from programs.prescriptions.handout.lettering import Type
from programs.prescriptions.handout.measure import lines_of

STACKED: Final = "stacked"
"""Pictures one below the other beside the words."""
BESIDE: Final = "beside"
"""Pictures side by side beside the words."""
ABOVE: Final = "above"
"""Pictures in a row above the words."""
_WAYS: Final = ((STACKED, False), (STACKED, True), (BESIDE, False), (BESIDE, True), (ABOVE, False))
"""Each with whether what to feel, to avoid and to stop at stands beside the pictures, too."""
_GAP: Final = 3.0
_SLACK: Final = 0.4
_EDGES_MM: Final = 3.5
"""Lines and room around a card, and a little for what is rounded."""
_CAPTION_MM: Final = 30.0
_CLOSE_MM: Final = 21.0
"""A caption needs this much room, however slim its picture; this, where words come closer."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A card whose pictures have their places. ``column``: breadth of what stands beside words."""

    card: ExerciseCard
    how: str
    shown: tuple[PlacedPicture, ...]
    column: float
    height: float
    boxes_from: float | None
    """How far right the dose boxes begin on the name's line; none where they all fit at its end."""
    care_beside: bool
    """Whether what to feel, to avoid and to stop at stands beside the pictures, too."""
    under: int
    """After how many steps the others stand below the pictures, on the whole breadth."""

    @property
    def room(self) -> float:
        """Breadth of the column, with a little more than its pictures need."""
        return round(self.column + _SLACK, 1)

    @property
    def aside(self) -> float:
        """How far the words stand from the edge, beside pictures."""
        return round(self.column + _GAP, 1)


def arranged(card: ExerciseCard, scale: float, room: float, type_: Type) -> Arranged:
    """The card at so many millimetres a unit."""
    inner = room - 7.0
    ways = [
        _as(card, how, scale, inner, type_, care_beside=beside)
        for how, beside in (_WAYS[-1:] if card.wordless else _WAYS)
    ]
    return min((way for way in ways if way), key=lambda way: way.height)


def _as(
    card: ExerciseCard, how: str, scale: float, inner: float, type_: Type, *, care_beside: bool
) -> Arranged | None:
    if not card.pictures and how != ABOVE:
        return None
    if how == STACKED and len(card.pictures) > 2:
        return None
    shown = tuple(_shown(card, scale, how, inner, type_))
    captions = [
        lines_of(s.picture.figure.caption, s.place, type_.caption) * type_.caption * 0.41
        for s in shown
    ]
    tall = [s.high + c + 1.0 for s, c in zip(shown, captions, strict=True)]
    column, under = 0.0, len(card.exercise.item.steps)
    if how == STACKED:
        column, pictured = max(s.place for s in shown), sum(tall) + 1.2 * (len(tall) - 1)
    else:
        column, pictured = sum(s.place + _GAP for s in shown) - _GAP, max(tall, default=0.0)
    if how == ABOVE:
        body = pictured + card.words(inner, type_)
    else:
        words = inner - column - _GAP
        if words < type_.body * 6 - 2:
            return None
        if care_beside:
            body = max(pictured, card.words(words, type_) + card.care(words, type_))
        else:
            body, under = _parted(card, pictured, words, inner, type_)
    below = card.bars(inner, type_) + (0.0 if care_beside else card.care(inner, type_))
    height = card.head(inner, type_) + body + below + _EDGES_MM
    one = None if card.one_line(inner, type_) else card.boxes_from(inner, type_)
    return Arranged(card, how, shown, round(column, 1), height, one, care_beside, under)


def _parted(
    card: ExerciseCard, pictured: float, beside: float, inner: float, type_: Type
) -> tuple[float, int]:
    """How high pictures and steps become, and after how many steps the rest stands below both.

    They part only where lines have come closer already.
    """
    count = len(card.exercise.item.steps)
    ways = [
        (max(pictured, card.words(beside, type_, n)) + card.words_from(n, inner, type_), n)
        for n in (range(count, 0, -1) if type_.close and count else (count,))
    ]
    return min(ways, key=lambda way: way[0])


def _shown(
    card: ExerciseCard, scale: float, how: str, inner: float, type_: Type
) -> Iterator[PlacedPicture]:
    """The pictures at this scale, or smaller where the page is not broad enough for them."""
    count = len(card.pictures)
    room = inner - _GAP * (count - 1) if how != STACKED else inner * 0.55
    least = (_CLOSE_MM if type_.close else _CAPTION_MM) * type_.body / 12
    least = min(least, room / max(count, 1))
    most = room if how == STACKED else room - least * (count - 1)
    broad = max((p.wide for p in card.pictures), default=1.0) * scale
    fit = min(1.0, most / broad)
    if how == ABOVE:
        fit = min(fit, room / (sum(p.wide for p in card.pictures) * scale or 1.0))
        if sum(max(p.wide * scale * fit, least) for p in card.pictures) > room:
            least = 0.0
    for picture in card.pictures:
        wide, high = picture.wide * scale * fit, picture.high * scale * fit
        place = max(wide, least)
        yield PlacedPicture(picture, round(wide, 1), round(high, 1), round(place, 1))
