"""The handout under the eyes of checkers that we did not write."""

from typing import Any

import pytest

from programs.prescriptions.handout.handout import _page, render
from programs.prescriptions.handout.options import (
    COMPACT,
    PICTURES_ONLY,
    STANDARD,
    PrintOptions,
)
from programs.prescriptions.handout.pdf import print_page
from programs.prescriptions.sheet import sheet_of
from tests.programs.judges import broken_rules, broken_rules_and_doubts
from tests.programs.pdf import Node, Pdf
from tests.programs.prescriptions.handout.prints import nasty_print, printed, with_full_doses
from tests.programs.prescriptions.handout.test_pages import CROWDED
from tests.programs.samples import ACCESS, sample_prescription

TO_WRITE_ON = "TBL-012 63 of 80 cells are empty; this may not be a table"
"""The week chart: its cells are for the patient's pen, each under the day it is for."""


OPTIONS = [
    PrintOptions(kind=kind, large=large, chart=chart, paper=paper)
    for kind, large, chart, paper in (
        (STANDARD, False, False, "Letter"),
        (STANDARD, True, False, "Letter"),
        (COMPACT, False, True, "A4"),
        (COMPACT, True, True, "Letter"),
        (PICTURES_ONLY, False, True, "Letter"),
        (PICTURES_ONLY, True, False, "A4"),
    )
]
"""Every choice for printing beside the standard handout on A4, which is judged at its full length:
each value more than once, for a side, a caution, a change and a note."""


def test_it_breaks_no_rule_of_pdf_ua_and_reads_well() -> None:
    assert broken_rules_and_doubts(printed().content) == ([], [TO_WRITE_ON])


def test_it_breaks_no_rule_of_pdf_ua_in_large_print() -> None:
    assert broken_rules(printed(large=True).content) == []


def test_it_breaks_no_rule_of_pdf_ua_whatever_is_chosen() -> None:
    four = sample_prescription(4)
    found = {
        f"{options.code} {'large' * options.large}": broken_rules(render(four, ACCESS, options))
        for options in OPTIONS
    }
    assert len(found) == len(OPTIONS) == 6
    assert {choice: rules for choice, rules in found.items() if rules} == {}


def test_nor_does_it_with_words_in_front() -> None:
    page = _page(sheet_of(sample_prescription(2)), ACCESS, PrintOptions(), "Ring me on Monday.")
    assert broken_rules(print_page(page.html, page.pictures, page.paper_size, page.styles)) == []


def test_nor_where_steps_stand_below_small_pictures() -> None:
    high = with_full_doses(CROWDED[2])
    assert broken_rules(render(high, ACCESS, PrintOptions(large=True, paper="Letter"))) == []


def test_nasty_texts_break_no_rule_either() -> None:
    """All but a guess of one checker: a word of hundreds of x fills the last line of three pages,
    and looks to it like a footer."""
    found = broken_rules(nasty_print(large=True).content)
    assert [rule for rule in found if not rule.startswith("PAG-001")] == []


def test_a_judge_would_say_so() -> None:
    """A page without a language, a picture without words, a heading left out."""
    bad = "<html><head><title>x</title></head><body><h1>One</h1><h3>Three</h3></body></html>"
    found = broken_rules(print_page(bad, {}, "A4"))
    assert {"PDFUA1-HEADING-NESTING-001"} <= set(found)


@pytest.mark.parametrize("large", [False, True])
def test_the_file_itself_is_whole(large: bool) -> None:
    assert printed(large=large).file.check_pdf_syntax() == []


def cells(row: Node) -> list[Node]:
    return [cell for cell in row.children if cell.tag in {"/TH", "/TD"}]


def test_every_day_of_the_week_chart_has_a_cell_of_its_own_under_its_name() -> None:
    tables = printed(2).tagged("/Table")
    weeks = [t for t in tables if len(cells(next(n for n in t.walk() if n.tag == "/TR"))) == 8]
    assert len(weeks) == 2
    for week in weeks:
        head, *rows = [node for node in week.walk() if node.tag == "/TR"]
        days = [cell.data["/ID"] for cell in cells(head)[1:]]
        assert len(rows) == 3
        for row in rows:
            name, *ticks = cells(row)
            assert [list(tick.data["/A"]["/Headers"]) for tick in ticks] == [
                [name.data["/ID"], day] for day in days
            ]
            assert not any("/ColSpan" in cell.data["/A"] for cell in cells(row))


def test_the_footer_is_decoration_and_not_read_out() -> None:
    pdf = printed()
    assert pdf.footers == [2] * len(pdf.pages)
    said = [mark for place in places_of(pdf) for mark in place if mark is not None]
    assert len(said) > 200
    assert all(reaches_the_tree(mark) for mark in said)


def places_of(pdf: Pdf) -> list[Any]:
    """The elements that the marks of each page belong to."""
    return [*pdf.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]][1::2]


def reaches_the_tree(element: Any) -> bool:
    """Whether the way up to the document is the way down from it as well."""
    while element["/S"] != "/Document":
        above = element["/P"]
        if element.objgen not in {kid.objgen for kid in above["/K"] if not isinstance(kid, int)}:
            return False
        element = above
    return True
