"""Decided rules about the whole person: where they speak, and nowhere else."""

import pytest

from programs.rules.facts import CaseFacts
from tests.programs.rules.cases import (
    TRAITS,
    both,
    finding,
    fired,
    one,
    verdicts,
)
from tests.programs.rules.keys import (
    HEAD_LOW,
    TILTS,
    UNSTEADY,
)


def test_uncontrolled_blood_pressure_stops_every_exercise_and_release() -> None:
    found = verdicts(finding("hypertension_uncontrolled"))
    for key, verdict in found.items():
        kind = TRAITS[key.split("/")[0]].kind
        assert verdict == ("ok" if kind == "advice" else "contraindicated"), key


def test_controlled_blood_pressure() -> None:
    expected = TILTS | HEAD_LOW | {"curl-up", "bench-traction"}
    facts = finding("hypertension_controlled")
    assert fired(facts, "P-17") == dict.fromkeys(expected, "caution")


def test_glaucoma_and_reflux() -> None:
    assert fired(finding("glaucoma"), "P-18") == dict.fromkeys(HEAD_LOW, "contraindicated")
    assert fired(finding("reflux_or_hiatal_hernia"), "P-19") == dict.fromkeys(HEAD_LOW, "caution")


def test_vertigo_has_three_reasons_of_its_own() -> None:
    facts = finding("vertigo")
    assert fired(facts, "P-20") == dict.fromkeys(HEAD_LOW, "adapt")
    tipped = {"standing-back-extension"} | both("combined-movement-test")
    assert fired(facts, "P-20b") == dict.fromkeys(tipped, "adapt")
    assert fired(facts, "P-20c") == dict.fromkeys(UNSTEADY, "adapt")
    rules = [r.rule for r in one(facts, "prone-ball-decompression").reasons]
    assert rules == ["P-20", "P-20c"]


def test_falls_risk() -> None:
    assert fired(finding("falls_risk"), "P-30") == dict.fromkeys(UNSTEADY, "adapt")
    assert fired(finding("falls_risk"), "P-30b", everywhere=True) == dict.fromkeys(FLOOR, "caution")


FLOOR = {
    key for key in verdicts(CaseFacts()) if "floor_transfer" in TRAITS[key.split("/")[0]].flags
}
ON_BED = {key for key in FLOOR if TRAITS[key.split("/")[0]].on_bed}


@pytest.mark.parametrize("code", ["cannot_get_to_floor", "wheelchair_user"])
def test_the_floor_is_out_of_reach(code: str) -> None:
    # What trains to get up from the floor is for the clinic, or for a trained helper.
    trained = {"floor-to-stand": "adapt"}
    expected = dict.fromkeys(FLOOR, "contraindicated") | trained
    assert fired(finding(code), "R100", everywhere=True) == expected
    with_bed = CaseFacts(findings={code: True}, resources=frozenset({"bed"}))
    expected = dict.fromkeys(FLOOR, "contraindicated") | dict.fromkeys(ON_BED, "adapt") | trained
    assert fired(with_bed, "R100", everywhere=True) == expected
    assert {"double-knee-to-chest", "curl-up", "knees-side-to-side"} < ON_BED
    off_bed = {"childs-pose", "prone-ball-decompression", "assisted-leg-traction"}
    assert off_bed < FLOOR - ON_BED


def test_a_wheelchair_user_does_not_stand() -> None:
    standing = {
        "bench-traction",
        "incline-walking",
        "posterior-pelvic-tilt-standing",
        "standing-back-extension",
        "standing-back-flexion",
        "standing-side-bend",
        "walking",
    } | both(
        "combined-movement-test",
        "latissimus-dorsi-wall-stretch",
        "oblique-standing-stretch",
        "psoas-lunge-stretch",
        "quadratus-lumborum-hang-stretch",
        "wall-calf-stretch",
    )
    found = fired(finding("wheelchair_user"), "R101")
    assert found == dict.fromkeys(standing, "contraindicated")


def test_arm_problem() -> None:
    facts = finding("arm_problem")
    assert fired(facts, "R30") == {"bench-traction": "contraindicated"}
    partial = {
        "prone-ball-decompression",
        "childs-pose",
        "prayer-stretch",
        "posterior-pelvic-tilt-hands-and-knees",
    } | both("latissimus-dorsi-wall-stretch", "latissimus-dorsi-roller-release")
    assert fired(facts, "R31") == dict.fromkeys(partial, "caution")
    left = partial - {
        f"{s}/right" for s in ("latissimus-dorsi-wall-stretch", "latissimus-dorsi-roller-release")
    }
    assert fired(finding("arm_problem", side="left"), "R31") == dict.fromkeys(left, "caution")
