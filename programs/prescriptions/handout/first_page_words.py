"""What page 1 says beside its rows, and how high that is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from programs.prescriptions.dose_boxes import every_day
from programs.prescriptions.handout.cards import ExerciseCard
from programs.prescriptions.handout.first_page import (
    DENSITIES,
    LEAST_THUMBS_MM,
    READABLE,
    SLIMMEST,
    SPARE_MM,
    Density,
    least_mm,
)
from programs.prescriptions.handout.lettering import Type, types_for
from programs.prescriptions.handout.measure import lines_of
from programs.prescriptions.handout.pages import Paper
from programs.prescriptions.sheet import Sheet

LIMITS_TURN: Final = "limits"
SCALE_TURNS: Final = "scale"
STOPS_TURN: Final = "stops"
LONG_NOTE_LINES: Final = 4
"""A note of more lines stands before the cards, where it leaves page 1 on one page."""
QR_MM: Final = 27.0
SLOWLY: Final = "Go slowly and keep breathing."
WAY: Final = "See it move: point your phone here. Or go to site and type K7RM 4QXA"
"""As long as what stands beside the square code."""
AFTER_WORDS: Final = (
    "15 minutes after you finish, you should feel no worse than before you began. "
    "If you do, leave out the exercise that set it off and tell us."
)
"""As long as the sentence that the page writes with the practice's own number."""


def _not_said(every_time: tuple[str, ...], stops: tuple[str, ...]) -> tuple[str, ...]:
    """Rules for each exercise, without those that the stop rules begin with already."""
    return tuple(rule for rule in every_time if not any(s.startswith(rule) for s in stops))


def every_time_of(sheet: Sheet) -> tuple[str, ...]:
    """What holds for each exercise, said once."""
    p = sheet.prescription
    return (SLOWLY, *_not_said(p.every_time, p.stop_rules))


def lead_of(sheet: Sheet) -> str:
    """``About 15 minutes a day, every day``, so that no box needs to say the second half."""
    daily = every_day(e.item.dosage for e in sheet.exercises)
    return ", ".join(filter(None, (sheet.minutes_words, "every day" if daily else "")))


def help_words(sheet: Sheet) -> str:
    """When to call for help, on a page that has no other place for it."""
    number = sheet.prescription.practice.emergency_number
    return f"Call {number} now if: " + " ".join(flag.text for flag in sheet.emergency)


def by_line(sheet: Sheet) -> str:
    """What it is, from whom, and of which day."""
    p = sheet.prescription
    who = ", ".join(filter(None, (p.clinician_name, p.clinician_credentials)))
    title = f"{p.title}, from" if p.title else "From"
    weeks = f"{sheet.weeks_words}. " if sheet.weeks_words else ""
    return f"{title} {who}. {weeks}{sheet.issued_words}, version {p.version}."


def under_name(sheet: Sheet, *, slim: bool) -> str:
    """What stands in the head below the name. ``slim``: only what the patient acts on; the rest of
    it is told on the last page, and version and day at the foot of each."""
    if not slim:
        return by_line(sheet)
    return f"{sheet.weeks_words}." if sheet.weeks_words else ""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """How page 1 holds what it says.

    ``listed``: stop rules have a line each. ``over``: what goes on to the next page. ``turns``:
    what begins that page; where nothing does, rows go on there, too.
    """

    density: Density
    type_: Type
    listed: bool
    note_later: bool
    over: float = 0.0
    turns: str = ""
    close: bool = False
    """Whether the lines below the rows stand closer, so that all of it fits."""

    @property
    def fits(self) -> bool:
        """Whether page 1 is one page."""
        return not self.over


