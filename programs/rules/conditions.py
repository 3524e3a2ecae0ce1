"""The condition language of the rules: tests over case facts.

Pure. A test is a TOML table; all its keys must hold. Case tests are three-valued, because a finding
may be unknown: unknown is never read as no. There is deliberately no way to test a finding for
*no*, so that a new finding can never improve a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Final

from patients.vocabulary import Approach, Stage
from programs.rules.facts import CaseFacts, ConditionFact, RuleSettings


class Truth(IntEnum):
    """No, not known, yes; the smallest of several is their conjunction."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class CaseMatch:
    """What a case test found: its truth, and the unknown findings that decide it."""

    truth: Truth
    unknown: frozenset[str] = frozenset()


YES: Final = CaseMatch(Truth.YES)
NO: Final = CaseMatch(Truth.NO)


THREE_VALUED: Final = frozenset({"findings", "all", "any", "plain"})
_NOTHING: Final[tuple[object, ...]] = (frozenset(), "", False, None)
"""What a field holds that tests nothing."""


@dataclass(frozen=True, slots=True)
class CaseTest:
    """A condition over case facts; empty fields are not tested.

    ``resources`` and ``lacks``: at least one of these is at home; none of these is. ``without``:
    none of these conditions is recorded for the side. ``since_below``: a condition that began, or
    last happened, less than so many weeks ago, or on a day that is not known. ``no_order``: no
    weight-bearing order is recorded. ``large``: a repaired tear is large, or of unknown size.
    ``not_cleared``: the surgeon has not lifted the limits of load. ``limits``: a limit of the
    surgeon's on how far a joint goes holds; the clause speaks once for each. ``nerve_sign``: the
    logs tell of a nerve that gets worse.
    """

    conditions: frozenset[str] = frozenset()
    laterality: str = ""
    stages: frozenset[str] = frozenset()
    since_below: str = ""
    without: frozenset[str] = frozenset()
    no_condition: bool = False
    findings: frozenset[str] = frozenset()
    red_flags: frozenset[str] = frozenset()
    surgeries: frozenset[str] = frozenset()
    weeks_below: str = ""
    approaches: frozenset[str] = frozenset()
    large: bool = False
    not_cleared: bool = False
    limits: bool = False
    weight_bearing: frozenset[str] = frozenset()
    no_order: bool = False
    nerve_sign: bool = False
    pregnancy_from: str = ""
    pregnant: bool = False
    postnatal_below: str = ""
    age_below: int | None = None
    age_from: int | None = None
    preferences: frozenset[str] = frozenset()
    irritability: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    all: tuple[CaseTest, ...] = ()
    any: tuple[CaseTest, ...] = ()
    plain: bool = field(init=False, compare=False, repr=False)
    """Whether it tests more than findings."""

    def __post_init__(self) -> None:
        """Note once what is asked for every case."""
        tested = [f.name for f in fields(self) if f.name not in THREE_VALUED]
        plain = any(getattr(self, name) not in _NOTHING for name in tested)
        object.__setattr__(self, "plain", plain)

    def evaluate(self, case: CaseFacts, settings: RuleSettings, about: str = "") -> CaseMatch:
        """Truth for this case under these settings.

        ``about``: left or right, where only what concerns that side of the body counts.
        """
        if self.plain and not self._plain_facts(case, settings, about):
            return NO
        if not (self.findings or self.all or self.any):
            return YES
        parts = [t.evaluate(case, settings, about) for t in self.all]
        if self.findings:
            parts.append(self._findings(case, about))
        if self.any:
            parts.append(_either([t.evaluate(case, settings, about) for t in self.any]))
        return _together(parts)

    def _plain_facts(self, case: CaseFacts, settings: RuleSettings, about: str) -> bool:
        """The two-valued part: everything but findings."""
        if self.conditions and not self._conditions(case, settings, about):
            return False
        if self.without and any(_sits(c, self.without, about) for c in case.conditions):
            return False
        if self.weight_bearing and not self.weight_bearing & case.orders(about):
            return False
        if self.no_order and case.orders(about):
            return False
        if self.nerve_sign and not case.nerve_sign:
            return False
        if self.no_condition and case.conditions:
            return False
        if self.red_flags and not any(case.red_flags.get(c) for c in self.red_flags):
            return False
        if self.surgeries and not self._operated(case, settings, about):
            return False
        if self.limits and not case.limits(about):
            return False
        if not self._numbers(case, settings):
            return False
        if self.preferences and case.directional_preference not in self.preferences:
            return False
        if self.resources and not self.resources & case.resources:
            return False
        if self.lacks and self.lacks & case.resources:
            return False
        return not self.irritability or case.irritability in self.irritability

    def _numbers(self, case: CaseFacts, settings: RuleSettings) -> bool:
        """Weeks of a pregnancy, weeks since a birth, years of age."""
        if self.pregnant and case.pregnancy_weeks is None:
            return False
        if self.pregnancy_from and (
            case.pregnancy_weeks is None
            or case.pregnancy_weeks < settings.value(self.pregnancy_from)
        ):
            return False
        if self.postnatal_below and not case.born_within(settings.value(self.postnatal_below)):
            return False
        if self.age_below is not None and (case.age is None or case.age >= self.age_below):
            return False
        return self.age_from is None or (case.age is not None and case.age >= self.age_from)

    def _conditions(self, case: CaseFacts, settings: RuleSettings, about: str) -> bool:
        found = [c for c in case.conditions if c.code in self.conditions]
        if self.stages:
            found = [c for c in found if (c.stage or Stage.PAIN) in self.stages]
        if self.since_below:
            limit = settings.value(self.since_below)
            found = [c for c in found if c.weeks_ago is None or c.weeks_ago < limit]
        if not found:
            return False
        if self.stages or self.since_below:
            return not about or any(about in c.sides for c in found)
        if not self.laterality and not about:
            return True
        sides = case.sides_of(self.conditions)
        if about and about not in sides:
            return False
        return not self.laterality or len(sides) == (1 if self.laterality == "one_side" else 2)

    def _findings(self, case: CaseFacts, about: str) -> CaseMatch:
        unknown = []
        for code in self.findings:
            said = case.answer(code)
            if said and case.concerns(code, about):
                return YES
            if said is None:
                unknown.append(code)
        return CaseMatch(Truth.UNKNOWN, frozenset(unknown)) if unknown else NO

    def _operated(self, case: CaseFacts, settings: RuleSettings, about: str) -> bool:
        """Whether an operation meets this test. An unknown date counts as recent."""
        return any(
            s.code in self.surgeries
            and (not about or about in s.sides)
            and (
                not self.weeks_below
                or s.weeks_ago is None
                or s.weeks_ago < settings.value(self.weeks_below)
            )
            and (not self.approaches or (s.approach or Approach.UNKNOWN) in self.approaches)
            and (not self.large or s.is_large)
            and not (self.not_cleared and s.cleared)
            for s in case.surgeries
        )

    def codes(self) -> frozenset[str]:
        """Every condition, finding, surgery and red-flag code mentioned."""
        own = self.conditions | self.without | self.findings | self.red_flags | self.surgeries
        for test in (*self.all, *self.any):
            own |= test.codes()
        return own


def _sits(condition: ConditionFact, codes: frozenset[str], about: str) -> bool:
    """Whether a condition is one of these and may sit on this side."""
    return condition.code in codes and (not about or about in condition.sides)


def _together(parts: list[CaseMatch]) -> CaseMatch:
    if len(parts) == 1:
        return parts[0]
    truth = min((p.truth for p in parts), default=Truth.YES)
    if truth is not Truth.UNKNOWN:
        return CaseMatch(truth)
    return CaseMatch(truth, frozenset().union(*(p.unknown for p in parts)))


def _either(parts: list[CaseMatch]) -> CaseMatch:
    if len(parts) == 1:
        return parts[0]
    truth = max(p.truth for p in parts)
    if truth is not Truth.UNKNOWN:
        return CaseMatch(truth)
    return CaseMatch(truth, frozenset().union(*(p.unknown for p in parts)))
