"""What stands where after page 1: cards, help and chart, on as few pages as asked for. Pure.

Pictures shrink first, then lines and boxes come closer, and only then do words become smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from typing import Final

from programs.prescriptions.handout.arranging import Arranged
from programs.prescriptions.handout.cards import ExerciseCard
from programs.prescriptions.handout.first_page_words import FirstPage
from programs.prescriptions.handout.last_page import HelpColumns, WeekChart
from programs.prescriptions.handout.lettering import Type
from programs.prescriptions.handout.pages import (
    BETWEEN_MM,
    Paper,
    Room,
    Spread,
    cards_on_pages,
    heights_of,
    spread,
)

_LEAST: Final = (0.5, 0.4, 0.3, 0.25)
"""How far pictures shrink, in parts of their full size, before words come closer once more."""
_ABOVE_MM: Final = 4.0
"""Between the last card and what follows it on its page."""


@dataclass(frozen=True, slots=True)
class CardsStart:
    """Where the cards begin. ``pages``: full before that; ``begun``: taken of the next one.

    ``close``: what goes on from page 1 stands in closer lines for it. ``first``: page 1 as it is
    for it, where that is not the airiest.
    """

    pages: int
    begun: float = 0.0
    liking: float = 1.0
    close: bool = False
    first: FirstPage | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What follows the cards.

    ``pages``: new ones. ``kept``: what it takes of the last card's page. ``liking``: how much
    smaller pictures may become for it.
    """

    pages: int
    kept: float = 0.0
    liking: float = 1.0
    help_after: bool = False
    """Whether help begins below the last card."""
    chart_after: bool = False
    """Whether the chart stands there, and help on a page after it."""
    chart_apart: bool = False


@dataclass(frozen=True, slots=True)
class PagePlan:
    """Pages of cards, and what follows them."""

    start: CardsStart
    ending: Ending
    type_: Type
    pages: tuple[tuple[Arranged, ...], ...]
    left: float
    """What the last card's page has left."""


def endings_of(help_: HelpColumns, chart: WeekChart | None, paper: Paper) -> tuple[Ending, ...]:
    """All ways to end a handout, the tidiest first."""
    high = help_.height
    if not chart:
        return (Ending(1), Ending(0, _ABOVE_MM + high, 0.7, help_after=True))
    week = chart.least
    together = (Ending(1),) if high + week <= paper.high else ()
    return (
        *together,
        Ending(1, _ABOVE_MM + week, 0.9, chart_after=True),
        Ending(1, _ABOVE_MM + high, 0.8, help_after=True, chart_apart=True),
        Ending(0, _ABOVE_MM + high + week, 0.7, help_after=True),
        *(() if together else (Ending(2, 0.0, 0.95, chart_apart=True),)),
    )


def plan_of(
    cards: Sequence[ExerciseCard],
    starts: Sequence[CardsStart],
    endings: Sequence[Ending],
    paper: Paper,
    types: Sequence[Type],
    *,
    asked: int,
) -> PagePlan:
    """The plan with the largest pictures among those that take no more pages than asked for."""
    for most in count(asked):
        for type_, least in zip(types, _LEAST, strict=False):
            found = _largest(cards, starts, endings, paper, type_, most=most, least=least)
            if found:
                start, ending, spread_ = found
                room = Room(paper, start.begun, ending.kept)
                pages = cards_on_pages(cards, spread_, room, type_)
                begun = start.begun if len(pages) == 1 else 0.0
                used = sum(a.height + BETWEEN_MM for a in pages[-1]) if pages else 0.0
                return PagePlan(start, ending, type_, pages, paper.high - used - begun)
    raise AssertionError


def _largest(
    cards: Sequence[ExerciseCard],
    starts: Sequence[CardsStart],
    endings: Sequence[Ending],
    paper: Paper,
    type_: Type,
    *,
    most: int,
    least: float,
) -> tuple[CardsStart, Ending, Spread] | None:
    heights = heights_of(cards, paper, type_)

    def tried() -> Iterator[tuple[float, CardsStart, Ending, Spread]]:
        for start, ending in product(starts, endings):
            pages = most - start.pages - ending.pages
            room = Room(paper, start.begun, ending.kept)
            found = spread(heights, room, most=pages, least=least)
            if found:
                yield found.scale * start.liking * ending.liking, start, ending, found

    best = max(tried(), key=lambda way: way[0], default=None)
    return best and best[1:]
