"""Feet on a step, on a line and on their heels: where they stand, and what that demands."""

from __future__ import annotations

from typing import Any

import pytest

from programs.figures.checks import problems
from programs.figures.demands import demands_of
from programs.figures.pose import FigureFrame
from programs.figures.resting import body_of
from programs.figures.tables import parse_frames
from tests.every_row import every

STEP = [{"kind": "step", "at": [9, 33]}]
HANDS = {"on": "bench", "at": [22, 9, 60]}


def frame(**table: Any) -> FigureFrame:
    """One standing frame."""
    return parse_frames([{"caption": "Stand", "base": "standing", **table}])[0]


def on_step(heel: float, height: float) -> FigureFrame:
    """The right foot's front half on a step, the left foot free."""
    feet = {
        "foot_right": {"on": "step", "at": [4, 5, 9], "heel": heel},
        "foot_left": {"on": "air", "at": [-8, 5, 20]},
    }
    counter = {"kind": "counter", "at": [20], "size": 60}
    touch = {**feet, "hands": HANDS}
    return frame(height=height, touch=touch, props=[*STEP, counter])


def test_a_heel_hangs_below_the_edge_of_a_step_and_the_ball_of_the_foot_stays() -> None:
    body = body_of(on_step(-20, 59.0))
    assert body.points["ball_right"][2] == pytest.approx(10.5, abs=0.2)
    assert body.points["heel_right"][2] == pytest.approx(7.1, abs=0.3)


def test_a_foot_that_hangs_over_the_step_is_told() -> None:
    assert problems(on_step(-20, 59.0)) == []
    floating = frame(height=60, touch={"feet": {"on": "step", "at": [16, 5, 12]}}, props=STEP)
    assert problems(floating)[:1] == ["the foot right is 3.0 units off the step"]


def test_lifted_toes_leave_the_heels_where_they_were() -> None:
    feet = {"feet": {"on": "floor", "at": [0, 5], "toes": 18}}
    body = body_of(frame(height=52.8, touch=feet))
    for side in ("right", "left"):
        assert body.points[f"heel_{side}"][2] == pytest.approx(1.9, abs=0.1)
        assert body.points[f"heel_{side}"][0] == pytest.approx(-2.4, abs=0.1)
        assert body.points[f"toe_{side}"][2] > 4


@every(
    ("feet", "position", "balance"),
    [
        ({"feet": {"on": "floor", "at": [0, 5]}}, "standing", False),
        ({"feet": {"on": "floor", "at": [0, 2.6]}}, "standing", True),
        (
            {
                "foot_right": {"on": "floor", "at": [-7, 0]},
                "foot_left": {"on": "floor", "at": [8, 0]},
            },
            "tandem_standing",
            True,
        ),
        ({"feet": {"on": "floor", "at": [0, 5], "toes": 18}}, "standing", True),
        ({"feet": {"on": "step", "at": [16, 5, 9]}}, "step_standing", True),
    ],
)
def test_where_the_feet_stand_says_position_and_balance(
    feet: dict[str, Any], position: str, *, balance: bool
) -> None:
    on_a_step = feet.get("feet", {}).get("on") == "step"
    found = demands_of(
        [frame(touch=feet, height=60 if on_a_step else 52, props=STEP if on_a_step else [])],
        sided=False,
    )
    assert found.positions == {position}
    assert ("balance_demand" in found.flags) is balance


def test_arms_carry_at_a_bench_on_tiptoe_and_only_steady_at_a_counter() -> None:
    touch = {
        "feet": {"on": "floor", "at": [0, 5], "heel": 30},
        "hands": {"on": "bench", "at": [16, 9, 49]},
    }
    at = {
        kind: frame(touch=touch, props=[{"kind": kind, "at": [12]}])
        for kind in ("bench", "counter")
    }
    assert demands_of([at["bench"]], sided=False).arm_load == "full"
    assert demands_of([at["counter"]], sided=False).arm_load == "none"
