"""Places on the body where a stretch or the work is felt, and what of the body carries each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from programs.figures import body as b
from programs.figures.geometry import Vec, along, mix, scale, unit
from programs.figures.skeleton import Skeleton, out_sign

_SPOTS: Final = {
    "low_back": (3.0, 12.5, 180.0, 2.8),
    "low_back_spot": (7.5, 8.5, 160.0, 1.4),
    "back": (10.0, 25.0, 180.0, 3.0),
    "between_blades": (17.5, 25.0, 180.0, 3.2),
    "neck": (31.0, 33.0, 180.0, 2.0),
    "belly": (3.0, 12.5, 0.0, 3.0),
    "chest": (20.0, 26.0, 0.0, 2.8),
    "chest_side": (22.5, 25.5, 42.0, 2.6),
    "side": (6.0, 22.0, 90.0, 2.6),
    "side_upper": (17.0, 25.5, 85.0, 2.6),
    "waist": (7.0, 13.0, 95.0, 2.6),
    "buttock": (-3.0, 0.5, 155.0, 3.2),
    "hip_front": (-3.5, 4.0, 25.0, 2.8),
    "hip_side": (-3.0, 2.0, 95.0, 2.8),
    "pelvic_floor": (-5.2, -5.0, 180.0, 3.2),
}
"""For each region of the trunk: from and to above the hips, degrees round, and radius."""
_MIDDLE: Final = (0.0, 180.0)
"""Degrees round of what lies in the middle, so that it is one patch for both sides."""


_ROUND: Final = (0.0, 0.0, 0.0)
_Line = tuple[Vec, Vec, float, Vec]
"""Start, end, radius and outward of a patch."""


@dataclass(frozen=True, slots=True)
class FeltPlace:
    """The middle line of a patch and its radius, and who may carry it (see ``whose.py``).

    ``out``: the way that it faces, or nothing where it goes all round.
    ``middle``: a point and a way; a patch of one side of the trunk stays beyond it.
    """

    start: Vec
    end: Vec
    radius: float
    out: Vec
    on: tuple[str, ...]
    middle: tuple[Vec, Vec] | None = None


def felt_places(body: Skeleton, region: str) -> Iterator[FeltPlace]:
    """Each patch of a region: of its side, or of both."""
    name, _, side = region.rpartition("_")
    sides: tuple[str, ...] = (side,)
    if side not in b.BODY_SIDES:
        name, sides = region, b.BODY_SIDES
        if name in _SPOTS and _SPOTS[name][2] in _MIDDLE:
            sides = ("right",)
    for one in sides:
        line = _place(body, name, one, aside=side in b.BODY_SIDES)
        middle = None
        if name in _SPOTS and (len(sides) > 1 or side in b.BODY_SIDES):
            centre, axes = body.slice(sum(_SPOTS[name][:2]) / 2)
            middle = (centre, scale(axes.left, out_sign(one)))
        yield FeltPlace(*line, _carriers(name, one), middle)


def _carriers(name: str, side: str) -> tuple[str, ...]:
    """The parts of the body that a patch may lie on; the hips go over into the thighs."""
    arm, leg = f"arm_{side}", f"leg_{side}"
    if name == "forearm":
        return (arm,)
    if name in ("neck", "neck_side"):
        return ("trunk", "head", arm) if name == "neck_side" else ("trunk", "head")
    if name in ("shoulder", "chest_side"):
        return ("trunk", arm)
    if name == "pelvic_floor":
        return ("trunk", "leg_right", "leg_left")
    if name in ("buttock", "hip_front", "hip_side"):
        return ("trunk", leg)
    return ("trunk",) if name in _SPOTS else (leg,)


def _place(body: Skeleton, name: str, side: str, *, aside: bool) -> _Line:
    if name in _SPOTS:
        low, high, around, r = _SPOTS[name]
        if aside and around == 180.0:
            around = 152.0
        (p, out), (q, other) = (body.skin(up, around, side) for up in (low, high))
        start, end = along(p, out, -r * 0.75), along(q, other, -r * 0.75)
        return start, end, r, unit(mix(out, other, 0.5))
    if name == "shoulder":
        shoulder = body.points[f"shoulder_{side}"]
        return shoulder, mix(shoulder, body.points[f"elbow_{side}"], 0.3), 2.6, _ROUND
    if name in _LOW:
        return _low_on_leg(body, name, side)
    if name == "neck_side":
        neck, shoulder = body.points["skull"], body.points[f"shoulder_{side}"]
        ledge = mix(body.points["neck"], shoulder, 0.55)
        out = scale(body.frames["thorax"].left, out_sign(side))
        return along(neck, out, 1.2), along(ledge, body.frames["thorax"].up, 1.0), 1.7, out
    if name == "forearm":
        elbow, wrist = body.points[f"elbow_{side}"], body.points[f"wrist_{side}"]
        return mix(elbow, wrist, 0.1), mix(elbow, wrist, 0.55), 1.5, _ROUND
    f = body.frames[f"{'shank' if name == 'calf' else 'thigh'}_{side}"]
    joints = ("knee", "ankle") if name == "calf" else ("hip", "knee")
    start, end = (body.points[f"{j}_{side}"] for j in joints)
    way = {
        "thigh_front": f.forward,
        "thigh_in": scale(f.left, -out_sign(side)),
    }.get(name, scale(f.forward, -1))
    shares = (0.15, 0.5) if name == "calf" else (0.3, 0.85)
    deep = 1.5 if name == "calf" else 2.3
    return (
        along(mix(start, end, shares[0]), way, deep),
        along(mix(start, end, shares[1]), way, deep * 0.8),
        2.0,
        way,
    )


_LOW: Final = frozenset({"shin", "sole", "ankle_out"})


def _low_on_leg(body: Skeleton, name: str, side: str) -> _Line:
    """Below the knee in front, under the foot, and round the outside of the ankle."""
    shank, foot = body.frames[f"shank_{side}"], body.frames[f"foot_{side}"]
    ankle = body.points[f"ankle_{side}"]
    if name == "shin":
        knee = body.points[f"knee_{side}"]
        start, end = (mix(knee, ankle, share) for share in (0.2, 0.6))
        return along(start, shank.forward, 1.3), along(end, shank.forward, 1.3), 2.0, shank.forward
    if name == "sole":
        low = 1.4 - b.ANKLE_HEIGHT
        ends = foot.place(ankle, -2.0, 0.0, low), foot.place(ankle, 5.5, 0.0, low)
        return *ends, 1.8, scale(foot.up, -1)
    out = out_sign(side) * 1.4
    ends = shank.place(ankle, -0.4, out, 6.0), foot.place(ankle, 1.6, out, -1.2)
    return *ends, 1.7, scale(shank.left, out_sign(side))
