"""Nothing is left out: every code is used, every decided rule exists and speaks somewhere."""

from __future__ import annotations

import dataclasses

from patients.vocabulary import CONDITIONS, FINDINGS, RED_FLAGS, SURGERIES, MovementLimit
from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.rules.book import RuleDefinition
from programs.rules.case_level import assess_case
from programs.rules.conditions import CaseTest
from programs.rules.engine import Engine
from programs.rules.facts import CaseFacts, ConditionFact, RuleSettings, SurgeryFact
from programs.rules.movements import Movement
from programs.rules.traits import Traits
from programs.verdicts.hints import Planned, hints, silent_on_frequency
from tests.programs.rules.cases import CONTENT, TRAITS
from tests.programs.rules.imagined import IMAGINED
from tests.programs.shipped import CATALOGUE

RULES = {rule.id: rule for rule in CONTENT.rules}
DECIDED = (
    {f"R{n:02}" for n in (*range(1, 20), *range(30, 51), *range(60, 69), *range(70, 75))}
    | {f"P-{n:02}" for n in range(1, 35)}
    | {"R18b", "R81", "R100", "R101", "P-11b", "P-20b", "P-20c", "P-30b"}
    | {"P-50", "P-51", "P-53", "P-57"}
    | {f"R{n}" for n in (80, 82, *range(84, 100), 102, 105, 106)}
    | {"R92b", "R92d", "R92e", "R92f", "R95b", "R101b", "R101f", "R101g"}
    | {f"P-{n}" for n in (40, 41, *range(45, 50), 52, *range(54, 57), 58, 59, *range(60, 72))}
    | {"P-51b", "P-53b", "P-53c", "P-54b", "P-56b"}
    | {"R37b", "R37c", "RF3", "RF4", "RF5", "RF6", "RF7", "RF8", "RF9", "RF10", "RF11", "L16"}
)


def test_every_decided_rule_is_there() -> None:
    assert {r.id for r in CONTENT.rules if r.level != "log"} == DECIDED


def test_every_rule_names_a_known_source_and_nobody_has_signed_off() -> None:
    for rule in CONTENT.rules:
        assert set(rule.source.split(", ")) <= set(CONTENT.sources)
        assert (rule.reviewed_by, rule.reviewed_on) == ("", "")


def test_every_code_is_used_or_listed_with_the_reason_why_not() -> None:
    used = frozenset().union(*(c.case.codes() for r in CONTENT.rules for c in r.clauses))
    codes = {*CONDITIONS, *FINDINGS, *SURGERIES, *RED_FLAGS}
    assert codes - used == set(CONTENT.unused_codes)
    assert all(len(reason) > 40 for reason in CONTENT.unused_codes.values())


def example(test: CaseTest) -> CaseFacts:
    """A case that meets a case test, made from the test itself."""
    conditions: tuple[ConditionFact, ...] = ()
    if test.conditions:
        side = "bilateral" if test.laterality == "both_sides" else "left"
        stage = sorted(test.stages)[0] if test.stages else ""
        conditions = (ConditionFact(sorted(test.conditions)[0], side, stage),)
    surgeries: tuple[SurgeryFact, ...] = ()
    if test.surgeries:
        approach = sorted(test.approaches)[0] if test.approaches else ""
        surgeries = (SurgeryFact(sorted(test.surgeries)[0], 1, "left", approach),)
    if test.limits:
        # So few that an exercise which says nothing of the knee may bend it further.
        limits = (MovementLimit("knee_flexion", 30),)
        surgeries = (SurgeryFact("knee_replacement", 1, "left", limits=limits),)
    made = CaseFacts(
        conditions=conditions,
        findings=dict.fromkeys(sorted(test.findings)[:1], True),
        surgeries=surgeries,
        pregnancy_weeks=30 if test.pregnant or test.pregnancy_from else None,
        postnatal_weeks=1 if test.postnatal_below else None,
        age=test.age_below - 1 if test.age_below else test.age_from,
        weight_bearing=dict.fromkeys(["left"], next(iter(sorted(test.weight_bearing)), ""))
        if test.weight_bearing
        else {},
        resources=test.resources,
        directional_preference=sorted(test.preferences)[-1] if test.preferences else "untested",
        irritability=sorted(test.irritability)[0] if test.irritability else "unknown",
        red_flags=dict.fromkeys(sorted(test.red_flags)[:1], True),
        nerve_sign=test.nerve_sign,
    )
    for part in (*test.all, *test.any[:1]):
        inner = example(part)
        made = dataclasses.replace(
            made,
            conditions=made.conditions + inner.conditions,
            findings={**made.findings, **inner.findings},
            surgeries=made.surgeries + inner.surgeries,
            pregnancy_weeks=inner.pregnancy_weeks or made.pregnancy_weeks,
            postnatal_weeks=inner.postnatal_weeks or made.postnatal_weeks,
            age=inner.age or made.age,
            red_flags={**made.red_flags, **inner.red_flags},
        )
    return made


