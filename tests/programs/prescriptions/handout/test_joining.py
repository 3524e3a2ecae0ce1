"""Several handouts in one file: every page, bookmark and tag of each, in their order."""

import dataclasses
from functools import cache
from typing import Any

import pikepdf
import pymupdf

from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.joining import joined
from programs.prescriptions.handout.options import PrintOptions
from tests.programs.judges import broken_rules
from tests.programs.pdf import Pdf
from tests.programs.samples import ACCESS, sample_prescription

TITLE = "Home programs, 2 handouts"


@cache
def one(name: str, kind: str = "standard") -> bytes:
    prescription = dataclasses.replace(
        sample_prescription(1, figures=False), patient_name=name, note="", title=f"Plan of {name}"
    )
    return render(prescription, ACCESS, PrintOptions(kind=kind))


@cache
def both() -> Pdf:
    return Pdf(joined([one("Margaret"), one("Beatrice")], title=TITLE))


def tags(pdf: Pdf) -> list[tuple[str, str]]:
    return [(node.tag, node.alt) for top in pdf.trees for node in top.walk()]


def test_every_page_of_each_in_its_order() -> None:
    assert both().pages == Pdf(one("Margaret")).pages + Pdf(one("Beatrice")).pages


def test_every_tag_and_bookmark_of_each_comes_along() -> None:
    each = [Pdf(one("Margaret")), Pdf(one("Beatrice"))]
    assert tags(both()) == [tag for pdf in each for tag in tags(pdf)]
    assert both().bookmarks == [title for pdf in each for title in pdf.bookmarks]


def test_what_each_page_s_marks_mean_is_found_by_the_page() -> None:
    places: Any = both().root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    numbers = [page.obj["/StructParents"] for page in both().file.pages]
    assert numbers == [*places][0::2]
    assert len(set(map(str, numbers))) == len(numbers)
    for number, marks in zip(numbers, [*places][1::2], strict=True):
        spans = [mark for mark in marks if isinstance(mark, pikepdf.Dictionary)]
        assert {span["/Pg"]["/StructParents"] for span in spans} == {number}


def test_it_keeps_the_rules_for_those_who_have_it_read_to_them() -> None:
    whole = joined([one("Margaret"), one("Beatrice")], title=TITLE)
    assert broken_rules(whole) == []
    with pymupdf.open("pdf", whole) as file:
        said = file.get_xml_metadata()
    assert f'<rdf:li xml:lang="x-default">{TITLE}</rdf:li>' in said


def test_each_begins_on_a_new_sheet_where_paper_is_printed_on_both_sides() -> None:
    parts = [one("Margaret", "compact"), one("Beatrice", "compact")]
    pages = Pdf(joined(parts, title=TITLE, new_sheets=True)).pages
    assert [bool(page) for page in pages] == [True, False, True]
    assert ("Margaret" in pages[0], "Beatrice" in pages[2]) == (True, True)


def test_the_same_handouts_give_the_same_bytes() -> None:
    parts = [one("Margaret", "compact"), one("Beatrice", "compact")]
    assert joined(parts, title=TITLE) == joined(parts, title=TITLE)
