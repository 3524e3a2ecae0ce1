"""Whether a posed body is possible and rests on what it should: every problem, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import hypot
from typing import Final

from programs.figures import body as b
from programs.figures.crossing import outsides, passes, passes_helper
from programs.figures.eased import WRIST
from programs.figures.furniture import seat_of
from programs.figures.geometry import length, sub
from programs.figures.limbs import solve
from programs.figures.pose import PALM_DOWN, FigureFrame, Pose, Prop
from programs.figures.proportions import USUAL_LENGTHS, Lengths
from programs.figures.props import BALL, DECK, ROLLER, SMALL_BALL, bike_of, pedal_of
from programs.figures.resting import body_of, head_height
from programs.figures.skeleton import LYING, Skeleton
from programs.figures.solids import FAR, Trunk, over_pillow

TOLERANCE: Final = 1.0
"""One hundredth of body height: how far a contact may miss, or a part sink in."""
_ENDS: Final = ("knee", "ankle", "heel", "ball", "toe", "elbow", "wrist")


def problems(frame: FigureFrame, own: Lengths = USUAL_LENGTHS) -> list[str]:
    """Everything wrong with a frame; empty when it is sound. ``own``: whose body takes it."""
    found = body_of(frame, own)
    ground = ground_of(frame)
    trunk = Trunk(found)
    lows = dict(lowest_points(found, ground, trunk))
    out = [*_reaches(found), *_limits(found), *_sunk(lows)]
    out += into_walls(found, frame.props)
    out += _rests(frame, found, lows)
    out += _feet(frame.pose, lows, sloping=ground is not _level)
    out += _on_steps(frame, found)
    out += passes(found, trunk, frame.pose, frame.props)
    if frame.helper:
        helper = solve(frame.helper)
        out += [f"helper: {p}" for p in _helper_problems(frame.helper, helper, frame.props)]
        out += passes_helper(found, helper)
    return out


def on_the_way(frame: FigureFrame, found: Skeleton, helper: Skeleton | None) -> list[str]:
    """What is wrong with bodies between two frames; on their way they need not rest anywhere."""
    ground = ground_of(frame)
    trunk = Trunk(found)
    out = [*_reaches(found), *_limits(found), *_sunk(dict(lowest_points(found, ground, trunk)))]
    out += into_walls(found, frame.props)
    out += passes(found, trunk, frame.pose, frame.props)
    if frame.helper and helper:
        out += [f"helper: {p}" for p in _helper_problems(frame.helper, helper, frame.props)]
        out += passes_helper(found, helper)
    return out


def _helper_problems(pose: Pose, helper: Skeleton, props: tuple[Prop, ...]) -> Iterator[str]:
    trunk = Trunk(helper)
    yield from _limits(helper)
    yield from _reaches(helper)
    yield from _sunk(dict(lowest_points(helper, trunk=trunk)))
    yield from passes(helper, trunk, pose, props)


def _limits(found: Skeleton) -> Iterator[str]:
    """Joints bent beyond their range."""
    for name, value in found.angles.items():
        joint = name.rsplit("_", 1)[0] if name.endswith(b.BODY_SIDES) else name
        limit = b.JointLimit(0, WRIST) if joint == "wrist_bend" else b.LIMITS[joint]
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


Ground = Callable[[float], float]
"""The height of the ground at a place along x."""


def _level(x: float) -> float:
    return 0.0


def ground_of(frame: FigureFrame) -> Ground:
    """The floor, or the sloping deck of a treadmill."""
    for prop in frame.props:
        if prop.kind == "treadmill":
            slope = prop.size / (2 * DECK)
            return lambda x: slope * x
    return _level


def lowest_points(
    found: Skeleton, ground: Ground = _level, trunk: Trunk | None = None
) -> Iterator[tuple[str, float]]:
    """How high the lowest point of each part is above the ground."""
    for side in b.BODY_SIDES:
        for joint in (*_ENDS, "hand"):
            x, _, z = found.points[f"{joint}_{side}"]
            thick = b.HAND_THICK if joint == "hand" else b.RADII[joint]
            yield f"{joint} {side}", z - thick - ground(x)
    yield "head", found.head_low() - ground(found.points["head"][0])
    low = (trunk or Trunk(found)).low()
    yield "trunk", low - ground(found.points["pelvis"][0])


def _sunk(lows: dict[str, float]) -> Iterator[str]:
    """Parts that sink into the floor."""
    for name, low in lows.items():
        if low < -TOLERANCE:
            yield f"the {name} is {-low:.1f} units below the floor"


def into_walls(found: Skeleton, props: Sequence[Prop]) -> Iterator[str]:
    """Parts that sink into a wall before or behind the body."""
    for prop in props:
        if prop.kind == "wall":
            yield from _into_wall(found, prop)


def _into_wall(found: Skeleton, prop: Prop) -> Iterator[str]:
    face = prop.at[0] if prop.at else 30.0
    sign = 1.0 if face > 0 else -1.0
    deep = {
        f"{j} {s}": sign * (found.points[f"{j}_{s}"][0] - face) + b.RADII[j]
        for j in _ENDS
        for s in b.BODY_SIDES
    }
    deep["trunk"] = max(found.furthest(up, (sign, 0.0, 0.0)) for up in _SLICES) - sign * face
    for name, value in deep.items():
        if value > TOLERANCE:
            yield f"the {name} is {value:.1f} units inside the wall"


def _rests(frame: FigureFrame, found: Skeleton, lows: dict[str, float]) -> Iterator[str]:
    """Contacts that should bear the body and do not touch."""
    pose = frame.pose
    if pose.base in LYING and not _lifted(frame) and abs(lows["trunk"]) > TOLERANCE:
        yield f"the trunk is {lows['trunk']:.1f} units off the floor"
    if pose.head == "rest":
        gap = lows["head"] - head_height(frame)
        if abs(gap) > TOLERANCE:
            yield f"the head is {gap:.1f} units off what it rests on"
    for prop in frame.props:
        if prop.kind == "bike" or (prop.kind in ("chair", "armchair") and pose.base == "sitting"):
            seat = bike_of(prop)[2] if prop.kind == "bike" else seat_of(prop)
            gap = found.points["pelvis"][2] - b.RADII["hip"] - seat
            if abs(gap) > TOLERANCE:
                yield f"the seat is missed by {gap:.1f} units"
        if prop.kind == "bike":
            yield from _pedals(prop, found)
        yield from _under(prop, found)
        if prop.kind == "pillow":
            gap = over_pillow(prop, found)
            if gap > TOLERANCE:
                yield f"the pillow is {gap:.1f} units from the body"
    yield from _hands(frame, found)


def _hands(frame: FigureFrame, found: Skeleton) -> Iterator[str]:
    """Palms lie on the bench, the wall or the ball that they should touch."""
    for side in b.BODY_SIDES:
        touch = frame.pose.touches.get(f"hand_{side}")
        if touch is not None and touch.on in PALM_DOWN:
            palm = found.points[f"hand_{side}"]
            gap = min((out(palm) for p in frame.props for out in outsides(p)), default=FAR)
            if abs(gap - b.HAND_THICK) > TOLERANCE:
                yield f"the hand {side} is {gap:.1f} units from any {touch.on}"


def _lifted(frame: FigureFrame) -> bool:
    return frame.pose.height is not None or any(
        p.kind in ("foam_roller", "exercise_ball") for p in frame.props
    )


def _pedals(prop: Prop, found: Skeleton) -> Iterator[str]:
    """Both pedals are as far from the crank's middle, and opposite each other."""
    x, z, _ = bike_of(prop)
    right, left = (pedal_of(found, side) for side in b.BODY_SIDES)
    ends = [(p[0] - x, p[1] - z) for p in (right, left)]
    off = hypot(ends[0][0] + ends[1][0], ends[0][1] + ends[1][1])
    if off > 2 * TOLERANCE:
        yield f"the pedals are {off / 2:.1f} units off the middle of the crank"


