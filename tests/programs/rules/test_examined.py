"""What an examination of the rules from their sources alone found, and how it must come out.

Each line: a case, and exercise → verdict over the shipped catalogue, where it fires and beside it.
"""

from __future__ import annotations

from typing import Any

from programs.rules.case_json import parse_case
from tests.every_row import every
from tests.programs.rules.cases import verdicts
from tests.programs.rules.vignettes.cast import conditions, operated

BAD, ADAPT, CARE, FINE, GOOD = "contraindicated", "adapt", "caution", "ok", "preferred"
CUFF = {"side": "left", "tear_size": "small_medium"}
HIP_90 = [{"movement": "hip_flexion", "degrees": 90, "until_week": 16}]
ARM_90 = [{"movement": "shoulder_flexion", "degrees": 90, "until_week": 16}]

EXAMINED: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "An operation whose date nobody knows counts as recent.": (
        {"surgeries": [{"code": "lumbar_fusion", "weeks_ago": None}]},
        {"knees-side-to-side": BAD, "box-lift": BAD, "walking": FINE},
    ),
    "The same where the date is left out.": (
        {"surgeries": [{"code": "lumbar_discectomy"}]},
        {"bench-traction": BAD, "double-knee-to-chest": CARE, "walking": FINE},
    ),
    "A sore knee that only stays bent is not what is trained.": (
        conditions("knee_osteoarthritis right"),
        {
            "quad-set/right": GOOD,
            "quad-set/left": FINE,
            "neck-isometrics": FINE,
            "deep-neck-flexor-nod": FINE,
        },
    ),
    "Nor is a hip.": (
        conditions("hip_osteoarthritis left"),
        {"clam/left": GOOD, "clam/right": FINE, "neck-isometrics": FINE, "bridge": GOOD},
    ),
    "An injected knee is spared, not the wrist of somebody who sits.": (
        operated("tendon_injection_knee", 1, side="left"),
        {
            "seated-knee-extension/left": BAD,
            "seated-knee-extension/right": FINE,
            "wrist-extension-eccentric/left": FINE,
            "clam/left": FINE,
        },
    ),
    "Pregnant 13 weeks: a hand to hold on by, on one leg and in stepping.": (
        {"pregnancy_weeks": 13},
        {
            "one-leg-stand/left": ADAPT,
            "band-side-step": ADAPT,
            "one-leg-stand-supported/left": FINE,
            "sit-to-stand": FINE,
            "standing-back-extension": FINE,
        },
    ),
    "A week before.": ({"pregnancy_weeks": 12}, {"one-leg-stand/left": FINE}),
    "Positional vertigo is vertigo.": (
        conditions("bppv left"),
        {
            "childs-pose": ADAPT,
            "standing-back-extension": ADAPT,
            "one-leg-stand/left": ADAPT,
            "box-lift": ADAPT,
            "walking": FINE,
        },
    ),
    "A pacemaker on the left 5 weeks ago holds the left arm down.": (
        operated("pacemaker", 5, side="left"),
        {
            "wall-walk/left": BAD,
            "wall-walk/right": FINE,
            "latissimus-dorsi-roller-release/right": FINE,
            "side-bridge-feet/left": BAD,
            "side-bridge-feet/right": FINE,
            "bench-traction": BAD,
        },
    ),
    "One whose side is not recorded, both arms.": (
        operated("pacemaker", 5),
        {"wall-walk/left": BAD, "wall-walk/right": BAD},
    ),
    "Five weeks after a caesarean the belly wall does no hard work.": (
        {"postnatal_weeks": 5, "birth": "caesarean"},
        {"plank-feet": BAD, "plank-knees": BAD, "plank-wall": CARE, "walking": FINE},
    ),
    "After another birth it is done until it bulges.": (
        {"postnatal_weeks": 5, "birth": "vaginal"},
        {"plank-feet": ADAPT},
    ),
    "Five weeks after a new knee there is no step to climb.": (
        operated("knee_replacement", 5, side="left"),
        {"step-up/left": BAD, "step-down/left": BAD, "mini-squat": FINE},
    ),
    "At six weeks there is.": (
        operated("knee_replacement", 6, side="left"),
        {"step-up/left": FINE, "step-down/left": FINE},
    ),
    "A log that tells of a nerve that gets worse: no nerve is slid.": (
        {**conditions("sciatica left"), "nerve_sign": True},
        {"sciatic-nerve-slider-lying/left": BAD, "median-nerve-slider/left": BAD, "bridge": FINE},
    ),
    "The same once it is cleared.": (
        {**conditions("sciatica left"), "nerve_sign": False},
        {"sciatic-nerve-slider-lying/left": FINE},
    ),
    "The shoulder blades work from the first week after a cuff repair.": (
        operated("rotator_cuff_repair", 1, **CUFF),
        {"shoulder-blade-squeeze": GOOD, "pendulum/left": GOOD, "wall-walk/left": BAD},
    ),
    "A weight in both hands is one in the repaired arm; a band in the other hand is not.": (
        operated("rotator_cuff_repair", 8, **CUFF),
        {
            "box-lift": BAD,
            "band-external-rotation/left": BAD,
            "band-external-rotation/right": FINE,
            "seated-knee-extension-weight/left": FINE,
        },
    ),
    "Nor does a sore arm care for it.": (
        {"findings": {"arm_problem": {"answer": "yes", "side": "left"}}},
        {
            "box-lift": CARE,
            "band-external-rotation/left": CARE,
            "band-external-rotation/right": FINE,
        },
    ),
    "Nor do the wires of a new pacemaker bear a heavy weight in the hand.": (
        operated("pacemaker", 5, side="left"),
        {"box-lift": BAD, "wrist-extension-eccentric/left": FINE},
    ),
    "A new hip to 90 degrees walks; what goes further, or may, does not.": (
        operated("hip_replacement", 13, side="left", approach="posterior", limits=HIP_90),
        {"walking": FINE, "squat": BAD, "single-knee-to-chest/left": BAD, "bridge": FINE},
    ),
    "An arm to 90 degrees swings and rises to the shoulder; what nobody measured waits.": (
        operated("shoulder_stabilisation", 13, side="left", limits=ARM_90),
        {
            "pendulum/left": FINE,
            "pendulum/right": CARE,
            "counter-press-up": FINE,
            "wall-press-up": BAD,
            "wall-walk/left": BAD,
            "wall-walk/right": FINE,
        },
    ),
}


@every("story", EXAMINED)
def test_what_the_examination_found(story: str) -> None:
    case, expected = EXAMINED[story]
    found = verdicts(parse_case(case))
    assert {exercise: found[exercise] for exercise in expected} == expected
