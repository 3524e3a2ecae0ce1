"""The rules as reviewed data: what each is made of.

Pure. A rule has an id, a version and one or more clauses; each clause says when it holds and what
follows. Levels:

``exercise``  judges an exercise for a case: contraindicated, adapt, caution, preferred, or a note
              (``info``) that never changes the verdict; a clause with verdict urgent or refer
              speaks about the case.
``case``      speaks about the case: urgent, refer, info.
``program``   looks at the program as a whole; ``check`` names the test in ``composition``.
``log``       speaks about what a patient logs, never at prescribing; ``when`` of a clause names the
              situation that ``patients.response`` finds, and a clause without it is advice only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final

from programs.rules.conditions import CaseTest
from programs.rules.trait_tests import ExerciseTest

VERDICTS: Final = ("contraindicated", "adapt", "caution", "ok", "preferred")
"""Worst first."""
SEVERITY: Final = MappingProxyType({v: i for i, v in enumerate(reversed(VERDICTS))})
"""Higher is worse."""
VERDICT_LABELS: Final = MappingProxyType(
    {
        "contraindicated": "Not for this patient",
        "adapt": "Adapt first",
        "caution": "Take care",
        "ok": "Suitable",
        "preferred": "Preferred",
    }
)
EVIDENCE: Final = MappingProxyType(
    {
        "explicit": "Stated in the source",
        "implied": "Follows from the source",
        "inference": "Our inference, not in the source",
        "citation": "From a published reference",
        "background": "Background knowledge, to be verified",
        "unchecked": "Unchecked: from memory or a doubtful source; look it up first",
        "practice": "Decided by the practice itself",
    }
)
LEVELS: Final = MappingProxyType(
    {
        "exercise": frozenset(
            {"contraindicated", "adapt", "caution", "preferred", "info", "urgent", "refer"}
        ),
        "case": frozenset({"urgent", "refer", "info"}),
        "program": frozenset({"info"}),
        "log": frozenset({"info"}),
    }
)
CASE_VERDICTS: Final = frozenset({"urgent", "refer"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a clause says of the exercises that meet a test; what is empty is said as it says it."""

    exercise: ExerciseTest
    reason: str = ""
    patient: str = ""
    modification: str = ""


@dataclass(frozen=True)
class Clause:
    """When it holds and what follows. ``patient`` is the reason in the patient's words.

    ``words``: other words for some of the exercises, the first that fits; the clause's own are for
    the rest. ``when``: the situation in a log that it speaks of; only in rules of level ``log``.
    ``arm``: what it says to a patient whose symptoms move along the arm.
    """

    verdict: str
    case: CaseTest
    exercise: ExerciseTest
    reason: str
    patient: str = ""
    modification: str = ""
    words: tuple[Words, ...] = ()
    when: str = ""
    arm: str = ""

    @property
    def about_case(self) -> bool:
        """Whether it speaks about the case whatever the level of its rule."""
        return self.verdict in CASE_VERDICTS

    @cached_property
    def relative(self) -> bool:
        """Whether the clause depends on a side of the case, in its test or in its words."""
        words = self.reason + self.patient + self.modification
        if "{side}" in words or "{other}" in words:
            return True
        return self.exercise.is_relative() or any(c.relative for c in self.spoken if self.words)

    @cached_property
    def spoken(self) -> tuple[Clause, ...]:
        """One clause for each choice of words, in the order in which they are tried."""
        if not self.words:
            return (self,)
        chosen = tuple(
            replace(
                self,
                exercise=ExerciseTest(all=(self.exercise, w.exercise)),
                reason=w.reason or self.reason,
                patient=w.patient or self.patient,
                modification=w.modification or self.modification,
                words=(),
            )
            for w in self.words
        )
        whole = self.verdict != "adapt" or bool(self.modification)
        return (*chosen, replace(self, words=())) if whole else chosen

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every condition, finding, surgery and red-flag code the clause asks about."""
        return self.case.codes()


@dataclass(frozen=True, slots=True)
class RuleDefinition:
    """One reviewed rule. ``source``: comma-separated source ids; ``item``: place in the source.

    ``changes``: what each version after the first changed, and on which day. ``note``: what a
    practice says beside it.
    """

    id: str
    version: int
    title: str
    level: str
    source: str
    item: str
    evidence: str
    clauses: tuple[Clause, ...]
    check: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""
    changes: tuple[Change, ...] = ()
    note: str = ""

    @property
    def key(self) -> str:
        """``R01@1``: what an acknowledgement or override refers to."""
        return f"{self.id}@{self.version}"

    @property
    def changed_on(self) -> str:
        """The day (ISO) of the latest change; empty where there was none."""
        return self.changes[-1].on if self.changes else ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of a rule changed and why, with the day (ISO)."""

    version: int
    on: str
    what: str
