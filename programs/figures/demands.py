"""What a drawn body demands, in the words of the rules: positions, joints, weight, pressure.

Pure. A sided entry is drawn for the right, so ``treated`` is the right side and ``other`` the
left. What a picture cannot show (effort, breath, how hard something presses) is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from programs.figures import body as b
from programs.figures.bands import BANDS, FLAT_BACK
from programs.figures.footing import (
    arm_weights,
    asks_for_balance,
    is_lunge,
    is_tandem,
    knees_down,
    lies_on_elbows,
    on_one_leg,
)
from programs.figures.geometry import angle_between, scale, signed_angle
from programs.figures.pose import FigureFrame
from programs.figures.pressing import (
    both_legs_lifted,
    head_pressed,
    pressed_places,
    touched_places,
)
from programs.figures.resting import body_of, leans_on_wall, legs_out
from programs.figures.skeleton import LYING, Skeleton

TREATED: Final = {"right": "treated", "left": "other"}
HEART_UP: Final = 22.0
"""Height of the heart above the hips, in an upright trunk."""
HEAD_LOW: Final = 4.0
"""How far below the heart the head's middle must be; lying flat it is up to 4 units below."""
TIPPED_BACK: Final = 25.0
OVERHEAD: Final = 115.0
LIFTED: Final = 15.0
"""Degrees of neck flexion from which a lying head is lifted and not propped."""
BENT: Final = 60.0
"""Degrees from which a bent hip or knee must be named."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What the frames of one entry show. ``moves``: (part, direction) → degrees at most."""

    positions: frozenset[str]
    flags: frozenset[str]
    moves: Mapping[tuple[str, str], float] = field(default_factory=dict)
    bends: Mapping[str, float] = field(default_factory=dict)
    """``hip_treated`` and so on → flexion at most, in degrees."""
    arm_load: str = "none"
    arms: frozenset[str] = frozenset()
    knees: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    pressed: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    helped: bool = False
    neck_works: bool = False
    """Whether the neck holds the head up, or presses it against a hand."""


def demands_of(frames: Sequence[FigureFrame], *, sided: bool) -> Demands:
    """Everything the frames show; those marked as wrong are left out."""
    shown = [(f, body_of(f)) for f in frames if "wrong" not in f.signs]
    arms: dict[str, str] = {}
    for frame, _ in shown:
        arms |= arm_weights(frame)
    return Demands(
        positions=frozenset(p for f, body in shown for p in _positions(f, body)),
        flags=frozenset(flag for f, body in shown for flag in _flags(f, body, frames)),
        moves=_most(m for f, body in shown for m in _moves(f, body, sided)),
        bends=_most(m for _, body in shown for m in _bends(body, sided)),
        arm_load=max(arms.values(), key=("none", "partial", "full").index, default="none"),
        arms=_sides(arms, sided),
        knees=_sides([s for f, _ in shown for s in knees_down(f)], sided),
        touched=frozenset(place for f, _ in shown for place in touched_places(f)),
        pressed=frozenset(place for f, _ in shown for place in pressed_places(f)),
        things=frozenset(prop.kind for f, _ in shown for prop in f.props),
        helped=any(f.helper is not None for f, _ in shown),
        neck_works=any(head_lifted(f, body) or head_pressed(f) for f, body in shown),
    )


def _sides(sides: Iterable[str], sided: bool) -> frozenset[str]:
    found = frozenset(TREATED[s] for s in sides)
    return found if sided or not found else frozenset(TREATED.values())


def _most(found: Iterable[tuple[Any, float]]) -> dict[Any, float]:
    out: dict[Any, float] = {}
    for key, degrees in found:
        out[key] = max(degrees, out.get(key, 0.0))
    return out


# --- Positions and flags ---------------------------------------------------------------------


_POSITIONS: Final = {
    "front": "prone",
    "side_right": "side_lying",
    "side_left": "side_lying",
    "over_ball": "prone_over_ball",
}


