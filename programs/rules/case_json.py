"""The JSON form of a case, as ``manage.py assess`` takes it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from clinic.parsing.errors import CASE, found, shown
from clinic.parsing.reader import Reader
from patients.vocabulary import (
    CONDITIONS,
    FINDINGS,
    LIMITED_MOVEMENTS,
    MAX_AGE,
    MAX_POSTNATAL_WEEKS,
    MAX_PREGNANCY_WEEKS,
    MAX_WEEKS_AGO,
    MOST_DEGREES,
    MOST_LIMIT_WEEKS,
    RED_FLAGS,
    RESOURCES,
    SURGERIES,
    Answer,
    Approach,
    Birth,
    Irritability,
    MovementLimit,
    Preference,
    Side,
    Stage,
    TearSize,
    WeightBearing,
)
from programs.rules.facts import LEFT, RIGHT, CaseFacts, ConditionFact, SurgeryFact, operations

FINDING_SIDES: Final = (LEFT, RIGHT, str(Side.BILATERAL))
CASE_KEYS: Final = (
    "conditions",
    "findings",
    "surgeries",
    "pregnancy_weeks",
    "postnatal_weeks",
    "birth",
    "age",
    "directional_preference",
    "irritability",
    "resources",
    "red_flags",
    "weight_bearing",
    "nerve_sign",
)
CONDITION_KEYS: Final = ("code", "side", "stage", "weeks_ago")
SURGERY_KEYS: Final = (
    "code",
    "weeks_ago",
    "side",
    "approach",
    "tear_size",
    "subscapularis",
    "cleared",
    "limits",
)
LIMIT_KEYS: Final = ("movement", "degrees", "until_week")
ANSWERS: Final = (Answer.YES, Answer.NO, Answer.UNKNOWN)
OBJECTS: Final = "a list of objects"


def parse_case(data: Any) -> CaseFacts:
    """Read the JSON form of a case; raise :class:`FactsError` naming the key that is wrong."""
    case = Reader(data, voice=CASE, known=CASE_KEYS)
    findings, sides = _findings(case)
    surgeries = tuple(map(_surgery, case.objects("surgeries", SURGERY_KEYS, OBJECTS)))
    postnatal_weeks = case.number("postnatal_weeks", 0, MAX_POSTNATAL_WEEKS)
    birth = case.choice("birth", _codes(Birth), "")
    return CaseFacts(
        conditions=tuple(map(_condition, case.objects("conditions", CONDITION_KEYS, OBJECTS))),
        findings=findings,
        finding_sides=sides,
        surgeries=operations(surgeries, birth, postnatal_weeks),
        pregnancy_weeks=case.number("pregnancy_weeks", 0, MAX_PREGNANCY_WEEKS),
        postnatal_weeks=postnatal_weeks,
        birth=birth,
        age=case.number("age", 0, MAX_AGE),
        directional_preference=case.choice(
            "directional_preference", _codes(Preference), Preference.UNTESTED
        ),
        irritability=case.choice("irritability", _codes(Irritability), Irritability.UNKNOWN),
        resources=_resources(case),
        red_flags=_answers(case, "red_flags", RED_FLAGS),
        weight_bearing=_orders(case),
        nerve_sign=_flag(case, "nerve_sign"),
    )


def _codes(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(map(str, kind))


def _condition(row: Reader) -> ConditionFact:
    code = row.choice("code", CONDITIONS)
    return ConditionFact(
        code=code,
        side=row.choice("side", _codes(Side), Side.UNSPECIFIED),
        stage=_only_where(row, "stage", CONDITIONS[code].has_stage, _codes(Stage)),
        weeks_ago=row.number("weeks_ago", 0, MAX_WEEKS_AGO),
    )


def _only_where(row: Reader, key: str, fits: bool, allowed: tuple[str, ...]) -> str:
    """A choice that belongs to some codes alone; empty where it is left out."""
    value = row.choice(key, allowed, "")
    if value and not fits:
        raise row.error(key, "does not belong to this code")
    return value


def _orders(case: Reader) -> dict[str, str]:
    """Leg → the weight-bearing order."""
    rows = case.inner("weight_bearing", (LEFT, RIGHT))
    return {
        side: rows.choice(side, _codes(WeightBearing)) for side in (LEFT, RIGHT) if rows.has(side)
    }


def _surgery(row: Reader) -> SurgeryFact:
    weeks = row.number("weeks_ago", 0, MAX_WEEKS_AGO)
    code = row.choice("code", SURGERIES)
    return SurgeryFact(
        code=code,
        weeks_ago=weeks,
        side=row.choice("side", _codes(Side), ""),
        approach=row.choice("approach", _codes(Approach), ""),
        tear_size=_only_where(row, "tear_size", SURGERIES[code].has_tear, _codes(TearSize)),
        subscapularis=_flag(row, "subscapularis"),
        cleared=_flag(row, "cleared"),
        limits=tuple(
            sorted(map(_limit, row.objects("limits", LIMIT_KEYS, OBJECTS)), key=lambda m: m.place)
        ),
    )


def _limit(row: Reader) -> MovementLimit:
    return MovementLimit(
        movement=row.choice("movement", LIMITED_MOVEMENTS),
        degrees=row.whole("degrees", 0, MOST_DEGREES),
        until_week=row.number("until_week", 1, MOST_LIMIT_WEEKS),
    )


def _flag(row: Reader, key: str) -> bool:
    """True or false; false where it is left out."""
    value = row.table.get(key, False)
    if not isinstance(value, bool):
        raise row.wrong(key, "true or false")
    return value


def _answers(case: Reader, key: str, known: Mapping[str, Any]) -> dict[str, bool]:
    rows = case.inner(key)
    out = {}
    for code in rows.table:
        if code not in known:
            raise rows.error(shown(code), f"unknown code; allowed: {', '.join(known)}")
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
