"""What the rest of the project asks for: the drawings of a catalogue entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from programs.figures.picture import body_of, common_box, finish, paint
from programs.figures.pose import FigureFrame
from programs.figures.words import describe, sided


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


def draw(entry: Drawable, side: str = "") -> tuple[Drawing, ...]:
    """All frames of an entry, for the treated side (``left`` mirrors; else as the file has it).

    Pure: equal input gives equal bytes. An entry without figures gives an empty tuple.
    """
    if side not in ("", "left", "right"):
        raise ValueError(f"side must be 'left', 'right' or empty, not {side!r}")
    bodies = [body_of(frame) for frame in entry.figures]
    canvases = [
        paint(frame, side == "left", found)
        for frame, found in zip(entry.figures, bodies, strict=True)
    ]
    if not canvases:
        return ()
    box, total = common_box(canvases), len(canvases)
    title = f"{entry.name}, {side} side" if side else entry.name
    drawings = []
    for i, (frame, canvas, found) in enumerate(
        zip(entry.figures, canvases, bodies, strict=True), 1
    ):
        alt = f"Picture {i} of {total}: {describe(frame, found, side)}"
        count = f", {i} of {total}" if total > 1 else ""
        svg = finish(frame, canvas, box, title + count, alt)
        drawings.append(Drawing(svg, sided(frame.caption, side), alt))
    return tuple(drawings)
