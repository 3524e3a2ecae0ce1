"""Invented patients whose logs show what can follow: better, worse, the same, rare, urgent."""

from __future__ import annotations

from typing import Final

from programs.demo.notes import COLINS_VISITS
from programs.demo.plan import (
    ONCE_A_DAY,
    Addition,
    Answers,
    CasePlan,
    Changes,
    Diary,
    Feeling,
    PlannedSession,
    ProgramPlan,
    ReportedSign,
)

_HOME: Final = ("bed", "chair", "wall", "mat", "pillow")
CALF, THIGH, BUTTOCK = ("calf_right",), ("thigh_back_right",), ("buttock_right",)

MAREK: Final = CasePlan(
    name="Marek Olszewitz",
    sex="male",
    born=(46, 5, 21),
    title="Right leg pain that eases on bending backward",
    clinician="alice",
    email="marek.olszewitz@example.org",
    conditions=(("sciatica", "right"),),
    irritability="low",
    resources=_HOME,
    pain=4,
    left="none",
    right="lower_leg",
    goals="Drive to his sister’s without stopping.",
    screen=(Answers("alice", rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("standing-back-extension"), Addition("walking")),
            doses={
                "standing-back-extension": ONCE_A_DAY,
                "walking": {"duration_s": 900, **ONCE_A_DAY},
            },
        ),
        note="It may feel like more in your back at first. Less in the leg is what counts.",
        review_in_days=5,
        issued=True,
        days_ago=9,
    ),
    # The leg gets better from the calf up, while the back scores higher: this is good news.
    diary=Diary(
        runs=(
            PlannedSession(8, Feeling(4, CALF), Feeling(4, CALF), Feeling(4, CALF)),
            PlannedSession(7, Feeling(4, CALF), Feeling(5, CALF), Feeling(4, THIGH)),
            PlannedSession(6, Feeling(4, THIGH), Feeling(5, THIGH), Feeling(4, THIGH)),
            PlannedSession(4, Feeling(4, THIGH), Feeling(5, BUTTOCK), Feeling(5, BUTTOCK)),
            PlannedSession(3, Feeling(5, BUTTOCK), Feeling(5, BUTTOCK), Feeling(5, BUTTOCK)),
            PlannedSession(
                2,
                Feeling(5, BUTTOCK),
                Feeling(5, ("back_right",)),
                Feeling(5, ("back_right",)),
                Feeling(5, ("back_right",)),
            ),
        ),
        goals=(
            ("Drive for an hour", (2, 5)),
            ("Put on my socks standing up", (3, 4)),
            ("Sleep on my right side", (1, 4)),
        ),
    ),
)

GRETA: Final = CasePlan(
    name="Greta Vandermolen",
    sex="female",
    born=(63, 8, 11),
    title="Left leg pain after a long drive",
    clinician="bob",
    phone="01632 960206",
    conditions=(("lumbar_radiculopathy", "left"),),
    irritability="moderate",
    resources=_HOME,
    pain=5,
    left="buttock",
    right="none",
    goals="Walk round the reservoir.",
    screen=(Answers("bob", rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("standing-back-extension"), Addition("hook-lying-march")),
            doses={"standing-back-extension": ONCE_A_DAY, "hook-lying-march": ONCE_A_DAY},
        ),
        review_in_days=14,
        issued=True,
        days_ago=5,
    ),
    # The back bend drives symptoms down the leg, and they stay there: it stops.
    diary=Diary(
        runs=(
            PlannedSession(
                4,
                Feeling(5, ("buttock_left",)),
                Feeling(5, ("buttock_left",)),
                Feeling(5, ("buttock_left",)),
            ),
            PlannedSession(
                1,
                Feeling(5, ("buttock_left",)),
                Feeling(6, ("thigh_back_left",)),
                Feeling(6, ("calf_left",), ("pain", "tingling")),
                provoked="standing-back-extension",
            ),
        ),
    ),
)

