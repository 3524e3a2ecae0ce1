"""A pose between two: its numbers a share of the way, its contacts where they are."""

from __future__ import annotations

from dataclasses import replace
from math import pi, sin

from programs.figures import body as b
from programs.figures.pose import Pose, Touch
from programs.figures.skeleton import HEIGHTS, Skeleton


def number(a: float, z: float, t: float) -> float:
    """The number a share ``t`` of the way from one to the other."""
    return a + (z - a) * t


def mix_poses(
    start: Pose, end: Pose, bodies: tuple[Skeleton, Skeleton], t: float
) -> tuple[Pose, list[str]]:
    """The pose between, and the limbs that a pose cannot tell: theirs are the bodies' turns."""
    touches: dict[str, Touch] = {}
    loose = []
    for limb in [f"{part}_{side}" for part in ("foot", "hand") for side in b.BODY_SIDES]:
        one, two = start.touches.get(limb), end.touches.get(limb)
        if one is None and two is None:
            continue
        mixed = _mix_touches(one, two, t)
        if mixed:
            touches[limb] = mixed
        else:
            loose.append(limb)
    names = set(start.angles) | set(end.angles)
    angles = {n: number(start.angles.get(n, 0.0), end.angles.get(n, 0.0), t) for n in sorted(names)}
    resting = start.head == end.head
    if not resting:
        necks = [body.angles["neck_flexion"] for body in bodies]
        angles["neck_flexion"] = number(necks[0], necks[1], t)
    heights = [p.height if p.height is not None else HEIGHTS.get(p.base) for p in (start, end)]
    height = None
    if heights[0] is not None and heights[1] is not None:
        height = number(heights[0], heights[1], t)
    pose = replace(
        start,
        lean=number(start.lean, end.lean, t),
        side_lean=number(start.side_lean, end.side_lean, t),
        turn=number(start.turn, end.turn, t),
        at=(number(start.at[0], end.at[0], t), number(start.at[1], end.at[1], t)),
        height=height,
        head=start.head if resting else "",
        angles=angles,
        touches=touches,
    )
    return pose, loose


def _mix_touches(one: Touch | None, two: Touch | None, t: float) -> Touch | None:
    """The contact between two of the same kind; None where they differ in kind."""
    if one is None or two is None or one.on != two.on or one.bend != two.bend:
        return None
    if len(one.at) != len(two.at) or (one.point is None) != (two.point is None):
        return None
    point = None
    if one.point is not None and two.point is not None:
        point = number(one.point, two.point, t)
    at = [number(a, z, t) for a, z in zip(one.at, two.at, strict=True)]
    if one.round and len(at) > 2:
        at[0] += one.round * sin(pi * t) * (-1 if two.at[2] > one.at[2] else 1)
    return replace(
        one,
        at=tuple(at),
        share=number(one.share, two.share, t),
        point=point,
        heel=number(one.heel, two.heel, t),
        toes=number(one.toes, two.toes, t),
        arch=number(one.arch, two.arch, t),
        swing=number(one.swing, two.swing, t),
    )