def _feet(pose: Pose, lows: dict[str, float], sloping: bool) -> Iterator[str]:
    """Feet stand on the floor, on a height that the pose names, or on a sloping deck."""
    for side in b.BODY_SIDES:
        touch = pose.touches.get(f"foot_{side}")
        if touch is None or touch.on == "air":
            continue
        up = touch.at[2] if len(touch.at) > 2 and not sloping else 0.0
        names = ("knee", "ankle") if touch.on == "shin" else ("ball",)
        if touch.toes:
            names = ("heel",)
        elif touch.heel == 0 if touch.on == "step" else touch.on == "floor" and touch.heel <= 0:
            names = ("ball", "heel")
        for name in names:
            gap = lows[f"{name} {side}"] - up
            if abs(gap) > TOLERANCE:
                yield f"the {name} {side} is {gap:.1f} units off the floor"


def _on_steps(frame: FigureFrame, found: Skeleton) -> Iterator[str]:
    """The ball of a foot that should be on a step has one under it."""
    steps = [out for p in frame.props if p.kind == "step" for out in outsides(p)]
    for side in b.BODY_SIDES:
        touch = frame.pose.touches.get(f"foot_{side}")
        if touch is not None and touch.on == "step":
            ball = found.points[f"ball_{side}"]
            gap = min((out(ball) for out in steps), default=FAR) - b.RADII["ball"]
            if gap > TOLERANCE:
                yield f"the foot {side} is {gap:.1f} units off the step"


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
        for p in found.rim(up):
            gaps.append(length(sub((p[0], y if roller else p[1], p[2]), (x, y, z))) - r)
    gap = min(gaps)
    if abs(gap) > TOLERANCE:
        yield f"the {prop.kind.replace('_', ' ')} is {gap:.1f} units from the trunk"
