"""How many pages a handout takes, and how full they are, with the catalogue's own drawings."""

from functools import cache

import pytest

from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.prescription import Prescription
from tests.programs.pdf import Pdf
from tests.programs.prescriptions.handout.prints import of_catalogue
from tests.programs.samples import ACCESS

LYING = ("double-knee-to-chest", "posterior-pelvic-tilt", "core-breathing", "hook-lying-march")
EIGHT = (*LYING, "walking", "oblique-standing-stretch", "childs-pose", "dead-bug")
PROGRAMS = {
    "1": LYING[:1],
    "3": ("double-knee-to-chest", "core-breathing", "walking"),
    "3 standing": ("walking", "oblique-standing-stretch", "wall-calf-stretch"),
    "5 and a tip": (*LYING, "walking", "sit-tall"),
    "8": EIGHT,
    "12": (
        *EIGHT,
        "piriformis-stretch",
        "wall-calf-stretch",
        "supine-hamstring-stretch",
        "stationary-cycling",
    ),
}
BUDGET = {
    "1": (2, 3),
    "3": (3, 5),
    "3 standing": (3, 5),
    "5 and a tip": (4, 7),
    "8": (6, 10),
    "12": (8, 14),
}
"""Pages in ordinary and in large print, on either paper."""
FULL = 0.4
"""A page is empty for 60 % at most, but for the last."""


@cache
def sample(program: str) -> Prescription:
    return of_catalogue(PROGRAMS[program])


@cache
def handout(program: str, paper: str, large: bool) -> Pdf:
    return Pdf(render(sample(program), ACCESS, PrintOptions(large=large, paper=paper)))


def cases(*programs: str) -> pytest.MarkDecorator:
    rows = [
        (program, paper, large)
        for program in programs
        for paper in ("A4", "Letter")
        for large in (False, True)
    ]
    return pytest.mark.parametrize(("program", "paper", "large"), rows)


@cases(*PROGRAMS)
def test_it_takes_no_more_pages_than_it_may(program: str, paper: str, large: bool) -> None:
    assert len(handout(program, paper, large).pages) <= BUDGET[program][large]


@cases(*PROGRAMS)
def test_no_page_but_the_last_is_nearly_empty(program: str, paper: str, large: bool) -> None:
    assert [
        n for n, full in enumerate(handout(program, paper, large).filled[:-1]) if full < FULL
    ] == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("program", ["1", "3", "5 and a tip", "8"])
def test_page_1_hangs_on_the_fridge_alone(program: str, paper: str) -> None:
    page = handout(program, paper, large=False).pages[0]
    for item in sample(program).items:
        assert item.name in page
    assert "6–10 Stop" in page
    assert "If you are not sure, stop and call us." in page


@cases(*PROGRAMS)
def test_each_exercise_stands_whole_on_one_page(program: str, paper: str, large: bool) -> None:
    pages = handout(program, paper, large).pages
    for item in sample(program).items:
        assert sum(all(s in p for s in (*item.steps, item.feel)) for p in pages) == 1
