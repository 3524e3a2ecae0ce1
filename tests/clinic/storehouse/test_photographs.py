"""Photographs of issued versions: in rows that go with the record, or in the bucket."""

import base64
import dataclasses
import hashlib
import importlib
import io
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic import wall
from clinic.file_moves import tidy_files
from clinic.models import Practice, User
from clinic.wall import passages
from patients.models import Case
from programs.access.models import PatientAccess
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.photograph_digests import digests_named, put_in, taken_out
from programs.prescriptions.photograph_models import IssuedPhotograph
from programs.prescriptions.prescription import Prescription, PrescriptionError
from tests import factories
from tests.clinic.storehouse.conftest import names
from tests.every_row import every
from tests.patients.pages import main_text
from tests.programs.portal.conftest import issue_for, open_door
from tests.programs.samples import sample_prescription

pytestmark = pytest.mark.django_db
migration: Any = importlib.import_module("programs.migrations.0041_photographs_of_versions")


def a_photograph(colour: str = "teal") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 45), colour).save(target, "JPEG")
    return target.getvalue()


PHOTO = a_photograph()
DIGEST = hashlib.sha256(PHOTO).hexdigest()


def pictured() -> Prescription:
    """Two exercises that show the same photograph."""
    shown = Figure(
        "", alt="At home", image=base64.b64encode(PHOTO).decode(), image_type="image/jpeg",
        width=60, height=45,
    )  # fmt: skip
    plain = sample_prescription(2, figures=False)
    items = tuple(dataclasses.replace(item, figures=(shown,)) for item in plain.items)
    return dataclasses.replace(plain, items=items)


def issued_before(case: Case, by: User) -> IssuedPrescription:
    """A version from before photographs had rows, brought to where they are now."""
    issued = issue_for(case, by, pictured())
    migration.take_out(None, connection.schema_editor())
    issued.refresh_from_db()
    return issued


@pytest.fixture
def issued(case: Case, alice: User) -> IssuedPrescription:
    return issued_before(case, alice)


def export_of(client: Client, case: Case) -> dict[str, bytes]:
    answer = client.get(reverse("patient_export", args=[case.patient_id]))
    whole = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return {name: whole.read(name) for name in whole.namelist()}


def test_a_version_names_its_photographs_and_reads_as_it_was() -> None:
    stored, taken = taken_out(pictured().to_dict())
    assert {digest: tuple(found) for digest, found in taken.items()} == {
        DIGEST: (PHOTO, "image/jpeg")
    }
    assert digests_named(stored) == {DIGEST}
    assert put_in(stored, {DIGEST: PHOTO}) == pictured().to_dict()
    with pytest.raises(KeyError):
        put_in(stored, {})


@every("text", ["not Base64" * 40, "QUJ" * 100 + "QR==", "", None, 7])
def test_what_would_not_come_back_the_same_stays(text: Any) -> None:
    payload = {"items": [{"figures": [{"image": text}]}, {"figures": None}, 3]}
    assert taken_out(payload) == (payload, {})


def test_what_was_issued_before_reads_the_same(
    issued: IssuedPrescription, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        whole = issued.whole_payload()
    assert (
        whole
        == dataclasses.replace(pictured(), program=str(issued.program_id), version=1).to_dict()
    )
    migration.take_out(None, connection.schema_editor())
    assert IssuedPhotograph.objects.count() == 1
    migration.put_in_again(None, connection.schema_editor())
    issued.refresh_from_db()
    assert issued.payload == whole


def test_one_that_is_not_there_is_damage(issued: IssuedPrescription) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM programs_issuedphotograph")
    with pytest.raises(PrescriptionError, match="photograph"):
        issued.prescription()


@pytest.mark.parametrize(
    "change",
    ["content = 'other'", "content = '', stored_digest = repeat('0', 64), stored_bytes = 1",
     "digest = repeat('0', 64)", "content_type = 'image/png'", "stored_bytes = 1"],
)  # fmt: skip
def test_the_database_lets_it_go_only_as_what_it_is(
    issued: IssuedPrescription, change: str
) -> None:
    with pytest.raises((IntegrityError, DatabaseError)), connection.cursor() as cursor:  # noqa: SIM117
        with transaction.atomic():
            cursor.execute(f"UPDATE programs_issuedphotograph SET {change}")  # noqa: S608
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        IssuedPhotograph.objects.all().delete()


def test_versions_share_one_file_until_the_last_record_is_erased(
    bucket: Any, issued: IssuedPrescription, case: Case, practice: Practice, alice: User
) -> None:
    other = factories.CaseFactory(patient__practice=practice)
    issued_before(other, alice)
    assert tidy_files() == {"stored": 2}
    assert names(bucket) == [f"practices/{practice.pk}/{DIGEST}"]
    assert {bytes(row.content) for row in IssuedPhotograph.objects.all()} == {b""}
    assert issued.prescription().items[0] == pictured().items[0]
    for gone, left in ((case, 1), (other, 0)):
        with wall.within(practice.pk):
            passages.erase_patient(gone.patient_id, reason="asked", by=None)
        tidy_files()
        assert (len(names(bucket)), IssuedPhotograph.objects.count()) == (left, left)


def test_the_page_is_there_while_the_bucket_is_away(
    bucket: Any, issued: IssuedPrescription, case: Case
) -> None:
    phone = Client(raise_request_exception=False)
    access = PatientAccess.objects.get(case=case)
    page = open_door(phone, access, case.patient.date_of_birth.year)
    picture = f"{page}pictures/1-1-1/"
    assert phone.get(picture).content == PHOTO
    tidy_files()
    assert phone.get(picture).content == PHOTO
    bucket.objects.delete()
    assert picture in phone.get(page).content.decode()
    for address in (picture, f"{page}print/"):
        answer = phone.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "This page is having a short break" in main_text(answer)


def test_an_export_has_each_photograph_or_names_it(
    bucket: Any, issued: IssuedPrescription, case: Case, alice_client: Client
) -> None:
    name = f"photographs/{DIGEST}.jpeg"
    whole = export_of(alice_client, case)
    assert (whole[name], whole["record.json"].decode().count(DIGEST) > 1) == (PHOTO, True)
    tidy_files()
    assert export_of(alice_client, case)[name] == PHOTO
    bucket.objects.filter(Prefix=f"practices/{case.practice_id}/{DIGEST}").delete()
    left = export_of(alice_client, case)
    assert name not in left
    assert name in left["INCOMPLETE.txt"].decode()


def test_charlie_sees_none_of_it(
    issued: IssuedPrescription, case: Case, other_practice: Practice
) -> None:
    for scope in ({"practice": other_practice.pk}, {"practice": case.practice_id, "case": uuid4()}):
        with wall.within(**scope):  # type: ignore[arg-type]
            assert not IssuedPhotograph.objects.exists()
    with wall.within(case.practice_id, case=case.pk):
        assert IssuedPhotograph.objects.count() == 1
