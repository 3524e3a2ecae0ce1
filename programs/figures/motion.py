"""The poses between two frames: angles turn evenly, contacts stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import pi, sin, sqrt
from typing import Final

from programs.figures import body as b
from programs.figures.eased import ease_joints
from programs.figures.geometry import (
    Frame,
    Vec,
    Z,
    add,
    along,
    frame_along,
    mix,
    reach,
    scale,
    slerp,
    sub,
    unit,
)
from programs.figures.limbs import place_foot, place_hand, solve
from programs.figures.mixing import mix_poses, number
from programs.figures.noted import note_limbs
from programs.figures.pose import Pose
from programs.figures.skeleton import HEIGHTS, Skeleton, other, place_head

NO_DETOURS: Final[Mapping[str, Vec]] = {}
_ON_HAND: Final = 5.0
"""How far an elbow is above a hand that is leaned on: lower it is the forearm that rests."""
_LEG: Final = ("thigh", "shank", "foot", "toes")
_ARM: Final = ("upper_arm", "forearm", "hand")


Detours = Mapping[str, Vec]
"""How far a hand or foot swings out half way, by its name: round what would be in its way."""


def between(
    start: Pose,
    end: Pose,
    bodies: tuple[Skeleton, Skeleton],
    t: float,
    head_on: float,
    detours: Detours = NO_DETOURS,
) -> Skeleton:
    """The body a share ``t`` of the way; ``bodies`` are the solved start and end."""
    return swung(straight(start, end, bodies, t, head_on), t, detours)


def straight(
    start: Pose, end: Pose, bodies: tuple[Skeleton, Skeleton], t: float, head_on: float
) -> Skeleton:
    """The body there before a limb swings out or a joint is eased: ``swung`` needs one of it."""
    if start.base != end.base or (
        (start.height is None) != (end.height is None) and (start.base not in HEIGHTS)
    ):
        return _blend_all(bodies, t)
    return _between_alike(start, end, bodies, t, head_on)


def swung(found: Skeleton, t: float, detours: Detours) -> Skeleton:
    """The same body, which is changed, with its limbs swung out and its joints within reach."""
    for limb, by in detours.items():
        swing = _move_foot if limb.startswith("foot") else _swing_out
        swing(found, limb.rsplit("_", 1)[1], scale(by, sqrt(sin(pi * t))))
    ease_joints(found)
    note_limbs(found)
    return found


def _between_alike(
    start: Pose, end: Pose, bodies: tuple[Skeleton, Skeleton], t: float, head_on: float
) -> Skeleton:
    """Between poses on the same base: contacts stay, and what cannot be told turns evenly."""
    pose, loose = mix_poses(start, end, bodies, t)
    found = solve(pose, head_on, bodies[0].own)
    for limb in loose:
        side = limb.rsplit("_", 1)[1]
        if limb.startswith("foot"):
            _blend_leg(found, bodies, side, t)
        else:
            _blend_arm(found, bodies, side, t)
    return found


def _swing_out(found: Skeleton, side: str, by: Vec) -> None:
    """Move a hand aside, and bend the arm after it."""
    shoulder, elbow = found.points[f"shoulder_{side}"], found.points[f"elbow_{side}"]
    target = add(found.points[f"wrist_{side}"], by)
    hand = found.frames[f"hand_{side}"]
    elbow, short = reach(
        shoulder, target, found.own.upper_arm, found.own.forearm, sub(elbow, shoulder)
    )
    if short:
        target = along(elbow, unit(sub(target, elbow)), found.own.forearm)
    front = found.frames[f"upper_arm_{side}"].forward
    found.points[f"elbow_{side}"], found.points[f"wrist_{side}"] = elbow, target
    found.frames[f"upper_arm_{side}"] = frame_along(unit(sub(shoulder, elbow)), front)
    found.frames[f"forearm_{side}"] = frame_along(unit(sub(elbow, target)), front)
    place_hand(found, side, hand)


def swapped(pose: Pose) -> Pose:
    """The same pose with right and left changed over: the other half of a step."""
    return replace(
        pose,
        angles={_other(name): value for name, value in sorted(pose.angles.items())},
        touches={_other(name): touch for name, touch in sorted(pose.touches.items())},
    )


def _other(name: str) -> str:
    part, _, side = name.rpartition("_")
    return f"{part}_{other(side)}" if side in b.BODY_SIDES else name


def _turned(bodies: tuple[Skeleton, Skeleton], part: str, t: float) -> Frame:
    one, two = (body.frames[part] for body in bodies)
    return frame_along(slerp(one.up, two.up, t), slerp(one.forward, two.forward, t))


def _blend_leg(found: Skeleton, bodies: tuple[Skeleton, Skeleton], side: str, t: float) -> None:
    thigh, shank, foot, toes = (_turned(bodies, f"{part}_{side}", t) for part in _LEG)
    knee = along(found.points[f"hip_{side}"], thigh.up, -found.own.thigh)
    found.frames.update({f"thigh_{side}": thigh, f"shank_{side}": shank})
    found.points[f"knee_{side}"] = knee
    found.points[f"ankle_{side}"] = along(knee, shank.up, -found.own.shank)
    place_foot(found, side, foot, toes)
    sunk = _floor(bodies, _foot_low, side, t) - _foot_low(found, side)
    if sunk > 0:
        _move_foot(found, side, scale(Z, sunk))


def _floor(
    bodies: tuple[Skeleton, Skeleton], low: Callable[[Skeleton, str], float], side: str, t: float
) -> float:
    """How low a hand or foot may be on its way: the floor may slope, and ends may sink a little."""
    one, two = (min(0.0, low(body, side)) for body in bodies)
    return number(one, two, t)


def _foot_low(found: Skeleton, side: str) -> float:
    """Height of a foot's lowest point."""
    return min(
        found.points[f"{j}_{side}"][2] - b.RADII[j] for j in ("ankle", "heel", "ball", "toe")
    )


