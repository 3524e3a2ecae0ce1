"""What is worse, later or not known of one fact is never judged more mildly than the other.

What is wanted early and only suits later is allowed in both, so preferred and ok count alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
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
Pairs = Iterator[tuple[CaseFacts, CaseFacts]]
"""A case and the one that it must not be judged more mildly than."""
LAWS: dict[str, tuple[st.SearchStrategy[Any], Callable[..., Pairs]]] = {}
"""Name of a law → what it draws beside a case, and the pairs that it makes of them."""


def law(*drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., Pairs]], Callable[..., Pairs]]:
    def kept(pairs: Callable[..., Pairs]) -> Callable[..., Pairs]:
        LAWS[pairs.__name__] = st.tuples(*drawn), pairs
        return pairs

    return kept


def operated(case: CaseFacts, change: Callable[[SurgeryFact], Any]) -> CaseFacts:
    return dataclasses.replace(case, surgeries=tuple(map(change, case.surgeries)))


def with_(case: CaseFacts, **facts: Any) -> CaseFacts:
    return dataclasses.replace(case, **facts)


@law(sides, st.sampled_from(ORDERS), st.sampled_from(ORDERS))
def a_stricter_order_for_a_leg(case: CaseFacts, side: str, one: str, other: str) -> Pairs:
    mild, strict = sorted((one, other), key=ORDERS.index)
    orders = [with_(case, weight_bearing={**case.weight_bearing, side: o}) for o in (strict, mild)]
    yield orders[0], orders[1]


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


@law(st.sampled_from(UNKNOWN))
def what_nobody_knows_of_an_operation(case: CaseFacts, unknown: dict[str, Any]) -> Pairs:
    yield operated(case, lambda s: dataclasses.replace(s, **unknown)), case


@law()
def limits_of_a_surgeon(case: CaseFacts) -> Pairs:
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
    yield narrow, case
    yield case, operated(case, lambda s: dataclasses.replace(s, limits=()))


@law(st.sampled_from(["weeks_ago", "stage"]))
def a_condition_whose_day_or_stage_nobody_knows(case: CaseFacts, key: str) -> Pairs:
    unknown: Any = {"weeks_ago": None, "stage": ""}[key]
    changed = tuple(dataclasses.replace(c, **{key: unknown}) for c in case.conditions)
    yield with_(case, conditions=changed), case


@law(st.sampled_from(sorted(SURGERIES)), st.none() | st.integers(0, 40))
def one_more_operation(case: CaseFacts, code: str, weeks: int | None) -> Pairs:
    more = SurgeryFact(code, weeks, "left", "")
    yield with_(case, surgeries=(*case.surgeries, more)), case


@law(st.sampled_from(sorted(RED_FLAGS)))
def a_warning_sign_and_a_nerve_that_gets_worse(case: CaseFacts, flag: str) -> Pairs:
    known = {code: yes for code, yes in case.red_flags.items() if code != flag}
    yield with_(case, red_flags={**known, flag: True}), with_(case, red_flags=known)
    yield with_(case, nerve_sign=True), with_(case, nerve_sign=False)


@law(st.sampled_from(["low", "moderate", "unknown"]))
def high_irritability(case: CaseFacts, other: str) -> Pairs:
    yield with_(case, irritability="high"), with_(case, irritability=other)


@law(st.integers(0, 44), st.integers(0, 44))
def a_later_week_of_pregnancy(case: CaseFacts, one: int, other: int) -> Pairs:
    early, late = sorted((one, other))
    yield with_(case, pregnancy_weeks=late), with_(case, pregnancy_weeks=early)
    yield with_(case, pregnancy_weeks=early), with_(case, pregnancy_weeks=None)


@law(st.integers(0, 30), st.integers(0, 30))
def a_birth_less_long_ago(case: CaseFacts, one: int, other: int) -> Pairs:
    recent, long_ago = sorted((one, other))
    yield with_(case, postnatal_weeks=recent), with_(case, postnatal_weeks=long_ago)
    yield with_(case, postnatal_weeks=long_ago), with_(case, postnatal_weeks=None, birth="")


@law(st.integers(0, 30), st.sampled_from(["vaginal", "assisted", "caesarean"]))
def a_birth_of_which_nobody_knows_when(case: CaseFacts, weeks: int, way: str) -> Pairs:
    told = with_(case, postnatal_weeks=weeks, birth=way)
    known = with_(told, surgeries=operations(case.surgeries, way, weeks))
    some_day = with_(told, postnatal_weeks=None, surgeries=operations(case.surgeries, way, None))
    yield some_day, known


@law(st.integers(0, 17), st.integers(18, 79), st.integers(80, 120))
def the_years_of_a_child_and_of_the_very_old(
    case: CaseFacts, young: int, adult: int, old: int
) -> Pairs:
    yield with_(case, age=young), with_(case, age=adult)
    yield with_(case, age=old), with_(case, age=adult)


@few
@given(cases, st.fixed_dictionaries({name: drawn for name, (drawn, _) in LAWS.items()}))
def test_what_is_worse_or_not_known_is_never_judged_more_mildly(
    case: CaseFacts, drawn: dict[str, tuple[Any, ...]]
) -> None:
    as_it_is = engine().assess(case)
    milder = {}
    for name, (_, pairs) in LAWS.items():
        for number, both in enumerate(pairs(case, *drawn[name])):
            worse, than = (as_it_is if one is case else engine().assess(one) for one in both)
            found = [
                (a.exercise, a.side)
                for a, b in zip(worse, than, strict=True)
                if COUNTS[a.verdict] < COUNTS[b.verdict]
            ]
            if found:
                milder[name, number] = found
    assert milder == {}


def test_no_law_is_left_out() -> None:
    assert len(LAWS) == 11
