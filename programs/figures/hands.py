"""Hands: a palm, four fingers that bend round what they hold, and a thumb across from them."""

from __future__ import annotations

import itertools
from math import cos, radians, sin
from typing import Final, Protocol

from programs.figures.forms import Melt, SolidPart
from programs.figures.geometry import Vec, along, length, mix, scale, sub, unit
from programs.figures.people import Build
from programs.figures.pose import Touch
from programs.figures.shapes import Cone, Solid
from programs.figures.skeleton import Skeleton

_ROWS: Final = ((1.28, 1.5), (0.44, 1.72), (-0.42, 1.6), (-1.22, 1.25))
"""How far each finger is from the hand's middle, toward the thumb, and the length of its bones."""
_KNUCKLE: Final = 4.5
RELAXED: Final = 11.0
"""Degrees by which each joint of an idle finger bends."""
FIST: Final = 62.0
_ROUND: Final = {
    "thigh_back": 5.0,
    "thigh_front": 6.0,
    "thigh_out": 6.0,
    "knee": 4.2,
    "shin": 3.8,
    "calf": 3.6,
    "ankle": 2.6,
    "heel": 3.0,
    "foot": 2.6,
    "shoulder": 4.0,
    "hip": 9.0,
    "waist": 9.0,
    "head": 6.0,
    "forehead": 7.0,
    "head_side": 7.0,
    "crown": 7.0,
    "upper_arm": 3.0,
    "elbow": 3.0,
    "forearm": 3.0,
    "wrist": 2.4,
    "hand": 4.0,
}
"""Radius of what a hand that lies on this part of the body bends round."""
_FLAT: Final = frozenset({"floor", "wall", "bench", "seat", "ball", "belly", "chest", "ribs"})


class _Place(Protocol):
    """A point of a hand: down from the wrist, toward the thumb, into the palm."""

    def __call__(self, down: float, toward_thumb: float, deep: float = 0.0) -> Vec: ...


def finger_bend(touch: Touch | None) -> float:
    """Degrees at each joint of the fingers, for what the hand does."""
    if touch is None:
        return RELAXED
    place = touch.on.removeprefix("other_")
    if touch.grip and place not in _ROUND:
        return FIST
    if place in _FLAT:
        return 3.0
    radius = _ROUND.get(place)
    if radius is None:
        return 9.0
    bend = 1.6 / radius * 57.3
    return max(bend, 30.0) if touch.grip else bend


def hand(body: Skeleton, build: Build, side: str, touch: Touch | None) -> list[SolidPart]:
    """The parts of a hand: its palm first, then each finger and the thumb."""
    axes, wrist = body.frames[f"hand_{side}"], body.points[f"wrist_{side}"]
    palm = scale(axes.left, 1.0 if side == "right" else -1.0)
    k = 0.62 + 0.38 * build.limbs
    bend = finger_bend(touch)

    def at(down: float, toward_thumb: float, deep: float = 0.0) -> Vec:
        p = along(along(wrist, axes.up, -down), axes.forward, toward_thumb)
        return along(p, palm, deep)

    back: list[Solid] = [
        Cone(at(-0.4, 0), at(1.3, 0), 1.2 * k, 1.2 * k),
        Cone(at(0.9, 0.5), at(4.3, 1.15), 1.05 * k, 0.9 * k),
        Cone(at(0.9, -0.45), at(4.1, -1.05), 1.05 * k, 0.85 * k),
        Cone(at(1.5, 0), at(4.4, 0), 1.1 * k, 0.95 * k),
    ]
    parts = [SolidPart(back, melt=0.5, joint=Melt(wrist, 3.2, 0.9))]
    for aside, bone in _ROWS:
        start = at(_KNUCKLE - 0.25 * abs(aside), aside * 0.98)
        solids = _finger(start, scale(axes.up, -1), palm, bone, bend, k)
        parts.append(SolidPart(solids, melt=0.1, joint=Melt(start, 1.6, 0.6)))
    parts.append(_thumb(body, side, at, bend, k))
    return parts


def _finger(start: Vec, way: Vec, palm: Vec, bone: float, bend: float, k: float) -> list[Solid]:
    found: list[Solid] = []
    turned, thick, p = 0.0, 0.72 * k, start
    for share in (1.12, 0.95, 0.8):
        turned += radians(bend)
        ahead = along(scale(way, cos(turned)), palm, sin(turned))
        q = along(p, ahead, bone * share)
        found.append(Cone(p, q, thick, thick - 0.07 * k))
        p, thick = q, thick - 0.07 * k
    return found


def _thumb(body: Skeleton, side: str, at: _Place, bend: float, k: float) -> SolidPart:
    base = at(1.1, 1.0, 0.15)
    tip = body.points.get(f"thumb_{side}")
    if tip is not None:
        way = unit(sub(tip, base))
        knuckle = along(base, way, max(2.4, length(sub(tip, base)) * 0.5))
    else:
        closed = min(1.0, bend / 45.0)
        knuckle = at(2.9, 2.3 - 0.5 * closed, 0.5 + 0.7 * closed)
        tip = at(4.9, 2.7 - 1.5 * closed, 0.8 + 1.3 * closed)
    solids: list[Solid] = [
        Cone(base, knuckle, 1.05 * k, 0.82 * k),
        Cone(knuckle, mix(knuckle, tip, 0.98), 0.82 * k, 0.62 * k),
    ]
    return SolidPart(solids, melt=0.3, joint=Melt(base, 2.4, 0.8))


_CREASES: Final = (
    ((4.1, 1.5), (3.3, 0.75), (2.3, 0.45), (1.2, 0.6)),
    ((3.5, 1.75), (3.05, 0.7), (2.7, -0.3), (2.3, -1.2)),
    ((4.2, 0.1), (3.7, -0.55), (3.45, -1.5)),
)
"""The lines of a palm: down from the wrist, and toward the thumb."""
_PALM_DEEP: Final = 1.05
_GAP_DEEP: Final = 0.45
"""How far toward the palm the line between two fingers is from their middles."""
_OPEN: Final = 20.0


def palm_lines(body: Skeleton, build: Build, side: str, touch: Touch | None) -> list[list[Vec]]:
    """The lines of an open hand's palm, by which it is told from the back; a fist shows none."""
    if finger_bend(touch) > _OPEN:
        return []
    axes, wrist = body.frames[f"hand_{side}"], body.points[f"wrist_{side}"]
    palm = scale(axes.left, 1.0 if side == "right" else -1.0)
    deep = _PALM_DEEP * (0.62 + 0.38 * build.limbs)
    creases = [
        [
            along(along(along(wrist, axes.up, -down), axes.forward, aside), palm, deep)
            for down, aside in line
        ]
        for line in _CREASES
    ]
    return creases + _between_fingers(hand(body, build, side, touch)[1:-1], palm)


def _between_fingers(fingers: list[SolidPart], palm: Vec) -> list[list[Vec]]:
    """A line along each gap between two fingers, on the side of the palm."""
    found = []
    for one, two in itertools.pairwise(fingers):
        cones = [[bone for bone in part.solids if isinstance(bone, Cone)] for part in (one, two)]
        joints = [[row[0].a, *(bone.b for bone in row)] for row in cones]
        middles = [mix(p, q, 0.5) for p, q in zip(*joints, strict=True)]
        middles.insert(1, mix(middles[0], middles[1], 0.5))
        found.append([along(p, palm, _GAP_DEEP) for p in middles[1:]])
    return found
