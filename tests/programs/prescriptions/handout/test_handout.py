"""The printed handout: what it says, that everyone can read it, and that it never changes."""

import base64
import dataclasses
import datetime as dt
import itertools
import os
import re
import socket
import subprocess
import sys
import urllib.request
from functools import cache

import pytest

from programs.access.link_card import AccessCard
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.handout import download_name, render
from programs.prescriptions.prescription import Prescription
from programs.prescriptions.sheet import sheet_of
from tests.clock import NOW
from tests.paths import ROOT
from tests.programs import nasty
from tests.programs.pdf import Pdf
from tests.programs.samples import ACCESS, PRACTICE, sample_exercise, sample_prescription

PNG = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
).decode()


@cache
def printed(n: int = 8, *, figures: bool = True, large: bool = False, paper: str = "A4") -> Pdf:
    practice = dataclasses.replace(PRACTICE, paper_size=paper)
    return read(sample_prescription(n, figures=figures, practice=practice), large=large)


def read(prescription: Prescription, *, large: bool = False) -> Pdf:
    return Pdf(render(prescription, ACCESS, large_print=large))


def drawn(svg: str) -> Prescription:
    """One exercise with one drawing."""
    figure = Figure(svg=svg, alt="A ball at the wall")
    item = dataclasses.replace(sample_exercise(0), figures=(figure,))
    return sample_prescription(items=(item,))


# --- What it says -------------------------------------------------------------------------------
def test_the_first_page_says_what_how_often_and_how_many_minutes() -> None:
    page = printed(6, figures=False).pages[0]
    for words in (
        "Harbour Physiotherapy",
        "1 Quay Street, Whitby YO21 1AA · 01947 000000",
        "Home program for your low back",
        "For Margaret Ellison",
        "From Bob Brown, Physiotherapist",
        "Date 20 Nov 2026, version 1",
        "Next visit on 4 Dec 2026",
        "6 exercises",
        "About 43 minutes a day",
        "1 to 2 times a day, 3 to 7 days a week",
        "A note for you from Bob Brown Your goal: walk to the shop",
        "Or go to physio.example/p and type K7RM 4QXA",
        "6. Walking 20 to 30 minutes Once a day, 5 to 7 days a week",
        "0 to 3 Carry on",
        "4 to 5 Ease off",
        "6 to 10 Stop",
    ):
        assert words in page


@pytest.mark.parametrize("large", [False, True])
def test_every_word_of_every_exercise_is_printed(large: bool) -> None:
    pdf = printed(16, large=large)
    for item in sample_prescription(16).items:
        texts = (item.name, item.side_words, item.dose_words, item.feel, item.note)
        lines = (*texts, item.modification, *item.steps, *item.avoid, *item.stop)
        lines += tuple(c.text for c in item.cautions) + tuple(f.caption for f in item.figures)
        for line in lines:
            assert " ".join(line.split()) in pdf.text


def test_steps_are_numbered_in_order() -> None:
    steps = sample_exercise(0).steps
    numbered = " ".join(f"{n}. {step}" for n, step in enumerate(steps, start=1))
    assert numbered in printed().text


def test_limits_stop_rules_and_warning_signs_are_printed_with_what_to_do() -> None:
    prescription, text = sample_prescription(), printed().text
    for line in (*prescription.stop_rules, *(flag.text for flag in prescription.red_flags)):
        assert line in text
    assert "Check again 5 minutes after you finish." in text
    assert "Call 999 now" in text
    assert "Speak to a doctor or to us the same day" in text
    assert "When we are closed: Ring 111 for advice, day or night." in text


def test_the_chart_has_a_row_for_every_exercise_and_every_day() -> None:
    page = printed().pages[-1]
    assert page.count("Exercise Mon Tue Wed Thu Fri Sat Sun Date") == 2
    for exercise in sheet_of(sample_prescription()).chart:
        assert page.count(f"{exercise.number}. {exercise.item.name}") == 2


def test_every_page_says_where_it_belongs() -> None:
    pages = printed().pages
    assert len(pages) == 8
    for number, page in enumerate(pages, start=1):
        footer = f"Version 1, 20 Nov 2026 · Home program for your low back Page {number} of 8"
        assert page.replace("backPage", "back Page").endswith(footer)


def test_what_is_empty_leaves_no_heading_behind() -> None:
    bare = sample_exercise(
        1, feel="", avoid=(), stop=(), cautions=(), note="", transient_when="", figures=False
    )
    prescription = sample_prescription(
        items=(bare,),
        note="",
        stop_rules=(),
        red_flags=(),
        clinician_credentials="",
        review_on=None,
    )
    text = read(prescription).text
    for heading in ("What you should feel", "Avoid", "Take care", "A note", "Call 999", "Tell us"):
        assert heading not in text
    assert "Next visit in 2 to 4 weeks" in text


