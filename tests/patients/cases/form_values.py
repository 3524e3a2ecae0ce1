"""What the tests of the case's form share."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from patients.models import Case, Patient
from tests.clock import TODAY
from tests.patients.pages import days_ago, fresh

WHOLE = {
    "title": "  Low  back ",
    "goals": "Walk to the shops.\nLift my grandson 🙂",
    "pregnant": "yes",
    "due_date": (TODAY + timedelta(weeks=20)).isoformat(),
    "directional_preference": "flexion",
    "preference_recorded_on": days_ago(3).isoformat(),
    "irritability": "moderate",
    "baseline_pain": "0",
    "baseline_left": "none",
    "baseline_right": "foot",
    "baseline_walking_left": "thigh",
    "baseline_walking_right": "lower_leg",
    "baseline_weakness": "right",
    "baseline_numbness": "none",
    "resources": ["chair", "helper"],
    "conditions-0-code": "lumbar_foraminal_stenosis",
    "conditions-0-side": "right",
    "conditions-1-code": "lumbar_scoliosis",
    "surgeries-0-code": "hip_replacement",
    "surgeries-0-performed_on": days_ago(35).isoformat(),
    "surgeries-0-side": "left",
    "surgeries-0-approach": "posterior",
}


def create_url(patient: Patient) -> str:
    return reverse("case_create", args=[patient.pk])


def rows(case: Case) -> tuple[list[Any], list[Any]]:
    found = fresh(case)
    return (
        sorted((row.code, row.side) for row in found.current_conditions),
        [(row.code, row.side, row.approach) for row in found.current_surgeries],
    )