COLIN: Final = CasePlan(
    name="Colin Abernethie",
    sex="male",
    born=(52, 2, 2),
    title="Low back pain that comes and goes",
    clinician="bob",
    conditions=(("nonspecific_low_back_pain_chronic", "unspecified"),),
    irritability="low",
    resources=_HOME,
    pain=5,
    left="back_side",
    right="back_side",
    goals="Sit through a film.",
    screen=(Answers("bob", rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("dead-bug"), Addition("knees-side-to-side")),
            doses={"dead-bug": ONCE_A_DAY, "knees-side-to-side": ONCE_A_DAY},
        ),
        review_in_days=7,
        issued=True,
        days_ago=17,
    ),
    diary=Diary(
        runs=tuple(
            PlannedSession(
                day,
                Feeling(5, ("back_left", "back_right"), ("stiffness",)),
                Feeling(5, ("back_left", "back_right"), ("stiffness",)),
                hour=20,
                skipped={"dead-bug": "no_time"} if day == 6 else {},
            )
            for day in (16, 12, 6)
        )
    ),
    visits=COLINS_VISITS,
    review="Less pain and more stands. Few sessions: we agreed on one a day after coffee.",
)

NORA: Final = CasePlan(
    name="Nora Fitzwilloughby",
    sex="female",
    born=(71, 10, 4),
    title="Legs tire on the way to the shop",
    clinician="alice",
    phone="01632 960207",
    conditions=(("lumbar_canal_stenosis", "central"),),
    irritability="low",
    resources=(*_HOME, "stationary_bike"),
    pain=5,
    left="thigh",
    right="buttock",
    goals="Walk to the shop and back.",
    screen=(Answers("alice", rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("double-knee-to-chest"), Addition("stationary-cycling")),
            doses={
                "double-knee-to-chest": ONCE_A_DAY,
                "stationary-cycling": {"duration_s": 600, **ONCE_A_DAY},
            },
        ),
        review_in_days=3,
        issued=True,
        days_ago=30,
    ),
    # Four weeks of doing it nearly every day, and nothing has changed: time to look again.
    diary=Diary(
        runs=tuple(
            PlannedSession(
                day,
                Feeling(4 + day % 2, ("thigh_back_left", "buttock_right"), ("heaviness",)),
                Feeling(5, ("thigh_back_left", "buttock_right"), ("heaviness",)),
                hour=10,
            )
            for day in range(29, 0, -1)
            if day % 7
        ),
        goals=(("Walk to the shop", (3, 3, 4, 3, 3)), ("Stand to cook", (4, 4, 4, 5, 4))),
    ),
)

VICTOR: Final = CasePlan(
    name="Victor Lindenquist",
    sex="male",
    born=(59, 6, 17),
    title="Back and both-leg ache on standing",
    clinician="alice",
    phone="01632 960208",
    conditions=(("lumbar_canal_stenosis", "central"),),
    irritability="moderate",
    resources=_HOME,
    pain=6,
    left="thigh",
    right="buttock",
    goals="Stand at the bench for a morning.",
    screen=(Answers("alice", rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("double-knee-to-chest"),),
            doses={"double-knee-to-chest": ONCE_A_DAY},
        ),
        review_in_days=14,
        issued=True,
        days_ago=3,
    ),
    # Nobody has acknowledged this one yet: it stands at the top of everybody's dashboard.
    diary=Diary(
        runs=(
            PlannedSession(
                2,
                Feeling(6, ("thigh_back_left", "buttock_right")),
                Feeling(5, ("thigh_back_left", "buttock_right")),
            ),
        ),
        reports=(ReportedSign(42, "rf_saddle_numbness"),),
    ),
)

ROSALIND: Final = CasePlan(
    name="Rosalind Pemberly",
    sex="female",
    born=(66, 11, 30),
    title="Right leg pain with a weak foot",
    clinician="bob",
    phone="01632 960209",
    conditions=(("lumbar_radiculopathy", "right"),),
    irritability="moderate",
    resources=_HOME,
    pain=6,
    left="none",
    right="lower_leg",
    goals="Climb the stairs at her daughter’s.",
    screen=(Answers("bob", rest_no=True),),
    program=ProgramPlan(
        changes=Changes(
            add=(Addition("hook-lying-march"),), doses={"hook-lying-march": ONCE_A_DAY}
        ),
        review_in_days=14,
        issued=True,
        days_ago=6,
    ),
    diary=Diary(
        runs=(
            PlannedSession(5, Feeling(6, CALF), Feeling(6, CALF)),
            PlannedSession(4, Feeling(5, CALF), Feeling(5, CALF)),
        ),
        reports=(
            ReportedSign(
                3 * 24 * 60,
                "rf_foot_drop",
                by="bob",
                seen="Called her at once. Sent to the hospital the same day; letter to follow.",
            ),
        ),
    ),
)

CASES_WITH_HISTORIES: Final = (MAREK, GRETA, COLIN, NORA, VICTOR, ROSALIND)
