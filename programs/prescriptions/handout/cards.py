"""One exercise as a card on paper: how its pictures stand, and how high it becomes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from programs.exercises.pictures.figure import Figure
from programs.prescriptions.dose_boxes import DoseBox, dose_boxes, dose_more
from programs.prescriptions.handout.care import named
from programs.prescriptions.handout.ink import cut_to_ink
from programs.prescriptions.handout.measure import MM_PER_PT, breadth_mm, lines_of
from programs.prescriptions.sheet import Numbered

STACKED: Final = "stacked"
"""Pictures one below the other beside the words."""
BESIDE: Final = "beside"
"""Pictures side by side beside the words."""
ABOVE: Final = "above"
"""Pictures in a row above the words."""
LYING_MM: Final = 54.0
STANDING_MM: Final = 60.0
_GAP: Final = 3.0
_SLACK: Final = 0.4
_CAPTION_MM: Final = 30.0
"""A caption needs this much room, however slim its picture."""
_PHOTO_UNITS: Final = 1000.0
"""A photo stands as high as a person who stands."""


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of a page's words, in points and millimetres."""

    body: float
    name: float
    number: float
    caption: float
    line: float
    """Height of a line of the body, in parts of its size."""

    @property
    def large(self) -> bool:
        """Whether this is large print."""
        return self.body > NORMAL_TYPE.body

    @property
    def line_mm(self) -> float:
        """The same in millimetres."""
        return self.body * self.line * MM_PER_PT

    @property
    def box_mm(self) -> float:
        """Height of a row of dose boxes."""
        return self.number * 1.28 * MM_PER_PT


NORMAL_TYPE: Final = Type(body=12, name=14.5, number=17, caption=11, line=1.22)
LARGE_TYPE: Final = Type(body=16, name=18.5, number=18, caption=14.5, line=1.2)
TIGHT: Final = 1.13
"""Height of a line where a program would else take a page more than it may."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture cut to its ink: its address on the page, and its size in its own units."""

    address: str
    figure: Figure
    svg: str
    wide: float
    high: float

    @property
    def lying(self) -> bool:
        """Whether it is broader than high."""
        return self.wide > self.high


def pictures_of(exercise: Numbered) -> tuple[Picture, ...]:
    """The pictures of an exercise; one that cannot be read still has its words and a place."""
    return tuple(
        _picture(f"figure:{exercise.number}-{n}", figure)
        for n, figure in enumerate(exercise.item.figures, start=1)
    )


