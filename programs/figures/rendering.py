"""Draws all frames of an entry and its movement, to be kept. Takes seconds: never on a request."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from programs.figures.camera import SCALE
from programs.figures.flooring import FloorEnds, floor_ends
from programs.figures.kept import DrawnBox, Kept, KeptMovement, KeptPicture, pack
from programs.figures.people import FIGURE_PEOPLE, FigurePerson
from programs.figures.picture import Painted, paint, seen_in
from programs.figures.pose import FigureFrame
from programs.figures.poses import moments, moves
from programs.figures.proportions import USUAL_LENGTHS, Lengths
from programs.figures.raster import PictureBox
from programs.figures.resting import body_of
from programs.figures.scene import Scene, common_box, scene_of

MOST_PICTURE_BYTES: Final = 6_900
"""Of the shapes of one picture; the words come to it."""
MOST_WITH_MORE: Final = 9_900
"""The same with a second person or an inset."""
_COARSER: Final = (1.0, 1.35, 1.8, 2.4, 3.2)
ON_THE_WAY: Final = (1.5, 2.2, 3.0, 4.0)
"""How much coarser lines are on the way, where each picture shows for a moment; the first that
keeps a movement small."""
MOST_PACKED: Final = 38_500
ROUGH: Final = 2.6
"""Points a unit on the way."""
_ELEMENTS: Final = re.compile(r"<[^>]*>")


def _on_and_on() -> None:
    """Nobody asks to stop."""


def render(
    frames: tuple[FigureFrame, ...],
    person: str,
    before_each: Callable[[], None] = _on_and_on,
    own: Lengths = USUAL_LENGTHS,
) -> Kept:
    """The pictures of all frames, and the movement where a body moves.

    ``before_each`` is called before each picture; what it raises ends the drawing. ``own``: the
    lengths of whoever is drawn, as they fit these poses.
    """
    box, pictures = render_pictures(frames, person, before_each, own)
    if not moves(frames):
        return Kept(box, pictures)
    moving = render_movement(frames, FIGURE_PEOPLE[person], before_each, own)
    return Kept(box, pictures, moving)


def render_pictures(
    frames: tuple[FigureFrame, ...],
    person: str,
    before_each: Callable[[], None] = _on_and_on,
    own: Lengths = USUAL_LENGTHS,
) -> tuple[DrawnBox, tuple[KeptPicture, ...]]:
    """The pictures of all frames, without the movement, and their box in drawing units."""
    scenes = [scene_of(frame, FIGURE_PEOPLE[person], body_of(frame, own)) for frame in frames]
    box, ends = common_box(scenes), floor_ends(frames)
    found = []
    for scene in scenes:
        before_each()
        found.append(_kept(_small(scene, box, ends)))
    return _whole(box), tuple(found)


def _small(scene: Scene, box: PictureBox, ends: FloorEnds) -> Painted:
    """A picture as fine as its bytes allow."""
    more = scene.frame.helper or scene.frame.inset
    most = MOST_WITH_MORE if more else MOST_PICTURE_BYTES
    seen = seen_in(scene, box)
    painted = paint(scene, box, ends, seen=seen)
    for coarse in _COARSER[1:]:
        if len(painted.shapes) <= most:
            break
        painted = paint(scene, box, ends, coarse=coarse, seen=seen)
    return painted


def render_movement(
    frames: tuple[FigureFrame, ...],
    person: FigurePerson,
    before_each: Callable[[], None] = _on_and_on,
    own: Lengths = USUAL_LENGTHS,
) -> KeptMovement:
    """The poses from the first frame to the last."""
    rows = list(moments(frames, own))
    scenes = [scene_of(m.frame, person, m.body, m.helper) for m in rows]
    box, ends = common_box(scenes), floor_ends(frames)
    rests = tuple(m.rest for m in rows)
    for coarse in ON_THE_WAY:
        painted = []
        for scene in scenes:
            before_each()
            painted.append(paint(scene, box, ends, coarse=coarse, fine=ROUGH))
        common = _common([p.shapes for p in painted])
        poses = tuple(_kept(p, len(common)) for p in painted)
        found = KeptMovement(_whole(box), common, poses, rests, back=not frames[-1].cycle)
        if len(pack(Kept(found.box, (), found))) < MOST_PACKED:
            break
    return found


def _common(shapes: Sequence[str]) -> str:
    """The elements that all begin with."""
    rows = [_ELEMENTS.findall(text) for text in shapes]
    alike = itertools.takewhile(lambda row: len(set(row)) == 1, zip(*rows, strict=False))
    return "".join(row[0] for row in alike)


def _kept(painted: Painted, start: int = 0) -> KeptPicture:
    letters = (
        replace(m, place=(round(m.place[0], 1), round(m.place[1], 1))) for m in painted.letters
    )
    return KeptPicture(painted.shapes[start:], tuple(letters))


def _whole(box: PictureBox) -> DrawnBox:
    left, top, wide, high = (round(v * SCALE) for v in box)
    return (left, top, wide, high)
