"""The printed handout for every reader: PDF/UA-1."""

import itertools

import pytest

from programs.prescriptions.sheet import sheet_of
from tests.programs.pdf import Pdf
from tests.programs.prescriptions.handout.prints import printed
from tests.programs.samples import sample_prescription


@pytest.fixture(params=[False, True], ids=["12 pt", "16 pt"])
def pdf(request: pytest.FixtureRequest) -> Pdf:
    return printed(large=request.param)


def test_the_document_is_tagged_and_says_so(pdf: Pdf) -> None:
    assert pdf.root["/MarkInfo"] == {"/Marked": True}
    assert pdf.root["/Lang"] == "en"
    assert pdf.root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    metadata = pdf.root["/Metadata"].read_bytes().decode()
    assert 'pdfuaid:part="1"' in metadata
    assert "Home program, version 1, 20 Nov 2026" in metadata
    assert all(str(page.obj["/Tabs"]) == "/S" for page in pdf.file.pages)


def test_all_content_is_in_the_structure_or_declared_decoration(pdf: Pdf) -> None:
    assert pdf.paint_outside_tags == 0


def test_the_title_says_nothing_about_health() -> None:
    info = printed().info
    assert info["/Title"] == "Home program, version 1, 20 Nov 2026"
    assert info["/Author"] == "Harbour Physiotherapy"
    assert set(info) == {"/Title", "/Author", "/CreationDate", "/ModDate", "/Producer"}


def test_headings_go_down_one_step_at_a_time(pdf: Pdf) -> None:
    levels = [int(node.tag[2]) for node in pdf.elements if node.tag in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_picture_has_words(pdf: Pdf) -> None:
    figures = pdf.tagged("/Figure")
    assert len(figures) == 1 + 8 + 2 * 8  # the square code, page 1, the cards
    assert all(figure.alt and "/BBox" in figure.data["/A"] for figure in figures)


def test_lists_hold_items_and_items_hold_bodies(pdf: Pdf) -> None:
    assert {child.tag for node in pdf.tagged("/L") for child in node.children} == {"/LI"}
    assert {child.tag for node in pdf.tagged("/LI") for child in node.children} == {"/LBody"}


def test_tables_name_their_columns_and_rows(pdf: Pdf) -> None:
    assert {c.tag for node in pdf.tagged("/Table") for c in node.children} == {"/THead", "/TBody"}
    assert {c.tag for node in pdf.tagged("/TR") for c in node.children} == {"/TH", "/TD"}
    for part, scope in (("/THead", "/Column"), ("/TBody", "/Row")):
        headers = [n for group in pdf.tagged(part) for n in group.walk() if n.tag == "/TH"]
        assert {header.data["/A"]["/Scope"] for header in headers} == {scope}
    assert all(cell.data["/A"]["/Headers"] for cell in pdf.tagged("/TD"))


def test_bookmarks_lead_to_every_section_and_exercise() -> None:
    expected = ["Exercises for Margaret Ellison"]
    expected += ["How strong is the pain while you exercise, from 0 to 10?", "When to stop"]
    for e in sheet_of(sample_prescription()).exercises:
        side = f", {e.item.side_words}" if e.item.side_words else ""
        expected.append(f"{e.item.name}{side}")
    expected += ["When to get help", "Did it? Tick a circle each time."]
    assert printed().bookmarks == expected


def test_fonts_are_inside_and_only_the_letters_used() -> None:
    fonts = printed().fonts
    assert {name.partition("+")[2] for name in fonts} == {"Noto-Sans", "Noto-Sans-Bold"}
    assert all(len(name.partition("+")[0]) == len("/ABCDEF") for name in fonts)
    sizes = [len(descriptor["/FontFile2"].read_bytes()) for descriptor in fonts.values()]
    assert max(sizes) < 60_000