WAITED_FOR = {
    **IMAGINED,
    "bends-toward": Traits(
        "exercise",
        "stretch",
        True,
        "standing",
        movements=(Movement("lumbar", "side_bend_toward", "mid", "hold"),),
    ),
    "hot-pack": Traits("advice", "settle", False, "any", modality="heat"),
    "current": Traits("advice", "settle", False, "any", modality="electrotherapy"),
    "jumps": Traits("exercise", "aerobic", False, "standing", flags=frozenset({"high_impact"})),
}
"""Kinds of entry that some rules wait for and the catalogue does not have."""


def test_every_exercise_clause_speaks_about_something() -> None:
    entries = {**TRAITS, **WAITED_FOR}
    clauses = [
        (rule, number, clause)
        for rule in CONTENT.rules
        for number, clause in enumerate(rule.clauses)
        if rule.level == "exercise" and not clause.about_case
    ]
    assert len(clauses) > 250
    wrong = {}
    for rule, number, clause in clauses:
        alone = dataclasses.replace(rule, clauses=(clause,))
        found = Engine([alone], entries).assess(example(clause.case))
        spoken = {r for a in found for r in (*a.reasons, *a.notes)}
        said = {(r.rule, r.verdict) for r in spoken}
        if said != {(rule.id, clause.verdict)}:
            wrong[rule.id, number] = f"says {said}"
        elif any("{" in r.reason + r.patient + r.modification for r in spoken):
            wrong[rule.id, number] = f"leaves a place open: {spoken}"
    assert wrong == {}


def test_every_clause_about_the_case_speaks() -> None:
    clauses = [
        (rule, number, clause)
        for rule in CONTENT.rules
        for number, clause in enumerate(rule.clauses)
        if rule.level == "case" or clause.about_case
    ]
    assert len(clauses) > 20
    wrong = {}
    for rule, number, clause in clauses:
        alone = dataclasses.replace(rule, clauses=(clause,))
        found = assess_case([alone], example(clause.case))
        said = [r.verdict for r in (*found.urgent, *found.refer, *found.notes)]
        if said != [clause.verdict]:
            wrong[rule.id, number] = said
    assert wrong == {}


def planned(slug: str, **dose: object) -> Planned:
    return Planned(CONTENT.definitions[slug], Dosage.from_dict(dose or {"reps": 5}))


def said(case: CaseFacts, *items: Planned) -> dict[str, tuple[str, ...]]:
    return {h.rule: h.slugs for h in hints(CONTENT.rules, case, items, RuleSettings())}


def test_rules_about_the_program_as_a_whole() -> None:
    stenosis = CaseFacts(conditions=(ConditionFact("lumbar_canal_stenosis", "central"),))
    march = planned("hook-lying-march")
    tilt = planned("posterior-pelvic-tilt")
    assert said(stenosis, march) == {"R70": (), "R71": ("hook-lying-march",)}
    assert said(CaseFacts(), march, tilt) == {}
    hip = planned("supine-hip-flexor-stretch")
    assert said(stenosis, march, tilt, hip) == {}


def test_a_dose_left_to_the_therapist_is_named_until_it_is_set() -> None:
    open_dose = planned("wall-calf-stretch", hold_s=20, therapist_sets=["reps"])
    assert said(CaseFacts(), open_dose) == {"R73": ("wall-calf-stretch",)}
    assert said(CaseFacts(), planned("wall-calf-stretch", hold_s=20, reps=3)) == {}


def test_extension_asks_for_a_log_and_six_exercises_for_second_thoughts() -> None:
    assert said(CaseFacts(), planned("standing-back-extension")) == {
        "R74": ("standing-back-extension",)
    }
    five = [planned(s) for s in ("walking", "core-breathing", "childs-pose", "curl-up")]
    five.append(planned("posterior-pelvic-tilt"))
    assert "L16" not in said(CaseFacts(), *five, planned("keep-moving"))
    assert said(CaseFacts(), *five, planned("prayer-stretch"))["L16"] == ()


def test_nobody_sees_a_code_in_what_a_rule_says() -> None:
    def texts(rule: RuleDefinition) -> list[str]:
        return [rule.title] + [t for c in rule.clauses for t in (c.patient, c.modification)]

    codes = {*CONDITIONS, *FINDINGS, *SURGERIES, *RED_FLAGS, *TRAITS}
    ugly = {c for c in codes if "_" in c or c.count("-") > 1}
    for rule in CONTENT.rules:
        for text in texts(rule):
            assert not any(code in text for code in ugly), (rule.id, text)


def test_definitions_are_whole() -> None:
    assert all(isinstance(d, Definition) for d in CONTENT.definitions.values())
    assert set(CONTENT.definitions) == {path.stem for path in CATALOGUE.glob("*.toml")}


def test_exercises_that_do_not_say_how_often_are_named_and_tips_are_not() -> None:
    items = [
        planned("walking", duration_s=600),
        planned("core-breathing", reps=3, times_per_day=2),
        planned("keep-moving"),
    ]
    assert silent_on_frequency(items) == ("walking",)
