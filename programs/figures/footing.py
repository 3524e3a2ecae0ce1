"""What a drawn body stands, kneels or leans on, and whether that asks for balance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from programs.figures.body import BODY_SIDES, HIP_OUT, RADII
from programs.figures.pose import FigureFrame
from programs.figures.skeleton import Skeleton, heading

FIRM: Final = frozenset({"wall", "wall_side", "bench", "seat", "armrest"})
STRIDE: Final = 35.0
"""Distance between the feet, one behind the other, from which a stand is a lunge."""
TIPTOE: Final = 15.0
HEEL_TO_TOE: Final = 9.0
CROSSED: Final = 4.0
FEET_TOUCH: Final = 6.5
"""Distance of the ankles to the side below which the feet touch, or stand on one line."""
LEANS: Final = 20.0
"""Degrees of lean from which hands at a wall bear weight and do not only steady."""
LEANS_ASIDE: Final = 5.0
"""The same to the side, where the body leans on one arm."""
PROPPED: Final = 10.0
"""Degrees by which a chest that lies on the floor is tipped up on the arms."""
BENT_KNEE: Final = 60.0
ON_FLOOR: Final = 1.5


def _foot_down(frame: FigureFrame, side: str) -> bool:
    touch = frame.pose.touches.get(f"foot_{side}")
    return touch is not None and touch.on in ("floor", "step")


def knees_down(frame: FigureFrame) -> list[str]:
    """Sides whose knee bears weight."""
    touches = frame.pose.touches
    if frame.pose.base == "side_plank":
        return ["right"] if frame.pose.angles.get("knee_flexion_right", 0.0) >= BENT_KNEE else []
    return [s for s in BODY_SIDES if f"foot_{s}" in touches and touches[f"foot_{s}"].on == "shin"]


def lies_on_elbows(frame: FigureFrame, body: Skeleton) -> bool:
    """Whether a body that lies on its front props its chest up on both elbows."""
    low = max(body.points[f"elbow_{s}"][2] - RADII["elbow"] for s in BODY_SIDES)
    return low < ON_FLOOR and frame.pose.lean <= -PROPPED


def on_one_leg(frame: FigureFrame) -> bool:
    """Whether a standing body has one foot on the floor."""
    down = [s for s in BODY_SIDES if _foot_down(frame, s)]
    return frame.pose.base == "standing" and len(down) == 1


def is_lunge(frame: FigureFrame) -> bool:
    """Whether a standing body has one foot far behind the other."""
    if frame.pose.base != "standing" or not all(_foot_down(frame, s) for s in BODY_SIDES):
        return False
    return _feet_apart(frame)[0] >= STRIDE


def is_tandem(frame: FigureFrame) -> bool:
    """Whether a standing body has one foot before the other on one line."""
    return _feet_on_line(frame) and _feet_apart(frame)[0] >= HEEL_TO_TOE


def is_narrow(frame: FigureFrame) -> bool:
    """Whether a standing body's feet are side by side and touch."""
    return _feet_on_line(frame) and _feet_apart(frame)[0] < HEEL_TO_TOE


def _feet_on_line(frame: FigureFrame) -> bool:
    if frame.pose.base != "standing" or not all(_foot_down(frame, s) for s in BODY_SIDES):
        return False
    ahead, aside = _feet_apart(frame)
    return -CROSSED < aside < FEET_TOUCH and ahead < STRIDE


def _is_crossed(frame: FigureFrame) -> bool:
    """Whether a standing body's legs are crossed."""
    down = all(_foot_down(frame, s) for s in BODY_SIDES)
    return frame.pose.base == "standing" and down and _feet_apart(frame)[1] <= -CROSSED


def _feet_apart(frame: FigureFrame) -> tuple[float, float]:
    """How far the ankles are apart the way the body faces, and to its side: below 0, crossed."""
    (ahead, aside, _), apart = heading(frame.pose), _from_left_to_right(frame)
    return abs(apart[0] * ahead + apart[1] * aside), apart[0] * aside - apart[1] * ahead


def _from_left_to_right(frame: FigureFrame) -> tuple[float, float]:
    right, left = (frame.pose.touches[f"foot_{s}"].at for s in BODY_SIDES)
    out = [at[1] if len(at) > 1 else HIP_OUT for at in (right, left)]
    return right[0] - left[0], -out[0] - out[1]


def _on_tiptoe(frame: FigureFrame) -> bool:
    touches = frame.pose.touches
    return frame.pose.base == "standing" and all(
        _foot_down(frame, s) and touches[f"foot_{s}"].heel >= TIPTOE for s in BODY_SIDES
    )


