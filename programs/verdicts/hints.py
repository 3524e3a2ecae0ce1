"""What the rules say of a program as a whole: hints for the clinician, never a verdict.

Pure. Each program-level rule names one of the checks below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.rules.book import RuleDefinition
from programs.rules.conditions import Truth
from programs.rules.facts import CaseFacts, RuleSettings

MOST_EXERCISES: Final = 5
"""Above this the builder nudges. Source: C34 (more exercises, lower frequency adherence)."""
MOST_TO_KEEP_IN_MIND: Final = 3
"""The same where instructions are hard to keep. Our inference from the same source."""
MOBILITY: Final = frozenset({"stretch", "restore_motion", "decompress"})


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of a program: the entry and its dose."""

    definition: Definition
    dosage: Dosage


@dataclass(frozen=True, slots=True)
class Hint:
    """What to think about; ``slugs``: the entries it is about, empty for the whole program."""

    rule: str
    text: str
    source: str
    evidence: str
    slugs: tuple[str, ...] = ()


def hints(
    rules: Iterable[RuleDefinition],
    case: CaseFacts,
    items: Sequence[Planned],
    settings: RuleSettings,
) -> list[Hint]:
    """Every program-level rule that speaks about these items, by rule id."""
    out = []
    for rule in sorted(rules, key=lambda r: r.id):
        if rule.level != "program" or not items:
            continue
        for clause in rule.clauses:
            if clause.case.evaluate(case, settings).truth is not Truth.YES:
                continue
            found = CHECKS[rule.check](items)
            if found is not None:
                out.append(Hint(rule.id, clause.reason, rule.source, rule.evidence, found))
    return out


def counted(items: Iterable[Planned]) -> list[Planned]:
    """What counts as an exercise for the patient's day: everything but advice."""
    return [i for i in items if i.definition.traits.kind != "advice"]


def minutes_per_day(items: Iterable[Planned]) -> int:
    """Minutes a day of everything but advice, rounded up; 0 for no exercise."""
    seconds = sum(i.dosage.seconds_per_day for i in counted(items))
    return -(-seconds // 60)


def unset_doses(items: Iterable[Planned]) -> tuple[str, ...]:
    """Entries whose dose the clinician still has to fill in."""
    return tuple(i.definition.slug for i in counted(items) if i.dosage.missing)


def silent_on_frequency(items: Iterable[Planned]) -> tuple[str, ...]:
    """Entries whose dose does not say how often: sources seldom do, and patients need to know."""
    return tuple(i.definition.slug for i in counted(items) if not i.dosage.says_how_often)


def _mixed_types(items: Sequence[Planned]) -> tuple[str, ...] | None:
    phases = {i.definition.traits.phase for i in items}
    hip = any("hip" in i.definition.said_regions for i in items)
    mixed = bool(phases & MOBILITY) and "strengthen" in phases and hip
    return None if mixed else ()


def _prerequisite_present(items: Sequence[Planned]) -> tuple[str, ...] | None:
    here = {i.definition.slug for i in items}
    lacking = tuple(
        i.definition.slug
        for i in items
        if i.definition.prerequisites and not here & set(i.definition.prerequisites)
    )
    return lacking or None


def _dosage_set(items: Sequence[Planned]) -> tuple[str, ...] | None:
    return unset_doses(items) or None


def _log_each_session(items: Sequence[Planned]) -> tuple[str, ...] | None:
    watched = tuple(i.definition.slug for i in items if i.definition.transient_rise != "no")
    return watched or None


def _few_exercises(items: Sequence[Planned]) -> tuple[str, ...] | None:
    return () if len(counted(items)) > MOST_EXERCISES else None


def _three_exercises(items: Sequence[Planned]) -> tuple[str, ...] | None:
    return () if len(counted(items)) > MOST_TO_KEEP_IN_MIND else None


def _balance_present(items: Sequence[Planned]) -> tuple[str, ...] | None:
    return None if any(i.definition.traits.phase == "balance" for i in items) else ()


CHECKS: Final[Mapping[str, Callable[[Sequence[Planned]], tuple[str, ...] | None]]] = {
    "mixed_types": _mixed_types,
    "prerequisite_present": _prerequisite_present,
    "dosage_set": _dosage_set,
    "log_each_session": _log_each_session,
    "few_exercises": _few_exercises,
    "three_exercises": _three_exercises,
    "balance_present": _balance_present,
}
