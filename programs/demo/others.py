"""Invented patients with nerve root pain, a disc, a pregnancy, a warning sign."""

from __future__ import annotations

from typing import Final

from programs.demo.plan import (
    ONCE_A_DAY,
    Addition,
    Answers,
    CasePlan,
    Changes,
    PhasedPlan,
    ProgramPlan,
    TestedPreference,
)

TOMASZ: Final = CasePlan(
    name="Tomasz Zielonko",
    sex="male",
    born=(44, 6, 3),
    title="Left-sided nerve pain to the foot",
    clinician="bob",
    email="tomasz.zielonko@example.org",
    conditions=(("lumbar_radiculopathy", "left"),),
    irritability="moderate",
    resources=("bed", "chair", "wall", "mat", "pillow"),
    pain=6,
    left="foot",
    right="none",
    goals="Sit through a working day. Get back to five-a-side.",
    screen=(Answers("bob", rest_no=True),),
    program=ProgramPlan(
        starter="radiculopathy-five",
        changes=Changes(
            doses={
                "posterior-pelvic-tilt": {"reps": 10, "hold_s": 5, "sets": 2, **ONCE_A_DAY},
                "supine-hip-flexor-stretch": {"reps": 3, "hold_s": 20, **ONCE_A_DAY},
                "wall-calf-stretch": {"reps": 3, "hold_s": 20, **ONCE_A_DAY},
                "lower-trunk-rotation-hold": {"reps": [5, 8], "hold_s": [3, 5], **ONCE_A_DAY},
                "half-kneeling-hip-flexor-stretch": {"reps": 2, "hold_s": 20, **ONCE_A_DAY},
            },
            notes={"wall-calf-stretch": "Stop short of any tingling in the foot."},
        ),
        phased=PhasedPlan(
            name="Leg nerve pain, weeks 1 to 4",
            weeks=(1, 3),
            go_on="Leg pain is no worse the morning after, and nothing new is numb or weak.",
            then=Changes(
                add=(Addition("bridge"), Addition("walking")),
                remove=("wall-calf-stretch",),
                doses={
                    "posterior-pelvic-tilt": {"reps": 10, "hold_s": 5, "sets": 3, **ONCE_A_DAY},
                    "bridge": {"reps": 8, "sets": 2, **ONCE_A_DAY},
                    "walking": {"duration_s": 600, **ONCE_A_DAY},
                },
            ),
        ),
        review_in_days=14,
        issued=True,
        days_ago=7,
    ),
)

PRIYA: Final = CasePlan(
    name="Priya Ramanandan",
    sex="female",
    born=(38, 2, 27),
    title="Right sciatica that draws back on bending backward",
    clinician="alice",
    conditions=(("sciatica", "right"),),
    preference=TestedPreference("extension", "alice"),
    irritability="low",
    resources=("bed", "chair", "wall", "mat"),
    pain=5,
    left="none",
    right="lower_leg",
    goals="Lift her daughter without thinking about it.",
    screen=(Answers("alice", rest_no=True),),
    program=ProgramPlan(changes=Changes(add=(Addition("standing-back-extension"),))),
)

SOFIA: Final = CasePlan(
    name="Sofia Marchetta",
    sex="female",
    born=(33, 10, 16),
    title="Low back pain in pregnancy",
    clinician="dana",
    conditions=(("nonspecific_low_back_pain_acute", "unspecified"),),
    pregnant_weeks=24,
    irritability="low",
    resources=("bed", "chair", "wall", "mat", "pillow", "exercise_ball"),
    pain=3,
    left="back_side",
    right="back_side",
    goals="Keep working until the leave starts.",
    screen=(Answers("dana", yes=("reflux_or_hiatal_hernia",), rest_no=True),),
)

JONAS: Final = CasePlan(
    name="Jonas Lindqvarn",
    sex="male",
    born=(29, 5, 8),
    title="Sudden back and leg pain after lifting",
    clinician="bob",
    conditions=(("disc_herniation_acute", "unspecified"), ("sciatica", "left")),
    irritability="high",
    resources=("bed", "pillow", "ice_pack", "towel"),
    pain=8,
    left="lower_leg",
    right="none",
    goals="Put shoes on standing up. Cycle to work.",
    screen=(Answers("bob", rest_no=True, not_asked=("nsaid_risk",)),),
)

RUTH: Final = CasePlan(
    name="Ruth Castellane",
    sex="female",
    born=(55, 8, 30),
    title="Back pain with a foot that catches",
    clinician="alice",
    phone="01632 960205",
    conditions=(("lumbar_radiculopathy", "right"),),
    irritability="moderate",
    resources=("bed", "chair", "wall"),
    pain=6,
    left="none",
    right="foot",
    goals="Walk the dog without tripping.",
    screen=(Answers("alice", yes=("rf_foot_drop",), rest_no=True),),
)

EDGAR: Final = CasePlan(
    name="Edgar Thistlewick",
    sex="male",
    born=(50, 12, 12),
    title="Long-standing low back pain",
    clinician="charlie",
    practice=1,
    conditions=(("nonspecific_low_back_pain_chronic", "unspecified"),),
    irritability="low",
    resources=("bed", "chair", "wall", "mat"),
    pain=4,
    left="back_side",
    right="none",
    goals="Garden for an afternoon.",
    screen=(Answers("charlie", rest_no=True),),
)

OTHER_CASES: Final = (TOMASZ, PRIYA, SOFIA, JONAS, RUTH, EDGAR)
"""The last one is next door's: what nobody at the first practice may ever see."""
