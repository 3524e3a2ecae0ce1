"""Whose record something is a part of, for the list of who looked; see ``clinic.looks``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField, Value

from clinic.models import Practice

Pairs = QuerySet[Any, Any]
"""The patient's id and the case's, which may be none."""


def by_patient(practice: Practice, patient_id: UUID) -> Pairs:
    """A patient's own page."""
    no_case = Value(None, output_field=UUIDField(null=True))
    return practice.patients.filter(pk=patient_id).values_list("pk", no_case)


def by_case(practice: Practice, case_id: UUID) -> Pairs:
    """A page of a case."""
    return practice.cases.filter(pk=case_id).values_list("patient_id", "pk")


def by_alert(practice: Practice, alert_id: int) -> Pairs:
    """A page of an alert."""
    return practice.cases.filter(alerts=alert_id).values_list("patient_id", "pk")
