"""The handout as it is laid out: what stands on which page, and how large. Pure.

Worked out before the page is made, so that one layout is enough: pages are asked for by number
(docs/adr/0018), and pictures take what the words leave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from programs.prescriptions.dose_boxes import every_day
from programs.prescriptions.handout.cards import TIGHT, Arranged, ExerciseCard, Type, card_of
from programs.prescriptions.handout.first_page import (
    DENSE,
    DENSITIES,
    SPARE_MM,
    Density,
    FirstPageRows,
    least_mm,
    rows_of,
)
from programs.prescriptions.handout.last_page import WeekChart, chart_of, legend_of
from programs.prescriptions.handout.measure import lines_of
from programs.prescriptions.handout.options import COMPACT, PICTURES_ONLY, PrintOptions
from programs.prescriptions.handout.pages import (
    BETWEEN_MM,
    Paper,
    cards_on_pages,
    pages_asked_for,
    type_for,
)
from programs.prescriptions.sheet import Sheet

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


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that the page's template needs beside the words."""

    options: PrintOptions
    paper: Paper
    cards: tuple[ExerciseCard, ...]
    tips: tuple[ExerciseCard, ...]
    rows: FirstPageRows
    pages: tuple[tuple[Arranged, ...], ...]
    together: bool
    """Whether the cards begin on the page on which what is said on page 1 ends."""
    chart: WeekChart | None
    every_time: tuple[str, ...]
    stops: tuple[str, ...]
    stops_listed: bool
    """Whether the stop rules have room for a line each."""
    limits_apart: bool
    """Whether page 1 is full with its rows, and limits begin the next page."""
    note_later: bool
    compact: bool
    tight: bool
    """Whether lines of the cards stand closer than elsewhere."""
    lead: str
    by: str
    legend: str


def layout_of(sheet: Sheet, options: PrintOptions) -> Layout:
    """Lay a sheet out on the paper it is printed on."""
    p = sheet.prescription
    paper = Paper.of(options.paper or p.practice.paper_size)
    type_ = type_for(options.large)
    wordless = options.kind == PICTURES_ONLY
    cards = tuple(card_of(e, wordless=wordless) for e in sheet.exercises)
    tips = tuple(card for card in cards if card.tip)
    every_time = (SLOWLY, *_not_said(p.every_time, p.stop_rules))
    compact = options.kind == COMPACT
    words = FirstPageWords(sheet, paper, type_, tips, every_time, _lead(sheet), compact)
    first = _first_page(cards, words)
    chart = _chart(sheet, cards, paper, options)
    last = 1 + bool(chart and chart.apart)
    asked = pages_asked_for(len(cards), large=options.large) - last
    begun = words.note_mm if first.note_later else 0.0
    begun += first.over
    on_cards = () if compact else cards
    tight, pages = _cards(on_cards, paper, type_, asked=asked - 1, begun=begun)
    together = begun > 0
    room = paper.high - words.head_mm(note=not first.note_later)
    room -= words.limits_mm(listed=first.listed) if first.fits else 0.0
    if not begun and asked == 1 and not compact:
        least = least_mm(cards, first.density, paper, type_)
        alone = cards_on_pages(cards, paper, type_, asked=1, begun=paper.high - room + least)
        if len(alone) == 1:
            pages, together, tight = alone, True, False
            room -= sum(a.height + BETWEEN_MM for a in alone[0])
    if chart and chart.apart and pages:
        used = sum(a.height + BETWEEN_MM for a in pages[-1]) + (begun if len(pages) == 1 else 0.0)
        chart = chart.after_cards(paper.high - used)
    return Layout(
        options=options,
        paper=paper,
        cards=cards,
        tips=tips,
        rows=rows_of(cards, first.density, room, paper, type_),
        pages=pages,
        together=together,
        chart=chart,
        every_time=every_time,
        stops=p.stop_rules,
        stops_listed=first.listed,
        limits_apart=first.turns,
        note_later=first.note_later,
        compact=compact,
        tight=tight,
        lead=words.lead,
        by=by_line(sheet),
        legend=legend_of(sheet),
    )


@dataclass(frozen=True, slots=True)
class FirstPage:
    """How page 1 holds what it says.

    ``listed``: stop rules have a line each. ``over``: what goes on to the next page. ``turns``: the
    limits begin that page; else rows go on there, too.
    """

    density: Density
    listed: bool
    note_later: bool
    over: float = 0.0
    turns: bool = False

    @property
    def fits(self) -> bool:
        """Whether page 1 is one page."""
        return not self.over


