"""What the rules know of a case: frozen facts, and the practice's settings.

Pure. ``programs.rules.case_json`` reads the JSON form used by ``manage.py assess``;
``programs.verdicts.case_facts`` builds the same object from rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from patients.vocabulary import (
    FINDINGS,
    Birth,
    Irritability,
    MovementLimit,
    Preference,
    Side,
    TearSize,
)

LEFT: Final = "left"
RIGHT: Final = "right"
BOTH_SIDES: Final = frozenset({LEFT, RIGHT})
OPPOSITE: Final = MappingProxyType({LEFT: RIGHT, RIGHT: LEFT})
DOUBTED: Final = MappingProxyType({c: f.doubted_by for c, f in FINDINGS.items() if f.doubted_by})
"""Findings whose *no* is not taken as known while one of the others is yes."""


@dataclass(frozen=True, slots=True)
class ConditionFact:
    """A condition and where it sits (a :class:`patients.vocabulary.Side` value).

    ``stage``: how far it has come; empty where nobody said. ``weeks_ago``: since when, or since it
    last happened; ``None`` where that is not known.
    """

    code: str
    side: str = Side.UNSPECIFIED
    stage: str = ""
    weeks_ago: int | None = None

    @property
    def sides(self) -> frozenset[str]:
        """The sides it may sit on: one that is known, else both."""
        return frozenset({self.side}) if self.side in BOTH_SIDES else BOTH_SIDES


@dataclass(frozen=True, slots=True)
class SurgeryFact:
    """An operation ``weeks_ago`` whole weeks ago; ``None`` where the date is not known.

    ``side``: left, right, bilateral or empty (not recorded, judged as both). ``cleared``: the
    surgeon has lifted the limits of load. ``limits``: how far the surgeon lets joints go.
    """

    code: str
    weeks_ago: int | None
    side: str = ""
    approach: str = ""
    tear_size: str = ""
    subscapularis: bool = False
    cleared: bool = False
    limits: tuple[MovementLimit, ...] = ()

    @property
    def sides(self) -> frozenset[str]:
        """The sides the operation may concern."""
        return frozenset({self.side}) if self.side in BOTH_SIDES else BOTH_SIDES

    @property
    def is_large(self) -> bool:
        """A repaired tear that heals slowly; one of unknown size may be."""
        return self.subscapularis or self.tear_size != TearSize.SMALL_MEDIUM


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the rules may ask about a case. Absent means what ``Fact`` tables say.

    ``findings`` and ``red_flags`` hold yes and no answers only; what is missing is unknown.
    ``finding_sides``: left, right or bilateral of a finding answered yes; left out means both.
    ``weight_bearing``: left and right leg → the surgeon's order, where there is one.
    ``birth``: how the last child was born; one whose weeks nobody recorded counts as recent.
    ``nerve_sign``: a log told of new weakness or spreading numbness, and nobody has cleared it.
    """

    conditions: tuple[ConditionFact, ...] = ()
    findings: Mapping[str, bool] = field(default_factory=dict)
    finding_sides: Mapping[str, str] = field(default_factory=dict)
    surgeries: tuple[SurgeryFact, ...] = ()
    pregnancy_weeks: int | None = None
    postnatal_weeks: int | None = None
    birth: str = ""
    age: int | None = None
    directional_preference: str = Preference.UNTESTED
    irritability: str = Irritability.UNKNOWN
    resources: frozenset[str] = frozenset()
    red_flags: Mapping[str, bool] = field(default_factory=dict)
    weight_bearing: Mapping[str, str] = field(default_factory=dict)
    nerve_sign: bool = False

    @property
    def said(self) -> frozenset[str]:
        """Every code that is recorded or answered yes."""
        yes = [c for c, answer in (*self.findings.items(), *self.red_flags.items()) if answer]
        codes = [c.code for c in self.conditions] + [s.code for s in self.surgeries]
        return frozenset(yes + codes)

    def answer(self, code: str) -> bool | None:
        """Yes or no; ``None`` where a finding is not known.

        A no that another finding puts in doubt is not known either.
        """
        said = self.findings.get(code)
        if said is False and any(self.findings.get(c) for c in DOUBTED.get(code, ())):
            return None
        return said

    def orders(self, about: str) -> frozenset[str]:
        """The weight-bearing orders for the leg of this side; for both where no side is asked."""
        return frozenset(
            order for side, order in self.weight_bearing.items() if about in ("", side)
        )

    def limits(self, about: str) -> list[tuple[SurgeryFact, MovementLimit]]:
        """The surgeon's limits that hold now, for this side; for any where no side is asked.

        The strictest comes first, whatever order the operations have.
        """
        found = [
            (surgery, limit)
            for surgery in self.surgeries
            if not about or about in surgery.sides
            for limit in surgery.limits
            if limit.holds(surgery.weeks_ago)
        ]
        return sorted(found, key=lambda f: (f[1].degrees, f[1].place, f[0].code, f[0].side))

    def concerns(self, code: str, about: str) -> bool:
        """Whether a finding answered yes is on this side; an empty side asks for any."""
        return not about or self.finding_sides.get(code, about) in (about, Side.BILATERAL)

    def born_within(self, weeks: int) -> bool:
        """Whether a birth was less than so many weeks ago, or on a day that is not known."""
        if self.postnatal_weeks is None:
            return bool(self.birth)
        return self.postnatal_weeks < weeks

    def has(self, code: str) -> bool:
        """Whether a condition is recorded, on any side."""
        return any(c.code == code for c in self.conditions)

    def sides_of(self, codes: frozenset[str]) -> frozenset[str]:
        """Sides on which any of these conditions sits.

        A side that is known is used alone; where none is known, both are possible, since unknown
        is never read as free of trouble.
        """
        named: set[str] = set()
        somewhere = False
        for condition in self.conditions:
            if condition.code in codes:
                somewhere = True
                if condition.side in BOTH_SIDES:
                    named.add(condition.side)
                elif condition.side == Side.BILATERAL:
                    named |= BOTH_SIDES
        if somewhere and not named:
            return BOTH_SIDES
        return frozenset(named)


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """A practice's limits, in weeks, minutes and points on the 0–10 pain scale."""

    pain_green_max: int = 3
    pain_amber_max: int = 5
    after_effect_minutes: int = 5
    review_weeks_min: int = 2
    review_weeks_max: int = 4
    fusion_weeks: int = 12
    fusion_uphill_weeks: int = 6
    discectomy_weeks: int = 6
    hip_replacement_weeks: int = 12
    knee_replacement_weeks: int = 6
    abdominal_surgery_weeks: int = 12
    abdominal_strain_weeks: int = 8
    postnatal_weeks_limit: int = 12
    pacemaker_weeks: int = 6
    pregnancy_caution_week: int = 13
    pregnancy_adapt_week: int = 20
    weight_order_weeks: int = 12
    sprain_weeks: int = 6
    dislocation_weeks: int = 12
    neck_surgery_weeks: int = 12
    tendon_injection_weeks: int = 2
    tendon_caution_weeks: int = 6
    knee_replacement_load_weeks: int = 12
    hip_abduction_weeks: int = 6
    decompression_load_weeks: int = 12
    fusion_load_weeks: int = 24
    cuff_active_weeks: int = 6
    cuff_active_large_weeks: int = 9
    cuff_load_weeks: int = 12
    cuff_load_large_weeks: int = 16
    cuff_overhead_weeks: int = 20
    acl_bend_weeks: int = 4
    acl_weeks: int = 12
    acl_impact_weeks: int = 16
    acl_sport_weeks: int = 36
    meniscus_weeks: int = 8
    meniscus_care_weeks: int = 12
    achilles_weeks: int = 12
    achilles_single_weeks: int = 16
    achilles_impact_weeks: int = 24
    shoulder_surgery_weeks: int = 12
    postnatal_early_weeks: int = 6

    def value(self, name: str) -> int:
        """A setting by name."""
        number: int = getattr(self, name)
        return number


RULE_DEFAULTS: Final = RuleSettings()


def operations(
    rows: tuple[SurgeryFact, ...], birth: str, weeks: int | None
) -> tuple[SurgeryFact, ...]:
    """The operations, and the caesarean that a birth was; without its weeks it counts as recent."""
    if birth != Birth.CAESAREAN:
        return rows
    return (*rows, SurgeryFact("abdominal_surgery", weeks))
