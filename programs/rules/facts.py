"""What the rules know of a case: frozen facts, and the practice's settings.

Pure. ``parse_case`` reads the JSON form used by ``manage.py assess``;
``programs.verdicts.case_facts`` builds the same object from rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from clinic.parsing.errors import CASE, found
from clinic.parsing.reader import Reader
from patients.vocabulary import (
    CONDITIONS,
    FINDINGS,
    MAX_AGE,
    MAX_POSTNATAL_WEEKS,
    MAX_PREGNANCY_WEEKS,
    MAX_WEEKS_AGO,
    RED_FLAGS,
    RESOURCES,
    SURGERIES,
    Answer,
    Approach,
    Irritability,
    Preference,
    Side,
)

LEFT: Final = "left"
RIGHT: Final = "right"
BOTH_SIDES: Final = frozenset({LEFT, RIGHT})
OPPOSITE: Final = MappingProxyType({LEFT: RIGHT, RIGHT: LEFT})
FINDING_SIDES: Final = (LEFT, RIGHT, str(Side.BILATERAL))
DOUBTED: Final = MappingProxyType({c: f.doubted_by for c, f in FINDINGS.items() if f.doubted_by})
"""Findings whose *no* is not taken as known while one of the others is yes."""
CASE_KEYS: Final = (
    "conditions",
    "findings",
    "surgeries",
    "pregnancy_weeks",
    "postnatal_weeks",
    "age",
    "directional_preference",
    "irritability",
    "resources",
    "red_flags",
)
CONDITION_KEYS: Final = ("code", "side")
SURGERY_KEYS: Final = ("code", "weeks_ago", "side", "approach")
ANSWERS: Final = (Answer.YES, Answer.NO, Answer.UNKNOWN)
OBJECTS: Final = "a list of objects"


@dataclass(frozen=True, slots=True)
class ConditionFact:
    """A condition and where it sits (a :class:`patients.vocabulary.Side` value)."""

    code: str
    side: str = Side.UNSPECIFIED


@dataclass(frozen=True, slots=True)
class SurgeryFact:
    """An operation ``weeks_ago`` whole weeks ago; ``None`` where the date is not known.

    ``side``: left, right, bilateral or empty (not recorded, judged as both).
    """

    code: str
    weeks_ago: int | None
    side: str = ""
    approach: str = ""

    @property
    def sides(self) -> frozenset[str]:
        """The sides the operation may concern."""
        return frozenset({self.side}) if self.side in BOTH_SIDES else BOTH_SIDES


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the rules may ask about a case. Absent means what ``Fact`` tables say.

    ``findings`` and ``red_flags`` hold yes and no answers only; what is missing is unknown.
    ``finding_sides``: left, right or bilateral of a finding answered yes; left out means both.
    """

    conditions: tuple[ConditionFact, ...] = ()
    findings: Mapping[str, bool] = field(default_factory=dict)
    finding_sides: Mapping[str, str] = field(default_factory=dict)
    surgeries: tuple[SurgeryFact, ...] = ()
    pregnancy_weeks: int | None = None
    postnatal_weeks: int | None = None
    age: int | None = None
    directional_preference: str = Preference.UNTESTED
    irritability: str = Irritability.UNKNOWN
    resources: frozenset[str] = frozenset()
    red_flags: Mapping[str, bool] = field(default_factory=dict)

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

    def concerns(self, code: str, about: str) -> bool:
        """Whether a finding answered yes is on this side; an empty side asks for any."""
        return not about or self.finding_sides.get(code, about) in (about, Side.BILATERAL)

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

    def value(self, name: str) -> int:
        """A setting by name."""
        number: int = getattr(self, name)
        return number


RULE_DEFAULTS: Final = RuleSettings()


def parse_case(data: Any) -> CaseFacts:
    """Read the JSON form of a case; raise :class:`FactsError` naming the key that is wrong."""
    case = Reader(data, voice=CASE, known=CASE_KEYS)
    findings, sides = _findings(case)
    return CaseFacts(
        conditions=tuple(map(_condition, case.objects("conditions", CONDITION_KEYS, OBJECTS))),
        findings=findings,
        finding_sides=sides,
        surgeries=tuple(map(_surgery, case.objects("surgeries", SURGERY_KEYS, OBJECTS))),
        pregnancy_weeks=case.number("pregnancy_weeks", 0, MAX_PREGNANCY_WEEKS),
        postnatal_weeks=case.number("postnatal_weeks", 0, MAX_POSTNATAL_WEEKS),
        age=case.number("age", 0, MAX_AGE),
        directional_preference=case.choice(
            "directional_preference", _codes(Preference), Preference.UNTESTED
        ),
        irritability=case.choice("irritability", _codes(Irritability), Irritability.UNKNOWN),
        resources=_resources(case),
        red_flags=_answers(case, "red_flags", RED_FLAGS),
    )


def _codes(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(map(str, kind))


def _condition(row: Reader) -> ConditionFact:
    return ConditionFact(
        code=row.choice("code", CONDITIONS),
        side=row.choice("side", _codes(Side), Side.UNSPECIFIED),
    )


def _surgery(row: Reader) -> SurgeryFact:
    weeks = row.whole("weeks_ago", 0, MAX_WEEKS_AGO)
    return SurgeryFact(
        code=row.choice("code", SURGERIES),
        weeks_ago=weeks,
        side=row.choice("side", _codes(Side), ""),
        approach=row.choice("approach", _codes(Approach), ""),
    )


def _answers(case: Reader, key: str, known: Mapping[str, Any]) -> dict[str, bool]:
    rows = case.inner(key)
    out = {}
    for code in rows.table:
        if code not in known:
            raise rows.error(code, f"unknown code; allowed: {', '.join(known)}")
        answer = rows.choice(code, ANSWERS)
        if answer != Answer.UNKNOWN:
            out[code] = answer == Answer.YES
    return out


def _findings(case: Reader) -> tuple[dict[str, bool], dict[str, str]]:
    """The answers, and the sides of those that name one."""
    rows = case.inner("findings")
    plain, sides = dict(rows.table), {}
    for code, said in rows.table.items():
        if code in FINDINGS and isinstance(said, Mapping):
            allowed = ("answer", "side") if FINDINGS[code].sided else ("answer",)
            row = rows.inner(code, allowed)
            plain[code] = row.choice("answer", ANSWERS)
            if "side" in row.table:
                sides[code] = row.choice("side", FINDING_SIDES)
                if plain[code] != Answer.YES:
                    raise row.error("side", "goes with the answer yes, and only there")
    return _answers(Reader({"findings": plain}, voice=CASE), "findings", FINDINGS), sides


def _resources(case: Reader) -> frozenset[str]:
    codes = case.rows("resources")
    for code in codes:
        if not isinstance(code, str) or code not in RESOURCES:
            raise case.error("resources", f"{found(code)}; allowed: {', '.join(RESOURCES)}")
    return frozenset(codes)
