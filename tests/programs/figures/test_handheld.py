"""What hangs on a body follows it: bands, weights and sticks in the hands or round the legs."""

from typing import Any

import pytest

from clinic.parsing.errors import DefinitionError
from programs.figures import read_figures
from programs.figures.geometry import length, sub
from programs.figures.handheld import band, end_place, weight
from programs.figures.limbs import solve
from programs.figures.pose import Pose, Prop, Touch
from tests.every_row import every

HELD = {f"hand_{s}": Touch(on="held", grip=True) for s in ("right", "left")}
STAND = {f"foot_{s}": Touch(on="floor", at=(0.0, 7.0)) for s in ("right", "left")}
HANDS = ("hand_right", "hand_left")


def standing(**angles: float) -> Pose:
    return Pose("standing", angles={"elbow_flexion_right": 90, **angles}, touches=HELD | STAND)


def test_a_band_between_the_hands_grows_as_they_part() -> None:
    def stretch(turned: float) -> float:
        body = solve(standing(elbow_flexion_left=90, shoulder_rotation_right=turned))
        return length(sub(end_place("hand_right", body), end_place("hand_left", body)))

    assert round(stretch(50) - stretch(0)) == 16


def test_a_band_fixed_at_a_door_has_a_strand_to_each_hand() -> None:
    prop = Prop("resistance_band", at=(50.0, 0.0, 58.0), ends=HANDS)
    assert len(band(prop, solve(standing()))) == 2


def test_a_band_round_both_knees_is_one_loop_that_closes() -> None:
    prop = Prop("resistance_band", ends=("knee_right", "knee_left"))
    (form,) = band(prop, solve(standing()))
    cores = [solid.core() for solid in form.solids()]
    assert length(sub(cores[0][0], cores[-3][1])) < 0.1
    assert {start[1] > 0 for start, _, _ in cores} == {True, False}


def test_a_weight_lies_in_the_hand_that_holds_it() -> None:
    body = solve(standing())
    bar, *heads = weight(Prop("hand_weight", ends=("hand_right",)), body)
    start, end, _ = next(iter(bar.solids())).core()
    middle = tuple((p + q) / 2 for p, q in zip(start, end, strict=True))
    assert len(heads) == 2
    assert length(sub((middle[0], middle[1], middle[2]), end_place("hand_right", body))) < 0.01


@every(
    ("prop", "message"),
    [
        ({"kind": "stick", "ends": ["hand_right"]}, "must name 2 points for a stick"),
        ({"kind": "hand_weight"}, "must name 1 or 2 points for a hand_weight"),
        ({"kind": "chair", "ends": ["hand_right"]}, "must name 0 points for a chair"),
    ],
)
def test_what_hangs_on_the_body_says_where(prop: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        read_figures([{"caption": "Stand", "props": [prop]}])


def test_a_hand_on_the_other_arm_is_placed_after_that_arm() -> None:
    """Whichever hand it is, it lies on the other as that one is held, not as it hung before."""
    for one, two in (("right", "left"), ("left", "right")):
        touches = {**STAND, f"hand_{one}": Touch(on="other_hand", bend="out")}
        bent = {f"elbow_flexion_{two}": 90.0, f"shoulder_rotation_{two}": -30.0}
        body = solve(Pose("standing", angles=bent, touches=touches))
        assert body.short[f"hand_{one}"] == 0
        assert length(sub(body.points[f"hand_{one}"], body.points[f"hand_{two}"])) < 3
