"""The printed handout, whatever people type; no network, no clock, no chance."""

import base64
import dataclasses
import re
import socket
import urllib.request

import pytest

from programs.access.link_card import AccessCard
from programs.prescriptions.handout.handout import download_name, render
from programs.prescriptions.handout.options import PrintOptions
from tests.programs import nasty
from tests.programs.prescriptions.handout.prints import drawn, nasty_print, read
from tests.programs.samples import ACCESS, PRACTICE, sample_prescription

PNG = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
).decode()


TYPED = (
    f"Exercises for Zoë O'Brien-{nasty.MARKUP}",
    nasty.GREEK_AND_CYRILLIC,
    "nul bell escape half none bom override",
    "👍",
    "😀",
)


def test_what_was_typed_is_what_is_printed() -> None:
    """Lines may break anywhere in it."""
    whole = nasty_print().text.replace(" ", "")
    assert [text for text in TYPED if text.replace(" ", "") not in whole] == []


def test_a_name_full_of_markup_is_a_name() -> None:
    assert f"Knee hug {nasty.MARKUP}, for your right side" in nasty_print().bookmarks


def test_right_to_left_words_keep_their_letters() -> None:
    for word in ("לאט", "כאב", "ببطء", "ألم"):
        assert word in nasty_print().text


def test_a_word_without_end_stays_on_the_page() -> None:
    pages = [page.replace(" ", "") for page in nasty_print().pages]
    assert sum(len(run) for page in pages for run in re.findall("x{3,}", page)) == 3 * 2000
    assert nasty_print().sizes_mm == {(210, 297)}


def test_nasty_texts_leave_the_structure_whole() -> None:
    pdf = nasty_print()
    assert pdf.paint_outside_tags == 0
    assert len(pdf.tagged("/Art")) >= 6
    assert len(pdf.tagged("/Figure")) == 1


def test_the_logo_is_printed_and_a_broken_one_left_out() -> None:
    def figures(logo: str) -> list[str]:
        practice = dataclasses.replace(PRACTICE, logo_png=logo)
        pdf = read(sample_prescription(1, figures=False, practice=practice))
        return [node.alt for node in pdf.tagged("/Figure")]

    first, _ = figures(PNG)
    assert first == "Harbour Physiotherapy"
    assert len(figures("not base64!")) == 1
    assert len(figures(base64.b64encode(b"GIF89a no picture of ours").decode())) == 1


def test_a_broken_drawing_prints_its_words_instead() -> None:
    assert "A ball at the wall" in read(drawn("<svg")).text


ELSEWHERE = (
    "<style>@import url(http://192.0.2.1/a.css);</style>",
    '<image href="http://192.0.2.2/a.png" width="9" height="9"/>',
    '<image href="file:///etc/hostname" width="9" height="9"/>',
    '<use href="http://192.0.2.3/a.svg#a"/>',
    '<rect width="9" height="9" fill="url(http://192.0.2.4/a.svg#a)"/>',
)


def address(asked: object) -> object:
    """Where a request leads; anything else that a door was opened with as it is."""
    return getattr(asked, "full_url", asked)


def test_nothing_is_ever_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a drawing of its own, and where it leads would stand in what was asked for."""
    asked: list[object] = []
    for owner, name in (
        (socket.socket, "connect"),
        (socket, "getaddrinfo"),
        (urllib.request.OpenerDirector, "open"),
    ):
        monkeypatch.setattr(owner, name, lambda *args, **kwargs: asked.extend(map(address, args)))
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    pdf = read(drawn(*(f"{head}{inside}</svg>" for inside in ELSEWHERE)))
    assert asked == []
    assert {node.alt for node in pdf.tagged("/Figure")[1:]} <= {"A ball at the wall"}


def test_printing_twice_gives_the_same_bytes_whatever_was_printed_between() -> None:
    first = render(sample_prescription(1), ACCESS)
    render(nasty.nasty_prescription(), ACCESS, PrintOptions(large=True))
    assert render(sample_prescription(1), ACCESS) == first


def test_the_file_name_says_nothing_about_the_patient() -> None:
    prescription = sample_prescription(1, version=2)
    assert download_name(prescription) == "home-program-2026-11-20-v2.pdf"
    assert download_name(prescription, PrintOptions(large=True)) == (
        "home-program-2026-11-20-v2-large-print.pdf"
    )


def test_the_code_is_printed_in_groups() -> None:
    assert AccessCard("u", "w", "K7RM4QXA").spaced_code == "K7RM 4QXA"
