"""Armchairs, rolls, cushions and walls: what a body on them rests on, and what that demands."""

from __future__ import annotations

from typing import Any

import pytest

from programs.figures.body import RADII
from programs.figures.checks import problems
from programs.figures.demands import demands_of
from programs.figures.geometry import length, sub
from programs.figures.pose import FigureFrame
from programs.figures.resting import body_of
from programs.figures.shapes import Slab
from programs.figures.tables import parse_frames
from programs.figures.things import forms_of
from tests.every_row import every

FLAT = {"feet": {"on": "floor", "at": [27, 6.5]}}
ARMCHAIR = {"kind": "armchair", "size": 29}
RESTS = {"hands": {"on": "armrest", "at": [8, 15.6, 39], "grip": True}}
STANCE = {"foot_right": {"on": "floor", "at": [2, 5.2]}}
STRIDE = {**STANCE, "foot_left": {"on": "floor", "at": [-38, 5.2], "heel": 42}}
COUNTER = {"kind": "counter", "at": [-8, 41]}


def frame(**table: Any) -> FigureFrame:
    """One frame."""
    return parse_frames([{"caption": "Look", **table}])[0]


def sat(height: float) -> FigureFrame:
    return frame(
        base="sitting", at=[6, 0], height=height, touch={**FLAT, **RESTS}, props=[ARMCHAIR]
    )


def test_a_high_seat_bears_who_sits_on_it() -> None:
    assert problems(sat(34.5)) == []
    assert "the seat is missed by 3.5 units" in problems(sat(38.0))


def test_arms_that_push_up_from_armrests_bear_weight_and_resting_ones_do_not() -> None:
    rising = frame(base="standing", at=[15, 0], height=41, lean=26, touch={**FLAT, **RESTS})
    assert demands_of([sat(34.5)], sided=False).arm_load == "none"
    assert demands_of([rising], sided=False).arm_load == "none"
    pushing = frame(
        base="standing", at=[15, 0], height=41, lean=26, touch={**FLAT, **RESTS}, props=[ARMCHAIR]
    )
    assert demands_of([pushing], sided=False).arm_load == "partial"


@every(
    ("table", "positions"),
    [
        (
            {
                "base": "sitting",
                "height": 5.6,
                "touch": {"feet": {"on": "air", "at": [48.9, 6, 4.4]}},
            },
            {"long_sitting"},
        ),
        ({"base": "sitting", "touch": FLAT, "props": [{"kind": "chair"}]}, {"sitting"}),
        (
            {"base": "standing", "height": 47.5, "props": [{"kind": "wall", "at": [-8]}]},
            {"wall_leaning", "standing"},
        ),
        ({"base": "standing", "props": [{"kind": "wall", "at": [-40]}]}, {"standing"}),
    ],
)
def test_straight_legs_and_a_wall_behind_name_the_position(
    table: dict[str, Any], positions: set[str]
) -> None:
    feet = {"feet": {"on": "floor", "at": [0, 6]}}
    shown = frame(**{"touch": feet, **table})
    assert demands_of([shown], sided=False).positions == positions


@every(
    ("hands", "asks"),
    [({}, True), ({"hand_left": 23}, True), ({"hand_left": 23, "hand_right": -22}, False)],
)
def test_a_long_stride_asks_for_balance_unless_both_hands_hold_on(
    hands: dict[str, float], asks: bool
) -> None:
    held = {name: {"on": "bench", "at": [6, out, 49]} for name, out in hands.items()}
    stride = frame(base="standing", height=45.6, touch={**STRIDE, **held}, props=[COUNTER])
    assert ("balance_demand" in demands_of([stride], sided=True).flags) is asks


def test_a_cushion_between_the_knees_is_as_thick_as_the_room_there() -> None:
    lying = frame(
        base="back",
        touch={"feet": {"on": "floor", "at": [32, 8]}},
        props=[{"kind": "knee_cushion"}],
    )
    body = body_of(lying)
    between = length(sub(body.points["knee_right"], body.points["knee_left"]))
    core = next(
        s for f in forms_of(lying.props[0], body) for s in f.solids() if isinstance(s, Slab)
    )
    assert 2 * core.radii[1] == pytest.approx(between - 1.6 * RADII["knee"])


def test_a_hand_lies_flat_on_a_wall_beside_a_body_that_is_turned() -> None:
    beside = frame(
        base="standing",
        turn=90,
        touch={
            "feet": {"on": "floor", "at": [0, 5]},
            "hand_left": {"on": "wall", "at": [29, -6, 74]},
        },
        props=[{"kind": "wall", "at": [29]}],
    )
    assert body_of(beside).points["hand_left"][0] == pytest.approx(27.8)
