"""After two records of a patient are merged, every link and device goes on working."""

import datetime as dt

import pytest
from django.test import Client

from clinic.models import User
from patients.models import Case
from patients.record.merge_actions import merge_patients, take_merge_back
from programs.access.models import PatientAccess
from programs.portal.door.opening import owner_of
from programs.prescriptions.models import IssuedPrescription
from tests.programs.portal.conftest import link, make_case, open_door

pytestmark = pytest.mark.django_db


def test_a_link_and_an_open_device_outlast_a_merge(
    phone: Client,
    page: str,
    access: PatientAccess,
    issued: IssuedPrescription,
    case: Case,
    alice: User,
) -> None:
    kept = make_case(case.practice, alice, "M. Ellison", dt.date(1952, 3, 8)).patient
    known_as, said = owner_of(case), phone.get(page).content
    made = merge_patients(
        kept=kept,
        gone=case.patient,
        actor=alice,
        seen=(1, 1),
        choices={"full_name": "kept", "date_of_birth": "kept"},
        reason="One person.",
    )
    case = Case.objects.get(pk=case.pk)
    assert (case.patient, owner_of(case)) == (kept, known_as)
    assert (phone.get(page).status_code, len(phone.get(page).content)) == (200, len(said))

    # The door asks for the year of birth that was kept.
    fresh = Client()
    assert fresh.post(link(access), {"year": "1951"}).status_code != 302
    assert fresh.get(open_door(fresh, access, 1952)).status_code == 200

    take_merge_back(merge=made, actor=alice)
    case = Case.objects.get(pk=case.pk)
    assert (case.patient.full_name, owner_of(case)) == ("Margaret Ellison", known_as)
    assert phone.get(page).status_code == 200
    assert open_door(Client(), access, 1951)
