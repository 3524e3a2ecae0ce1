"""A handout between its words and its print."""

from __future__ import annotations

from dataclasses import dataclass

from programs.prescriptions.handout.pictures import Pictured
from programs.prescriptions.sheet import Sheet
from programs.prescriptions.spelling import program_word


@dataclass(frozen=True, slots=True)
class Page:
    """A handout before it is printed: its page, which is well-formed XML, and its pictures."""

    html: str
    pictures: Pictured
    paper_size: str
    styles: str
    """The folder of its style sheets."""


def document_title(sheet: Sheet) -> str:
    """What a viewer shows as the title: nothing about health, which a window would reveal."""
    p = sheet.prescription
    return f"Home {program_word(p.practice.country)}, version {p.version}, {sheet.issued_words}"
