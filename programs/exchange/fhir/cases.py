"""Who it is, and what is known of each case: conditions, operations, answers, goals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import escape

from clinic.models import Practice, User
from patients.models import Case, Patient, ScreenAnswer
from programs.exchange.fhir.parts import (
    Resource,
    concept,
    moment,
    observation,
    performer,
    period,
    ref,
    without_empty,
)

_ACTIVE = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_GENDER = {"female": "female", "male": "male"}


def organization(practice: Practice) -> Resource:
    """The practice."""
    telecom = [{"system": "phone", "value": practice.phone}] if practice.phone else None
    return without_empty(
        {
            "resourceType": "Organization",
            "id": f"practice-{practice.pk}",
            "name": practice.name,
            "telecom": telecom,
        }
    )


def practitioner(user: User) -> Resource:
    """Somebody who treats."""
    return {"resourceType": "Practitioner", "id": f"{user.pk}", "name": [{"text": user.full_name}]}


def person(patient: Patient) -> Resource:
    """The patient."""
    telecom = [
        {"system": system, "value": value}
        for system, value in (("email", patient.email), ("phone", patient.phone))
        if value
    ]
    return without_empty(
        {
            "resourceType": "Patient",
            "id": f"{patient.pk}",
            "active": patient.archived_at is None,
            "name": [{"text": patient.full_name}],
            "birthDate": patient.date_of_birth.isoformat(),
            "gender": _GENDER.get(patient.sex, "unknown"),
            "telecom": telecom,
            "managingOrganization": ref("Organization", f"practice-{patient.practice_id}"),
        }
    )


def case_resources(case: Case, patient: Any) -> Iterator[Resource]:
    """The episode of care and everything that the rules read of it."""
    yield _episode(case, patient)
    for row in case.conditions.all():
        yield {
            "resourceType": "Condition",
            "id": f"condition-{row.pk}",
            "clinicalStatus": concept("Active", "active", _ACTIVE),
            "code": concept(str(row), row.code),
            "subject": ref("Patient", patient),
        }
    for done in case.surgeries.all():
        limits = done.limits_text
        yield {
            "resourceType": "Procedure",
            "id": f"surgery-{done.pk}",
            "status": "completed",
            "code": concept(str(done), done.code),
            "subject": ref("Patient", patient),
            "performedDateTime": done.performed_on.isoformat(),
            **({"note": [{"text": f"Limits: {limits}"}]} if limits else {}),
        }
    yield from (_answer(row, patient) for row in case.answers.select_related("answered_by"))
    yield from _pain_at_the_start(case, patient)
    yield from _goals(case, patient)


def _episode(case: Case, patient: Any) -> Resource:
    closed = case.closed_at
    start = case.opened_on.isoformat()
    return {
        "resourceType": "EpisodeOfCare",
        "id": f"{case.pk}",
        "status": "finished" if closed else "active",
        "type": [concept(case.title)],
        "patient": ref("Patient", patient),
        "careManager": ref("Practitioner", case.clinician_id),
        "managingOrganization": ref("Organization", f"practice-{case.practice_id}"),
        "period": without_empty({"start": start, "end": moment(closed) if closed else None}),
    }


def _answer(row: ScreenAnswer, patient: Any) -> Resource:
    """An answer of the safety screen; what nobody knows is absent, and never no."""
    known = row.answer in ("yes", "no")
    value: Resource = (
        {"valueBoolean": row.answer == "yes"}
        if known
        else {"dataAbsentReason": concept("Unknown", "unknown", _ABSENT)}
    )
    return observation(
        f"answer-{row.pk}",
        patient,
        concept(row.label, row.code),
        row.answered_at,
        bodySite=concept(row.side) if row.side else None,
        performer=[performer(row.answered_by_id, row.helper, patient)],
        **value,
    )


def _pain_at_the_start(case: Case, patient: Any) -> Iterator[Resource]:
    if case.baseline_pain is not None:
        yield observation(
            f"baseline-{case.pk}",
            patient,
            concept("Pain at the start, 0 to 10", "baseline_pain"),
            case.created_at,
            valueInteger=case.baseline_pain,
        )


def _goals(case: Case, patient: Any) -> Iterator[Resource]:
    if case.goals:
        yield _goal(f"goals-{case.pk}", case.goals, patient, ended=case.closed_at is not None)
    for goal in case.functional_goals.prefetch_related("scores"):
        yield _goal(f"goal-{goal.pk}", goal.words, patient, ended=goal.ended_at is not None)
        for score in goal.scores.all():
            yield observation(
                f"score-{score.pk}",
                patient,
                concept(f"{goal.words}: how well it goes, 0 to 10", "goal_score"),
                score.at,
                focus=[ref("Goal", f"goal-{goal.pk}")],
                valueInteger=score.score,
                performer=[performer(score.by_id, score.helper, patient)],
            )


def _goal(key: str, words: str, patient: Any, *, ended: bool) -> Resource:
    return {
        "resourceType": "Goal",
        "id": key,
        "lifecycleStatus": "completed" if ended else "active",
        "description": concept(words),
        "subject": ref("Patient", patient),
    }


def flags(case: Case, patient: Any) -> Iterator[Resource]:
    """What was raised for a clinician, and what became of it."""
    for alert in case.alerts.all():
        over = alert.acknowledged_at or alert.ended_at
        yield without_empty(
            {
                "resourceType": "Flag",
                "id": f"alert-{alert.pk}",
                "status": "inactive" if over else "active",
                "code": concept(alert.code.replace("_", " "), alert.code),
                "subject": ref("Patient", patient),
                "period": period(alert.raised_at, over),
                "author": ref("Organization", f"practice-{alert.practice_id}"),
                "text": _narrative(alert.note),
            }
        )


def _narrative(words: str) -> Resource | None:
    """Words for people, escaped as XHTML wants it."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(words)}</div>'
    return {"status": "additional", "div": div} if words.strip() else None