def _hand_low(found: Skeleton, side: str) -> float:
    """Height of the lowest point of a hand."""
    wrist, hand = (found.points[f"{j}_{side}"][2] for j in ("wrist", "hand"))
    return min(wrist - b.RADII["wrist"], hand - b.HAND_THICK)


def _move_foot(found: Skeleton, side: str, by: Vec) -> None:
    """Bend hip and knee so that a foot clears the floor, or anything else, on its way."""
    hip, ankle = found.points[f"hip_{side}"], found.points[f"ankle_{side}"]
    front = found.frames[f"thigh_{side}"].forward
    ankle = add(ankle, by)
    knee, short = reach(hip, ankle, found.own.thigh, found.own.shank, front)
    if short:
        return
    found.points[f"knee_{side}"], found.points[f"ankle_{side}"] = knee, ankle
    found.frames[f"thigh_{side}"] = frame_along(unit(sub(hip, knee)), front)
    found.frames[f"shank_{side}"] = frame_along(unit(sub(knee, ankle)), front)
    place_foot(found, side, found.frames[f"foot_{side}"], found.frames[f"toes_{side}"])


def _blend_arm(found: Skeleton, bodies: tuple[Skeleton, Skeleton], side: str, t: float) -> None:
    upper, fore, hand = (_turned(bodies, f"{part}_{side}", t) for part in _ARM)
    shoulder = _shoulder(found, bodies, side, t)
    found.points[f"shoulder_{side}"] = shoulder
    elbow = along(shoulder, upper.up, -found.own.upper_arm)
    found.frames.update({f"upper_arm_{side}": upper, f"forearm_{side}": fore})
    found.points[f"elbow_{side}"] = elbow
    found.points[f"wrist_{side}"] = along(elbow, fore.up, -found.own.forearm)
    found.points.pop(f"thumb_{side}", None)
    place_hand(found, side, hand)
    sunk = _floor(bodies, _hand_low, side, t) - _hand_low(found, side)
    if sunk > 0 and found.points[f"elbow_{side}"][2] > _hand_low(found, side) + _ON_HAND:
        _swing_out(found, side, scale(Z, sunk))


def _shoulder(found: Skeleton, bodies: tuple[Skeleton, Skeleton], side: str, t: float) -> Vec:
    """The shoulder keeps its place on the chest, between where it was and where it will be."""
    places = []
    for body in bodies:
        centre, axes = body.slice(b.SHOULDER_UP)
        away = sub(body.points[f"shoulder_{side}"], centre)
        places.append(tuple(sum(p * q for p, q in zip(away, axis, strict=True)) for axis in axes))
    centre, axes = found.slice(b.SHOULDER_UP)
    f, left, up = (number(a, z, t) for a, z in zip(*places, strict=True))
    return axes.place(centre, f, left, up)


def _blend_all(bodies: tuple[Skeleton, Skeleton], t: float) -> Skeleton:
    """Between bodies of different bases: the hips move straight, every part turns evenly."""
    one, two = bodies
    flexion = number(one.lumbar_flexion, two.lumbar_flexion, t)
    found = Skeleton(lumbar_flexion=flexion, own=one.own)
    frames = {part: _turned(bodies, part, t) for part in ("pelvis", "thorax")}
    found.frames.update(frames)
    point = mix(one.points["pelvis"], two.points["pelvis"], t)
    found.points["pelvis"] = point
    last = 0.0
    for (up, _, axes), (_, _, others) in zip(one.spine, two.spine, strict=True):
        turned = frame_along(slerp(axes.up, others.up, t), slerp(axes.forward, others.forward, t))
        if up < 0:
            found.spine.append((up, along(point, turned.up, up), turned))
            continue
        middle = found.spine[-1][2]
        step = unit(
            (middle.up[0] + turned.up[0], middle.up[1] + turned.up[1], middle.up[2] + turned.up[2])
        )
        point = along(point, step, up - last)
        last = up
        found.spine.append((up, point, turned))
    pose = Pose("standing")
    necks = [body.angles["neck_flexion"] for body in bodies]
    place_head(found, pose, number(necks[0], necks[1], t))
    for side in b.BODY_SIDES:
        pelvis = found.frames["pelvis"]
        out = 1.0 if side == "left" else -1.0
        found.points[f"hip_{side}"] = pelvis.place(
            found.points["pelvis"], 0.0, found.own.hip_out * out, 0.0
        )
        _blend_leg(found, bodies, side, t)
        _blend_arm(found, bodies, side, t)
    lows = [
        found.points[f"{j}_{side}"][2] - b.RADII[j]
        for j in ("knee", "toe", "wrist")
        for side in b.BODY_SIDES
    ]
    found.move((0.0, 0.0, max(0.0, -min(lows))))
    return found
