"""Invented patients with a narrowing of the low back."""

from __future__ import annotations

from typing import Final

from programs.demo.plan import (
    ONCE_A_DAY,
    Addition,
    Answers,
    CasePlan,
    Changes,
    Operation,
    ProgramPlan,
)

_HOME: Final = ("bed", "chair", "wall", "counter", "pillow", "towel", "ice_pack")

MARGARET: Final = CasePlan(
    name="Margaret Hollowell",
    sex="female",
    born=(67, 4, 18),
    title="Right-sided leg pain on standing",
    clinician="alice",
    email="margaret.hollowell@example.org",
    phone="01632 960201",
    notes="Prefers paper. Large print is not needed with her reading glasses.",
    conditions=(("lumbar_foraminal_stenosis", "right"), ("hyperlordosis", "unspecified")),
    irritability="low",
    resources=(*_HOME, "mat", "massage_ball", "wall_corner"),
    pain=5,
    left="none",
    right="lower_leg",
    goals="Stand long enough to cook a meal. Walk to the harbour and back.",
    screen=(
        Answers("bob", rest_no=True, not_asked=("osteoporosis", "arm_problem")),
        Answers("alice", yes=("hypertension_controlled",), no=("osteoporosis", "arm_problem")),
    ),
    program=ProgramPlan(
        starter="foraminal-stenosis-nine-steps",
        keep=(
            "oblique-standing-stretch",
            "bed-knee-hug",
            "core-breathing",
            "walking",
        ),
        changes=Changes(
            add=(
                Addition("quadratus-lumborum-ball-release", "right"),
                Addition("pillow-under-knees"),
            ),
            doses={
                "quadratus-lumborum-ball-release": ONCE_A_DAY,
                "oblique-standing-stretch": {"reps": 2, **ONCE_A_DAY},
                "bed-knee-hug": ONCE_A_DAY,
                "core-breathing": {"times_per_day": 2, "days_per_week": 7},
                "walking": {"duration_s": 600, "times_per_day": 2},
            },
            notes={"walking": "Along the quay, where there are benches."},
        ),
        note="Small and often beats long and hard. Call us if anything is unclear.",
        review_in_days=21,
        issued=True,
        amended=Changes(
            add=(Addition("dead-bug"),),
            remove=("bed-knee-hug",),
            doses={"dead-bug": ONCE_A_DAY},
            notes={
                "dead-bug": "New this time. Start with the arms only.",
                "walking": "Up to the lighthouse now, if your leg stays calm.",
            },
        ),
    ),
)

DESMOND: Final = CasePlan(
    name="Desmond Achterbergh",
    sex="male",
    born=(72, 11, 2),
    title="Pain in both legs, worse on the left",
    clinician="bob",
    phone="01632 960202",
    conditions=(("lumbar_foraminal_stenosis", "bilateral"), ("disc_degeneration", "unspecified")),
    irritability="moderate",
    resources=(*_HOME, "wall_corner", "helper"),
    pain=6,
    left="lower_leg",
    right="thigh",
    goals="Sleep through the night. Carry the grandchild upstairs.",
    screen=(Answers("bob", yes=("knee_problem",), rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("double-knee-to-chest"), Addition("oblique-standing-stretch", "left")),
        ),
    ),
)

INGRID: Final = CasePlan(
    name="Ingrid Solvang",
    sex="female",
    born=(70, 7, 29),
    title="Legs give out on walking",
    clinician="alice",
    email="ingrid.solvang@example.org",
    conditions=(("lumbar_canal_stenosis", "central"), ("neurogenic_claudication", "bilateral")),
    irritability="low",
    resources=(*_HOME, "mat", "stationary_bike"),
    pain=4,
    left="lower_leg",
    right="lower_leg",
    goals="Walk to the shop without having to sit down.",
    screen=(Answers("alice", yes=("falls_risk",), rest_no=True, not_asked=("osteoporosis",)),),
    program=ProgramPlan(
        starter="flexion-series",
        keep=(
            "double-knee-to-chest",
            "seated-back-flexion",
            "posterior-pelvic-tilt",
            "stationary-cycling",
        ),
    ),
)

