"""The last page: when to get help, and below it the chart to tick, as many weeks as fit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from programs.prescriptions.handout.cards import ExerciseCard, Type
from programs.prescriptions.handout.care import LEGEND
from programs.prescriptions.handout.measure import lines_of
from programs.prescriptions.handout.pages import Paper, type_for
from programs.prescriptions.sheet import Sheet

MOST_WEEKS: Final = 4
PAIN: Final = "Worst pain, 0 to 10"
MOST_CIRCLES: Final = 4
"""More times a day than this get a box to count in."""
DAY_MM: Final = 16.3
LARGE_DAY_MM: Final = 17.5
_ROW_MM: Final = 9.2
_LARGE_ROW_MM: Final = 11.5
_HEAD_MM: Final = 8.0


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
    """The weeks of the chart. ``apart``: it does not fit below the help."""

    rows: tuple[ChartRow, ...]
    weeks: range
    apart: bool
    name: float
    day: float
    row: float
    week: float
    heading: float
    after: bool = False
    """Whether it stands below the last card instead of on a page of its own."""

    def after_cards(self, room: float) -> WeekChart:
        """The same below the last card, where there is room for a week of it."""
        fit = int((room - self.heading - 2.0) / self.week)
        return replace(self, after=True, weeks=range(1, min(MOST_WEEKS, fit) + 1)) if fit else self


def chart_of(
    sheet: Sheet, cards: Sequence[ExerciseCard], paper: Paper, *, large: bool
) -> WeekChart:
    """The chart below the help, or on a page of its own where not one week fits there."""
    type_ = type_for(large)
    day = LARGE_DAY_MM if large else DAY_MM
    name = paper.wide - 7 * day
    row = _LARGE_ROW_MM if large else _ROW_MM
    rows = tuple(_row(card, name - 3.0, row, type_) for card in cards if not card.tip)
    heading = type_.line_mm * 2.2 + 3.0
    pain = max(row, lines_of(PAIN, name - 3.0, type_.body) * type_.body * 0.41 + 1.4)
    week = _HEAD_MM + sum(r.height for r in rows) + pain + 3.5
    below = paper.high - help_mm(sheet, paper, large=large) - heading
    apart = week > below
    fit = int((paper.high - heading if apart else below) / week)
    return WeekChart(
        rows,
        range(1, min(MOST_WEEKS, max(1, fit)) + 1),
        apart,
        round(name, 1),
        day,
        row,
        week,
        heading,
    )


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


def help_mm(sheet: Sheet, paper: Paper, *, large: bool) -> float:
    """Height of the warning signs: two columns, in large print one below the other."""
    type_ = type_for(large)
    line = type_.body * 0.42
    wide = paper.wide if large else paper.wide * 0.52

    def box(texts: Sequence[str], wide: float) -> float:
        room = wide - 9.0
        lines = sum(lines_of(t, room, type_.body) * line + 0.3 for t in texts)
        return lines + line * (1.3 if large else 2.3) + 5.0 if texts else 0.0

    left = box([f.text for f in sheet.emergency], wide if large else paper.wide * 0.46)
    right = box([f.text for f in sheet.same_day], wide) + box([f.text for f in sheet.soon], wide)
    practice = sheet.prescription.practice
    where = ", ".join((practice.name, practice.phone, *practice.address_lines))
    contact = f"{where}. When we are closed: {practice.out_of_hours}"
    below = lines_of(contact, paper.wide, type_.body, bold=True) * line + 2.0
    if legend_of(sheet):
        below += lines_of(LEGEND, paper.wide, type_.body) * line + 1.0
    return type_.name * 0.5 + 2.0 + (left + right if large else max(left, right)) + below
