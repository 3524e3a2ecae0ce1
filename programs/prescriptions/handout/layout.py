"""The handout as it is laid out: what stands on which page, and how large. Pure.

Worked out before the page is made, so that one layout is enough: pages are asked for by number
(docs/adr/0018), and pictures take what the words leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from programs.prescriptions.handout.arranging import Arranged
from programs.prescriptions.handout.cards import ExerciseCard, card_of
from programs.prescriptions.handout.first_page import FLAT, FirstPageRows, least_mm, rows_of
from programs.prescriptions.handout.first_page_words import (
    SCALE_TURNS,
    STOPS_TURN,
    FirstPage,
    FirstPageWords,
    by_line,
    every_time_of,
    lead_of,
    under_name,
)
from programs.prescriptions.handout.last_page import (
    HelpColumns,
    WeekChart,
    chart_of,
    help_of,
    legend_of,
)
from programs.prescriptions.handout.lettering import CLOSER, types_for
from programs.prescriptions.handout.options import COMPACT, PICTURES_ONLY, PrintOptions
from programs.prescriptions.handout.pages import BETWEEN_MM, Paper, pages_asked_for
from programs.prescriptions.handout.plan import CardsStart, Ending, PagePlan, endings_of, plan_of
from programs.prescriptions.sheet import Sheet

_FEW: Final = 2
"""Up to so many cards may stand on page 1."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that the page's template needs beside the words."""

    options: PrintOptions
    paper: Paper
    cards: tuple[ExerciseCard, ...]
    tips: tuple[ExerciseCard, ...]
    rows: FirstPageRows
    first: FirstPage
    """How page 1 holds what it says."""
    pages: tuple[tuple[Arranged, ...], ...]
    together: bool
    """Whether the cards begin on the page on which what is said on page 1 ends."""
    help: HelpColumns
    help_after: bool
    """Whether help stands below the last card."""
    chart: WeekChart | None
    chart_after: bool
    """Whether the chart stands below the last card, before the help."""
    every_time: tuple[str, ...]
    stops: tuple[str, ...]
    compact: bool
    close: str
    """The class that says how close the lines of the cards stand."""
    limits_close: str
    """The same of what stands below the rows of page 1 and on the page after."""
    lead: str
    by: str
    """What the head of page 1 says below the name."""
    by_later: str
    """From whom it is, where the head does not say it."""
    legend: str


def layout_of(sheet: Sheet, options: PrintOptions) -> Layout:
    """Lay a sheet out on the paper it is printed on."""
    p = sheet.prescription
    paper = Paper.of(options.paper or p.practice.paper_size)
    wordless = options.kind == PICTURES_ONLY
    cards = tuple(card_of(e, wordless=wordless) for e in sheet.exercises)
    tips = tuple(card for card in cards if card.tip)
    compact = options.kind == COMPACT
    words = FirstPageWords(sheet, paper, large=options.large, tips=tips, compact=compact)
    first = words.first_page(cards)
    words = replace(words, close=first.close)
    chart = _chart(sheet, cards, paper, options)
    help_ = help_of(sheet, paper, large=options.large)
    plan = plan_of(
        () if compact else cards,
        _starts(cards, words, first),
        (Ending(0),) if compact else endings_of(help_, chart, paper),
        paper,
        types_for(options.large),
        asked=pages_asked_for(len(cards), large=options.large),
    )
    first = plan.start.first or first
    return Layout(
        options=options,
        paper=paper,
        cards=cards,
        tips=tips,
        rows=rows_of(cards, first.density, _rows_mm(words, first, plan), paper, first.type_),
        first=first,
        pages=plan.pages,
        together=plan.start.begun > 0,
        help=help_,
        help_after=plan.ending.help_after,
        chart=_placed(chart, help_, plan, paper),
        chart_after=plan.ending.chart_after,
        every_time=every_time_of(sheet),
        stops=p.stop_rules,
        compact=compact,
        close=plan.type_.close,
        limits_close=CLOSER if plan.start.close or first.close else "",
        lead=lead_of(sheet),
        by=under_name(sheet, slim=words.slim),
        by_later=by_line(sheet) if words.slim else "",
        legend=legend_of(sheet),
    )


def _starts(
    cards: Sequence[ExerciseCard], words: FirstPageWords, first: FirstPage
) -> tuple[CardsStart, ...]:
    """Where cards may begin: on the page after page 1, and the very few on page 1."""
    note = words.note_mm if first.note_later else 0.0
    full, begun = divmod(first.over + note, words.paper.high)
    apart = CardsStart(1 + int(full), begun)
    if words.large and first.turns and not words.compact:
        closer = replace(words, close=True).over_mm(first.turns) + note
        full, begun = divmod(closer, words.paper.high)
        return (apart, CardsStart(1 + int(full), begun, liking=0.8, close=True))
    if not first.fits or first.note_later or words.compact or len(cards) > _FEW:
        return (apart,)
    brief = replace(first, density=FLAT if first.density.thumb > FLAT.thumb else first.density)
    ways = ((first, 0.9), (replace(first, listed=False), 0.8), (replace(brief, listed=False), 0.7))
    return (apart, *(_on_page_1(cards, words, way, liking) for way, liking in ways))


def _on_page_1(
    cards: Sequence[ExerciseCard], words: FirstPageWords, first: FirstPage, liking: float
) -> CardsStart:
    """The cards begin below all that page 1 says."""
    taken = words.head_mm(note=True) + words.limits_mm(listed=first.listed) + BETWEEN_MM
    rows = least_mm(cards, first.density, words.paper, first.type_)
    return CardsStart(0, taken + rows, liking, first=first)


def _rows_mm(words: FirstPageWords, first: FirstPage, plan: PagePlan) -> float:
    """What the rows of page 1 may take."""
    room = words.paper.high - words.head_mm(note=not first.note_later)
    if first.fits:
        room -= words.limits_mm(listed=first.listed)
    elif first.turns == STOPS_TURN:
        room -= words.rules_mm()
    elif first.turns == SCALE_TURNS:
        room -= words.every_mm()
    if plan.start.pages == 0:
        room -= sum(a.height + BETWEEN_MM for a in plan.pages[0])
        room -= plan.ending.kept if len(plan.pages) == 1 else 0.0
    return room


def _placed(
    chart: WeekChart | None, help_: HelpColumns, plan: PagePlan, paper: Paper
) -> WeekChart | None:
    """The chart with as many weeks as its page has room for."""
    if not chart:
        return None
    ending = plan.ending
    room = paper.high
    if ending.chart_after:
        room = plan.left - BETWEEN_MM
    elif not ending.chart_apart:
        room = (plan.left if ending.help_after else paper.high) - help_.height - BETWEEN_MM
    return chart.in_room(room, apart=ending.chart_apart)


def _chart(
    sheet: Sheet, cards: tuple[ExerciseCard, ...], paper: Paper, options: PrintOptions
) -> WeekChart | None:
    if not options.chart or options.kind == COMPACT:
        return None
    return chart_of(sheet, cards, paper, large=options.large)