BEATRICE: Final = CasePlan(
    name="Beatrice Omondale",
    sex="female",
    born=(76, 1, 9),
    title="Stooped, short of walking distance",
    clinician="bob",
    phone="01632 960203",
    notes="Bone scan came back after the first visit.",
    conditions=(("lumbar_canal_stenosis", "central"), ("neurogenic_claudication", "bilateral")),
    irritability="low",
    resources=(*_HOME, "mat", "stationary_bike"),
    pain=3,
    left="thigh",
    right="thigh",
    goals="Tend the allotment again.",
    screen=(Answers("bob", rest_no=True, not_asked=("osteoporosis",)),),
    program=ProgramPlan(
        starter="flexion-series",
        keep=(
            "double-knee-to-chest",
            "seated-back-flexion",
            "posterior-pelvic-tilt",
            "hook-lying-march",
            "stationary-cycling",
        ),
        changes=Changes(
            doses={
                "double-knee-to-chest": ONCE_A_DAY,
                "seated-back-flexion": ONCE_A_DAY,
                "posterior-pelvic-tilt": {"reps": 10, **ONCE_A_DAY},
                "hook-lying-march": ONCE_A_DAY,
            },
        ),
        note="Rest as soon as your legs feel heavy. Sitting down helps.",
        review_in_days=28,
        issued=True,
        waivers={
            "osteoporosis": "The bone scan is booked for next week. Light doses until then.",
        },
    ),
    # Found after the program was issued: the live program now holds what is advised against.
    later=(Answers("alice", yes=("osteoporosis",)),),
)

WALTER: Final = CasePlan(
    name="Walter Brandvoll",
    sex="male",
    born=(69, 9, 13),
    title="Back pain after a new hip",
    clinician="dana",
    phone="01632 960204",
    conditions=(("lumbar_canal_stenosis", "central"),),
    surgeries=(Operation("hip_replacement", 5, "left", "posterior"),),
    irritability="moderate",
    resources=(*_HOME, "helper"),
    pain=4,
    left="buttock",
    right="none",
    goals="Put his own socks on.",
    screen=(
        Answers(
            "dana",
            yes=("rf_dvt_pattern", "anticoagulant"),
            rest_no=True,
            cleared="Seen the same day at the vein clinic, scan clear. Letter in the file.",
        ),
    ),
)

KWAME: Final = CasePlan(
    name="Kwame Antobam",
    sex="male",
    born=(58, 12, 21),
    title="Left leg pain, and a shoulder that will not lift",
    clinician="alice",
    conditions=(("lumbar_foraminal_stenosis", "left"),),
    irritability="low",
    resources=(*_HOME, "mat", "bench", "wall_corner", "foam_roller"),
    pain=5,
    left="thigh",
    right="none",
    goals="Drive for an hour. Play the bass again.",
    screen=(Answers("alice", yes=("arm_problem",), rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(
                Addition("oblique-standing-stretch", "left"),
                Addition(
                    "bench-traction",
                    override="Only the left shoulder is stiff; tried here with the right arm.",
                ),
            ),
        ),
    ),
)

HELEN: Final = CasePlan(
    name="Helen Fairbourne",
    sex="female",
    born=(61, 3, 5),
    title="Right leg tingles by the evening",
    clinician="bob",
    conditions=(("lumbar_foraminal_stenosis", "right"),),
    resources=("bed", "chair", "wall"),
    pain=4,
    left="none",
    right="foot",
    goals="Stand through choir practice.",
    screen=(
        Answers(
            "bob",
            rest_no=True,
            not_asked=(
                "osteoporosis",
                "vertebral_fracture",
                "arm_problem",
                "glaucoma",
                "vertigo",
                "falls_risk",
                "anticoagulant",
                "aortic_aneurysm",
                "abdominal_hernia",
                "rf_cancer_history",
                "rf_weight_loss",
            ),
        ),
    ),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("oblique-standing-stretch", "right"), Addition("seated-back-flexion")),
        ),
    ),
)

STENOSIS_CASES: Final = (MARGARET, DESMOND, INGRID, BEATRICE, WALTER, KWAME, HELEN)
