"""What was measured in a case, day by day, with the change in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from patients.measures.charted import MeasureLine, chart_alt, chart_height, charted
from patients.measures.kinds import MEASURED, MEASURED_BY_CODE, Measured
from patients.models import Case, CaseMeasure

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class MeasureDay:
    """One day as a row of the table: who measured, and a cell for each measure."""

    day: dt.date
    who: str
    cells: tuple[str, ...]

    @property
    def told(self) -> list[str]:
        """What was measured, with its name: ``Pain: 4 of 10``."""
        pairs = zip(MEASURED, self.cells, strict=True)
        return [f"{one.label}: {cell}" for one, cell in pairs if cell != _NOTHING]


@dataclass(frozen=True, slots=True)
class MeasureCourse:
    """All that was measured in a case."""

    lines: tuple[MeasureLine, ...]
    days: tuple[MeasureDay, ...]

    @property
    def taken(self) -> tuple[MeasureLine, ...]:
        """Those that were measured at all."""
        return tuple(line for line in self.lines if line.days)

    @property
    def charted(self) -> tuple[MeasureLine, ...]:
        """Those that a picture shows: measured on two days or more."""
        return charted(self.lines)

    @property
    def chart_height(self) -> int:
        """How high that picture is, in pixels."""
        return chart_height(len(self.charted))

    @property
    def chart_alt(self) -> str:
        """What it shows, in words."""
        return chart_alt(self.charted)


def measures_of(case: Case) -> MeasureCourse:
    """Everything, in one query; days the latest first."""
    return course_of_rows(CaseMeasure.objects.filter(case=case).select_related("by"))


def course_of_rows(rows: Iterable[CaseMeasure]) -> MeasureCourse:
    """The same, of rows in order of time."""
    stands: dict[tuple[dt.date, str], int] = {}
    people: dict[dt.date, str] = {}
    for row in rows:
        stands[row.taken_on, row.kind] = row.value
        people[row.taken_on] = str(row.by)
    lines = tuple(
        MeasureLine(one, tuple((day, v) for (day, kind), v in stands.items() if kind == one.code))
        for one in MEASURED
    )
    days = tuple(
        MeasureDay(day, people[day], tuple(_cell(stands.get((day, m.code)), m) for m in MEASURED))
        for day in sorted(people, reverse=True)
    )
    return MeasureCourse(lines, days)


def _cell(value: int | None, measured: Measured) -> str:
    return _NOTHING if value is None else measured.said(value)


def measured_on(case: Case, day: dt.date) -> list[str]:
    """``Pain: 4 of 10`` for each measure of one day; one query."""
    rows = CaseMeasure.objects.filter(case=case, taken_on=day)
    stands = {row.kind: row.value for row in rows}
    return [
        f"{m.label}: {m.said(stands[m.code])}"
        for m in MEASURED_BY_CODE.values()
        if m.code in stands
    ]
