"""What the rules know of a case: frozen facts, and the practice's settings.

Pure. ``parse_case`` reads the JSON form used by ``manage.py assess``;
``programs.verdicts.case_facts`` builds the same object from rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from patients.vocabulary import (
    CONDITIONS,
    FINDINGS,
    MAX_AGE,
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
from programs.parsing.json_fields import FactsError

LEFT: Final = "left"
RIGHT: Final = "right"
BOTH_SIDES: Final = frozenset({LEFT, RIGHT})
OPPOSITE: Final = MappingProxyType({LEFT: RIGHT, RIGHT: LEFT})
CASE_KEYS: Final = (
    "conditions",
    "findings",
    "surgeries",
    "pregnancy_weeks",
    "age",
    "directional_preference",
    "irritability",
    "resources",
    "red_flags",
)


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
    """

    conditions: tuple[ConditionFact, ...] = ()
    findings: Mapping[str, bool] = field(default_factory=dict)
    surgeries: tuple[SurgeryFact, ...] = ()
    pregnancy_weeks: int | None = None
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
    discectomy_weeks: int = 6
    hip_replacement_weeks: int = 12
    abdominal_surgery_weeks: int = 12
    pacemaker_weeks: int = 6
    pregnancy_caution_week: int = 13
    pregnancy_adapt_week: int = 20

    def value(self, name: str) -> int:
        """A setting by name."""
        number: int = getattr(self, name)
        return number


def parse_case(data: Any) -> CaseFacts:
    """Read the JSON form of a case; raise :class:`FactsError` naming the key that is wrong."""
    table = _table(data, "the case")
    _known_keys(table, CASE_KEYS, "")
    return CaseFacts(
        conditions=_rows(table, "conditions", _condition),
        findings=_answers(table, "findings", FINDINGS),
        surgeries=_rows(table, "surgeries", _surgery),
        pregnancy_weeks=_number(table, "pregnancy_weeks", MAX_PREGNANCY_WEEKS),
        age=_number(table, "age", MAX_AGE),
        directional_preference=_choice(
            table, "directional_preference", Preference, Preference.UNTESTED
        ),
        irritability=_choice(table, "irritability", Irritability, Irritability.UNKNOWN),
        resources=_resources(table),
        red_flags=_answers(table, "red_flags", RED_FLAGS),
    )


def _table(data: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise FactsError(f"{key}: must be an object")
    return data


def _known_keys(table: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in allowed:
            raise FactsError(f"{where}{key}: unknown key; allowed: {', '.join(allowed)}")


def _rows(
    table: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any], str], Any]
) -> tuple[Any, ...]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise FactsError(f"{key}: must be a list of objects")
    return tuple(read(_table(row, f"{key}[{i}]"), f"{key}[{i}].") for i, row in enumerate(value))


def _condition(row: Mapping[str, Any], where: str) -> ConditionFact:
    _known_keys(row, ("code", "side"), where)
    return ConditionFact(
        code=_choice(row, "code", CONDITIONS, None, where),
        side=_choice(row, "side", Side, Side.UNSPECIFIED, where),
    )


def _surgery(row: Mapping[str, Any], where: str) -> SurgeryFact:
    _known_keys(row, ("code", "weeks_ago", "side", "approach"), where)
    weeks = _number(row, "weeks_ago", MAX_WEEKS_AGO, where)
    if weeks is None:
        raise FactsError(f"{where}weeks_ago: must be a whole number from 0 to {MAX_WEEKS_AGO}")
    return SurgeryFact(
        code=_choice(row, "code", SURGERIES, None, where),
        weeks_ago=weeks,
        side=_choice(row, "side", Side, "", where),
        approach=_choice(row, "approach", Approach, "", where),
    )


def _choice(
    table: Mapping[str, Any], key: str, allowed: Any, default: str | None, where: str = ""
) -> str:
    values = [str(v) for v in allowed]
    if key not in table:
        if default is None:
            raise FactsError(f"{where}{key}: is missing; allowed: {', '.join(values)}")
        return str(default)
    value = table[key]
    if not isinstance(value, str) or value not in values:
        raise FactsError(f"{where}{key}: {_shown(value)}; allowed: {', '.join(values)}")
    return value


def _shown(value: Any) -> str:
    """What was found, short and on one line."""
    text = ascii(value)
    return f"{text[:60]} is not allowed" if len(text) <= 60 else "this value is not allowed"


def _number(table: Mapping[str, Any], key: str, most: int, where: str = "") -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise FactsError(f"{where}{key}: must be a whole number from 0 to {most}")
    return value


def _answers(table: Mapping[str, Any], key: str, known: Mapping[str, Any]) -> dict[str, bool]:
    rows = _table(table.get(key, {}), key)
    out = {}
    for code, answer in rows.items():
        if code not in known:
            raise FactsError(f"{key}.{code}: unknown code; allowed: {', '.join(known)}")
        if answer not in (Answer.YES, Answer.NO, Answer.UNKNOWN) or not isinstance(answer, str):
            raise FactsError(f"{key}.{code}: {_shown(answer)}; allowed: yes, no, unknown")
        if answer != Answer.UNKNOWN:
            out[code] = answer == Answer.YES
    return out


def _resources(table: Mapping[str, Any]) -> frozenset[str]:
    value = table.get("resources", [])
    if not isinstance(value, list):
        raise FactsError("resources: must be a list")
    for code in value:
        if not isinstance(code, str) or code not in RESOURCES:
            raise FactsError(f"resources: {_shown(code)}; allowed: {', '.join(RESOURCES)}")
    return frozenset(value)
