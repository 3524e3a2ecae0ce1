"""No limb passes through a body or a thing; the message names frame, part and depth."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.parsing.errors import DefinitionError
from programs.figures import read_figures
from programs.figures.checks import problems
from programs.figures.crossing import may_reach
from programs.figures.furniture import Block
from programs.figures.geometry import length
from programs.figures.limbs import solve
from programs.figures.pose import Pose
from programs.figures.poses import barred
from programs.figures.skeleton import Skeleton
from programs.figures.solids import (
    HEAD_REACH,
    Limb,
    Trunk,
    limbs,
    outside_block,
    outside_head,
    overlap,
)
from tests.every_row import every
from tests.programs.figures.drawn import illustrated

STAND: dict[str, Any] = {"caption": "Stand", "touch": {"feet": {"on": "floor", "at": [0, 7]}}}
SIT: dict[str, Any] = {
    "caption": "Sit",
    "base": "sitting",
    "touch": {"feet": {"on": "floor", "at": [25]}, "hands": {"on": "thigh_front"}},
    "props": [{"kind": "chair"}],
}
ARMS_BACK = {"angles": {"shoulder_flexion": -55}}
BALL_BEFORE = {
    "touch": {"feet": "shin", "hand_right": {"on": "air", "at": [20, 6, 30], "bend": "out"}},
    "props": [{"kind": "exercise_ball", "at": [22.5, 0]}],
}
ON_BENCH = {"hand_right": {"on": "bench", "at": [20, 10, 49]}}
KNEEL: dict[str, Any] = {"caption": "Kneel", "base": "kneeling", "touch": {"feet": "shin"}}
WALK: dict[str, Any] = {
    "caption": "Walk",
    "height": 51.8,
    "touch": {
        "foot_right": {"on": "floor", "at": [0, 4, 0.8], "heel": -6},
        "foot_left": {"on": "floor", "at": [-17, 4, -1], "heel": 22},
    },
    "props": [{"kind": "treadmill", "size": 7}],
}
PEDAL: dict[str, Any] = {
    "caption": "Ride",
    "height": 57.5,
    "lean": 22,
    "touch": {
        "foot_right": {"on": "floor", "at": [6.4, 4, 7], "heel": 8},
        "foot_left": {"on": "floor", "at": [6.4, 4, 23], "heel": 20},
    },
}


def bike(*at: float) -> dict[str, Any]:
    return {"props": [{"kind": "bike", "at": list(at)}]}


@every("row", [STAND, SIT, KNEEL, WALK, {**PEDAL, **bike(14, 14.3, 51.5)}])
def test_a_body_clear_of_everything_is_read(row: dict[str, Any]) -> None:
    assert len(read_figures([row])) == 1


@every(
    ("row", "message"),
    [
        (
            {**STAND, "angles": {"shoulder_abduction_right": -30}},
            "the upper arm right is 7.7 units inside the trunk",
        ),
        (
            {**STAND, "touch": {"hand_left": {"on": "air", "at": [5, 3, 94], "bend": "forward"}}},
            "the hand left is 5.0 units inside the head",
        ),
        (
            {**STAND, "angles": {"hip_abduction_right": -18}, "touch": {"feet": "free"}},
            "the thigh right is 4.1 units inside the shin left",
        ),
        (
            {**SIT, "touch": {**SIT["touch"], "hands": "free"}, **ARMS_BACK},
            "the upper arm right is 2.6 units inside the chair",
        ),
        (
            {**STAND, "props": [{"kind": "bench", "at": [0.5], "size": 34}]},
            "the thigh right is 4.7 units inside the bench",
        ),
        (
            {**KNEEL, **BALL_BEFORE},
            "the forearm right is 3.3 units inside the exercise ball",
        ),
        (
            {**WALK, "props": [{"kind": "treadmill", "size": 14}]},
            "the toe right is 1.0 units below the floor",
        ),
        ({**PEDAL, **bike(14, 19, 51.5)}, "the pedals are 4.7 units off the middle of the crank"),
        ({**PEDAL, **bike(14, 14.3, 47)}, "the seat is missed by 5.0 units"),
        (
            {**STAND, "touch": ON_BENCH, "props": [{"kind": "bench", "at": [16], "size": 46}]},
            "the hand right is 4.2 units from any bench",
        ),
        (
            {**STAND, "props": [{"kind": "pillow", "at": [40]}]},
            "the pillow is 20.6 units from the body",
        ),
    ],
)
def test_what_passes_through_is_named_with_its_depth(row: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        read_figures([STAND, row])
    assert str(error.value) == f"figure[2]: {message}"


def test_a_picture_in_use_is_not_taken_away_by_a_stricter_check() -> None:
    row = {**STAND, "angles": {"shoulder_abduction_right": -30}}
    assert len(read_figures([row], stored=True)) == 1
    with pytest.raises(DefinitionError, match="knee_flexion"):
        read_figures([{**STAND, "angles": {"knee_flexion": 170}}], stored=True)


def test_a_helper_is_kept_free_too() -> None:
    helper = {"base": "standing", "at": [40, 0], "angles": {"shoulder_abduction_left": -30}}
    with pytest.raises(DefinitionError, match="helper: the upper arm left is"):
        read_figures([{**STAND, "helper": helper}])


def test_a_helper_passes_through_nobody() -> None:
    hands = {"hand_left": {"on": "air", "at": [3, 2, 70]}}
    helper = {"base": "standing", "at": [32, 0], "turn": 180, "touch": hands}
    deep = "helper: the hand left is .* units inside the trunk of whoever is helped"
    with pytest.raises(DefinitionError, match=deep):
        read_figures([{**STAND, "helper": helper}])


def test_helping_hands_hold_and_press_into_nobody() -> None:
    frames = next(e.figures for e in illustrated() if e.slug == "assisted-leg-traction")
    assert [problems(frame) for frame in frames] == [[], []]
    assert barred(frames) == []


@pytest.fixture
def standing() -> Skeleton:
    return solve(Pose(base="standing"))


def test_the_trunk_is_solid_within_its_skin(standing: Skeleton) -> None:
    trunk = Trunk(standing)
    for up in (0.0, 10.0, 24.0):
        for around in (0.0, 45.0, 90.0, 180.0):
            p, out = standing.skin(up, around, "right")
            q = (p[0] + 3 * out[0], p[1] + 3 * out[1], p[2])
            assert trunk.outside(p) == pytest.approx(0.0, abs=0.3)
            assert trunk.outside(q) == pytest.approx(3.0, abs=0.5)
    assert trunk.outside((60.0, 0.0, 60.0)) > 50


def test_the_head_is_solid_within_its_skull(standing: Skeleton) -> None:
    x, y, z = standing.points["head"]
    assert outside_head(standing, (x, y, z)) < -4
    assert outside_head(standing, (x, y, z + 6.6)) == pytest.approx(0.0, abs=0.1)
    assert outside_head(standing, (x + 9.9, y, z)) == pytest.approx(4.0, abs=0.1)


def test_a_block_is_solid_within_its_sides() -> None:
    block = Block((0.0, 0.0, 0.0), (10.0, 4.0, 6.0))
    assert outside_block(block, (5.0, 2.0, 3.0)) == -2.0
    assert outside_block(block, (13.0, 8.0, 3.0)) == 5.0


@every(
    ("change", "deep"),
    [
        (lambda p: (p[0], p[1] + 4.0, p[2]), 0.0),
        (lambda p: (p[0], p[1] + 1.0, p[2]), 3.0),
        (lambda p: (p[2], p[1] + 1.5, p[0]), 2.5),
        (lambda p: (p[0] + 13.0, p[1], p[2]), 1.0),
    ],
)
def test_two_limbs_overlap_where_they_pass_closest(
    change: Callable[[tuple[float, float, float]], tuple[float, float, float]], deep: float
) -> None:
    start, end = (0.0, 0.0, 0.0), (10.0, 0.0, 0.0)
    one = Limb("shin", "right", "foot", start, end, (2.0, 2.0), 0.0)
    two = Limb("shin", "left", "foot", change(start), change(end), (2.0, 2.0), 0.0)
    assert overlap(one, two) == pytest.approx(deep)


def test_a_limb_starts_where_it_leaves_the_trunk(standing: Skeleton) -> None:
    first = {limb.name: limb.places[0][0] for limb in limbs(standing) if limb.side == "right"}
    assert first["thigh"][2] < standing.points["hip_right"][2] - 10
    assert first["forearm"] == standing.points["elbow_right"]


def test_a_limb_is_only_left_out_where_no_place_of_it_comes_near() -> None:
    reaching = []
    for far in range(60):
        limb = Limb("forearm", "left", "hand", (far, 0.0, 0.0), (far + 9.0, 4.0, 0.0), (3, 2), 0.0)
        near = any(length(place) <= HEAD_REACH for place, _ in limb.places)
        asked = may_reach(limb, (0.0, 0.0, 0.0), HEAD_REACH)
        assert asked or not near, far
        reaching.append(asked)
    assert reaching == sorted(reaching, reverse=True)
    assert reaching.index(False) in range(15, 22)
