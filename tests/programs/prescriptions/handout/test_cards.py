"""Cards before they are laid out: whatever the pictures are, they have a place on the page."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.arranging import arranged
from programs.prescriptions.handout.cards import card_of
from programs.prescriptions.handout.ink import cut_to_ink
from programs.prescriptions.handout.lettering import LARGE_TYPE, NORMAL_TYPE, types_for
from programs.prescriptions.handout.measure import breadth_mm, lines_of
from programs.prescriptions.handout.pages import Paper
from programs.prescriptions.handout.plan import CardsStart, Ending, plan_of
from programs.prescriptions.sheet import Numbered
from tests.every_row import every
from tests.programs.samples import sample_exercise

INNER = 7.0
SIZES = st.tuples(st.integers(40, 3000), st.integers(40, 3000))


@given(
    sizes=st.lists(SIZES, max_size=6),
    scale=st.floats(0.01, 1.0),
    large=st.booleans(),
    paper=st.sampled_from(["A4", "Letter"]),
)
def test_any_pictures_stand_inside_the_page(
    sizes: list[tuple[int, int]], scale: float, large: bool, paper: str
) -> None:
    photos = tuple(Figure("", "What is done", "", "x", "image/png", w, h) for w, h in sizes)
    card = card_of(Numbered(1, dataclasses.replace(sample_exercise(0), figures=photos)))
    wide = Paper.of(paper).wide
    placed = arranged(card, scale, wide, LARGE_TYPE if large else NORMAL_TYPE)
    assert len(placed.shown) == len(sizes)
    assert placed.column <= wide - INNER + 0.5
    for shown in placed.shown:
        assert 0 <= shown.wide <= shown.place + 0.11


CARDS = [card_of(Numbered(n, sample_exercise(n, figures=n % 2 == 0))) for n in range(14)]


@given(
    counts=st.integers(1, 14),
    asked=st.integers(1, 9),
    begun=st.floats(0, 250),
    kept=st.floats(1, 250),
)
def test_every_card_stands_on_one_page_in_its_order(
    counts: int, asked: int, begun: float, kept: float
) -> None:
    cards = CARDS[:counts]
    starts, endings = (CardsStart(1, begun),), (Ending(1), Ending(0, kept, help_after=True))
    plan = plan_of(cards, starts, endings, Paper.of("A4"), types_for(False), asked=asked)
    assert [a.card.exercise.number for page in plan.pages for a in page] == list(range(counts))


def test_a_drawing_is_cut_to_its_ink_and_the_floor_to_the_body() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-500 -600 1200 640">'
        '<path d="M-500 5h1200"/><path d="M-100 -300h300v300h-300z"/></svg>'
    )
    inked = cut_to_ink(svg)
    assert inked is not None
    assert 'viewBox="-122 -312 344 329"' in inked.svg
    assert (inked.wide, inked.high) == (344, 329)


def test_a_dot_of_a_broad_pen_is_not_cut() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-500 -600 1200 640">'
        '<path d="M-300 -400h1" stroke-width="100"/><path d="M0 0h200v-200z"/></svg>'
    )
    inked = cut_to_ink(svg)
    assert inked is not None
    assert 'viewBox="-360 -450 582 462"' in inked.svg


@every(
    "inside",
    ['<circle r="4"/>', '<path d="M0 0h9" transform="scale(2)"/>', '<path d="odd"/>', ""],
)
def test_a_drawing_that_is_not_read_keeps_its_frame(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">{inside}</svg>'
    inked = cut_to_ink(svg)
    assert inked is not None
    assert (inked.svg, inked.wide, inked.high) == (svg, 90, 60)
    assert cut_to_ink("<svg") is None


def test_words_are_measured_as_they_wrap() -> None:
    assert lines_of("", 50, 12) == 0
    assert lines_of("one two", 50, 12) == 1
    assert lines_of("one\n\ntwo", 50, 12) == 3
    assert lines_of("x" * 100, 50, 12) == 5
    assert breadth_mm("bold", 12, bold=True) > breadth_mm("bold", 12)
