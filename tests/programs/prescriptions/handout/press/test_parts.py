"""Our parts of the press print what WeasyPrint's own print, byte for byte, only quicker."""

import io
from collections.abc import Iterator

import pytest
from weasyprint.pdf import fonts

from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.press import letters, lines
from programs.prescriptions.handout.press.parts import put_in, take_out
from tests.programs import nasty
from tests.programs.samples import ACCESS, sample_exercise, sample_prescription

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
