"""The facts of a case as plain data: what the history keeps, and what two versions differ in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.formats import day_words
from patients import vocabulary
from patients.models.patient import Sex
from patients.vocabulary import Answer, Birth, Irritability, Preference, Side, WeightBearing

if TYPE_CHECKING:
    from patients.models import Case

ANSWER_PREFIX = "answer:"

DEFICITS = {
    "none": "None",
    "left": "Left leg",
    "right": "Right leg",
    "bilateral": "Both legs",
    "unspecified": "Yes, side not recorded",
}
"""Known weakness or numbness at the start, as it is shown."""
FACT_LABELS = {
    "title": "Title",
    "clinician": "Clinician",
    "conditions": "Conditions",
    "surgeries": "Surgery",
    "pregnant": "Pregnancy",
    "due_date": "Due date",
    "gave_birth": "Had a baby",
    "birth_on": "Born on",
    "birth": "Way of birth",
    "weight_bearing_left": "Weight on the left leg",
    "weight_bearing_right": "Weight on the right leg",
    "directional_preference": "Directional preference",
    "preference_recorded_by": "Preference tested by",
    "preference_recorded_on": "Preference tested on",
    "irritability": "Irritability",
    "resources": "Resources at home",
    "baseline_pain": "Baseline pain",
    "baseline_left": "Worst place, left",
    "baseline_right": "Worst place, right",
    "baseline_walking_left": "On walking, left",
    "baseline_walking_right": "On walking, right",
    "baseline_weakness": "Weakness at the start",
    "baseline_numbness": "Numbness at the start",
    "goals": "Goals",
    "closed": "Case",
    "date_of_birth": "Date of birth",
    "sex": "Sex recorded at birth",
}
"""What the history calls each field, in the order it shows them."""

NOT_RECORDED = "Not recorded"
SIDE_AT = 3
"""Where the side of an answer stands; snapshots from before there were sides end there."""


def take(case: Case) -> dict[str, Any]:
    """Every fact of the case now, ready for JSON. Answers sit under ``answer:`` and their code."""
    recorded_by = case.preference_recorded_by
    return {
        "title": case.title,
        "clinician": [case.clinician_id, str(case.clinician)],
        "conditions": sorted(row.facts for row in case.current_conditions),
        "surgeries": sorted(row.facts for row in case.current_surgeries),
        "pregnant": case.pregnant,
        "due_date": _iso(case.due_date),
        "gave_birth": case.gave_birth,
        "birth_on": _iso(case.birth_on),
        "birth": case.birth,
        "weight_bearing_left": case.weight_bearing_left,
        "weight_bearing_right": case.weight_bearing_right,
        "directional_preference": case.directional_preference,
        "preference_recorded_by": recorded_by and [recorded_by.pk, str(recorded_by)],
        "preference_recorded_on": _iso(case.preference_recorded_on),
        "irritability": case.irritability,
        "resources": sorted(case.resources),
        "baseline_pain": case.baseline_pain,
        "baseline_left": case.baseline_left,
        "baseline_right": case.baseline_right,
        "baseline_walking_left": case.baseline_walking_left,
        "baseline_walking_right": case.baseline_walking_right,
        "baseline_weakness": case.baseline_weakness,
        "baseline_numbness": case.baseline_numbness,
        "goals": case.goals,
        "closed": case.closed_at is not None,
        "date_of_birth": _iso(case.patient.date_of_birth),
        "sex": case.patient.sex,
        **{
            ANSWER_PREFIX + code: [row.answer, row.is_cleared, row.pk, row.side]
            for code, row in sorted(case.current_answers.items())
        },
    }


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the facts that differ, in the order the history shows them."""
    names = [*FACT_LABELS, *sorted(set(before) | set(after))]
    differing = [name for name in names if before.get(name) != after.get(name)]
    return list(dict.fromkeys(differing))


def field_label(name: str) -> str:
    """What a reader is shown for a field of a snapshot."""
    if name.startswith(ANSWER_PREFIX):
        return vocabulary.answer_label(name.removeprefix(ANSWER_PREFIX))
    return FACT_LABELS[name]


def shown(snapshot: dict[str, Any], name: str) -> str:
    """A field's value in words; several values stand on lines of their own."""
    value = snapshot.get(name)
    if name.startswith(ANSWER_PREFIX):
        return _answer(value)
    if name == "closed":
        return "Closed" if value else "Open"
    if value in (None, "", []):
        return NOT_RECORDED
    return _SHOW[name](value) if name in _SHOW else str(value)


def _answer(value: list[Any] | None) -> str:
    if value is None:
        return vocabulary.ANSWER_LABELS[Answer.UNKNOWN]
    answer, cleared = value[:2]
    side = value[3] if len(value) > SIDE_AT else ""
    words = [vocabulary.ANSWER_LABELS[Answer(answer)]]
    words += [vocabulary.SIDE_LABELS[Side(side)].lower()] if side else []
    words += ["cleared"] if cleared else []
    return ", ".join(words)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(value: str) -> str:
    return day_words(date.fromisoformat(value))


def _condition(row: list[str]) -> str:
    code, side, stage, began = (*row, "", "")[:4]
    words = vocabulary.condition_text(code, Side(side), stage)
    return f"{words}, since {_day(began)}" if began else words


def _surgery(row: list[str]) -> str:
    done = (*row, "", "", "", "")[:8]
    code, performed_on, side, approach, tear_size, other, cleared, limits = done
    words = vocabulary.surgery_text(code, side, approach, tear_size)
    words += f", with {other}" if other else ""
    words += f", {_day(performed_on)}"
    words += f", cleared {_day(cleared)}" if cleared else ""
    limited = vocabulary.limits_text(vocabulary.limits_read(limits))
    return f"{words}, limits: {limited}" if limited else words


_SHOW = {
    "clinician": lambda value: value[1],
    "preference_recorded_by": lambda value: value[1],
    "conditions": lambda rows: "\n".join(_condition(row) for row in rows),
    "surgeries": lambda rows: "\n".join(_surgery(row) for row in rows),
    "pregnant": lambda value: vocabulary.ANSWER_LABELS[Answer(value)],
    "due_date": _day,
    "gave_birth": lambda value: vocabulary.ANSWER_LABELS[Answer(value)],
    "birth_on": _day,
    "birth": lambda value: vocabulary.BIRTH_LABELS[Birth(value)],
    "weight_bearing_left": lambda value: vocabulary.WEIGHT_LABELS[WeightBearing(value)],
    "weight_bearing_right": lambda value: vocabulary.WEIGHT_LABELS[WeightBearing(value)],
    "date_of_birth": _day,
    "sex": lambda value: str(Sex(value).label),
    "preference_recorded_on": _day,
    "directional_preference": lambda value: vocabulary.PREFERENCE_LABELS[Preference(value)],
    "irritability": lambda value: vocabulary.IRRITABILITY_LABELS[Irritability(value)],
    "resources": lambda codes: ", ".join(vocabulary.RESOURCES[code] for code in codes),
    "baseline_pain": lambda value: f"{value} of 10",
    "baseline_left": lambda code: vocabulary.PLACE_LABELS[code],
    "baseline_right": lambda code: vocabulary.PLACE_LABELS[code],
    "baseline_walking_left": lambda code: vocabulary.PLACE_LABELS[code],
    "baseline_walking_right": lambda code: vocabulary.PLACE_LABELS[code],
    "baseline_weakness": lambda side: DEFICITS[side],
    "baseline_numbness": lambda side: DEFICITS[side],
}
