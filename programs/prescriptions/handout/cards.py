"""One exercise as a card on paper: what it says, and how high its words become. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from programs.prescriptions.dose_boxes import DoseBox, dose_boxes, dose_more
from programs.prescriptions.handout.card_pictures import Picture, pictures_of
from programs.prescriptions.handout.care import named
from programs.prescriptions.handout.dose_rows import box_rows, boxes_mm
from programs.prescriptions.handout.lettering import Type
from programs.prescriptions.handout.measure import breadth_mm, lines_of
from programs.prescriptions.sheet import Numbered


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

    @cached_property
    def more(self) -> str:
        """What of the dose no box says."""
        return dose_more(self.exercise.item.dosage) if self.boxes else ""

    @cached_property
    def avoided(self) -> tuple[str, str]:
        """What to avoid: its bold beginning, and the rest."""
        return named("Avoid", self.avoid)

    @cached_property
    def stopped(self) -> tuple[str, str]:
        """When to stop: its bold beginning, and the rest."""
        return named("Stop", self.stop)

    @cached_property
    def cared(self) -> tuple[str, ...]:
        """What to feel, to avoid and to stop at, each beginning with its name."""
        item = self.exercise.item
        said = (
            ("You should feel", item.feel),
            self.avoided,
            self.stopped,
            ("All right", item.transient_when),
        )
        return tuple(f"{name} {text}" for name, text in said if text)

    @property
    def tip(self) -> bool:
        """Advice without a dose: its steps have no order."""
        return not self.boxes

    @cached_property
    def full_name(self) -> str:
        """The name, with the side it is done for."""
        item = self.exercise.item
        return f"{item.name}, {item.side_words}" if item.side_words else item.name

    def one_line(self, inner: float, type_: Type) -> bool:
        """Whether all boxes stand at the end of the name's line."""
        left = inner - 13.0 - boxes_mm(self.boxes, type_)
        return breadth_mm(self.full_name, type_.name, bold=True) <= left

    def boxes_from(self, inner: float, type_: Type) -> float:
        """Where boxes begin beside a name that leaves room for some; 0 for a line of their own."""
        if lines_of(self.full_name, inner - 12.0, type_.name, bold=True) > 1:
            return 0.0
        end = 11.0 + breadth_mm(self.full_name, type_.name, bold=True) * 1.04 + 3.0
        first = boxes_mm(self.boxes[:1], type_)
        return round(end, 1) if end + first < inner else 0.0

    def head(self, inner: float, type_: Type) -> float:
        """Number, name and boxes; boxes go on below the name where they do not fit beside it."""
        if self.one_line(inner, type_):
            return max(type_.box_mm, 8.6) + 1.2
        begin = self.boxes_from(inner, type_)
        if begin:
            return box_rows(self.boxes, inner, type_, begin) * type_.box_mm + 2.2
        lines = lines_of(self.full_name, inner - 12.0, type_.name, bold=True)
        rows = box_rows(self.boxes, inner, type_)
        return max(8.6, lines * type_.name * 0.42 + 1.2) + rows * type_.box_mm + 2.0

    def words(self, room: float, type_: Type, until: int | None = None) -> float:
        """What is needed, and the steps: all of them, or only the first ones."""
        if self.wordless:
            return 0.0
        item = self.exercise.item
        needs = f"You need: {', '.join(item.equipment_words)}" if item.equipment_words else ""
        lines = sum(lines_of(text, room, type_.body) for text in (needs, self.more))
        return lines * type_.line_mm + self._steps(item.steps[:until], room, type_)

    def words_from(self, step: int, room: float, type_: Type) -> float:
        """The steps after the first ones."""
        return 0.0 if self.wordless else self._steps(self.exercise.item.steps[step:], room, type_)

    @staticmethod
    def _steps(steps: Sequence[str], room: float, type_: Type) -> float:
        indent = type_.body * 0.42
        return sum(lines_of(s, room - indent, type_.body) * type_.line_mm + 0.4 for s in steps)

    def care(self, room: float, type_: Type) -> float:
        """What is special to this exercise, below a thin line."""
        if self.wordless:
            return 0.0
        lines = sum(lines_of(t, room - type_.body * 0.12, type_.body) for t in self.cared)
        return 2.2 + lines * type_.line_mm if lines else 0.0

    def bars(self, inner: float, type_: Type) -> float:
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