def _positions(frame: FigureFrame, body: Skeleton) -> Iterator[str]:
    base = frame.pose.base
    if base == "standing" and leans_on_wall(frame, body):
        yield "wall_leaning"
    if base == "back":
        yield "supine"
        if min(body.angles[f"knee_flexion_{s}"] for s in b.BODY_SIDES) > BENT:
            yield "hooklying"
        if any(p.kind == "chair" for p in frame.props):
            yield "supine_legs_up"
    elif base == "front" and lies_on_elbows(frame, body):
        yield "prone_on_elbows"
    elif any(p.kind == "bike" for p in frame.props):
        yield "sitting"
    elif any(p.kind == "step" for p in frame.props):
        yield "step_standing"
        if not any(t.on == "step" for t in frame.pose.touches.values()):
            yield "standing"
    elif base == "standing" and is_tandem(frame):
        yield "tandem_standing"
    elif base == "sitting" and legs_out(body):
        yield "long_sitting"
    elif base == "standing" and on_one_leg(frame):
        yield "single_leg_standing"
    elif base == "standing" and is_lunge(frame):
        yield "lunge"
    else:
        yield _POSITIONS.get(base, base)


_DOWN: Final = LYING | {
    "kneeling",
    "half_kneeling",
    "hands_and_knees",
    "over_ball",
    "plank",
    "side_plank",
}


def _flags(frame: FigureFrame, body: Skeleton, frames: Sequence[FigureFrame]) -> Iterator[str]:
    pose, things = frame.pose, {p.kind: p for p in frame.props}
    tests = {
        "supine_prolonged": pose.base == "back",
        "floor_transfer": pose.base in _DOWN and "bed" not in things,
        "kneeling": bool(knees_down(frame)),
        "prone_abdomen_pressure": pose.base in ("front", "over_ball"),
        "exercise_ball": "exercise_ball" in things,
        "uphill": "treadmill" in things and things["treadmill"].size > 0,
        "head_below_heart": _head_over_heart(body) < -HEAD_LOW,
        "head_tipped_back": pose.base not in LYING and _head_tilt(body) < -TIPPED_BACK,
        "head_lift": head_lifted(frame, body),
        "arms_overhead": max(_raised(body, s) for s in b.BODY_SIDES) > OVERHEAD,
        "both_legs_lifted": both_legs_lifted(frame, body),
        "self_mobilisation": any(t.thumb for t in pose.touches.values()),
        "balance_demand": asks_for_balance(frame, frames, bends_trunk=_bends_trunk(frame)),
    }
    return (flag for flag, holds in tests.items() if holds)


DRAWN_FLAGS: Final = frozenset(
    (
        "supine_prolonged",
        "floor_transfer",
        "kneeling",
        "prone_abdomen_pressure",
        "exercise_ball",
        "uphill",
        "head_below_heart",
        "head_tipped_back",
        "head_lift",
        "arms_overhead",
        "both_legs_lifted",
        "self_mobilisation",
        "balance_demand",
    )
)
"""Flags that a picture decides; the others it cannot show."""


def _head_over_heart(body: Skeleton) -> float:
    return body.points["head"][2] - body.slice(HEART_UP)[0][2]


def _head_tilt(body: Skeleton) -> float:
    """Degrees by which the head tips forward of upright."""
    head = body.frames["head"]
    return signed_angle(-head.forward[2], head.up[2])


def head_lifted(frame: FigureFrame, body: Skeleton) -> bool:
    """Whether a body on its back holds its head up against gravity."""
    pose = frame.pose
    return pose.base == "back" and not pose.head and body.angles["neck_flexion"] > LIFTED


def _raised(body: Skeleton, side: str) -> float:
    """Degrees by which an arm is raised from the trunk's side, in whatever direction."""
    down = scale(body.frames["thorax"].up, -1)
    return angle_between(scale(body.frames[f"upper_arm_{side}"].up, -1), down)


