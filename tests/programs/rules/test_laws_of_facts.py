"""What is worse, later or not known of one fact is never judged more mildly than the other.

What is wanted early and only suits later is allowed in both, so preferred and ok count alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from patients.vocabulary import RED_FLAGS, SURGERIES, WeightBearing
from programs.rules.book import SEVERITY
from programs.rules.facts import CaseFacts, SurgeryFact, operations
from tests.programs.rules.cases import engine
from tests.programs.rules.strategies import cases

few = settings(max_examples=40, deadline=None)
ORDERS = list(map(str, WeightBearing))
"""The most allowed first."""
sides = st.sampled_from(["left", "right"])


COUNTS = {verdict: max(severity, SEVERITY["ok"]) for verdict, severity in SEVERITY.items()}


def never_milder(worse: CaseFacts, than: CaseFacts) -> None:
    both = zip(engine().assess(worse), engine().assess(than), strict=True)
    milder = [(a.exercise, a.side) for a, b in both if COUNTS[a.verdict] < COUNTS[b.verdict]]
    assert milder == []


def operated(case: CaseFacts, change: Callable[[SurgeryFact], Any]) -> CaseFacts:
    return dataclasses.replace(case, surgeries=tuple(map(change, case.surgeries)))


def with_(case: CaseFacts, **facts: Any) -> CaseFacts:
    return dataclasses.replace(case, **facts)


@few
@given(cases, sides, st.sampled_from(ORDERS), st.sampled_from(ORDERS))
def test_a_stricter_order_for_a_leg(case: CaseFacts, side: str, one: str, other: str) -> None:
    mild, strict = sorted((one, other), key=ORDERS.index)
    orders = [with_(case, weight_bearing={**case.weight_bearing, side: o}) for o in (strict, mild)]
    never_milder(*orders)


UNKNOWN: list[dict[str, Any]] = [
    {"weeks_ago": None},
    {"approach": ""},
    {"approach": "unknown"},
    {"tear_size": ""},
    {"tear_size": "large_massive"},
    {"side": ""},
    {"side": "bilateral"},
    {"cleared": False},
    {"subscapularis": True},
]
"""What may not be known of an operation, or is the worst of it."""


@few
@given(cases, st.sampled_from(UNKNOWN))
def test_what_nobody_knows_of_an_operation(case: CaseFacts, unknown: dict[str, Any]) -> None:
    never_milder(operated(case, lambda s: dataclasses.replace(s, **unknown)), case)


@few
@given(cases)
def test_limits_of_a_surgeon(case: CaseFacts) -> None:
    """Fewer degrees, and until nobody knows when."""
    narrow = operated(
        case,
        lambda s: dataclasses.replace(
            s,
            limits=tuple(
                dataclasses.replace(m, degrees=m.degrees // 2, until_week=None) for m in s.limits
            ),
        ),
    )
    never_milder(narrow, case)
    never_milder(case, operated(case, lambda s: dataclasses.replace(s, limits=())))


@few
@given(cases, st.sampled_from(["weeks_ago", "stage"]))
def test_a_condition_whose_day_or_stage_nobody_knows(case: CaseFacts, key: str) -> None:
    unknown: Any = {"weeks_ago": None, "stage": ""}[key]
    changed = tuple(dataclasses.replace(c, **{key: unknown}) for c in case.conditions)
    never_milder(with_(case, conditions=changed), case)


@few
@given(cases, st.sampled_from(sorted(SURGERIES)), st.none() | st.integers(0, 40))
def test_one_more_operation(case: CaseFacts, code: str, weeks: int | None) -> None:
    more = SurgeryFact(code, weeks, "left", "")
    never_milder(with_(case, surgeries=(*case.surgeries, more)), case)


@few
@given(cases, st.sampled_from(sorted(RED_FLAGS)))
def test_a_warning_sign_and_a_nerve_that_gets_worse(case: CaseFacts, flag: str) -> None:
    known = {code: yes for code, yes in case.red_flags.items() if code != flag}
    never_milder(with_(case, red_flags={**known, flag: True}), with_(case, red_flags=known))
    never_milder(with_(case, nerve_sign=True), with_(case, nerve_sign=False))


@few
@given(cases, st.sampled_from(["low", "moderate", "unknown"]))
def test_high_irritability(case: CaseFacts, other: str) -> None:
    never_milder(with_(case, irritability="high"), with_(case, irritability=other))


@few
@given(cases, st.integers(0, 44), st.integers(0, 44))
def test_a_later_week_of_pregnancy(case: CaseFacts, one: int, other: int) -> None:
    early, late = sorted((one, other))
    never_milder(with_(case, pregnancy_weeks=late), with_(case, pregnancy_weeks=early))
    never_milder(with_(case, pregnancy_weeks=early), with_(case, pregnancy_weeks=None))


@few
@given(cases, st.integers(0, 30), st.integers(0, 30))
def test_a_birth_less_long_ago(case: CaseFacts, one: int, other: int) -> None:
    recent, long_ago = sorted((one, other))
    never_milder(with_(case, postnatal_weeks=recent), with_(case, postnatal_weeks=long_ago))
    never_milder(with_(case, postnatal_weeks=long_ago), with_(case, postnatal_weeks=None, birth=""))


@few
@given(cases, st.integers(0, 30), st.sampled_from(["vaginal", "assisted", "caesarean"]))
def test_a_birth_of_which_nobody_knows_when(case: CaseFacts, weeks: int, way: str) -> None:
    told = with_(case, postnatal_weeks=weeks, birth=way)
    known = with_(told, surgeries=operations(case.surgeries, way, weeks))
    some_day = with_(told, postnatal_weeks=None, surgeries=operations(case.surgeries, way, None))
    never_milder(some_day, known)


@few
@given(cases, st.integers(0, 17), st.integers(18, 79), st.integers(80, 120))
def test_the_years_of_a_child_and_of_the_very_old(
    case: CaseFacts, young: int, adult: int, old: int
) -> None:
    never_milder(with_(case, age=young), with_(case, age=adult))
    never_milder(with_(case, age=old), with_(case, age=adult))
