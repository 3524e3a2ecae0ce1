"""A patient and a case of Alice's practice, and one that must never leak into it."""

from datetime import date

import pytest
from pytest_django.fixtures import Settings

from clinic.models import Practice, User
from patients.models import Case, Patient
from tests.factories import AnswerFactory, CaseFactory, PatientFactory


@pytest.fixture
def maria(practice: Practice, alice: User) -> Patient:
    return PatientFactory(
        practice=practice,
        full_name="Maria Sørensen",
        date_of_birth=date(1985, 3, 14),
        created_by=alice,
    )


@pytest.fixture
def case(maria: Patient, alice: User) -> Case:
    return CaseFactory(patient=maria, clinician=alice)


@pytest.fixture
def foreign_case(other_practice: Practice, charlie: User) -> Case:
    """A stopped case of a patient with a name like Maria's, in Charlie's practice."""
    patient = PatientFactory(practice=other_practice, full_name="Maria Sørby", created_by=charlie)
    case = CaseFactory(patient=patient, clinician=charlie)
    AnswerFactory(case=case, code="rf_saddle_numbness")
    return case


@pytest.fixture(autouse=True)
def _alone(settings: Settings) -> None:
    """These tests are about this app; what others add to its pages they test themselves."""
    settings.ATTENTION_PROVIDERS = []
    settings.CASE_PANELS = []
    settings.ALERT_HELP = ""
