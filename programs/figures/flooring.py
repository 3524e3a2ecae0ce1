"""The line where a floor ends, behind whoever stands, sits or kneels on it, and behind things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Final

from programs.figures.camera import camera_for, num
from programs.figures.furniture import Block, blocks
from programs.figures.geometry import Vec
from programs.figures.limbs import solve
from programs.figures.palette import FLOOR_INK
from programs.figures.pose import FigureFrame
from programs.figures.raster import PictureBox
from programs.figures.resting import body_of

STEEP: Final = 40.0
"""Degrees from which a floor is looked down on, and no end of it is seen."""
_ROOM: Final = 6.0
"""How far behind everything that touches it a floor goes on, in units."""
_LOW: Final = 12.0
_WITHOUT: Final = frozenset({"mat", "bed"})
_WALLS: Final = frozenset({"wall", "wall_end", "doorway", "door"})
"""They go on beyond what is drawn of them, as the floor does."""
FloorEnds = dict[tuple[float, float], float]
"""For each view how far behind the middle the floor ends, in units."""


def on_bare_floor(frame: FigureFrame) -> bool:
    """Whether there is neither mat nor bed."""
    return not {p.kind for p in frame.props} & _WITHOUT


def shows_floor(frame: FigureFrame) -> bool:
    """Whether the end of the floor is seen: neither round a mat or bed nor from high above."""
    return frame.view[1] < STEEP and on_bare_floor(frame)


def floor_ends(frames: Sequence[FigureFrame]) -> FloorEnds:
    """Where the floor ends: at one place for all pictures of one view, so that it stays there.

    The usual body tells it, whoever is drawn.
    """
    found: FloorEnds = {}
    for frame in filter(shows_floor, frames):
        around = radians(camera_for(frame.view).around)
        away = max(y * cos(around) - x * sin(around) for x, y, _ in _on_floor(frame)) + _ROOM
        found[frame.view] = max(away, found.get(frame.view, away))
    return found


def _on_floor(frame: FigureFrame) -> Iterator[Vec]:
    """Points of bodies and of things that are near the floor."""
    bodies = [body_of(frame)]
    if frame.helper:
        bodies.append(solve(frame.helper))
    for body in bodies:
        yield from (p for p in body.points.values() if p[2] < _LOW)
    for prop in frame.props:
        for block in blocks(prop) if prop.kind not in _WALLS else ():
            if block.low[2] < _LOW:
                yield from ((x, y, 0.0) for x in _ends(block, 0) for y in _ends(block, 1))


def _ends(block: Block, axis: int) -> tuple[float, float]:
    return block.low[axis], block.high[axis]


def floor_line(frame: FigureFrame, box: PictureBox, ends: FloorEnds) -> str:
    """The line as SVG, right across the picture; empty where no end of the floor is seen."""
    if not shows_floor(frame):
        return ""
    left, _, wide, _ = box
    level = -ends[frame.view] * camera_for(frame.view).near[2]
    return (
        f'<path d="M{num(left + 2)} {num(level)}l{num(wide - 4)} 0" '
        f'stroke="{FLOOR_INK}" stroke-width="7"/>'
    )