# --- Pages --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("n", "figures", "large", "paper"),
    [
        (6, False, False, "A4"),
        (8, True, False, "A4"),
        (16, True, False, "A4"),
        (6, True, True, "A4"),
        (6, True, False, "Letter"),
        (6, False, True, "Letter"),
    ],
)
def test_no_exercise_is_split_across_pages(n: int, figures: bool, large: bool, paper: str) -> None:
    pages = printed(n, figures=figures, large=large, paper=paper).pages
    for exercise in sheet_of(sample_prescription(n, figures=figures)).exercises:
        item = exercise.item
        whole = [
            p for p in pages if all(s in p for s in (*item.steps, *item.stop, item.dose_words))
        ]
        assert len(whole) == 1, item.name
        assert f"{exercise.number}. {item.name}" in whole[0]
        assert item.note in whole[0]


@pytest.mark.parametrize("large", [False, True])
def test_no_heading_stays_behind_at_the_foot_of_a_page(large: bool) -> None:
    pages = printed(16, large=large).pages
    for section in sheet_of(sample_prescription(16)).sections:
        first = section.exercises[0]
        assert any(f"{section.label} {first.number}. {first.item.name}" in page for page in pages)


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("Letter", (216, 279))])
def test_the_paper_is_the_practice_s(paper: str, size: tuple[int, int]) -> None:
    assert printed(6, paper=paper).sizes_mm == {size}


def test_an_unknown_paper_prints_on_a4() -> None:
    assert printed(1, paper="Foolscap").sizes_mm == {(210, 297)}


@pytest.mark.parametrize(("large", "least", "footer"), [(False, 12, 10), (True, 16, 10)])
def test_only_the_footer_is_smaller_than_the_body(large: bool, least: int, footer: int) -> None:
    pdf = printed(6, large=large)
    for page in range(len(pdf.pages)):
        sizes = pdf.font_sizes_pt(page)
        small = {size for size in sizes if size < least}
        assert small == {footer}
        assert max(sizes, key=lambda size: sizes[size]) == least


def test_page_counts_stay_bearable() -> None:
    counts = {
        "6 without pictures": len(printed(6, figures=False).pages),
        "8 with pictures": len(printed(8).pages),
        "16 with pictures": len(printed(16).pages),
    }
    assert counts == {"6 without pictures": 7, "8 with pictures": 8, "16 with pictures": 14}


# --- For every reader: PDF/UA-1 -----------------------------------------------------------------
@pytest.fixture(params=[False, True], ids=["12 pt", "16 pt"])
def pdf(request: pytest.FixtureRequest) -> Pdf:
    return printed(large=request.param)