def _on_edge(frame: FigureFrame) -> bool:
    """Whether a foot stands on a step, or with its toes off the floor."""
    feet = [frame.pose.touches.get(f"foot_{s}") for s in BODY_SIDES]
    return frame.pose.base == "standing" and any(
        t is not None and (t.on == "step" or t.toes > 0) for t in feet
    )


def _in_the_air(frame: FigureFrame) -> bool:
    """Whether a standing body has neither foot on anything."""
    feet = [frame.pose.touches.get(f"foot_{s}") for s in BODY_SIDES]
    return frame.pose.base == "standing" and all(t is not None and t.on == "air" for t in feet)


def _hands_on(frame: FigureFrame, surfaces: frozenset[str]) -> list[str]:
    touches = frame.pose.touches
    return [s for s in BODY_SIDES if f"hand_{s}" in touches and touches[f"hand_{s}"].on in surfaces]


def _gripping(frame: FigureFrame, thing: str) -> list[str]:
    if not any(p.kind == thing for p in frame.props):
        return []
    touches = frame.pose.touches
    return [s for s in BODY_SIDES if f"hand_{s}" in touches and touches[f"hand_{s}"].grip]


def _leaning(frame: FigureFrame) -> list[str]:
    """Hands that a bent standing body leans on: at a table, or both at a counter."""
    hands = _hands_on(frame, frozenset({"bench"}))
    things = {p.kind for p in frame.props}
    leans = "table" in things or ("counter" in things and len(hands) == 2)
    return hands if leans and frame.pose.base == "standing" else []


def _rises(frame: FigureFrame) -> bool:
    """Whether a body's hips are off the chair that its hands push on."""
    return frame.pose.base == "standing" and any(
        p.kind in ("chair", "armchair") for p in frame.props
    )


def arm_weights(frame: FigureFrame) -> dict[str, str]:
    """Side → how much of the body an arm bears; arms that only rest or steady are left out.

    In a plank from the feet they bear it whole. On tiptoe the arms carry the body at a bench, which
    is for hanging, and only steady elsewhere.
    """
    base = frame.pose.base
    on_floor = base not in ("back", "front", "side_right", "side_left")
    propped = base == "front" and frame.pose.lean <= -PROPPED
    found = dict.fromkeys(_gripping(frame, "wall_end"), "partial")
    if on_floor or propped:
        found |= dict.fromkeys(_hands_on(frame, frozenset({"floor", "ball"})), "partial")
    if _rises(frame):
        found |= dict.fromkeys(_hands_on(frame, frozenset({"seat", "armrest"})), "partial")
    if base in ("plank", "side_plank") and not knees_down(frame):
        found = dict.fromkeys(found, "full")
    if abs(frame.pose.side_lean) >= LEANS_ASIDE:
        found |= dict.fromkeys(_hands_on(frame, frozenset({"wall_side"})), "partial")
    if frame.pose.lean >= LEANS:
        found |= dict.fromkeys(_hands_on(frame, frozenset({"wall"})), "partial")
        found |= dict.fromkeys(_leaning(frame), "partial")
    if frame.pose.base in ("kneeling", "half_kneeling"):
        found |= dict.fromkeys(_hands_on(frame, frozenset({"seat"})), "partial")
    if _on_tiptoe(frame) and any(p.kind == "bench" for p in frame.props):
        found |= dict.fromkeys(_hands_on(frame, FIRM), "full")
    return found


def asks_for_balance(
    frame: FigureFrame, frames: Sequence[FigureFrame], *, bends_trunk: bool
) -> bool:
    """Whether an unsteady person could fall: see P-30 in the rules for the kinds.

    ``bends_trunk``: the low back bends or arches well away from upright.
    """
    things = {p.kind for p in frame.props}
    unsteady = (_on_edge, _in_the_air, _is_crossed, is_tandem, is_narrow)
    if any(test(frame) for test in unsteady):
        return True
    walks = any(f.cycle for f in frames)
    if frame.pose.base == "half_kneeling" or things & {"exercise_ball", "treadmill"}:
        return True
    if frame.pose.base == "hands_and_knees":
        return len(knees_down(frame)) < 2 and len(_hands_on(frame, frozenset({"floor"}))) < 2
    if frame.pose.base != "standing" or "bike" in things:
        return False
    if walks:
        return False
    if on_one_leg(frame) or _on_tiptoe(frame) or _gripping(frame, "wall_end"):
        return True
    hands = len(_hands_on(frame, FIRM))
    return (bends_trunk and not hands) or (is_lunge(frame) and hands < 2)