def _first_page(cards: tuple[ExerciseCard, ...], words: FirstPageWords) -> FirstPage:
    """The airiest way in which all fits; where none does, limits begin the next page."""
    long = words.note_lines > LONG_NOTE_LINES
    for later in (True,) if long else (False, True):
        for listed in (True, False):
            for density in DENSITIES:
                taken = words.head_mm(note=not later) + words.limits_mm(listed=listed)
                taken += least_mm(cards, density, words.paper, words.type_)
                if taken <= words.paper.high:
                    return FirstPage(density, listed, later)
    head, limits = words.head_mm(note=not long), words.limits_mm(listed=True)
    rows = {d: least_mm(cards, d, words.paper, words.type_) for d in DENSITIES}
    airy = next((d for d in DENSITIES[1:] if head + rows[d] <= words.paper.high), None)
    if airy:
        return FirstPage(airy, listed=True, note_later=long, over=limits, turns=True)
    over = head + rows[DENSE] + limits - words.paper.high + SPARE_MM
    return FirstPage(DENSE, listed=True, note_later=long, over=over)


def _cards(
    cards: tuple[ExerciseCard, ...], paper: Paper, type_: Type, *, asked: int, begun: float
) -> tuple[bool, tuple[tuple[Arranged, ...], ...]]:
    """The pages of cards, and whether their lines had to stand closer for that."""
    pages = cards_on_pages(cards, paper, type_, asked=asked, begun=begun)
    if len(pages) > asked:
        closer = cards_on_pages(cards, paper, replace(type_, line=TIGHT), asked=asked, begun=begun)
        if len(closer) < len(pages):
            return True, closer
    return False, pages


def _not_said(every_time: tuple[str, ...], stops: tuple[str, ...]) -> tuple[str, ...]:
    """Rules for each exercise, without those that the stop rules begin with already."""
    return tuple(rule for rule in every_time if not any(s.startswith(rule) for s in stops))


def _lead(sheet: Sheet) -> str:
    """``About 15 minutes a day, every day``, so that no box needs to say the second half."""
    daily = every_day(e.item.dosage for e in sheet.exercises)
    return ", ".join(filter(None, (sheet.minutes_words, "every day" if daily else "")))


def help_words(sheet: Sheet) -> str:
    """When to call for help, on a page that has no other place for it."""
    number = sheet.prescription.practice.emergency_number
    return f"Call {number} now if: " + " ".join(flag.text for flag in sheet.emergency)


def _chart(
    sheet: Sheet, cards: tuple[ExerciseCard, ...], paper: Paper, options: PrintOptions
) -> WeekChart | None:
    if not options.chart or options.kind == COMPACT:
        return None
    return chart_of(sheet, cards, paper, large=options.large)


def by_line(sheet: Sheet) -> str:
    """What it is, from whom, and of which day."""
    p = sheet.prescription
    who = ", ".join(filter(None, (p.clinician_name, p.clinician_credentials)))
    title = f"{p.title}, from" if p.title else "From"
    return f"{title} {who}. {sheet.issued_words}, version {p.version}."


@dataclass(frozen=True, slots=True)
class FirstPageWords:
    """What page 1 says beside its rows, and how high that is."""

    sheet: Sheet
    paper: Paper
    type_: Type
    tips: tuple[ExerciseCard, ...]
    every_time: tuple[str, ...]
    lead: str
    compact: bool = False
    """Whether this page is all there is, and says when to call for help."""

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
        who = self.paper.wide * (0.55 if self.type_.large else 0.62)
        height = lines_of(p.practice.name, who, body * 1.08, bold=True) * body * 0.47
        name = f"Exercises for {p.patient_name}"
        height += lines_of(name, who, body * 1.5, bold=True) * body * 0.65
        height += lines_of(f"{self.lead}. Next visit {self.sheet.review_words}.", who, body) * line
        height += lines_of(by_line(self.sheet), who, body) * line
        door = self.paper.wide * (0.43 if self.type_.large else 0.36) - QR_MM - 2
        way = lines_of(WAY, door, body)
        height = max(height, QR_MM + 1, (way + 1) * body * 0.43) + 4.0
        if note and p.note:
            height += self.note_lines * line + 4.8
        return height

    def limits_mm(self, *, listed: bool) -> float:
        """All below the rows: tips, every time, the pain scale, when to stop."""
        line, body, wide = self.type_.line_mm, self.type_.body, self.paper.wide
        inner = wide - 8
        height = lines_of(" ".join(("Every time:", *self.every_time)), inner, body) * line + 5.0
        if self.tips:
            names = ", ".join(f"{t.exercise.number} {t.exercise.item.name}" for t in self.tips)
            height += lines_of("Tips for every day: " + names, wide, body, bold=True) * line + 1.7
        band = wide / 3 - 6
        advice = max(lines_of(b.advice, band, body) for b in self.sheet.bands)
        height += line + 2.8 + advice * body * 0.425 + body * 0.6 + 3.0
        height += lines_of(AFTER_WORDS, wide, body) * body * 0.43 + 1.6
        if self.compact:
            height += lines_of(help_words(self.sheet), inner, body) * body * 0.43 + 4.6
        stops = self.sheet.prescription.stop_rules
        if stops and listed:
            rules = sum(lines_of("• " + s, inner - 2, body) for s in stops) + 1
            height += rules * body * 0.43 + 4.6
        elif stops:
            height += lines_of("When to stop: " + " ".join(stops), inner, body) * body * 0.43 + 4.6
        return height + 1.0
