"""Whether a posed body is possible and rests on what it should: every problem, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from programs.figures import body as b
from programs.figures.geometry import length, sub
from programs.figures.limbs import solve
from programs.figures.picture import body_of, head_height
from programs.figures.pose import FigureFrame, Pose, Prop
from programs.figures.props import BALL, ROLLER, SMALL_BALL
from programs.figures.skeleton import LYING, Skeleton

TOLERANCE: Final = 1.0
"""One hundredth of body height: how far a contact may miss, or a part sink in."""
_ENDS: Final = ("knee", "ankle", "heel", "ball", "toe", "elbow", "wrist")


def problems(frame: FigureFrame) -> list[str]:
    """Everything wrong with a frame; empty when it is sound."""
    found = body_of(frame)
    out = [*_reaches(found), *_limits(found), *_depths(frame, found), *_rests(frame, found)]
    if frame.helper:
        helper = solve(frame.helper)
        out += [f"helper: {p}" for p in (*_limits(helper), *_reaches(helper))]
    return out


def _limits(found: Skeleton) -> Iterator[str]:
    """Joints bent beyond their range."""
    for name, value in found.angles.items():
        joint = name.rsplit("_", 1)[0] if name.endswith(b.SIDES) else name
        limit = b.Limit(0, 90) if joint == "wrist_bend" else b.LIMITS[joint]
        if joint == "shoulder_flexion" and _raised_sideways(found, name):
            continue
        if not limit.least - 0.5 <= value <= limit.most + 0.5:
            yield (
                f"{name.replace('_', ' ')} is {value:.0f}°, "
                f"outside {limit.least:g}° to {limit.most:g}°"
            )


def _raised_sideways(found: Skeleton, name: str) -> bool:
    """Whether an arm points so far sideways that its flexion says nothing."""
    return abs(found.angles[name.replace("flexion", "abduction")]) > 60


def _reaches(found: Skeleton) -> Iterator[str]:
    """Hands and feet that do not reach what they should touch."""
    for part, short in found.short.items():
        if short > TOLERANCE:
            yield f"the {part.replace('_', ' ')} misses its place by {short:.1f} units"


_SLICES: Final = range(-4, 31, 2)


def lowest_points(found: Skeleton) -> Iterator[tuple[str, float]]:
    """The lowest point of each part."""
    for side in b.SIDES:
        for joint in _ENDS:
            point = found.points[f"{joint}_{side}"]
            yield f"{joint} {side}", point[2] - b.RADII[joint]
        yield f"hand {side}", found.points[f"hand_{side}"][2] - b.HAND_THICK
    yield "head", found.head_low()
    yield "trunk", min(-found.furthest(up, (0.0, 0.0, -1.0)) for up in _SLICES)


def _depths(frame: FigureFrame, found: Skeleton) -> Iterator[str]:
    """Parts that sink into the floor, a wall or a seat."""
    if any(p.kind in ("treadmill", "bike") for p in frame.props):
        return
    for name, low in lowest_points(found):
        if low < -TOLERANCE:
            yield f"the {name} is {-low:.1f} units below the floor"
    for prop in frame.props:
        if prop.kind == "wall":
            yield from _into_wall(found, prop)


def _into_wall(found: Skeleton, prop: Prop) -> Iterator[str]:
    face = prop.at[0] if prop.at else 30.0
    sign = 1.0 if face > 0 else -1.0
    deep = {
        f"{j} {s}": sign * (found.points[f"{j}_{s}"][0] - face) + b.RADII[j]
        for j in _ENDS
        for s in b.SIDES
    }
    deep["trunk"] = max(found.furthest(up, (sign, 0.0, 0.0)) for up in _SLICES) - sign * face
    for name, value in deep.items():
        if value > TOLERANCE:
            yield f"the {name} is {value:.1f} units inside the wall"


def _rests(frame: FigureFrame, found: Skeleton) -> Iterator[str]:
    """Contacts that should bear the body and do not touch."""
    pose = frame.pose
    lows = dict(lowest_points(found))
    if pose.base in LYING and not _lifted(frame) and abs(lows["trunk"]) > TOLERANCE:
        yield f"the trunk is {lows['trunk']:.1f} units off the floor"
    if pose.head == "rest":
        gap = lows["head"] - head_height(frame)
        if abs(gap) > TOLERANCE:
            yield f"the head is {gap:.1f} units off what it rests on"
    if pose.base == "sitting" and any(p.kind == "chair" for p in frame.props):
        gap = found.points["pelvis"][2] - b.RADII["hip"] - b.SEAT
        if abs(gap) > TOLERANCE:
            yield f"the seat is missed by {gap:.1f} units"
    yield from _feet(pose, found, lows)
    for prop in frame.props:
        yield from _under(prop, found)


def _lifted(frame: FigureFrame) -> bool:
    return frame.pose.height is not None or any(
        p.kind in ("foam_roller", "exercise_ball") for p in frame.props
    )


def _feet(pose: Pose, found: Skeleton, lows: dict[str, float]) -> Iterator[str]:
    for side in b.SIDES:
        touch = pose.touches.get(f"foot_{side}")
        if touch is None or touch.on == "air":
            continue
        up = touch.at[2] if len(touch.at) > 2 else 0.0
        names = ("knee", "ankle") if touch.on == "shin" else ("ball",)
        if touch.on == "floor" and not touch.heel:
            names = ("ball", "heel")
        for name in names:
            gap = lows[f"{name} {side}"] - up
            if abs(gap) > TOLERANCE:
                yield f"the {name} {side} is {gap:.1f} units off the floor"


_ROUND: Final = {"massage_ball": SMALL_BALL, "exercise_ball": BALL, "foam_roller": ROLLER}


def _under(prop: Prop, found: Skeleton) -> Iterator[str]:
    """Balls and rollers touch the trunk, and it does not sink into them."""
    if prop.kind not in _ROUND:
        return
    r = prop.size or _ROUND[prop.kind]
    x, y, z = (*prop.at, 0.0, 0.0, 0.0)[:3]
    z = z or r
    roller = prop.kind == "foam_roller"
    gaps = []
    for up in range(-4, 31):
        for around in range(0, 181, 15):
            for side in b.SIDES:
                p = found.skin(up, around, side)[0]
                gaps.append(length(sub((p[0], y if roller else p[1], p[2]), (x, y, z))) - r)
    gap = min(gaps)
    give = TOLERANCE * 2 if prop.kind == "exercise_ball" else TOLERANCE
    if not -give <= gap <= TOLERANCE:
        yield f"the {prop.kind.replace('_', ' ')} is {gap:.1f} units from the trunk"
