"""Where a ball, a roller, a pack or a hand lies on a drawn body, and legs held in the air."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from programs.figures.body import BODY_SIDES
from programs.figures.pose import FigureFrame
from programs.figures.skeleton import Skeleton

_BY_THING: Final = {"massage_ball": "low_back", "foam_roller": "trunk_side", "ice_pack": "low_back"}
_BY_HAND: Final = {
    "flank": ("abdomen", "trunk_side"),
    "belly": ("abdomen",),
    "waist": ("trunk_side",),
    "low_back": ("low_back",),
}
_ON_HEAD: Final = frozenset({"head", "forehead", "head_side", "crown"})
IN_AIR: Final = 8.0
"""Height of an ankle above the floor from which a leg is in the air."""
HELD_AT: Final = frozenset({"thigh_front", "thigh_back", "thigh_out", "knee", "shin", "calf"})


def touched_places(frame: FigureFrame) -> Iterator[str]:
    """Parts of the trunk that something lies on or presses."""
    yield from pressed_places(frame)
    yield from (_BY_THING[p.kind] for p in frame.props if p.kind == "ice_pack")


def pressed_places(frame: FigureFrame) -> Iterator[str]:
    """Parts of the trunk that a ball, a roller, a thumb or a moving hand presses."""
    for prop in frame.props:
        if prop.kind in ("massage_ball", "foam_roller"):
            yield _BY_THING[prop.kind]
        if prop.kind == "exercise_ball" and frame.pose.base == "over_ball":
            yield "abdomen"
    moving = {arrow.part for arrow in frame.arrows}
    for side in BODY_SIDES:
        touch = frame.pose.touches.get(f"hand_{side}")
        if touch is None:
            continue
        if touch.thumb:
            yield from _BY_HAND.get(touch.thumb, ())
        elif f"hand_{side}" in moving:
            yield from _BY_HAND.get(touch.on.removeprefix("other_"), ())


def head_pressed(frame: FigureFrame) -> bool:
    """Whether the head presses against a hand."""
    hands = {t.on.removeprefix("other_") for k, t in frame.pose.touches.items() if "hand" in k}
    pressing = any(arrow.part == "head" and arrow.press for arrow in frame.arrows)
    return pressing and not hands.isdisjoint(_ON_HEAD)


def both_legs_lifted(frame: FigureFrame, body: Skeleton) -> bool:
    """Whether a body on its back holds both legs up by itself: no hand, towel or cushion helps."""
    if frame.pose.base != "back":
        return False
    ankles = min(body.points[f"ankle_{s}"][2] for s in BODY_SIDES)
    touches = frame.pose.touches
    resting = any(t.on in ("floor", "shin") for k, t in touches.items() if k.startswith("foot"))
    held = any(
        t.on.removeprefix("other_") in HELD_AT for k, t in touches.items() if k.startswith("hand")
    )
    propped = frame.helper is not None or any(
        # A towel round a leg (``size`` 2 is round the neck) has its ends in both hands.
        p.kind == "chair"
        or (p.kind == "pillow" and p.at and p.at[0] > 0)
        or (p.kind == "towel" and p.size < 2)
        for p in frame.props
    )
    return ankles > IN_AIR and not (resting or held or propped)