def _bends_trunk(frame: FigureFrame) -> bool:
    """Whether the low back goes beyond the first of its bands."""
    return any(degrees >= BANDS["lumbar", way].mid for (_, way), degrees in _spine(frame, "lumbar"))


# --- Joints --------------------------------------------------------------------------------------


def _spine(frame: FigureFrame, part: str) -> Iterator[tuple[tuple[str, str], float]]:
    """Flexion, extension, and unsigned bend and rotation of a part of the spine."""
    angles, lying = frame.pose.angles, frame.pose.base in LYING
    flexion = angles.get(f"{part}_flexion", 0.0)
    if flexion > 0 and not (part == "lumbar" and lying and flexion <= FLAT_BACK):
        yield (part, "flexion"), flexion
    if flexion < 0 and part != "neck":
        yield (part, "extension"), -flexion
    yield (part, "side_bend"), abs(angles.get(f"{part}_bend", 0.0))
    yield (part, "rotation"), abs(angles.get(f"{part}_rotation", 0.0))


def _moves(
    frame: FigureFrame, body: Skeleton, sided: bool
) -> Iterator[tuple[tuple[str, str], float]]:
    for part in ("lumbar", "thoracic"):
        for (_, way), degrees in _spine(frame, part):
            lateral = way in ("side_bend", "rotation")
            yield (part, f"{way}_{_way(frame, part, way, sided)}" if lateral else way), degrees
    yield from _neck(frame, body, sided)
    for side in b.BODY_SIDES:
        for joint, way, degrees in _limb(frame, body, side):
            for which in [TREATED[side]] if sided else TREATED.values():
                yield (f"{joint}_{which}", way), degrees


def _neck(
    frame: FigureFrame, body: Skeleton, sided: bool
) -> Iterator[tuple[tuple[str, str], float]]:
    """A head that tips, turns or slides back; at rest on the floor it need not be named."""
    angles = frame.pose.angles
    if head_lifted(frame, body) or frame.pose.base not in LYING or not frame.pose.head:
        yield ("neck", "flexion"), body.angles["neck_flexion"]
        yield ("neck", "extension"), -body.angles["neck_flexion"]
    for way, name in (("side_bend", "neck_bend"), ("rotation", "neck_rotation")):
        degrees = abs(angles.get(name, 0.0))
        if frame.pose.base in LYING and frame.pose.head:
            degrees = min(degrees, BANDS["neck", way].named - 1)
        yield ("neck", f"{way}_{_way(frame, 'neck', way, sided)}"), degrees
    yield ("neck", "retraction"), -angles.get("neck_glide", 0.0)


def _way(frame: FigureFrame, part: str, way: str, sided: bool) -> str:
    if not sided:
        return "both"
    name = "bend" if way == "side_bend" else way
    return "toward" if frame.pose.angles.get(f"{part}_{name}", 0.0) > 0 else "away"


def _limb(frame: FigureFrame, body: Skeleton, side: str) -> Iterator[tuple[str, str, float]]:
    hip, out = body.angles[f"hip_flexion_{side}"], body.angles[f"hip_abduction_{side}"]
    yield "hip", "extension", -hip
    yield "hip", "abduction", out
    yield "hip", "adduction", -out
    touch = frame.pose.touches.get(f"foot_{side}")
    if touch is not None and touch.on == "floor" and touch.point is not None:
        yield "hip", "internal_rotation", -touch.point
    yield "shoulder", "flexion", _raised(body, side)
    yield "shoulder", "extension", -body.angles[f"shoulder_flexion_{side}"]
    yield "elbow", "flexion", body.angles[f"elbow_flexion_{side}"]


def _bends(body: Skeleton, sided: bool) -> Iterator[tuple[str, float]]:
    for joint in ("hip", "knee"):
        for side in b.BODY_SIDES:
            for which in [TREATED[side]] if sided else TREATED.values():
                yield f"{joint}_{which}", body.angles[f"{joint}_flexion_{side}"]
