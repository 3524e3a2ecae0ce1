"""One person, registered twice."""

from datetime import date

import pytest

from clinic.models import Practice, User
from patients.models import Case, Patient
from tests.factories import CaseFactory, PatientFactory


@pytest.fixture
def ann(practice: Practice, alice: User) -> Patient:
    return PatientFactory(
        practice=practice,
        full_name="Ann Lee",
        date_of_birth=date(1948, 3, 2),
        phone="020 7946 0018",
        clinician_notes="Prefers mornings.",
        created_by=alice,
    )


@pytest.fixture
def twice(practice: Practice, bob: User) -> Patient:
    """Ann again, registered by Bob under a name that was misheard, born a year later."""
    return PatientFactory(
        practice=practice,
        full_name="Anne Leigh",
        date_of_birth=date(1949, 3, 2),
        email="ann@example.org",
        phone="01947 123456",
        clinician_notes="Deaf in one ear.",
        created_by=bob,
    )


@pytest.fixture
def her_case(twice: Patient, bob: User) -> Case:
    return CaseFactory(patient=twice, clinician=bob, title="Left knee")
