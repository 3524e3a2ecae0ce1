"""How many pages a handout takes and how much of them stays empty, now and in the first edition."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from benchmarks.measure import Result
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.options import PrintOptions
from tests.programs.pdf import Pdf
from tests.programs.prescriptions.handout.prints import of_catalogue
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


def measure(runs: int) -> list[Result]:
    """Pages and emptiness, which no number of runs changes."""
    return [
        row
        for name in PROGRAMS
        for paper in ("A4", "Letter")
        for large in (False, True)
        for row in _rows(name, paper, large=large)
    ]


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
        Result(f"{what}, empty below the words in the first edition", _empty(before), "%"),
    ]


def _empty(pdf: Pdf) -> int:
    """How much of the pages' height stays empty, in per cent."""
    filled = pdf.filled
    return round(100 * (1 - sum(filled) / len(filled)))