@dataclass(frozen=True, slots=True)
class FirstPageWords:
    """What page 1 says beside its rows, and how high that is."""

    sheet: Sheet
    paper: Paper
    large: bool
    tips: tuple[ExerciseCard, ...]
    compact: bool = False
    """Whether this page is all there is, and says when to call for help."""
    close: bool = False
    """Whether the lines below the rows stand as close as those of cards may."""

    @property
    def slim(self) -> bool:
        """Whether the head says only what the patient acts on, since a last page has the rest."""
        return self.large and not self.compact

    @property
    def type_(self) -> Type:
        """The sizes of all but the rows, which may stand closer."""
        return types_for(self.large)[0]

    def first_page(self, cards: Sequence[ExerciseCard]) -> FirstPage:
        """The airiest way in which all fits; where none does, limits begin the next page.

        In large print lines come closer, and a note makes room, before pictures become slim.
        """
        closer = (self, replace(self, close=True)) if self.slim else (self,)
        for densities, words in product(
            (READABLE, DENSITIES) if self.slim else (DENSITIES,), closer
        ):
            found = words._one_page(cards, densities)
            if found:
                return found
        types = types_for(self.large)[:2]
        return self._two_pages(cards, types, self.note_lines > LONG_NOTE_LINES)

    def _one_page(
        self, cards: Sequence[ExerciseCard], densities: Sequence[Density]
    ) -> FirstPage | None:
        """All of it on one page, if there is a way."""
        types = types_for(self.large)[:2]
        for later in (True,) if self.note_lines > LONG_NOTE_LINES else (False, True):
            ways = product(types, (True, False), LEAST_THUMBS_MM, densities)
            for type_, listed, thumb, density in ways:
                taken = self.head_mm(note=not later) + self.limits_mm(listed=listed)
                if taken + least_mm(cards, density, self.paper, type_, thumb) <= self.paper.high:
                    return FirstPage(density, type_, listed, later, close=self.close)
        return None

    def _two_pages(
        self, cards: Sequence[ExerciseCard], types: Sequence[Type], long: bool
    ) -> FirstPage:
        """As much as fits: the rows and the pain scale, else the rows, else some of them."""
        room = self.paper.high - self.head_mm(note=not long)
        all_ = self.limits_mm(listed=True)
        for turns in (STOPS_TURN, SCALE_TURNS, LIMITS_TURN):
            over = self.over_mm(turns)
            for type_, thumb, density in product(types, LEAST_THUMBS_MM, DENSITIES[1:]):
                least = least_mm(cards, density, self.paper, type_, thumb)
                if least + all_ - over <= room:
                    return FirstPage(density, type_, True, long, over=over, turns=turns)
        least = least_mm(cards, SLIMMEST, self.paper, types[-1])
        over = least + all_ - room + 3 * SPARE_MM
        return FirstPage(SLIMMEST, types[-1], True, long, over=over)

    def over_mm(self, turns: str) -> float:
        """What goes on to the next page, by what it begins with."""
        over = self.stops_mm(listed=True)
        if turns in (SCALE_TURNS, LIMITS_TURN):
            over += self.scale_mm()
        return over + (self.every_mm() if turns == LIMITS_TURN else 0.0)

    @property
    def leading(self) -> float:
        """Millimetres from line to line of what stands below the rows."""
        return self.type_.body * (0.4 if self.close else 0.43)

    @property
    def note_lines(self) -> int:
        """How many lines the clinician's note takes."""
        p = self.sheet.prescription
        said = f"{p.clinician_name} says: {p.note}" if p.note else ""
        return lines_of(said, self.paper.wide - 9, self.type_.body)

    @property
    def note_mm(self) -> float:
        """Height of the note where it stands apart."""
        return self.note_lines * self.type_.line_mm + 5.2

    def head_mm(self, *, note: bool) -> float:
        """All above the rows: practice, patient, square code, note."""
        p, line, body = self.sheet.prescription, self.type_.line_mm, self.type_.body
        who = self.paper.wide * (0.55 if self.large else 0.62)
        title = body * (1.25 if self.large else 1.5)
        height = lines_of(p.practice.name, who, body * 1.08, bold=True) * body * 0.47
        name = f"Exercises for {p.patient_name}"
        height += lines_of(name, who, title, bold=True) * title * 0.43
        height += (
            lines_of(f"{lead_of(self.sheet)}. Next visit {self.sheet.review_words}.", who, body)
            * line
        )
        height += lines_of(under_name(self.sheet, slim=self.slim), who, body) * line
        door = self.paper.wide * (0.43 if self.large else 0.36) - QR_MM - 2
        way = lines_of(WAY, door, body)
        height = max(height, QR_MM + 1, (way + 1) * body * 0.43) + 4.0
        if note and p.note:
            height += self.note_lines * line + 4.8
        return height

    def limits_mm(self, *, listed: bool) -> float:
        """All below the rows."""
        return self.rules_mm() + self.stops_mm(listed=listed)

    def rules_mm(self) -> float:
        """All below the rows but when to stop."""
        return self.every_mm() + self.scale_mm()

    def every_mm(self) -> float:
        """Tips, and what holds every time."""
        line, body, wide = self.type_.line_mm, self.type_.body, self.paper.wide
        every = " ".join(("Every time:", *every_time_of(self.sheet)))
        height = lines_of(every, wide - 8, body) * line + 5.0
        if self.tips:
            names = ", ".join(f"{t.exercise.number} {t.exercise.item.name}" for t in self.tips)
            height += lines_of("Tips for every day: " + names, wide, body, bold=True) * line + 1.7
        return height

    def scale_mm(self) -> float:
        """The pain scale, and what is below it."""
        line, body, wide = self.type_.line_mm, self.type_.body, self.paper.wide
        advice = max(lines_of(b.advice, wide / 3 - 6, body) for b in self.sheet.bands)
        height = line + 2.8 + advice * min(body * 0.425, self.leading) + body * 0.6 + 3.0
        height += lines_of(AFTER_WORDS, wide, body) * self.leading + 1.6
        if self.compact:
            height += lines_of(help_words(self.sheet), wide - 8, body) * self.leading + 4.6
        return height + 1.0

    def stops_mm(self, *, listed: bool) -> float:
        """When to stop, in a box below all that."""
        stops, inner, body = (
            self.sheet.prescription.stop_rules,
            self.paper.wide - 8,
            self.type_.body,
        )
        if not stops:
            return 0.0
        if listed:
            lines = sum(lines_of("• " + s, inner - 2, body) for s in stops) + 1
        else:
            lines = lines_of("When to stop: " + " ".join(stops), inner, body)
        return lines * self.leading + 4.6
