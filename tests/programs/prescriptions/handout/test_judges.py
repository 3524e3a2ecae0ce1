"""The handout under the eyes of checkers that we did not write."""

from typing import Any

import pikepdf
import pytest
from pypdf.generic import NullObject

from programs.prescriptions.handout.handout import _page, render
from programs.prescriptions.handout.options import (
    COMPACT,
    PICTURES_ONLY,
    STANDARD,
    PrintOptions,
)
from programs.prescriptions.handout.pdf import print_page
from programs.prescriptions.sheet import sheet_of
from tests.programs import nasty
from tests.programs.judges import broken_rules, doubts
from tests.programs.pdf import Node, Pdf
from tests.programs.prescriptions.handout.prints import with_full_doses
from tests.programs.prescriptions.handout.test_pages import CROWDED
from tests.programs.samples import ACCESS, sample_prescription

TO_WRITE_ON = "TBL-012 63 of 80 cells are empty; this may not be a table"
"""The week chart: its cells are for the patient's pen, each under the day it is for."""


OPTIONS = [
    PrintOptions(kind=kind, large=large, chart=chart, paper=paper)
    for kind, large, chart, paper in (
        (STANDARD, False, True, "A4"),
        (STANDARD, True, True, "A4"),
        (STANDARD, False, False, "Letter"),
        (STANDARD, True, False, "Letter"),
        (COMPACT, False, True, "A4"),
        (COMPACT, True, True, "Letter"),
        (PICTURES_ONLY, False, True, "Letter"),
        (PICTURES_ONLY, True, False, "A4"),
    )
]
"""Every choice for printing, each value of it more than once."""


@pytest.mark.parametrize("options", OPTIONS, ids=lambda o: f"{o.code} {'large' * o.large}")
def test_it_breaks_no_rule_of_pdf_ua(options: PrintOptions) -> None:
    assert broken_rules(render(sample_prescription(), ACCESS, options)) == []


def test_nor_does_it_with_words_in_front() -> None:
    page = _page(sheet_of(sample_prescription(2)), ACCESS, PrintOptions(), "Ring me on Monday.")
    assert broken_rules(print_page(page.html, page.pictures, page.paper_size, page.styles)) == []


def test_nor_where_steps_stand_below_small_pictures() -> None:
    high = with_full_doses(CROWDED[2])
    assert broken_rules(render(high, ACCESS, PrintOptions(large=True, paper="Letter"))) == []


def test_nasty_texts_break_no_rule_either() -> None:
    """All but a guess of one checker: a word of hundreds of x fills the last line of three pages,
    and looks to it like a footer."""
    found = broken_rules(render(nasty.nasty_prescription(), ACCESS, PrintOptions(large=True)))
    assert [rule for rule in found if not rule.startswith("PAG-001")] == []


def test_it_reads_well_too() -> None:
    assert doubts(render(sample_prescription(), ACCESS)) == [TO_WRITE_ON]


def test_a_judge_would_say_so() -> None:
    """A page without a language, a picture without words, a heading left out."""
    bad = "<html><head><title>x</title></head><body><h1>One</h1><h3>Three</h3></body></html>"
    found = broken_rules(print_page(bad, {}, "A4"))
    assert {"PDFUA1-HEADING-NESTING-001"} <= set(found)


@pytest.mark.parametrize("large", [False, True])
def test_the_file_itself_is_whole(large: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("printed") / "handout.pdf"
    path.write_bytes(render(sample_prescription(), ACCESS, PrintOptions(large=large)))
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def cells(row: Node) -> list[Node]:
    return [cell for cell in row.children if cell.tag in {"/TH", "/TD"}]


def test_every_day_of_the_week_chart_has_a_cell_of_its_own_under_its_name() -> None:
    tables = Pdf(render(sample_prescription(2), ACCESS)).tagged("/Table")
    weeks = [t for t in tables if len(cells(next(n for n in t.walk() if n.tag == "/TR"))) == 8]
    assert len(weeks) == 2
    for week in weeks:
        head, *rows = [node for node in week.walk() if node.tag == "/TR"]
        days = [cell.data["/ID"] for cell in cells(head)[1:]]
        assert len(rows) == 3
        for row in rows:
            name, *ticks = cells(row)
            assert [tick.data["/A"]["/Headers"] for tick in ticks] == [
                [name.data["/ID"], day] for day in days
            ]
            assert not any("/ColSpan" in cell.data["/A"] for cell in cells(row))


def test_the_footer_is_decoration_and_not_read_out() -> None:
    pdf = Pdf(render(sample_prescription(), ACCESS))
    assert pdf.footers == [2] * len(pdf.pages)
    said = [mark for place in places_of(pdf) for mark in place if not is_null(mark)]
    assert all(reaches_the_tree(mark.get_object(), pdf) for mark in said)


def places_of(pdf: Pdf) -> list[Any]:
    """The elements that the marks of each page belong to."""
    return [
        place.get_object() for place in pdf.root["/StructTreeRoot"]["/ParentTree"]["/Nums"][1::2]
    ]


def is_null(mark: Any) -> bool:
    return isinstance(mark.get_object(), NullObject)


def reaches_the_tree(element: Any, pdf: Pdf) -> bool:
    """Whether the way up to the document is the way down from it as well."""
    while element["/S"] != "/Document":
        above = element["/P"].get_object()
        if element.indirect_reference not in above["/K"]:
            return False
        element = above
    return True
