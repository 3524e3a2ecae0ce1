"""The line at the foot of every page: who to call, and which version this is. Pure."""

from __future__ import annotations

from typing import Final

from clinic.parsing.printable import direction
from programs.prescriptions.handout.measure import breadth_mm
from programs.prescriptions.sheet import Sheet

_ROOM_MM: Final = 148.0
"""On both papers beside the page's number, as the style sheet has it."""
_SIZE_PT: Final = 9.5
_ON: Final = "\N{LEFT-TO-RIGHT MARK}"


def footer_of(sheet: Sheet) -> str:
    """A name that is too long gives way: the phone and the version are never cut off."""
    p = sheet.prescription
    phone = f" · {p.practice.phone}" if p.practice.phone else ""
    rest = f"{phone} · version {p.version}, {sheet.issued_words}"
    return left_to_right(_cut(p.practice.name, _ROOM_MM - breadth_mm(rest, _SIZE_PT))) + rest


def left_to_right(name: str) -> str:
    """What follows a name that runs right to left, such as a number, runs as it should."""
    return name + _ON if direction(name) == "rtl" else name


def _cut(name: str, room_mm: float) -> str:
    whole, kept = name, name
    while kept and breadth_mm(kept if kept == whole else f"{kept}…", _SIZE_PT) > room_mm:
        kept = kept[:-1]
    return whole if kept == whole else f"{kept.rstrip(' ,.·')}…"
