"""Decided rules about bones, operations and joints: where they speak, and nowhere else."""

import pytest

from programs.rules.facts import CaseFacts
from tests.every_row import every
from tests.programs.rules.cases import (
    both,
    finding,
    fired,
    surgery,
    verdicts,
)
from tests.programs.rules.keys import (
    AWAY,
    FLAT_BACK,
    FLEXION,
    HANG,
    PRESSED,
    TILTS,
    TRACTION,
)

SPINE_MOVES = (
    FLEXION
    | FLAT_BACK
    | TRACTION
    | both(*AWAY)
    | {
        "anterior-pelvic-tilt",
        "standing-back-extension",
        "standing-side-bend",
        "knees-side-to-side",
        "lower-trunk-rotation-hold",
        "curl-up",
    }
    | both("combined-movement-test")
)


def test_osteoporosis() -> None:
    found = fired(finding("osteoporosis"), "P-06")
    assert {k for k, v in found.items() if v == "contraindicated"} == {
        "curl-up",
        "standing-back-flexion",
        "seated-back-flexion",
        "double-knee-to-chest-head-lift",
    } | HANG
    assert {k for k, v in found.items() if v == "caution"} == {
        "double-knee-to-chest",
        "bed-knee-hug",
        "childs-pose",
        "prayer-stretch",
        "prone-ball-decompression",
        "lower-trunk-rotation-hold",
    }
    everything = verdicts(finding("osteoporosis"))
    neutral = TILTS | {"core-breathing", "dead-bug", "hook-lying-march", "knees-side-to-side"}
    assert {everything[slug] for slug in neutral} == {"ok"}


@every(
    ("facts", "rule"),
    [
        (finding("vertebral_fracture"), "P-01"),
        (surgery("lumbar_fusion", 11), "P-09"),
        (surgery("lumbar_fusion", 0), "P-09"),
        (surgery("lumbar_fusion", None), "P-09"),
    ],
)
def test_no_movement_of_the_spine_and_no_firm_pressure(facts: CaseFacts, rule: str) -> None:
    found = fired(facts, rule)
    expected = SPINE_MOVES | PRESSED
    if rule == "P-09":
        expected |= both("half-kneeling-hip-flexor-stretch", "kneeling-lunge-stretch")
        if facts.surgeries[0].weeks_ago != 11:
            expected |= {"incline-walking"}
    assert set(found) == expected
    assert set(found.values()) == {"contraindicated"}


@every(
    ("code", "rule", "weeks"),
    [
        ("lumbar_fusion", "P-09", 12),
        ("lumbar_discectomy", "P-10", 6),
        ("lumbar_decompression", "P-10", 6),
        ("hip_replacement", "P-13", 12),
        ("hip_replacement", "P-14", 12),
        ("pacemaker", "P-26", 6),
        ("abdominal_surgery", "P-05", 12),
    ],
)
def test_the_week_that_ends_a_restriction(code: str, rule: str, weeks: int) -> None:
    assert fired(surgery(code, weeks - 1), rule) != {}
    assert fired(surgery(code, weeks), rule) == {}


@pytest.mark.parametrize("code", ["lumbar_discectomy", "lumbar_decompression"])
def test_after_an_operation_for_the_nerve(code: str) -> None:
    bent = (
        FLEXION
        | HANG
        | FLAT_BACK
        | both("latissimus-dorsi-wall-stretch")
        | {
            "knees-side-to-side",
            "lower-trunk-rotation-hold",
            "curl-up",
        }
    )
    expected = dict.fromkeys(bent, "caution")
    expected |= dict.fromkeys(PRESSED | TRACTION, "contraindicated")
    assert fired(surgery(code, 5), "P-10") == expected


