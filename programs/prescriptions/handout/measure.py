"""How much room words take on paper, near enough to plan a page before it is laid out. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

MM_PER_PT: Final = 25.4 / 72
_FIRST: Final = ord(" ")
_PLAIN: Final = (
    *(260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372),
    *(572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434),
    *(899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781),
    *(605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444),
    *(281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605),
    *(615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572),
)
"""Breadths of Noto Sans from the space to the tilde, in thousandths of its size."""
_BOLD: Final = (
    *(260, 286, 472, 646, 572, 901, 750, 266, 339, 339, 545, 572, 285, 322, 285, 413),
    *(572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 285, 285, 572, 572, 572, 477),
    *(897, 690, 672, 637, 740, 560, 549, 724, 765, 389, 331, 664, 565, 943, 813, 796),
    *(628, 796, 660, 551, 579, 756, 650, 967, 667, 624, 579, 331, 413, 331, 572, 411),
    *(362, 604, 633, 514, 633, 591, 387, 633, 657, 305, 305, 620, 305, 982, 657, 619),
    *(633, 633, 454, 497, 434, 657, 569, 856, 578, 569, 488, 394, 551, 394, 572),
)
_SIGNS: Final = {"–": 500, "—": 1000, "’": 217, "‘": 217, "“": 445, "”": 445, "•": 376}
_LETTER: Final = 640
"""Of other letters, taken large."""
_WIDE: Final = 1000
_SURE: Final = 0.985
"""Of a line so much is counted on: what is planned must fit in the end."""


@lru_cache(maxsize=4096)
def breadth_mm(text: str, pt: float, *, bold: bool = False) -> float:
    """How long a text is on one line."""
    return _em(text, bold) * pt * MM_PER_PT / 1000


@lru_cache(maxsize=16384)
def lines_of(text: str, room_mm: float, pt: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column; none where there is no text."""
    room = room_mm * _SURE * 1000 / (pt * MM_PER_PT)
    return sum(_lines(words, room, _PLAIN[0]) for words in _measured(text, bold)) if text else 0


@lru_cache(maxsize=4096)
def _measured(text: str, bold: bool) -> tuple[tuple[int, ...], ...]:
    """The breadth of each word, for each line that the text itself begins."""
    return tuple(tuple(_em(word, bold) for word in part.split()) for part in text.split("\n"))


def _em(text: str, bold: bool) -> int:
    table = _BOLD if bold else _PLAIN
    return sum(
        table[ord(c) - _FIRST] if " " <= c <= "~" else _SIGNS.get(c) or _other(c) for c in text
    )


def _other(sign: str) -> int:
    return _WIDE if sign > "\u2e7f" else _LETTER


def _lines(words: tuple[int, ...], room: float, space: int) -> int:
    lines, left = 1, room
    for word in words:
        wide: float = word
        if wide > left and left < room:
            lines, left = lines + 1, room
        while wide > room > 0:
            lines, wide = lines + 1, wide - room
        left -= wide + space
    return lines
