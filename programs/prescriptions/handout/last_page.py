"""The last page: when to get help, and below it the chart to tick, as many weeks as fit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from programs.prescriptions.handout.cards import ExerciseCard
from programs.prescriptions.handout.care import LEGEND
from programs.prescriptions.handout.first_page_words import by_line
from programs.prescriptions.handout.lettering import Type, types_for
from programs.prescriptions.handout.measure import lines_of
from programs.prescriptions.handout.pages import Paper
from programs.prescriptions.sheet import Sheet

MOST_WEEKS: Final = 4
PAIN: Final = "Worst pain, 0 to 10"
BRING: Final = "Bring this page to your next visit"
MOST_CIRCLES: Final = 4
"""More times a day than this get a box to count in."""
DAY_MM: Final = 16.3
LARGE_DAY_MM: Final = 17.5
_ROW_MM: Final = 9.2
_LARGE_ROW_MM: Final = 11.5
_HEAD_MM: Final = 8.0
_SHARES: Final = (46, 48, 50, 52, 54, 56, 42, 44)
"""Breadths of the emergencies in per cent, the first of equals to be taken."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One exercise to tick: a circle for each time of the day."""

    number: int
    name: str
    amount: str
    circles: int
    height: float

    @property
    def kind(self) -> str:
        """The class of its row: how many circles each day has."""
        return f"circles-{self.circles}" if self.circles <= MOST_CIRCLES else ""


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The weeks of the chart, in millimetres. ``apart``: on a page of its own."""

    rows: tuple[ChartRow, ...]
    weeks: range
    name: float
    day: float
    row: float
    week: float
    heading: float
    apart: bool = False

    @property
    def least(self) -> float:
        """Height of a single week under its heading."""
        return self.heading + self.week

    def in_room(self, room: float, *, apart: bool) -> WeekChart:
        """As many weeks as fit, and one where none does."""
        fit = max(1, int((room - self.heading) / self.week))
        return replace(self, weeks=range(1, min(MOST_WEEKS, fit) + 1), apart=apart)


def chart_of(
    sheet: Sheet, cards: Sequence[ExerciseCard], paper: Paper, *, large: bool
) -> WeekChart:
    """The chart with a single week, wherever it will stand."""
    type_ = types_for(large)[0]
    day = LARGE_DAY_MM if large else DAY_MM
    name = paper.wide - 7 * day
    row = _LARGE_ROW_MM if large else _ROW_MM
    rows = tuple(_row(card, name - 3.0, row, type_) for card in cards if not card.tip)
    bring = lines_of(f"{BRING}, {sheet.review_words}.", paper.wide, type_.body)
    heading = type_.body * 0.57 + bring * type_.line_mm + 5.0
    pain = max(row, lines_of(PAIN, name - 3.0, type_.body) * type_.body * 0.41 + 1.4)
    week = _HEAD_MM + sum(r.height for r in rows) + pain + 3.5
    return WeekChart(rows, range(1, 2), round(name, 1), day, row, week, heading)


def _row(card: ExerciseCard, room: float, row: float, type_: Type) -> ChartRow:
    item = card.exercise.item
    name = f"{item.name}, {item.side}" if item.side else item.name
    times = item.dosage.times_per_day
    lines = lines_of(f"{card.exercise.number} {name}", room, type_.body)
    height = max(row, lines * type_.body * 0.41 + 1.4)
    return ChartRow(
        card.exercise.number, name, item.dosage.amount_words, times.high if times else 1, height
    )


def legend_of(sheet: Sheet) -> str:
    """What the signs mean, where drawings have them; photos have none."""
    figures = (figure for e in sheet.exercises for figure in e.item.figures)
    return LEGEND if any(figure.svg for figure in figures) else ""


@dataclass(frozen=True, slots=True)
class HelpColumns:
    """The warning signs: two columns as high as each other, in large print one below the other.

    ``left``: breadth of the first of them in per cent. ``height``: of all, in millimetres.
    """

    left: int
    height: float

    @property
    def right(self) -> int:
        """Where the second column begins, in per cent."""
        return self.left + 2


def help_of(sheet: Sheet, paper: Paper, *, large: bool) -> HelpColumns:
    """How the warning signs take the least height."""
    type_ = types_for(large)[0]
    emergency = [f.text for f in sheet.emergency]
    others = [[f.text for f in sheet.same_day], [f.text for f in sheet.soon]]

    def columns(left: int) -> float:
        first = _box_mm(emergency, paper.wide * (1 if large else left / 100), type_)
        wide = paper.wide if large or not emergency else paper.wide * (0.98 - left / 100)
        second = sum(_box_mm(texts, wide, type_) for texts in others)
        return first + second if large else max(first, second)

    left = min(_SHARES, key=columns)
    return HelpColumns(
        left, type_.name * 0.5 + 2.0 + columns(left) + _below_mm(sheet, paper, type_)
    )


def _box_mm(texts: Sequence[str], wide: float, type_: Type) -> float:
    """A box of warning signs with its heading."""
    line = type_.body * 0.42
    lines = sum(lines_of(t, wide - 9.0, type_.body) * line + 0.3 for t in texts)
    return lines + line * (1.3 if type_.large else 2.3) + 5.0 if texts else 0.0


def _below_mm(sheet: Sheet, paper: Paper, type_: Type) -> float:
    """Whom to call, from whom the program is, and what the signs of the pictures mean."""
    line = type_.body * 0.42
    practice = sheet.prescription.practice
    where = ", ".join((practice.name, practice.phone, *practice.address_lines))
    contact = f"{where}. When we are closed: {practice.out_of_hours}"
    below = lines_of(contact, paper.wide, type_.body, bold=True) * line + 2.0
    if type_.large:
        below += lines_of(by_line(sheet), paper.wide, type_.body) * line
    if legend_of(sheet):
        below += lines_of(LEGEND, paper.wide, type_.body) * line + 1.0
    return below
