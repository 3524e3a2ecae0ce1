"""Colours by material, their darker tones, and the colours of lines and marks."""

from __future__ import annotations

from typing import Final

from programs.figures.people import HELPING_PERSON, FigurePerson

BODY_INK: Final = "#0e0d12"
"""Outlines of bodies: 3 to 1 against every skin, in the shade too, and garments in the light."""
THING_INK: Final = "#5c5449"
"""Outlines of light things: 3 to 1 against each, in the shade too."""
STRONG: Final = frozenset({"ball", "roller", "band", "steel", "wood"})
"""Materials too dark for that ink: theirs are the outlines of bodies."""
FLOOR_INK: Final = "#857d70"
"""The line where a floor ends, on bare paper: quieter than a thing."""
MARK: Final = "#a3201a"
FELT_TONE: Final = "#ee8a3e"
FELT_INK: Final = "#6b2400"
SHADOW: Final = "#dcd8d6"
"""The shadow on a bare floor."""
COLD: Final = "#1f5f99"

THINGS: Final = {
    "mat": "#dfe9e6",
    "sheet": "#eef1f4",
    "wall": "#ece7dd",
    "prop": "#e3dccf",
    "prop-soft": "#f1ece2",
    "prop-dark": "#cfc4b2",
    "strap": "#ecd08a",
    "paper": "#fffdf8",
    "ball": "#e2a08c",
    "roller": "#7f97ab",
    "ice": "#c9e2f5",
    "sole": "#f6f2ea",
    "band": "#2f8f6b",
    "steel": "#7d8794",
    "wood": "#c39a62",
}
_NIGHT: Final = (0x4A, 0x2C, 0x3F)
_DIM: Final = 0.2


def colours_of(person: FigurePerson) -> dict[str, str]:
    """Colour by material, of this person, of whoever helps, and of all things."""
    helper = {f"helper-{name}": tone for name, tone in HELPING_PERSON.colours.items()}
    return {**THINGS, **person.colours, **helper, "helper-sole": "#f1f1f1"}


def darker(colour: str, by: float = _DIM) -> str:
    """A colour in the shade."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = (round(c + (n - c) * by) for c, n in zip(parts, _NIGHT, strict=True))
    return "#" + "".join(f"{c:02x}" for c in mixed)


def lighter(colour: str, by: float = 0.3) -> str:
    """A colour with light on it."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c + (255 - c) * by):02x}" for c in parts)


def lightness(colour: str) -> float:
    """How light a colour is in grey, 0 to 1."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
