"""A made-up patient of whom a rule speaks, judged by the engine with the rule and without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patients.vocabulary import CONDITIONS, FINDINGS, SURGERIES
from programs.exercises.library import Library
from programs.exercises.sides import with_side
from programs.rules.book import RuleDefinition
from programs.rules.conditions import CaseTest
from programs.rules.facts import RIGHT, CaseFacts, ConditionFact, RuleSettings, SurgeryFact
from programs.verdicts.touched import TouchedItem


@dataclass(frozen=True, slots=True)
class RuleStory:
    """Who it is, how many exercises the rule speaks of there, and those it judges otherwise."""

    who: str
    count: int
    changed: tuple[TouchedItem, ...]


def story_of(library: Library, settings: RuleSettings, rule: RuleDefinition) -> RuleStory:
    """Somebody with what the rule asks for, on the right where it has a side, and nothing else."""
    tests = [part for clause in rule.clauses for part in _parts(clause.case)]
    facts = CaseFacts(
        conditions=tuple(
            ConditionFact(code, RIGHT) for t in tests for code in _first(t.conditions)
        ),
        findings={code: True for t in tests for code in _first(t.findings)},
        surgeries=tuple(
            SurgeryFact(code, weeks_ago=1, side=RIGHT)
            for t in tests
            for code in _first(t.surgeries)
        ),
    )
    others = [known for known in library.rules.values() if known.id != rule.id]
    engine = library.engine.over(library.engine.entries, [*others, rule])
    before = {
        (a.exercise, a.side): a.verdict
        for a in library.engine.over(library.engine.entries, others).assess(facts, settings)
    }
    current = frozenset(library.current)
    touched = [
        TouchedItem(
            with_side(library.definitions[a.exercise].name, a.side),
            before[a.exercise, a.side],
            a.verdict,
        )
        for a in engine.assess(facts, settings)
        if a.exercise in current and any(r.rule == rule.id for r in a.reasons)
    ]
    changed = tuple(item for item in touched if item.before != item.after)
    return RuleStory(_who(facts), len(touched), changed)


def _parts(test: CaseTest) -> tuple[CaseTest, ...]:
    """The lists that it asks for; the first is enough where any is."""
    return test.all or test.any[:1] or (test,)


def _first(codes: frozenset[str]) -> list[str]:
    return sorted(codes)[:1]


def _who(facts: CaseFacts) -> str:
    tables: tuple[Mapping[str, object], ...] = (CONDITIONS, FINDINGS, SURGERIES)
    names = [
        str(getattr(table[code], "label", code))
        for code in sorted(facts.said)
        for table in tables
        if code in table
    ]
    return " and ".join(names) or "nothing recorded"
