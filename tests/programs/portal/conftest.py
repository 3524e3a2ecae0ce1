"""A case of Alice's practice with an issued program and a link to it."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import Guess, Practice, User
from patients.models import Case, Patient
from programs.access.models import PatientAccess
from programs.portal.door import cookie
from programs.portal.door.opening import _grant as grant_device
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.prescription import Prescription
from tests.programs.samples import sample_prescription

Issue = Callable[..., IssuedPrescription]


def make_case(practice: Practice, clinician: User, name: str, born: dt.date) -> Case:
    patient = Patient.objects.create(
        practice=practice, full_name=name, date_of_birth=born, created_by=clinician
    )
    return Case.objects.create(
        practice=practice,
        patient=patient,
        title="Right L5 foraminal stenosis",
        clinician=clinician,
        opened_on=dt.date(2026, 11, 1),
    )


def issue_for(case: Case, by: User, prescription: Prescription | None = None) -> IssuedPrescription:
    """The next version of the case's open program, as issuing leaves it behind."""
    program, _ = Program.objects.get_or_create(
        case=case,
        ended_at=None,
        defaults={"title": "Low back program", "created_by": by, "changed_by": by},
    )
    version = program.prescriptions.count() + 1
    value = dataclasses.replace(
        prescription or sample_prescription(),
        program=str(program.pk),
        version=version,
    )
    PatientAccess.objects.ensure(case=case, by=by)
    return IssuedPrescription.objects.create(
        program=program,
        version=version,
        payload=value.to_dict(),
        draft={},
        digest="0" * 64,
        issue_key=uuid.uuid4(),
        issued_by=by,
    )


@pytest.fixture
def case(practice: Practice, alice: User) -> Case:
    return make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))


@pytest.fixture
def issued(case: Case, alice: User) -> IssuedPrescription:
    return issue_for(case, alice)


@pytest.fixture
def access(issued: IssuedPrescription, case: Case) -> PatientAccess:
    return PatientAccess.objects.of_patients().get(case=case, revoked_at=None)


@pytest.fixture
def program(issued: IssuedPrescription) -> Program:
    return issued.program


@pytest.fixture
def neighbour(practice: Practice, alice: User) -> PatientAccess:
    """Somebody else's link, of the same practice."""
    other = make_case(practice, alice, "Arthur Ellison", dt.date(1948, 7, 1))
    issue_for(other, alice)
    return PatientAccess.objects.get(case=other)


@pytest.fixture
def phone() -> Client:
    """The patient's phone, signed in to nothing."""
    return Client()


def link(access: PatientAccess) -> str:
    return f"/p/{access.token}/"


def open_door(client: Client, access: PatientAccess, year: int = 1951) -> str:
    """Answer the door and give back the address of the program."""
    answer = client.post(link(access), {"year": str(year)})
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def door_opened(client: Client, access: PatientAccess) -> str:
    """As the right answer at the door leaves device and site, without the way through its page."""
    opened = grant_device(access)
    response = HttpResponse()
    cookie.remember(response, HttpRequest(), opened)
    client.cookies.update(response.cookies)
    return reverse("portal_program", args=[opened.grant.pk])


@pytest.fixture
def page(phone: Client, access: PatientAccess) -> str:
    """The address of the program, with the door open on ``phone``."""
    return door_opened(phone, access)


def minutes_pass(minutes: float) -> None:
    """Move every failed knock that many minutes back."""
    past = dt.timedelta(minutes=minutes)
    Guess.objects.update(at=F("at") - past, expires_at=F("expires_at") - past)


def days_ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)
