"""How much room words take on paper, near enough to plan a page before it is laid out. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

MM_PER_PT: Final = 25.4 / 72
_WIDTHS: Final = {
    **dict.fromkeys("iIl.,:;'|!’‘", 0.27),
    **dict.fromkeys("frtj()-–/ ", 0.36),
    " ": 0.26,
    **dict.fromkeys("mwMW—", 0.86),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", 0.65),
    **dict.fromkeys("0123456789", 0.572),
}
"""Breadths of Noto Sans in parts of its size."""
_LETTER: Final = 0.565
_WIDE: Final = 1.0
_BOLD: Final = 1.07
_SURE: Final = 0.98
"""Of a line so much is counted on: what is planned must fit in the end."""


@lru_cache(maxsize=4096)
def breadth_mm(text: str, pt: float, *, bold: bool = False) -> float:
    """How long a text is on one line."""
    em = sum(_WIDTHS.get(c, _WIDE if c > "\u2e7f" else _LETTER) for c in text)
    return em * pt * MM_PER_PT * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def lines_of(text: str, room_mm: float, pt: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column; none where there is no text."""
    return sum(_lines(part, room_mm, pt, bold) for part in text.split("\n")) if text else 0


def _lines(text: str, room_mm: float, pt: float, bold: bool) -> int:
    room_mm *= _SURE
    lines, left = 1, room_mm
    space = breadth_mm(" ", pt, bold=bold)
    for word in text.split():
        wide = breadth_mm(word, pt, bold=bold)
        if wide > left and left < room_mm:
            lines, left = lines + 1, room_mm
        while wide > room_mm:
            lines, wide = lines + 1, wide - room_mm
        left -= wide + space
    return lines
