"""Symptoms of neck and arm have places of their own; a knee's stay where they are."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from clinic.parsing.errors import FactsError
from tests.programs.sessions.asking import EXAMPLE, text_of

NECK = {"code": "cervical_radiculopathy", "side": "left"}
KNEE = {"code": "knee_osteoarthritis", "side": "left"}
NO = "none"


def history(condition: dict[str, str], before: str, after: str, **log: Any) -> dict[str, Any]:
    """The example for another condition, with symptoms on the left before and after."""
    made = copy.deepcopy(EXAMPLE)
    made["case"] = {
        "conditions": [condition],
        "baseline": {"pain": 5, "location": {"left": before, "right": NO}, "kinds": []},
    }
    first, second = made["logs"]
    first["location"] = {"left": before, "right": NO}
    second |= {"location": {"left": after, "right": NO}, "phase": "settled", "kinds": [], **log}
    second["at"] = "2026-11-01T08:20:00+00:00"
    return made


def ask(made: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(text_of(made))
    return answer


def test_arm_pain_that_draws_in_to_the_neck_is_good_news_in_its_own_words() -> None:
    answer = ask(history(NECK, "hand", "neck_side", pain=7))
    assert answer["trend"] == "centralising"
    assert answer["patient"]["outcome"] == "carry_on"
    assert answer["patient"]["reason"] == (
        "This is a good sign: it is moving up, toward your neck. Your neck may hurt a bit more for "
        "now. Carry on."
    )


def test_arm_pain_that_moves_out_to_the_hand_stops_the_exercise() -> None:
    answer = ask(history(NECK, "upper_arm", "hand"))
    assert (answer["trend"], answer["patient"]["outcome"]) == ("peripheralising", "stop_exercise")
    assert answer["paused"] == ["a"]


def test_new_numbness_in_both_hands_is_the_sign_of_the_spinal_cord() -> None:
    both = {"left": "hand", "right": "hand"}
    answer = ask(history(NECK, "hand", "hand", location=both, kinds=["numbness"]))
    assert answer["patient"]["outcome"] == "get_help"
    flags = [a["facts"].get("red_flag") for a in answer["alerts"] if a["code"] == "red_flag"]
    assert flags == ["rf_cervical_vascular_or_myelopathy"]


@pytest.mark.parametrize(("before", "after"), [("lower_leg", "back_middle"), ("thigh", "foot")])
def test_the_pain_of_a_knee_neither_centralises_nor_peripheralises(before: str, after: str) -> None:
    answer = ask(history(KNEE, before, after))
    assert answer["trend"] == "too_early"
    assert answer["paused"] == []
    assert answer["proposals"] == []


def test_a_place_of_the_other_row_is_refused() -> None:
    with pytest.raises(FactsError, match="allowed: none, neck_middle, neck_side, shoulder_blade"):
        text_of(history(NECK, "foot", "hand"))
    with pytest.raises(FactsError, match="allowed: none, back_middle, back_side"):
        text_of(history(KNEE, "hand", "none"))


def test_without_a_condition_and_with_both_rows_it_is_the_leg_as_before() -> None:
    made = history(NECK, "foot", "thigh")
    made["case"]["conditions"] = [NECK, {"code": "sciatica", "side": "left"}]
    assert ask(made)["trend"] == "centralising"
    made["case"]["conditions"] = []
    assert ask(made)["trend"] == "centralising"


def test_a_place_outside_the_row_has_its_number_and_no_direction() -> None:
    # From the hand to the front of the shoulder is no way toward the spine.
    answer = ask(history(NECK, "hand", "shoulder_front", pain=5))
    assert (answer["trend"], answer["patient"]["outcome"]) == ("too_early", "carry_on")
    assert (answer["paused"], answer["proposals"]) == ([], [])
    sore = ask(history(KNEE, "knee_front", "knee_front", pain=7))
    assert (sore["trend"], sore["patient"]["outcome"]) == ("too_early", "ease")


def test_beside_a_place_outside_the_row_the_other_side_still_tells() -> None:
    spread = {"left": "elbow_outer", "right": "hand"}
    answer = ask(history(NECK, "forearm", "forearm", location=spread))
    assert (answer["trend"], answer["patient"]["outcome"]) == ("peripheralising", "stop_exercise")
