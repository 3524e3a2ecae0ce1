"""The treated side, in words. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SIDE_WORDS: Final = MappingProxyType(
    {"": "", "left": "for your left side", "right": "for your right side"}
)


def fill_sides(text: str, side: str) -> str:
    """Put the treated side into a text with ``{side}`` and ``{other}``; no side changes nothing."""
    if not side:
        return text
    other = {"left": "right", "right": "left"}[side]
    return text.replace("{side}", side).replace("{other}", other)


SIDES = (("", "No side"), ("left", "Left"), ("right", "Right"))