def test_the_document_is_tagged_and_says_so(pdf: Pdf) -> None:
    assert pdf.root["/MarkInfo"] == {"/Marked": True}
    assert pdf.root["/Lang"] == "en"
    assert pdf.root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    metadata = pdf.root["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in metadata
    assert "Home program, version 1, 20 Nov 2026" in metadata
    assert all(str(page["/Tabs"]) == "/S" for page in pdf.reader.pages)


def test_all_content_is_in_the_structure_or_declared_decoration(pdf: Pdf) -> None:
    assert pdf.paint_outside_tags == 0


def test_the_title_says_nothing_about_health() -> None:
    info = printed().reader.metadata
    assert info is not None
    assert info.title == "Home program, version 1, 20 Nov 2026"
    assert info.author == "Harbour Physiotherapy"
    assert set(info) == {"/Title", "/Author", "/CreationDate", "/ModDate", "/Producer"}


def test_headings_go_down_one_step_at_a_time(pdf: Pdf) -> None:
    levels = [int(node.tag[2]) for node in pdf.elements if node.tag in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_picture_has_words(pdf: Pdf) -> None:
    figures = pdf.tagged("/Figure")
    assert len(figures) == 1 + 2 * 8
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
    sheet = sheet_of(sample_prescription())
    expected = ["Home program for your low back", "Your program at a glance"]
    expected.append("How much pain is all right")
    for section in sheet.sections:
        expected.append(section.label)
        for e in section.exercises:
            side = f", {e.item.side_words}" if e.item.side_words else ""
            expected.append(f"{e.number}. {e.item.name}{side}")
    assert printed().bookmarks == [*expected, "When to get help", "Your week chart"]


def test_fonts_are_inside_and_only_the_letters_used() -> None:
    fonts = printed().fonts
    assert {name.partition("+")[2] for name in fonts} == {"Noto-Sans", "Noto-Sans-Bold"}
    assert all(len(name.partition("+")[0]) == len("/ABCDEF") for name in fonts)
    sizes = [len(descriptor["/FontFile2"].get_data()) for descriptor in fonts.values()]
    assert max(sizes) < 60_000


# --- Whatever people type -----------------------------------------------------------------------
@cache
def nasty_pdf() -> Pdf:
    return read(nasty.nasty_prescription())


@pytest.mark.parametrize(
    "text",
    [
        f"For Zoë O'Brien-{nasty.MARKUP}",
        nasty.GREEK_AND_CYRILLIC,
        "nul bell escape half none bom override",
        "👍",
        "😀",
    ],
)
def test_what_was_typed_is_what_is_printed(text: str) -> None:
    assert text in nasty_pdf().text


def test_a_name_full_of_markup_is_a_name() -> None:
    assert f"1. Knee hug {nasty.MARKUP}, for your right side" in nasty_pdf().bookmarks


def test_right_to_left_words_keep_their_letters() -> None:
    for word in ("לאט", "כאב", "ببطء", "ألم"):
        assert word in nasty_pdf().text


def test_a_word_without_end_stays_on_the_page() -> None:
    pages = [page.replace(" ", "") for page in nasty_pdf().pages]
    assert sum(len(run) for page in pages for run in re.findall("x{3,}", page)) == 3 * 2000
    assert nasty_pdf().sizes_mm == {(210, 297)}


def test_nasty_texts_leave_the_structure_whole() -> None:
    pdf = nasty_pdf()
    assert pdf.paint_outside_tags == 0
    assert len(pdf.tagged("/Art")) >= 6
    assert len(pdf.tagged("/Figure")) == 1


def test_the_logo_is_printed_and_a_broken_one_left_out() -> None:
    def figures(logo: str) -> list[str]:
        practice = dataclasses.replace(PRACTICE, logo_png=logo)
        pdf = read(sample_prescription(1, figures=False, practice=practice))
        return [node.alt for node in pdf.tagged("/Figure")]

    assert len(figures(PNG)) == 2
    assert figures(PNG)[0] == "Harbour Physiotherapy"
    assert len(figures("not base64!")) == 1
    assert len(figures(base64.b64encode(b"GIF89a no picture of ours").decode())) == 1


def test_a_broken_drawing_prints_its_words_instead() -> None:
    assert "A ball at the wall" in read(drawn("<svg")).text


# --- No network, no clock, no chance ------------------------------------------------------------
@pytest.mark.parametrize(
    "inside",
    [
        "<style>@import url(http://192.0.2.1/a.css);</style>",
        '<image href="http://192.0.2.1/a.png" width="9" height="9"/>',
        '<image href="file:///etc/hostname" width="9" height="9"/>',
        '<use href="http://192.0.2.1/a.svg#a"/>',
        '<rect width="9" height="9" fill="url(http://192.0.2.1/a.svg#a)"/>',
    ],
)
def test_nothing_is_ever_fetched(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    for owner, name in (
        (socket.socket, "connect"),
        (socket, "getaddrinfo"),
        (urllib.request.OpenerDirector, "open"),
    ):
        monkeypatch.setattr(owner, name, lambda *args, **kwargs: asked.append(args))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'
    pdf = read(drawn(svg))
    assert asked == []
    assert [node.alt for node in pdf.tagged("/Figure")][1:] in ([], ["A ball at the wall"])


def test_printing_twice_gives_the_same_bytes_whatever_was_printed_between() -> None:
    first = render(sample_prescription(3), ACCESS)
    render(nasty.nasty_prescription(), ACCESS, large_print=True)
    assert render(sample_prescription(3), ACCESS) == first


SCRIPT = """
import hashlib, sys, time
time.time = lambda: float(sys.argv[1])
import django
django.setup()
from programs.prescriptions.handout.handout import render
from tests.programs.samples import ACCESS, sample_prescription
for large in (False, True):
    print(hashlib.sha256(render(sample_prescription(3), ACCESS, large_print=large)).hexdigest())
"""


def test_another_process_next_year_prints_the_same_bytes() -> None:
    def run(seed: str, moment: dt.datetime, zone: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(moment.timestamp())],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout

    assert run("1", NOW, "UTC") == run("2", NOW + dt.timedelta(days=400), "Asia/Tokyo")


# --- Names --------------------------------------------------------------------------------------
def test_the_file_name_says_nothing_about_the_patient() -> None:
    prescription = sample_prescription(1, version=2)
    assert download_name(prescription) == "home-program-2026-11-20-v2.pdf"
    assert download_name(prescription, large_print=True) == (
        "home-program-2026-11-20-v2-large-print.pdf"
    )


def test_the_code_is_printed_in_groups() -> None:
    assert AccessCard("u", "w", "K7RM4QXA").spaced_code == "K7RM 4QXA"