HIP_FLEXION = {
    "double-knee-to-chest",
    "double-knee-to-chest-head-lift",
    "bed-knee-hug",
    "childs-pose",
    "prayer-stretch",
    "seated-back-flexion",
    "standing-back-flexion",
    "prone-ball-decompression",
    "lower-trunk-rotation-hold",  # the upper leg crosses the midline
} | both("piriformis-stretch")
HIP_LEFT = HIP_FLEXION | {
    # Treating the right side bends the left hip: pulled up, the front leg of a lunge, or the leg
    # that stands while the other hangs.
    "supine-hip-flexor-stretch/right",
    "kneeling-lunge-stretch/right",
    "quadratus-lumborum-hang-stretch/right",
}
HIP_EXTENSION = (
    "psoas-lunge-stretch",
    "half-kneeling-hip-flexor-stretch",
    "kneeling-lunge-stretch",
)


def test_posterior_hip_replacement_limits_flexion_of_that_hip() -> None:
    left = fired(surgery("hip_replacement", 5, "left", "posterior"), "P-13")
    assert set(left) == HIP_LEFT
    unknown_side = fired(surgery("hip_replacement", 5, "", "posterior"), "P-13")
    assert set(unknown_side) == HIP_FLEXION | both(
        "supine-hip-flexor-stretch", "kneeling-lunge-stretch", "quadratus-lumborum-hang-stretch"
    )
    assert set(left.values()) | set(unknown_side.values()) == {"contraindicated"}
    assert fired(surgery("hip_replacement", 5, "left", "posterior"), "P-14") == {}


@pytest.mark.parametrize("approach", ["anterior", "lateral"])
def test_front_or_side_hip_replacement_limits_extension_of_that_hip(approach: str) -> None:
    facts = surgery("hip_replacement", 5, "right", approach)
    expected = {f"{s}/right": "contraindicated" for s in HIP_EXTENSION}
    expected["standing-back-extension"] = "contraindicated"
    assert fired(facts, "P-14") == expected


def test_a_hip_replaced_from_the_front_may_bend() -> None:
    assert fired(surgery("hip_replacement", 5, "right", "anterior"), "P-13") == {}


@every("approach", ["lateral", "unknown", ""])
def test_a_lateral_or_unknown_approach_keeps_both_limits_and_lifts_no_leg(approach: str) -> None:
    facts = surgery("hip_replacement", 5, "left", approach)
    stretched = {f"{s}/left" for s in HIP_EXTENSION} | {"standing-back-extension"}
    assert set(fired(facts, "P-14")) == stretched
    assert set(fired(facts, "P-13")) == HIP_LEFT | {"hip-mobilisation-hooklying/left"}


KNEELING = {
    "prone-ball-decompression",
    "childs-pose",
    "prayer-stretch",
    "posterior-pelvic-tilt-hands-and-knees",
} | both("kneeling-lunge-stretch")
ONE_KNEE = ("half-kneeling-hip-flexor-stretch", "quadriceps-stretch", "piriformis-stretch")


@pytest.mark.parametrize("facts", [finding("knee_problem"), surgery("knee_replacement", 500)])
def test_kneeling_and_deep_knee_bend_are_adapted(facts: CaseFacts) -> None:
    assert fired(facts, "P-15") == dict.fromkeys(KNEELING | both(*ONE_KNEE), "adapt")


@pytest.mark.parametrize(
    "facts", [finding("knee_problem", side="left"), surgery("knee_replacement", 6, "left")]
)
def test_one_knee_leaves_the_other_alone(facts: CaseFacts) -> None:
    left = {f"{slug}/left" for slug in ONE_KNEE}
    assert fired(facts, "P-15") == dict.fromkeys(KNEELING | left, "adapt")


def test_a_new_knee_does_not_kneel_for_six_weeks() -> None:
    found = fired(surgery("knee_replacement", 5, "left"), "P-15")
    kneeling = KNEELING | {"half-kneeling-hip-flexor-stretch/left"}
    assert {k for k, v in found.items() if v == "contraindicated"} == kneeling
    assert {k for k, v in found.items() if v == "adapt"} == {
        "quadriceps-stretch/left",
        "piriformis-stretch/left",
    }
