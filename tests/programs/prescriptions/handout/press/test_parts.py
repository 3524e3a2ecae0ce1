"""Our parts of the press print what WeasyPrint's own print, byte for byte, only quicker."""

import dataclasses
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from weasyprint.pdf import fonts

from programs.prescriptions.handout import pdf
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.press import letters, lines
from programs.prescriptions.handout.press.parts import put_in, take_out
from tests.every_row import every
from tests.paths import ROOT
from tests.programs import nasty
from tests.programs.samples import ACCESS, sample_exercise, sample_prescription

SHEETS = ROOT / "templates" / "programs" / "prescriptions" / "handout"
STEPS = (nasty.HEBREW, nasty.ARABIC, nasty.BROKEN, nasty.LONG_WORD[:200])
SHEET = sample_prescription(
    items=(sample_exercise(1, steps=STEPS, figures=False),), patient_name="Zoë O'Brien"
)
OTHER = sample_prescription(items=(sample_exercise(0, figures=False),))


@pytest.fixture
def originals() -> Iterator[None]:
    """WeasyPrint's own parts, for as long as the test lasts."""
    take_out()
    yield
    put_in()


def forget() -> None:
    lines._broken.cache_clear()
    letters._runs.cache_clear()
    letters._fonts.clear()


def test_with_them_and_without_and_whatever_came_before_the_file_is_the_same(
    originals: None,
) -> None:
    theirs = render(SHEET, ACCESS)
    put_in()
    forget()
    render(OTHER, ACCESS)
    assert render(SHEET, ACCESS) == theirs
    assert render(SHEET, ACCESS) == theirs


def test_fonts_are_let_go_when_they_become_many(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    first = render(OTHER, ACCESS)
    many = len(letters._fonts)
    monkeypatch.setattr(letters, "_MOST_FONTS", 2)
    assert render(OTHER, ACCESS) == first
    assert 0 < len(letters._fonts) < many


def test_a_font_that_is_written_anew_does_not_tell_the_hour() -> None:
    out = io.BytesIO()
    font = fonts.TTFont(sfntVersion="OTTO")
    assert not font.recalcTimestamp
    font.save(out)
    assert not fonts.TTFont(out).recalcTimestamp


ASKED = re.compile(r"\[(\w+)|:(?!\s)([a-z-]+)(?=[\s{,.>+:])|(~)")


@every("sheet", sorted(SHEETS.rglob("*.css")))
def test_a_place_is_told_apart_by_all_that_our_style_sheets_ask_for(sheet: Path) -> None:
    """A rule that asks for more than a kept place says would hold where it should not."""
    text = re.sub(
        r"/\*.*?\*/|@\w+[^{]*|\{[^{}]*\}", " ", sheet.read_text(encoding="utf-8"), flags=re.S
    )
    asked = {"".join(found) for found in ASKED.findall(text)}
    assert asked <= {"dir", "scope", "first-child", "last-child", "only-child"}


def test_a_place_is_found_out_once_and_a_size_of_its_own_beside_it() -> None:
    render(SHEET, ACCESS)
    sheets = pdf._style("A4", "")
    known = sheets[0].__dict__["known"]
    before = known.count
    render(dataclasses.replace(SHEET, patient_name="Somebody else"), ACCESS)
    assert known.count == before > 0
    assert len(known.sized) > 0


def test_what_our_style_sheets_never_say_is_left_to_the_original() -> None:
    page = "<html lang='en'><head><title>x</title></head><body><p id='here'>Words</p></body></html>"
    take_out()
    theirs = pdf.print_page(page, {}, "A4", "")
    put_in()
    assert pdf.print_page(page, {}, "A4", "") == theirs
