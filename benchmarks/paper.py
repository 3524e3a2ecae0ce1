"""How many pages a handout takes and how much of them stays empty, now and in the first edition.

Besides, whether any page of the catalogue's own templates is nearly empty, and how many plans drawn
at random keep to the pages asked for.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import Final

from benchmarks.measure import Result
from programs.exercises.catalogue_files import built_in
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.handout.pages import pages_asked_for
from programs.prescriptions.prescription import Prescription
from tests.programs.pdf import Pdf
from tests.programs.prescriptions.handout.prints import of_catalogue, planned, with_full_doses
from tests.programs.samples import ACCESS

LYING: Final = ("double-knee-to-chest", "posterior-pelvic-tilt", "core-breathing")
FIVE: Final = (*LYING, "hook-lying-march", "walking")
EIGHT: Final = (*FIVE, "oblique-standing-stretch", "childs-pose", "dead-bug")
MORE: Final = ("piriformis-stretch", "wall-calf-stretch", "supine-hamstring-stretch")
PROGRAMS: Final = {
    "1 item": (LYING[:1], 2, 3),
    "3 items": (LYING, 3, 5),
    "5 items and a tip": ((*FIVE, "sit-tall"), 4, 7),
    "8 items": (EIGHT, 6, 10),
    "12 items": ((*EIGHT, *MORE, "stationary-cycling"), 8, 14),
}
"""The exercises, and how many pages they may take in ordinary and in large print."""
FIRST: Final = 1
"""The first edition of the page, of which a version says that it was issued with it."""
PAPERS: Final = ("A4", "Letter")
MOST_EMPTY: Final = "<= 60"
"""Per cent of a page, but for the last."""
DRAWN: Final = 40
"""Programs drawn at random, each with its own doses and with full ones, on both papers."""


def measure(runs: int) -> list[Result]:
    """Pages and emptiness, which no number of runs changes."""
    cells = product(PROGRAMS, PAPERS, (False, True))
    rows = [row for name, paper, large in cells for row in _rows(name, paper, large=large)]
    return [*rows, _templates(), *_at_random()]


def _templates() -> Result:
    """The emptiest page but the last, of every template in every format."""
    programs = [tuple(item.exercise for item in s.items) for s in built_in().starters.values()]
    made = [of_catalogue(tuple(dict.fromkeys(slugs))) for slugs in programs]
    formats = product(made, PAPERS, (False, True))
    pdfs = (_printed(one, paper, large=large) for one, paper, large in formats)
    what = f"{len(made)} templates in four formats, emptiest page but the last"
    return Result(what, max(map(_emptiest, pdfs)), "%", MOST_EMPTY)


def _at_random() -> Iterable[Result]:
    """How many plans of any exercises are laid out on the pages asked for: the same at each run."""
    draw, slugs = random.Random(27), list(built_in().definitions)
    programs = [tuple(draw.sample(slugs, draw.randint(3, 12))) for _ in range(DRAWN)]
    made = [make(chosen) for chosen in programs for make in (of_catalogue, with_full_doses)]
    for large, print_ in ((False, "ordinary"), (True, "large")):
        most = [pages_asked_for(len(one.items), large=large) for one in made]
        keep = [
            planned(one, PrintOptions(large=large, paper=paper)) <= pages
            for one, pages in zip(made, most, strict=True)
            for paper in PAPERS
        ]
        what = f"{len(keep)} plans at random, on the pages asked for in {print_} print"
        yield Result(what, sum(keep), "", f"= {len(keep)}")


def _printed(prescription: Prescription, paper: str, *, large: bool) -> Pdf:
    return Pdf(render(prescription, ACCESS, PrintOptions(large=large, paper=paper)))


def _rows(name: str, paper: str, *, large: bool) -> list[Result]:
    slugs, *most = PROGRAMS[name]
    prescription = of_catalogue(slugs)
    practice = replace(prescription.practice, paper_size=paper)
    now = replace(prescription, practice=practice)
    what = f"handout of {name}, {paper}{', large print' if large else ''}"
    options = PrintOptions(large=large)
    after = Pdf(render(now, ACCESS, options))
    before = Pdf(render(replace(now, layout=FIRST), ACCESS, options))
    return [
        Result(f"{what}, pages", len(after.pages), "", f"<= {most[large]}"),
        Result(f"{what}, pages in the first edition", len(before.pages), ""),
        Result(f"{what}, empty below the words", _empty(after), "%"),
        Result(f"{what}, emptiest page but the last", _emptiest(after), "%", MOST_EMPTY),
        Result(f"{what}, empty below the words in the first edition", _empty(before), "%"),
    ]


def _empty(pdf: Pdf) -> int:
    """How much of the pages' height stays empty, in per cent."""
    filled = pdf.filled
    return round(100 * (1 - sum(filled) / len(filled)))


def _emptiest(pdf: Pdf) -> int:
    """How much of the emptiest page stays empty, in per cent; of the last, anything may."""
    return round(100 * (1 - min(pdf.filled[:-1], default=1)))
