"""What the tests of merging share."""

from typing import Any

from django.test import Client
from django.urls import reverse

from patients.models import Patient, PatientMerge
from tests.patients.pages import filled

LIST = reverse("patient_list")


def merge_url(kept: Patient, gone: Patient) -> str:
    return reverse("patient_merge", args=[kept.pk, gone.pk])


def chosen(client: Client, kept: Patient, gone: Patient, **values: str) -> dict[str, Any]:
    """The page as it is sent when only these are chosen otherwise."""
    return {**filled(client, merge_url(kept, gone)), "reason": "She says so herself.", **values}


def merged(client: Client, kept: Patient, gone: Patient, **values: str) -> PatientMerge:
    answer = client.post(merge_url(kept, gone), chosen(client, kept, gone, **values))
    assert answer.status_code == 302
    return PatientMerge.objects.latest("pk")
