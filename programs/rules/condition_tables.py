"""Reads the condition language of the rules from TOML tables.

Pure. Every code is checked against the vocabulary, every key must be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from patients.vocabulary import (
    CONDITIONS,
    FINDINGS,
    RED_FLAGS,
    RESOURCES,
    SURGERIES,
    Approach,
    Irritability,
    Preference,
    Stage,
    WeightBearing,
)
from programs.rules import traits as d
from programs.rules.conditions import CaseTest
from programs.rules.facts import RuleSettings
from programs.rules.movements import ALL_DIRECTIONS, JOINTS, MODES, PARTS, RANGES
from programs.rules.trait_tests import LIMITED, MOVES, ExerciseTest, MovementTest

_NO_WEEKS: Final = frozenset(
    {
        "pain_green_max",
        "pain_amber_max",
        "after_effect_minutes",
        "review_weeks_min",
        "review_weeks_max",
    }
)
WEEK_SETTINGS: Final = frozenset(f.name for f in fields(RuleSettings)) - _NO_WEEKS
"""A practice's limits in weeks."""

_CASE_CHOICES: Final[Mapping[str, Any]] = {
    "conditions": CONDITIONS,
    "without": CONDITIONS,
    "stages": frozenset(map(str, Stage)),
    "weight_bearing": frozenset(map(str, WeightBearing)),
    "findings": FINDINGS,
    "red_flags": RED_FLAGS,
    "surgeries": SURGERIES,
    "approaches": frozenset(map(str, Approach)),
    "preferences": frozenset(map(str, Preference)),
    "irritability": frozenset(map(str, Irritability)),
    "resources": RESOURCES,
    "lacks": RESOURCES,
}
_EXERCISE_CHOICES: Final[Mapping[str, Any]] = {
    "kinds": d.KINDS,
    "phases": d.PURPOSES,
    "positions": d.POSITIONS,
    "flags": d.FLAGS,
    "flags_all": d.FLAGS,
    "pressures": d.PRESSURES,
    "contacts": d.CONTACTS,
    "breathing": d.BREATHING,
    "modalities": d.MODALITIES,
    "topics": d.TOPICS,
    "efforts": d.EFFORTS,
    "spine_loads": d.SPINE_LOADS,
    "arm_loads": d.ARM_LOADS,
    "neck_loads": d.NECK_LOADS,
    "leg_loads": d.LEG_LOADS,
    "balances": d.BALANCES,
    "external_loads": d.EXTERNAL_LOADS,
    "nerve_tensions": d.NERVE_TENSIONS,
    "regions": d.REGIONS,
}
_DIRECTIONS: Final = ALL_DIRECTIONS | MOVES


def parse_case_test(table: Any, where: str) -> CaseTest:
    """Read a case test; raise ``DefinitionError`` naming the key."""
    r = Reader(table, where)
    test = CaseTest(
        **{k: frozenset(r.texts(k, [], allowed)) for k, allowed in _CASE_CHOICES.items()},
        laterality=r.choice("laterality", ("", "one_side", "both_sides"), ""),
        no_condition=r.take("no_condition", bool, False),
        weeks_below=r.choice("weeks_below", WEEK_SETTINGS | {""}, ""),
        pregnancy_from=r.choice("pregnancy_from", WEEK_SETTINGS | {""}, ""),
        pregnant=r.take("pregnant", bool, False),
        postnatal_below=r.choice("postnatal_below", WEEK_SETTINGS | {""}, ""),
        since_below=r.choice("since_below", WEEK_SETTINGS | {""}, ""),
        large=r.take("large", bool, False),
        not_cleared=r.take("not_cleared", bool, False),
        limits=r.take("limits", bool, False),
        no_order=r.take("no_order", bool, False),
        nerve_sign=r.take("nerve_sign", bool, False),
        age_below=r.take("age_below", int, None),
        age_from=r.take("age_from", int, None),
        all=r.tables("all", parse_case_test),
        any=r.tables("any", parse_case_test),
    )
    r.finish()
    return test


def parse_exercise_test(table: Any, where: str) -> ExerciseTest:
    """Read an exercise test; raise ``DefinitionError`` naming the key."""
    r = Reader(table, where)
    chosen: dict[str, Any] = {
        k: frozenset(r.texts(k, [], allowed)) for k, allowed in _EXERCISE_CHOICES.items()
    }
    test = ExerciseTest(
        **chosen,
        helper=r.take("helper", bool, None),
        sided=r.take("sided", bool, None),
        on_bed=r.take("on_bed", bool, None),
        treated=r.choice("treated", ("", "same", "other"), ""),
        untold=r.take("untold", bool, False),
        affected=r.choice("affected", ("", "knee", "arm", "leg"), ""),
        movements=r.tables("movements", _parse_movement_test),
        all=r.tables("all", parse_exercise_test),
        any=r.tables("any", parse_exercise_test),
        none=r.tables("none", parse_exercise_test),
    )
    r.finish()
    return test


def _parse_movement_test(table: Any, where: str) -> MovementTest:
    r = Reader(table, where)
    test = MovementTest(
        parts=frozenset(r.texts("parts", [], PARTS | JOINTS)),
        directions=frozenset(r.texts("directions", [], _DIRECTIONS)),
        ranges=frozenset(r.texts("ranges", [], RANGES)),
        modes=frozenset(r.texts("modes", [], MODES)),
        above_degrees=r.take("above_degrees", int, None),
        limited=r.choice("limited", ("", *LIMITED), ""),
        relation=r.choice("relation", ("", "toward", "away", "affected"), ""),
    )
    r.finish()
    if test == MovementTest():
        raise DefinitionError(where, "tests nothing")
    return test
