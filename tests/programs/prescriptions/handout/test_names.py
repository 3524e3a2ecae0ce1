"""Names that are very long, and names that run from right to left."""

from dataclasses import replace
from functools import cache

import pymupdf

from programs.prescriptions.handout.footer import footer_of
from programs.prescriptions.handout.handout import render
from programs.prescriptions.prescription import Prescription
from programs.prescriptions.sheet import sheet_of
from tests.programs.pdf import Pdf
from tests.programs.samples import ACCESS, sample_prescription

LONG = "Harbour and Hillside Physiotherapy, Rehabilitation, Sports Medicine and Pilates of Whitby"
HARBOUR = "مركز العلاج الطبيعي"
KNEES = "رفع الركبتين إلى الصدر"


@cache
def printed() -> bytes:
    """Two exercises, the first with a name in Arabic."""
    whole = sample_prescription(2, figures=False)
    first, second = whole.items
    practice = replace(whole.practice, name=HARBOUR)
    items = (replace(first, name=KNEES), second)
    return render(replace(whole, practice=practice, items=items), ACCESS)


def named(name: str) -> Prescription:
    whole = sample_prescription(1)
    return replace(whole, practice=replace(whole.practice, name=name))


def lefts(page: int, points: float) -> set[int]:
    """How far from the left, in points, each line of letters of this size begins on a page."""
    lines: dict[int, int] = {}
    for block in pymupdf.open("pdf", printed())[page].get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                if round(span["size"], 1) == points and span["text"].strip():
                    left, foot = round(span["bbox"][0]), round(span["origin"][1])
                    lines[foot] = min(left, lines.get(foot, left))
    assert len(lines) == 2
    return set(lines.values())


def test_a_name_from_right_to_left_begins_where_the_others_do_and_leaves_its_boxes_free() -> None:
    assert len(lefts(page=1, points=14.5)) == 1


def test_the_phone_after_such_a_name_is_read_as_it_is_dialled() -> None:
    assert footer_of(sheet_of(named(HARBOUR))) == (
        "مركز العلاج الطبيعي\N{LEFT-TO-RIGHT MARK} · 01947 000000 · version 1, 20 Nov 2026"
    )
    assert Pdf(printed()).boxes == 0


def test_a_long_name_at_the_foot_gives_way_to_the_phone_and_the_version() -> None:
    assert footer_of(sheet_of(named(LONG))) == (
        "Harbour and Hillside Physiotherapy, Rehabilitation… · 01947 000000 "
        "· version 1, 20 Nov 2026"
    )


def test_a_name_that_fits_is_whole() -> None:
    assert footer_of(sheet_of(named("Harbour Physiotherapy"))) == (
        "Harbour Physiotherapy · 01947 000000 · version 1, 20 Nov 2026"
    )
