"""A prescription arranged for reading: what the handout and the online page show, in their order.

Pure. Everything here is computed from the frozen prescription, so that page and paper agree.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

from clinic.formats import day_words
from clinic.parsing.printable import printable
from programs.exercises.dosage import Dosage, Span
from programs.exercises.phases import weeks_in_words
from programs.prescriptions.prescription import PrescribedExercise, Prescription, RedFlagLine

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CHART_ROOM_MM: Final = MappingProxyType({"A4": 238.0, "Letter": 220.0})
"""Height left for week charts on a page of their own, under the heading."""
WEEK_HEAD_MM: Final = 18.0
WEEK_ROW_MM: Final = 9.6
"""Height of one row, with an allowance for names that take two lines."""
LARGE_PRINT_SCALE: Final = 4 / 3


@dataclass(frozen=True, slots=True)
class Numbered:
    """An exercise with its number on the page, counted through the whole program from 1."""

    number: int
    item: PrescribedExercise

    @property
    def amount_words(self) -> str:
        """How much at one go, capitalised; empty for advice without a dose."""
        words = self.item.dosage.amount_words
        return words[:1].upper() + words[1:]

    @property
    def frequency_words(self) -> str:
        """How often, capitalised; may be empty."""
        words = self.item.dosage.frequency_words
        return words[:1].upper() + words[1:]

    @property
    def asides(self) -> bool:
        """Whether anything stands beside the steps."""
        return bool(self.item.figures or self.item.avoid or self.item.stop)


@dataclass(frozen=True, slots=True)
class SheetSection:
    """The exercises of one purpose, under its heading."""

    label: str
    exercises: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class PainBand:
    """A stretch of the 0 to 10 pain scale: ``code`` green, amber or red, and what to do."""

    code: str
    low: int
    high: int
    heading: str
    advice: str

    @property
    def words(self) -> str:
        """``4 to 5``."""
        return Span(self.low, self.high).words


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed, in the order of the page."""

    prescription: Prescription
    sections: tuple[SheetSection, ...]
    bands: tuple[PainBand, ...]
    emergency: tuple[RedFlagLine, ...]
    same_day: tuple[RedFlagLine, ...]
    soon: tuple[RedFlagLine, ...]

    @property
    def exercises(self) -> tuple[Numbered, ...]:
        """Every exercise in program order."""
        return tuple(e for section in self.sections for e in section.exercises)

    @property
    def issued_words(self) -> str:
        """The day of issue: ``20 Nov 2026``."""
        return day_words(self.prescription.issued_on)

    @property
    def review_words(self) -> str:
        """``on 4 Dec 2026``, or ``in 2 to 4 weeks`` where no day is set."""
        if self.prescription.review_on:
            return f"on {day_words(self.prescription.review_on)}"
        weeks = Span(*self.prescription.review_weeks)
        return f"in {weeks.words} week{'' if weeks.high == 1 else 's'}"

    @property
    def weeks_words(self) -> str:
        """``For weeks 1 and 2, from 20 Nov 2026``; empty for a program that is in no phase."""
        p = self.prescription
        if p.weeks is None or p.weeks_from is None:
            return ""
        return f"For {weeks_in_words(*p.weeks)}, from {day_words(p.weeks_from)}"

    @property
    def count_words(self) -> str:
        """``6 exercises and 2 tips``."""
        tips = sum(e.item.kind == "advice" for e in self.exercises)
        counts = ((len(self.exercises) - tips, "exercise"), (tips, "tip"))
        return " and ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)

    @property
    def minutes_words(self) -> str:
        """``About 12 minutes a day``; empty where nothing takes time."""
        n = self.prescription.minutes_per_day
        return f"About {n} minute{'' if n == 1 else 's'} a day" if n else ""

    @property
    def often_words(self) -> str:
        """How often over all exercises: ``1 to 2 times a day, every day``; may be empty."""
        doses = [e.item.dosage for e in self.exercises]
        overall = Dosage(
            times_per_day=_overall(doses, lambda d: d.times_per_day),
            days_per_week=_overall(doses, lambda d: d.days_per_week),
        )
        words = overall.frequency_words
        return words[:1].upper() + words[1:]

    @property
    def chart(self) -> tuple[Numbered, ...]:
        """The rows of the week chart: whatever has a dose to tick off."""
        return tuple(e for e in self.exercises if e.item.dose_words)

    def chart_weeks(self, *, large_print: bool = False) -> range:
        """The weeks of the chart: as many as fit on one page, at least one, at most four."""
        room = CHART_ROOM_MM[
            "Letter" if self.prescription.practice.paper_size == "Letter" else "A4"
        ]
        scale = LARGE_PRINT_SCALE if large_print else 1
        one_week = WEEK_HEAD_MM + WEEK_ROW_MM * (len(self.chart) + 2)
        return range(1, min(4, max(1, int(room / (one_week * scale)))) + 1)


def sheet_of(prescription: Prescription) -> Sheet:
    """Arrange a prescription for reading; texts are cleaned of what cannot be printed."""
    clean: Prescription = _cleaned(prescription)
    flags = clean.red_flags
    return Sheet(
        prescription=clean,
        sections=_sections(clean.items),
        bands=_bands(clean),
        emergency=tuple(f for f in flags if f.route == "emergency"),
        same_day=tuple(f for f in flags if f.route == "same_day"),
        soon=tuple(f for f in flags if f.route not in {"emergency", "same_day"}),
    )


def _sections(items: tuple[PrescribedExercise, ...]) -> tuple[SheetSection, ...]:
    """Neighbours of one purpose under one heading; the clinician's order is never changed."""
    numbered = [Numbered(n, item) for n, item in enumerate(items, start=1)]
    groups = groupby(numbered, key=lambda e: e.item.phase_label)
    return tuple(SheetSection(label, tuple(group)) for label, group in groups)


def _bands(p: Prescription) -> tuple[PainBand, ...]:
    green, amber = p.pain_green_max, p.pain_amber_max
    return (
        PainBand("green", 0, green, "Carry on", "This is fine while you exercise."),
        PainBand(
            "amber", green + 1, amber, "Ease off", "Do fewer, make them smaller, or go slower."
        ),
        PainBand("red", amber + 1, 10, "Stop", "Stop for today and rest in a comfortable place."),
    )


def _overall(doses: list[Dosage], span: Callable[[Dosage], Span | None]) -> Span | None:
    """The range from the smallest to the largest of the stated ones."""
    stated = [s for s in map(span, doses) if s]
    return Span(min(s.low for s in stated), max(s.high for s in stated)) if stated else None


def _cleaned(value: Any) -> Any:
    """The same value object with every text printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(v) for v in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type | Dosage):
        fields = {f.name: _cleaned(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value
