"""The treated side, in words. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SIDES: Final = (("", "No side"), ("left", "Left"), ("right", "Right"))
SIDE_WORDS: Final = MappingProxyType(
    {"": "", "left": "for your left side", "right": "for your right side"}
)

DONE_SIDE_WORDS: Final = MappingProxyType(
    {"": "", "left": "left side", "right": "right side", "both": "both sides"}
)
"""Where an exercise was done, in a line of a log."""

_OTHER: Final = MappingProxyType({"": "", "left": "right", "right": "left"})


def other_side(side: str) -> str:
    """Left for right and right for left; no side stays none."""
    return _OTHER[side]


def with_side(name: str, side: str) -> str:
    """An exercise with its side, for clinicians: ``Dead bug (left)``."""
    return f"{name} ({side})" if side else name


def with_side_words(name: str, words: str) -> str:
    """The same for patients, with what was frozen: ``Dead bug, for your left side``."""
    return f"{name}, {words}" if words else name


def fill_sides(text: str, side: str) -> str:
    """Put the treated side into a text with ``{side}`` and ``{other}``; no side changes nothing."""
    if not side:
        return text
    return text.replace("{side}", side).replace("{other}", other_side(side))
