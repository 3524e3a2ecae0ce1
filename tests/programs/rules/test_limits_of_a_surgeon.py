"""The surgeon's own limits (P-71): what goes further, or may, is held back, and says the number."""

from __future__ import annotations

from typing import Any

import pytest

from programs.figures.bands import BANDS
from programs.figures.demands import BENT
from programs.rules.book import Clause
from programs.rules.case_json import parse_case
from programs.rules.engine import KEPT_LIMITS, Engine, judge
from programs.rules.movements import UNTOLD
from programs.rules.traits import Traits
from tests.every_row import every
from tests.programs.rules.cases import CONTENT
from tests.programs.rules.making import made

(P71,) = (rule for rule in CONTENT.rules if rule.id == "P-71")
RIGHT_KNEE = {"code": "meniscus_repair", "side": "right"}


def bend(*degrees: str, part: str = "knee_treated", way: str = "flexion") -> Traits:
    """An exercise that moves one joint so far; nobody knows how far where no degrees are given."""
    return made("sitting", " ".join((part, way, "mid", "repeated", *degrees)))


def reasons(
    exercise: Traits, *limits: dict[str, Any], treated: str = "right", **about: Any
) -> list[str]:
    case = {"surgeries": [{**RIGHT_KNEE, "weeks_ago": 3, **about, "limits": list(limits)}]}
    return [r.reason for r in judge([P71], parse_case(case), "bend", exercise, treated).reasons]


def to(degrees: int, until_week: int | None = 6, movement: str = "knee_flexion") -> dict[str, Any]:
    return {"movement": movement, "degrees": degrees, "until_week": until_week}


BORDERS = [
    # What the exercise bends to, the limit, weeks since the operation, and whether it is held back.
    ("90", to(90), 3, False),
    ("91", to(90), 3, True),
    ("89", to(90), 3, False),
    ("1", to(0), 3, True),
    ("0", to(0), 3, False),
    ("91", to(90), 5, True),
    ("91", to(90), 6, False),
    ("91", to(90), None, True),
    ("91", to(90, None), 5000, True),
    ("", to(90), 3, True),
    ("", to(180), 3, True),
]


@every(("degrees", "limit", "weeks", "held"), BORDERS)
def test_the_border_is_allowed_and_one_degree_or_day_decides(
    degrees: str, limit: dict[str, Any], weeks: int | None, held: bool
) -> None:
    assert bool(reasons(bend(*degrees.split()), limit, weeks_ago=weeks)) is held


def test_the_numbers_stand_in_the_reason_and_what_is_not_known_says_so() -> None:
    start = "Meniscus repair, right: the surgeon limits knee flexion to 90 degrees "
    assert reasons(bend("120"), to(90)) == [start + "until week 6. This exercise goes further."]
    assert reasons(bend(), to(90, None)) == [
        start + "until the surgeon lifts it. How far this exercise goes is not recorded, so it "
        "counts as further."
    ]


def test_of_limits_that_grow_week_by_week_the_strictest_speaks() -> None:
    stages = (to(90, 6), to(30, 2), to(60, 4))
    found = {
        weeks: [reason.partition("flexion to ")[2][:10] for reason in said]
        for weeks in (1, 3, 5, 6)
        for said in [reasons(bend("100"), *stages, weeks_ago=weeks)]
    }
    assert found == {1: ["30 degrees"], 3: ["60 degrees"], 5: ["90 degrees"], 6: []}


def test_another_joint_direction_or_side_is_free_and_an_unknown_side_is_not() -> None:
    assert not reasons(bend("120", part="hip_treated"), to(90))
    assert not reasons(bend("120"), to(90, movement="hip_flexion"))
    assert not reasons(bend(way="extension"), to(90))
    assert not reasons(bend("120"), to(90), treated="left")
    assert reasons(bend("120", part="knee_other"), to(90), treated="left")
    assert reasons(bend("120", part="knee_both"), to(90), treated="left")
    assert reasons(bend("120"), to(90), treated="left", side="unspecified")


def test_a_limb_at_work_that_may_stay_bent_without_a_word_is_looked_at_first() -> None:
    """A drawing names a knee from 60 degrees on, and a raised arm far later."""
    stands, lies = made("standing", legs="full none"), made("supine")
    said = reasons(stands, to(59))
    assert [reason[-28:] for reason in said] == ["bent: look at the picture first."[-28:]]
    assert not reasons(stands, to(60))
    assert not reasons(stands, to(59), treated="left")
    assert not reasons(lies, to(59))
    assert not reasons(made("standing", "knee_treated flexion mid posture 59"), to(59))
    raised = made("sitting", flags="arms_overhead")
    leans = made("plank", arm_load="full", arm_load_on="treated")
    assert reasons(raised, to(90, movement="shoulder_flexion"))
    assert reasons(leans, to(90, movement="shoulder_flexion"))
    assert not reasons(leans, to(90, movement="shoulder_flexion"), treated="left")


def test_how_far_a_joint_bends_unsaid_is_what_the_pictures_leave_unsaid() -> None:
    named = {way: band.named for way, band in BANDS.items() if way in UNTOLD}
    named |= {("hip", "flexion"): BENT, ("knee", "flexion"): BENT}
    named |= {("shoulder", "abduction"): BANDS["shoulder", "flexion"].named}
    assert named == UNTOLD


def test_a_limit_of_the_neck_holds_whichever_way_it_turns() -> None:
    turn = bend(part="neck", way="rotation_away")
    neck = {"code": "cervical_surgery", "side": "unspecified"}
    assert reasons(turn, to(30, movement="neck_rotation"), **neck)
    assert not reasons(turn, to(30, movement="neck_flexion"), **neck)


def test_what_a_limit_touches_is_kept_for_the_same_limit_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    matching = Engine._matching

    def counted(self: Engine, clause: Clause, about: str) -> int:
        asked.append(clause.exercise)
        return matching(self, clause, about)

    monkeypatch.setattr(Engine, "_matching", counted)
    engine = Engine([P71], {"bend": bend("100")})

    def verdict(*limits: dict[str, Any]) -> str:
        case = {"surgeries": [{**RIGHT_KNEE, "weeks_ago": 3, "limits": list(limits)}]}
        return engine.assess(parse_case(case))[1].verdict

    assert [verdict(to(degrees)) for degrees in (90, 100, 90, 99, 100)] == [
        *("contraindicated", "ok", "contraindicated", "contraindicated", "ok"),
    ]
    assert len(asked) == len(set(asked)) > 0
    for degrees in range(180):
        for week in range(4, 9):
            verdict(to(degrees, week), to(degrees + 1, week, "hip_flexion"))
    assert engine._limited.currsize == KEPT_LIMITS
