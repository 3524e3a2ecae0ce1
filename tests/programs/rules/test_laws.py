"""Laws that hold for every case, every exercise and every rule."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patients.vocabulary import FINDINGS, RED_FLAGS
from programs.rules.book import SEVERITY
from programs.rules.case_level import assess_case
from programs.rules.engine import Assessment, Engine, judge, relevant_unanswered
from programs.rules.facts import CaseFacts
from tests.programs.rules.cases import CONTENT, TRAITS, engine
from tests.programs.rules.strategies import MIRROR, SIDED, cases, mirrored

few = settings(max_examples=60, deadline=None)


def by_key(found: list[Assessment]) -> dict[tuple[str, str], Assessment]:
    return {(a.exercise, a.side): a for a in found}


def answered(case: CaseFacts, code: str, yes: bool, side: str = "") -> CaseFacts:
    sides = {c: s for c, s in case.finding_sides.items() if c != code}
    if yes and side and FINDINGS[code].sided:
        sides[code] = side
    return dataclasses.replace(case, findings={**case.findings, code: yes}, finding_sides=sides)


sides = st.sampled_from(["", "left", "right", "bilateral"])


@few
@given(cases)
def test_the_worst_verdict_wins(case: CaseFacts) -> None:
    """And its reasons come worst first, then by rule; a case stops where an urgent rule speaks."""
    for a in engine().assess(case):
        worst = max((SEVERITY[r.verdict] for r in a.reasons), default=SEVERITY["ok"])
        assert SEVERITY[a.verdict] == worst
        if a.verdict == "preferred":
            assert {r.verdict for r in a.reasons} == {"preferred"}
        keys = [(-SEVERITY[r.verdict], r.rule) for r in a.reasons]
        assert keys == sorted(keys)
        assert len({r.rule for r in a.reasons}) == len(a.reasons)
    found = assess_case(CONTENT.rules, case)
    assert found.stopped == bool(found.urgent)


@few
@given(cases, st.sampled_from(sorted(FINDINGS)), sides)
def test_a_new_finding_never_improves_a_verdict(case: CaseFacts, code: str, side: str) -> None:
    unknown = dataclasses.replace(
        case,
        findings={k: v for k, v in case.findings.items() if k != code},
        finding_sides={k: v for k, v in case.finding_sides.items() if k != code},
    )
    before = by_key(engine().assess(unknown))
    for key, a in by_key(engine().assess(answered(case, code, True, side))).items():
        assert SEVERITY[a.verdict] >= SEVERITY[before[key].verdict]


@few
@given(cases, st.sampled_from(sorted(FINDINGS)), st.booleans(), sides)
def test_only_an_unanswered_finding_can_make_a_verdict_worse(
    case: CaseFacts, code: str, yes: bool, side: str
) -> None:
    if case.answer(code) is not None:
        return
    before = by_key(engine().assess(case))
    for key, a in by_key(engine().assess(answered(case, code, yes, side))).items():
        if code not in before[key].unanswered:
            assert SEVERITY[a.verdict] <= SEVERITY[before[key].verdict]


@pytest.mark.long
@few
@given(cases)
def test_every_unanswered_finding_can_make_the_verdict_worse(case: CaseFacts) -> None:
    before = engine().assess(case)
    for code in relevant_unanswered(before):
        assert case.answer(code) is None
        worse = engine().assess(answered(case, code, True))
        mild = [
            (a.exercise, a.side, code)
            for a, b in zip(before, worse, strict=True)
            if code in a.unanswered and SEVERITY[b.verdict] <= SEVERITY[a.verdict]
        ]
        assert mild == []


@few
@given(cases, st.sampled_from(SIDED), st.sampled_from(["left", "right"]))
def test_one_side_is_never_worse_than_both(case: CaseFacts, code: str, side: str) -> None:
    both = by_key(engine().assess(answered(case, code, True)))
    for key, a in by_key(engine().assess(answered(case, code, True, side))).items():
        assert SEVERITY[a.verdict] <= SEVERITY[both[key].verdict]


@few
@given(cases, st.integers(0, 20))
def test_a_more_recent_operation_is_never_judged_more_mildly(case: CaseFacts, weeks: int) -> None:
    """What is wanted in the first weeks, and only suits later, is allowed in both."""
    later = dataclasses.replace(
        case,
        surgeries=tuple(
            dataclasses.replace(s, weeks_ago=s.weeks_ago + weeks)
            for s in case.surgeries
            if s.weeks_ago is not None
        ),
    )
    before = by_key(engine().assess(case))
    for key, a in by_key(engine().assess(later)).items():
        allowed = max(SEVERITY[before[key].verdict], SEVERITY["ok"])
        assert SEVERITY[a.verdict] <= allowed


@few
@given(cases)
def test_left_and_right_are_mirror_images(case: CaseFacts) -> None:
    straight = by_key(engine().assess(case))
    mirror = by_key(engine().assess(mirrored(case)))
    for (slug, side), a in straight.items():
        b = mirror[slug, MIRROR.get(side, side)]
        assert (a.verdict, a.unanswered, a.missing) == (b.verdict, b.unanswered, b.missing)
        assert [(r.rule, r.verdict) for r in a.reasons] == [(r.rule, r.verdict) for r in b.reasons]


@few
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_facts_does_not_matter(
    case: CaseFacts, chance: random.Random
) -> None:
    def mixed(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(rows, len(rows)))

    other = dataclasses.replace(
        case,
        conditions=mixed(case.conditions),
        surgeries=mixed(case.surgeries),
        findings=dict(mixed(tuple(case.findings.items()))),  # type: ignore[arg-type]
        finding_sides=dict(mixed(tuple(case.finding_sides.items()))),  # type: ignore[arg-type]
    )
    rules = chance.sample(CONTENT.rules, len(CONTENT.rules))
    found = engine().assess(case)
    # What each clause touches is known of that engine, and hangs on no order.
    assert engine().over(TRAITS, rules).assess(other) == found
    assert assess_case(rules, other) == assess_case(CONTENT.rules, case)


@few
@given(cases, st.sampled_from(sorted(TRAITS)))
def test_the_fast_engine_means_what_the_plain_one_means(case: CaseFacts, slug: str) -> None:
    for a in engine().assess(case, only=[slug]):
        assert a == judge(CONTENT.rules, case, slug, TRAITS[slug], a.side)


@few
@given(cases, st.randoms(use_true_random=False))
def test_an_engine_over_other_entries_is_as_good_as_a_new_one(
    case: CaseFacts, chance: random.Random
) -> None:
    """Some stay, some go, some are new or have changed; they and the rules in another order.

    What the case asks of them is known beforehand: that is what is taken over.
    """
    slugs = chance.sample(sorted(TRAITS), 40)
    own = {f"own-{slug}": TRAITS[slug] for slug in slugs[:5]}
    swapped = dict(zip(slugs[5:10], (TRAITS[slug] for slug in slugs[10:15]), strict=True))
    entries = {**{slug: TRAITS[slug] for slug in slugs}, **own, **swapped}
    mixed = dict(chance.sample(list(entries.items()), len(entries)))
    known = engine()
    known.assess(case)
    rules = chance.sample(CONTENT.rules, len(CONTENT.rules))
    assert known.over(mixed, rules).assess(case) == Engine(rules, mixed).assess(case)


def test_every_stopping_flag_has_an_urgent_rule_and_every_other_a_referral() -> None:
    for code, flag in RED_FLAGS.items():
        found = assess_case(CONTENT.rules, CaseFacts(red_flags={code: True}))
        assert found.stopped == flag.stops
        assert [code] == [f for r in (*found.urgent, *found.refer) for f in r.facts]


def test_what_the_patient_lacks_is_missing_and_never_changes_the_verdict() -> None:
    bare = by_key(engine().assess(CaseFacts()))
    full = by_key(engine().assess(CaseFacts(resources=frozenset({"helper", "ice_pack"}))))
    assert bare["assisted-leg-traction", ""].missing == ("helper",)
    assert full["assisted-leg-traction", ""].missing == ()
    assert bare["cold-pack", ""].missing == ("ice_pack", "towel")
    assert full["cold-pack", ""].missing == ("towel",)
    assert {k: a.verdict for k, a in bare.items()} == {k: a.verdict for k, a in full.items()}
