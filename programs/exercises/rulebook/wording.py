"""A rule in words, as a practice has it: its numbers are filled in, sides are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from clinic.emergency_places import placed
from clinic.models import Practice
from programs.exercises.case_test_words import case_words
from programs.exercises.exercise_test_words import exercise_words
from programs.exercises.library import Library
from programs.exercises.rules_document import VERDICT_WORDS
from programs.rules.book import EVIDENCE, VERDICT_LABELS, Clause, RuleDefinition
from programs.rules.book_tables import OF_A_LIMIT
from programs.rules.facts import RuleSettings

LEVEL_LABELS = {
    "exercise": "Judges an exercise",
    "case": "Speaks about the case",
    "program": "Looks at the whole program",
    "log": "Reads what a patient logs",
}
_SIDES = {"side": "affected", "other": "other", **{name: f"[{name}]" for name in OF_A_LIMIT}}


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """One clause: its verdict, when it holds, and what it says to whom."""

    verdict: str
    label: str
    case: str
    exercise: str
    said: tuple[tuple[str, str], ...]

    @property
    def marked(self) -> bool:
        """Whether it is a verdict on an exercise, which has a mark of its own."""
        return self.verdict in VERDICT_LABELS

    @property
    def reason(self) -> str:
        """What it says to the clinician, in its own words."""
        return self.said[0][1]


def sources_of(library: Library, rule: RuleDefinition) -> str:
    """The sources in words."""
    return "; ".join(library.sources[code] for code in rule.source.split(", "))


def evidence_of(rule: RuleDefinition) -> str:
    """How it follows from them."""
    return EVIDENCE[rule.evidence]


def clauses_of(rule: RuleDefinition, practice: Practice) -> tuple[ClauseWords, ...]:
    """Every clause in words."""
    limits = RuleSettings(**practice.rule_settings)
    numbers = {field.name: getattr(limits, field.name) for field in fields(limits)}
    filled, country = {**numbers, **_SIDES}, practice.emergency_number
    return tuple(_clause(clause, limits, filled, country) for clause in rule.clauses)


def _clause(
    clause: Clause, limits: RuleSettings, filled: Mapping[str, object], number: str
) -> ClauseWords:
    return ClauseWords(
        verdict=clause.verdict,
        label=VERDICT_WORDS[clause.verdict],
        case=case_words(clause.case, limits),
        exercise=exercise_words(clause.exercise),
        said=tuple((to, placed(words.format_map(filled), number)) for to, words in _said(clause)),
    )


def _said(clause: Clause) -> Iterator[tuple[str, str]]:
    """To whom it says what; the reason for the clinician comes first."""
    yield "For the clinician", clause.reason
    parts = (
        ("For the patient", clause.patient),
        ("For a patient with neck and arm", clause.arm),
        ("How to adapt it", clause.modification),
    )
    yield from ((to, words) for to, words in parts if words)
    for other in clause.words:
        where = exercise_words(other.exercise)
        for to, words in (
            ("For the clinician", other.reason),
            ("For the patient", other.patient),
            ("How to adapt it", other.modification),
        ):
            if words:
                yield f"{to}, where the exercise has {where}", words
