"""What the rest of the project asks for: the drawings of a catalogue entry, which were kept."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final, Protocol

from programs.figures.camera import SCALE
from programs.figures.kept import DrawnBox, Kept, KeptPicture, kept_for
from programs.figures.marks import corner_signs, letter_svg
from programs.figures.mirror import mirrored, mirrored_box
from programs.figures.palette import BODY_INK
from programs.figures.pose import FigureFrame
from programs.figures.resting import body_of
from programs.figures.words import describe, sided

DRAWN_SIDES: Final = ("", "left", "right")


class Drawable(Protocol):
    """The part of a definition that is drawn."""

    @property
    def name(self) -> str:
        """What people call the entry."""

    @property
    def figures(self) -> tuple[FigureFrame, ...]:
        """Its frames."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One finished picture: inline SVG, a short caption and a text alternative."""

    svg: str
    caption: str
    alt: str


def draw(entry: Drawable, side: str = "", kept: Kept | None = None) -> tuple[Drawing, ...]:
    """All frames of an entry, for the treated side (``left`` mirrors; else as the file has it).

    Equal input gives equal bytes. Empty without figures, or where they were not drawn yet.
    ``kept``: the drawings of a chosen person, in place of the shipped ones.
    """
    kept = kept or (kept_for(entry.figures) if entry.figures else None)
    return finished(entry, kept, side) if kept else ()


def finished(entry: Drawable, kept: Kept, side: str = "") -> tuple[Drawing, ...]:
    """Drawn pictures with their signs and words."""
    if side not in DRAWN_SIDES:
        raise ValueError(f"side must be 'left', 'right' or empty, not {side!r}")
    box = mirrored_box(kept.box) if side == "left" else kept.box
    title = f"{entry.name}, {side} side" if side else entry.name
    total, found = len(kept.pictures), []
    for i, (frame, shown) in enumerate(zip(entry.figures, kept.pictures, strict=True), 1):
        picture = mirrored(shown) if side == "left" else shown
        alt = f"Picture {i} of {total}: {describe(frame, body_of(frame), side)}"
        words = title + (f", {i} of {total}" if total > 1 else "")
        inner = inside(picture) + corner_signs(frame.signs, _corner(box))
        text = f"<title>{escape(words)}</title><desc>{escape(alt)}</desc>"
        found.append(Drawing(svg(box, text, inner), sided(frame.caption, side), alt))
    return tuple(found)


def _corner(box: DrawnBox) -> tuple[float, float]:
    return (box[0] / SCALE + 1, box[1] / SCALE + 1)


def inside(picture: KeptPicture) -> str:
    """Shapes, and letters on them."""
    return picture.shapes + "".join(map(letter_svg, picture.letters))


def svg(box: DrawnBox, words: str, inner: str) -> str:
    """Wrap drawn parts; the root sets what lines have in common."""
    view = " ".join(map(str, box))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" class="hf" '
        f'color="{BODY_INK}">{words}'
        f'<g fill="none" stroke-linejoin="round" stroke-linecap="round">{inner}</g></svg>'
    )