def _picture(address: str, figure: Figure) -> Picture:
    if figure.image:
        wide, high = figure.room
        unit = _PHOTO_UNITS / max(wide, high)
        return Picture(address, figure, "", wide * unit, high * unit)
    inked = cut_to_ink(figure.svg)
    if inked is None:
        return Picture(address, figure, figure.svg, 600.0, 400.0)
    return Picture(address, figure, inked.svg, inked.wide, inked.high)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture with its size on paper and the breadth of its place, in millimetres."""

    picture: Picture
    wide: float
    high: float
    place: float


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

    @property
    def room(self) -> float:
        """Breadth of the column, with a little more than its pictures need."""
        return round(self.column + _SLACK, 1)

    @property
    def aside(self) -> float:
        """How far the words stand from the edge, beside pictures."""
        return round(self.column + _GAP, 1)


@dataclass(frozen=True)
class ExerciseCard:
    """What a card says. ``avoid`` and ``stop`` hold only what is special to this exercise."""

    exercise: Numbered
    pictures: tuple[Picture, ...]
    boxes: tuple[DoseBox, ...]
    avoid: tuple[str, ...]
    stop: tuple[str, ...]
    wordless: bool = False
    """Whether its pictures stand alone, for somebody who does not read the language."""

    @property
    def more(self) -> str:
        """What of the dose no box says."""
        return dose_more(self.exercise.item.dosage) if self.boxes else ""

    @property
    def avoided(self) -> tuple[str, str]:
        """What to avoid: its bold beginning, and the rest."""
        return named("Avoid", self.avoid)

    @property
    def stopped(self) -> tuple[str, str]:
        """When to stop: its bold beginning, and the rest."""
        return named("Stop", self.stop)

    @property
    def tip(self) -> bool:
        """Advice without a dose: its steps have no order."""
        return not self.boxes

    def arranged(self, scale: float, room: float, type_: Type) -> Arranged:
        """The card at so many millimetres a unit, in the way that takes the least height."""
        inner = room - 7.0
        ways = [
            self._as(how, scale, inner, type_, care_beside=beside)
            for how in ((ABOVE,) if self.wordless else (STACKED, BESIDE, ABOVE))
            for beside in (False, True)
        ]
        return min((way for way in ways if way), key=lambda way: way.height)

    def _as(
        self, how: str, scale: float, inner: float, type_: Type, *, care_beside: bool
    ) -> Arranged | None:
        if not self.pictures and how != ABOVE:
            return None
        if (how == STACKED and len(self.pictures) > 2) or (how == ABOVE and care_beside):
            return None
        shown = tuple(self._shown(scale, how, inner, type_))
        captions = [
            lines_of(s.picture.figure.caption, s.place, type_.caption) * type_.caption * 0.41
            for s in shown
        ]
        tall = [s.high + c + 1.0 for s, c in zip(shown, captions, strict=True)]
        column = 0.0
        if how == STACKED:
            column, pictured = max(s.place for s in shown), sum(tall) + 1.2 * (len(tall) - 1)
        else:
            column, pictured = sum(s.place + _GAP for s in shown) - _GAP, max(tall, default=0.0)
        if how == ABOVE:
            body = pictured + self._words(inner, type_)
        else:
            words = inner - column - _GAP
            if words < type_.body * 6 - 2:
                return None
            beside = self._care(words, type_) if care_beside else 0.0
            body = max(pictured, self._words(words, type_) + beside)
        below = self._bars(inner, type_) + (0.0 if care_beside else self._care(inner, type_))
        height = self._head(inner, type_) + body + below + 4.2
        one = None if self._on_one_line(inner, type_) else self._boxes_from(inner, type_)
        return Arranged(self, how, shown, round(column, 1), height, one, care_beside)

    def _shown(self, scale: float, how: str, inner: float, type_: Type) -> Iterator[PlacedPicture]:
        """The pictures at this scale, or smaller where the page is not broad enough for them."""
        count = len(self.pictures)
        room = inner - _GAP * (count - 1) if how != STACKED else inner * 0.55
        least = min(_CAPTION_MM * type_.body / 12, room / max(count, 1))
        most = room if how == STACKED else room - least * (count - 1)
        broad = max((p.wide for p in self.pictures), default=1.0) * scale
        fit = min(1.0, most / broad)
        if how == ABOVE:
            fit = min(fit, room / (sum(p.wide for p in self.pictures) * scale or 1.0))
            if sum(max(p.wide * scale * fit, least) for p in self.pictures) > room:
                least = 0.0
        for picture in self.pictures:
            wide, high = picture.wide * scale * fit, picture.high * scale * fit
            place = max(wide, least)
            yield PlacedPicture(picture, round(wide, 1), round(high, 1), round(place, 1))

    @property
    def full_name(self) -> str:
        """The name, with the side it is done for."""
        item = self.exercise.item
        return f"{item.name}, {item.side_words}" if item.side_words else item.name

    def _on_one_line(self, inner: float, type_: Type) -> bool:
        left = inner - 13.0 - boxes_mm(self.boxes, type_)
        return breadth_mm(self.full_name, type_.name, bold=True) <= left

    def _boxes_from(self, inner: float, type_: Type) -> float:
        """Where boxes begin beside a name that leaves room for some; 0 for a line of their own."""
        if lines_of(self.full_name, inner - 12.0, type_.name, bold=True) > 1:
            return 0.0
        end = 11.0 + breadth_mm(self.full_name, type_.name, bold=True) * 1.04 + 3.0
        first = boxes_mm(self.boxes[:1], type_)
        return round(end, 1) if end + first < inner else 0.0

    def _head(self, inner: float, type_: Type) -> float:
        """Number, name and boxes; boxes go on below the name where they do not fit beside it."""
        if self._on_one_line(inner, type_):
            return max(type_.box_mm, 8.6) + 1.2
        begin = self._boxes_from(inner, type_)
        if begin:
            return box_rows(self.boxes, inner, type_, begin) * type_.box_mm + 2.2
        lines = lines_of(self.full_name, inner - 12.0, type_.name, bold=True)
        rows = box_rows(self.boxes, inner, type_)
        return max(8.6, lines * type_.name * 0.42 + 1.2) + rows * type_.box_mm + 2.0

    def _words(self, room: float, type_: Type) -> float:
        """What is needed, and the steps."""
        if self.wordless:
            return 0.0
        item, line = self.exercise.item, type_.line_mm
        indent = type_.body * 0.42
        height = sum(lines_of(s, room - indent, type_.body) * line + 0.4 for s in item.steps)
        height += lines_of(self.more, room, type_.body) * line
        if item.equipment_words:
            height += lines_of("You need: " + ", ".join(item.equipment_words), room, type_.body)
            height += line
        return height

    def _care(self, room: float, type_: Type) -> float:
        """What to feel, to avoid and to stop at, each a line that begins with its name."""
        if self.wordless:
            return 0.0
        texts = {
            "You should feel": self.exercise.item.feel,
            self.avoided[0]: self.avoided[1],
            f"{self.stopped[0]} ": self.stopped[1],
            "All right": self.exercise.item.transient_when,
        }
        lines = [
            lines_of(f"{name} {text}", room - type_.body * 0.12, type_.body)
            for name, text in texts.items()
            if text
        ]
        return 2.2 + sum(lines) * type_.line_mm if lines else 0.0

    def _bars(self, inner: float, type_: Type) -> float:
        """What was added for this patient."""
        item = self.exercise.item
        bars = [item.modification, item.note, *(c.text for c in item.cautions)]
        return sum(
            lines_of("Do it this way: " + text, inner - 7.0, type_.body) * type_.line_mm + 2.6
            for text in bars
            if text
        )


def card_of(exercise: Numbered, *, wordless: bool = False) -> ExerciseCard:
    """The card of one exercise, without what page 1 says for all."""
    item = exercise.item
    general = set(item.general)
    return ExerciseCard(
        exercise,
        pictures_of(exercise),
        dose_boxes(item.dosage) if item.dose_words else (),
        tuple(line for line in item.avoid if line not in general),
        tuple(line for line in item.stop if line not in general),
        wordless,
    )


def boxes_mm(boxes: tuple[DoseBox, ...], type_: Type) -> float:
    """How long the boxes of a dose are in one row."""
    return sum(_box_mm(box, type_) for box in boxes)


def box_rows(boxes: tuple[DoseBox, ...], room: float, type_: Type, begin: float = 0.0) -> int:
    """How many rows the boxes of a dose take, the first from ``begin`` on; none for no boxes."""
    rows, left = min(len(boxes), 1), room - begin
    for box in boxes:
        wide = _box_mm(box, type_)
        if wide > left and left < room:
            rows, left = rows + 1, room
        left -= wide
    return rows


def _box_mm(box: DoseBox, type_: Type) -> float:
    around = " ".join(part for part in (box.before, box.after) if part)
    words = breadth_mm(around, type_.body) + breadth_mm(box.number, type_.number, bold=True)
    return words + 5.8 + breadth_mm(" ", type_.body) * (1 + bool(box.before))
