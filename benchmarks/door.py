"""A patient's device that is already through the door of the demo."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from programs.access.models import PatientAccess

HOST = "127.0.0.1"


def an_access() -> PatientAccess:
    """A link of the demo with an illustrated-size program behind it."""
    return (
        PatientAccess.objects.of_patients()
        .usable()
        .select_related("case__patient")
        .get(case__patient__full_name="Margaret Hollowell")
    )


def patient_at_the_door() -> tuple[Client, str]:
    """A client that has passed the door, and the address of its printed handout."""
    client, page = patient_inside()
    return client, f"{page}print/"


def patient_inside() -> tuple[Client, str]:
    """A client that has passed the door, and the address of its program."""
    access = an_access()
    client = Client(SERVER_NAME=HOST)
    year = {"year": access.case.patient.date_of_birth.year}
    answer = client.post(reverse("portal_door", args=[access.token]), year)
    assert answer.status_code == 302, answer.content[:300]
    return client, answer["Location"]
