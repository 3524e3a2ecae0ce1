"""Facts, as ``patients.record.snapshot`` writes them, put into the rows of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from patients.models import Case, CaseCondition, CaseSurgery
from patients.vocabulary import limits_read

BASELINE: Final = (
    "baseline_pain",
    "baseline_left",
    "baseline_right",
    "baseline_walking_left",
    "baseline_walking_right",
    "baseline_weakness",
    "baseline_numbness",
)
"""Columns of a case that say how it was before the program."""
_PLAIN = (
    "title",
    "pregnant",
    "gave_birth",
    "directional_preference",
    "irritability",
    "resources",
    "birth",
    "weight_bearing_left",
    "weight_bearing_right",
    *BASELINE,
    "goals",
)


def set_columns(case: Case, facts: Mapping[str, Any]) -> None:
    """Put facts into the columns of a case, without saving it."""
    for name in _PLAIN:
        if name in facts:
            setattr(case, name, facts[name])
    for name in ("due_date", "birth_on", "preference_recorded_on"):
        if name in facts:
            value = facts[name]
            setattr(case, name, date.fromisoformat(value) if value else None)
    for name in ("clinician", "preference_recorded_by"):
        if name in facts:
            setattr(case, f"{name}_id", facts[name][0] if facts[name] else None)


def set_rows(case: Case, facts: Mapping[str, Any]) -> None:
    """Make the conditions and operations of a saved case those of ``facts``."""
    if "conditions" in facts:
        wanted = {tuple(row) for row in facts["conditions"]}
        rows = {tuple(row.facts): row for row in case.conditions.all()}
        for key in rows.keys() - wanted:
            rows[key].delete()
        CaseCondition.objects.bulk_create(
            _condition(case, *row) for row in sorted(wanted - rows.keys())
        )
    if "surgeries" in facts:
        wanted = {tuple(row) for row in facts["surgeries"]}
        done = {tuple(row.facts): row for row in case.surgeries.all()}
        for old in done.keys() - wanted:
            done[old].delete()
        CaseSurgery.objects.bulk_create(
            _surgery(case, *row) for row in sorted(wanted - done.keys())
        )


def _condition(case: Case, code: str, side: str, stage: str = "", began: str = "") -> CaseCondition:
    return CaseCondition(case=case, code=code, side=side, stage=stage, began_on=_day(began))


def _surgery(
    case: Case,
    code: str,
    day: str,
    side: str,
    approach: str,
    tear_size: str = "",
    subscapularis: str = "",
    cleared: str = "",
    limits: str = "",
) -> CaseSurgery:
    return CaseSurgery(
        case=case,
        code=code,
        performed_on=date.fromisoformat(day),
        side=side,
        approach=approach,
        tear_size=tear_size,
        subscapularis=bool(subscapularis),
        cleared_on=_day(cleared),
        limits=[limit.kept for limit in limits_read(limits)],
    )


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
