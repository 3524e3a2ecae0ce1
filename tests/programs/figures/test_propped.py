"""Bodies propped on their arms or leaning to the side: what that demands, and what it rests on."""

from __future__ import annotations

from typing import Any

from programs.figures.checks import problems
from programs.figures.demands import demands_of
from programs.figures.footing import arm_weights
from programs.figures.pose import FigureFrame
from programs.figures.tables import parse_frames
from tests.every_row import every
from tests.programs.shipped import shipped_definitions

SHIPPED = {d.slug: d for d in shipped_definitions()}


def last(slug: str) -> FigureFrame:
    """The finish of an entry of the catalogue."""
    return SHIPPED[slug].figures[-1]


@every(
    ("slug", "arms"),
    [
        ("prone-lying", {}),
        ("prone-on-elbows", {"right": "partial", "left": "partial"}),
        ("prone-press-up", {"right": "partial", "left": "partial"}),
        ("plank-wall", {"right": "partial", "left": "partial"}),
        ("plank-knees", {"right": "partial", "left": "partial"}),
        ("plank-feet", {"right": "full", "left": "full"}),
        ("side-bridge-wall", {"right": "partial"}),
        ("side-bridge-knees", {"right": "partial"}),
        ("side-bridge-feet", {"right": "full"}),
    ],
)
def test_arms_bear_more_the_less_else_is_on_the_floor(slug: str, arms: dict[str, str]) -> None:
    assert arm_weights(last(slug)) == arms


def test_a_side_plank_from_the_knees_kneels_on_the_lower_one() -> None:
    assert demands_of([last("side-bridge-knees")], sided=True).knees == {"treated"}
    assert demands_of([last("side-bridge-feet")], sided=True).knees == frozenset()


def test_legs_that_a_chair_carries_are_not_held_up() -> None:
    shown = demands_of([last("legs-on-chair-rest")], sided=False)
    assert "supine_legs_up" in shown.positions
    assert "both_legs_lifted" not in shown.flags


def test_one_hand_and_one_knee_ask_for_balance() -> None:
    assert "balance_demand" in demands_of([last("bird-dog")], sided=False).flags
    assert "balance_demand" not in demands_of([last("bird-dog-leg-only")], sided=False).flags


def beside_a_wall(face: float) -> FigureFrame:
    """A body that faces the camera, its right hand on a wall to the side."""
    table: dict[str, Any] = {
        "caption": "Lean",
        "base": "standing",
        "turn": 90,
        "touch": {"hand_right": {"on": "wall_side", "at": [-30, 2, 88], "bend": "down"}},
        "props": [{"kind": "wall", "at": [face]}],
    }
    return parse_frames([table])[0]


def test_a_palm_lies_on_the_wall_at_its_side() -> None:
    assert problems(beside_a_wall(-30)) == []
    assert problems(beside_a_wall(-34)) == ["the hand right is 5.2 units from any wall_side"]


def test_feet_side_by_side_are_no_stride_whichever_way_the_body_faces() -> None:
    feet = {
        "foot_right": {"on": "floor", "at": [-8, 0]},
        "foot_left": {"on": "floor", "at": [4, 0]},
    }
    turned = {"caption": "Stand", "base": "standing", "turn": 90, "touch": feet}
    shown = demands_of(parse_frames([turned]), sided=False)
    assert shown.positions == {"standing"}
    assert "balance_demand" not in shown.flags
