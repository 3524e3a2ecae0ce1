"""Erasing a patient: everything goes, what must stay stays, and nobody else can remove a row."""

import datetime as dt
import uuid
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from clinic import wall
from clinic.models import AuditEntry, Look, Practice, User
from clinic.wall import passages
from clinic.wall.belongings import belongings
from patients.models import Case, Erasure, Patient
from programs.exchange.retention import keep_until
from tests import factories
from tests.kept_rows import put_catalogue, put_demo
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(practice: Practice) -> Case:
    return factories.CaseFactory(patient__practice=practice, patient__full_name="Hannah Hale")


def erase(client: Client, patient: Patient, **changes: str) -> Any:
    sure = {"reason": "asked", "sure": str(patient.pk), **changes}
    return client.post(reverse("patient_erase", args=[patient.pk]), sure, follow=True)


def holding(word: str) -> list[str]:
    """The tables with a row that says this word anywhere."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(
                f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text ILIKE %s)",  # noqa: S608
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_every_patient_of_the_demo_goes_without_a_trace() -> None:
    put_demo()
    practice = Practice.objects.get(name="Harbour Physiotherapy")
    patients = list(practice.patients.standing())
    numbers = [patient.pk for patient in practice.patients.all()]
    with wall.within(practice.pk):
        for patient in patients:
            counts = passages.erase_patient(patient.pk, reason="asked", by=None)
            assert counts is not None
            assert counts["patients.Patient"] >= 1
    connection.check_constraints()
    assert Erasure.objects.count() == len(patients)
    for kind in belongings("patients.Patient"):
        assert not kind.rows(numbers).exists(), kind.model
    others = Practice.objects.get(name="Hillside Physical Therapy")
    assert others.patients.exists()
    for patient in patients:
        surname = patient.full_name.split()[-1]
        assert holding(surname) == [], surname


def test_what_keeps_the_rows_of_a_patient_steps_aside_for_it() -> None:
    tables = [kind.model._meta.db_table for kind in belongings("patients.Patient")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.tgname FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid "
            "WHERE g.tgrelid::regclass::text = ANY (%s) AND p.proname = ANY (%s) "
            "AND pg_get_triggerdef(g.oid) NOT LIKE '%%wall_erasing()%%'",
            [tables, ["patients_refuse_change", "programs_forbid_change"]],
        )
        assert cursor.fetchall() == []


def test_it_takes_two_steps_and_a_reason(alice_client: Client, case: Case) -> None:
    url = reverse("patient_erase", args=[case.patient_id])
    assert "It cannot be brought back" in main_text(alice_client.get(url))
    assert "This field is required" in main_text(alice_client.post(url, {}))
    asked = alice_client.post(url, {"reason": "asked"})
    assert "Erase everything about Hannah Hale" in main_text(asked)
    assert Patient.objects.filter(pk=case.patient_id).exists()
    done = erase(alice_client, case.patient)
    assert "The record is erased. That it was, and by whom, is kept." in done.content.decode()
    assert not Patient.objects.filter(pk=case.patient_id).exists()
    assert alice_client.get(url).status_code == 404


def test_what_stays_says_who_and_when_without_a_name(
    alice_client: Client, alice: User, case: Case
) -> None:
    alice_client.get(case.get_absolute_url())
    erase(alice_client, case.patient)
    row = Erasure.objects.get()
    assert (row.patient, row.reason, row.erased_by) == (case.patient_id, "asked", alice)
    assert row.counts["patients.Case"] == 1
    assert Look.objects.filter(patient=case.patient_id, page="case").exists()
    actions = AuditEntry.objects.filter(patient=case.patient_id).values_list("action", flat=True)
    assert {"case.open", "patient.erase"} <= set(actions)
    assert holding("Hannah") == []
    page = alice_client.get(reverse("access_record"), {"patient": str(case.patient_id)})
    assert "No longer here" in main_text(page)
    listed = main_text(alice_client.get(reverse("data_and_access")))
    assert "Alice Archer : The patient asked for it." in listed


@pytest.mark.parametrize("who", ["bob_client", "charlie_client"])
def test_it_is_for_the_lead_of_this_practice(
    who: str, case: Case, request: pytest.FixtureRequest
) -> None:
    erase(request.getfixturevalue(who), case.patient)
    assert Patient.objects.filter(pk=case.patient_id).exists()


def test_a_merged_record_goes_with_the_one_that_stands(alice_client: Client, case: Case) -> None:
    gone = factories.PatientFactory(practice=case.practice, full_name="Hanna Hale")
    Patient.objects.filter(pk=gone.pk).update(merged_into=case.patient)
    assert erase(alice_client, gone).status_code == 404
    erase(alice_client, case.patient)
    assert not Patient.objects.filter(pk__in=[gone.pk, case.patient_id]).exists()


def test_the_application_erases_nothing_by_itself(case: Case) -> None:
    """Neither by the word that the owner's function says, nor in another practice."""
    factories.AnswerFactory(case=case)
    by_hand = (
        "SELECT set_config('homeward.erasing', 'yes', true); DELETE FROM patients_screenanswer"
    )
    with (
        wall.within(case.practice_id),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(by_hand)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        case.answers.all().delete()
    other = factories.PracticeFactory(name="Far Away")
    with wall.within(other.pk):
        assert passages.erase_patient(case.patient_id, reason="asked", by=None) is None
    with wall.within(case.practice_id, case=case.pk):
        assert passages.erase_patient(case.patient_id, reason="asked", by=None) is None
    assert passages.erase_patient(uuid.uuid4(), reason="asked", by=None) is None


def test_an_erasure_is_kept(alice_client: Client, case: Case) -> None:
    erase(alice_client, case.patient)
    for change in (lambda: Erasure.objects.update(reason="mistake"), Erasure.objects.all().delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_photographs_that_were_taken_down_really_go(
    alice_client: Client, alice: User, practice: Practice
) -> None:
    put_catalogue()
    shown = factories.ExercisePictureFactory(practice=practice, created_by=alice)
    down = factories.ExercisePictureFactory(
        practice=practice, created_by=alice, exercise=shown.exercise, retired_at=shown.created_at
    )
    said = alice_client.post(reverse("photographs_erase"), follow=True).content.decode()
    assert "1 photograph is erased." in said
    left = type(shown).objects.values_list("pk", flat=True)
    assert list(left) == [shown.pk]
    assert down.pk not in left


# --- Retention ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "last", "years", "until"),
    [
        ("1980-05-01", "2016-03-01", 8, "2024-03-01"),
        ("1980-05-01", "2016-02-29", 1, "2017-03-01"),
        ("2008-05-01", "2016-03-01", 8, "2033-05-01"),
        ("2008-05-01", "2025-06-01", 8, "2034-05-01"),
        ("2008-05-01", "2026-05-01", 8, "2034-05-01"),
    ],
)
def test_how_long_a_record_is_kept(born: str, last: str, years: int, until: str) -> None:
    day = dt.date.fromisoformat
    assert keep_until(day(born), day(last), years) == day(until)


def retention(*options: str) -> str:
    said = StringIO()
    call_command("retention", *options, stdout=said)
    return said.getvalue()


def test_retention_lists_first_and_erases_then(practice: Practice, case: Case) -> None:
    old = factories.CaseFactory(patient__practice=practice).patient
    long_ago = dt.datetime(2016, 3, 1, 12, tzinfo=dt.UTC)
    Patient.objects.filter(pk=old.pk).update(touched_at=long_ago)
    assert retention("--dry-run").startswith(f"{practice}: no years are set, everything is kept.")
    Practice.objects.filter(pk=practice.pk).update(keep_years=8)
    listed = retention("--dry-run")
    line = f"  {old.pk}  last contact 2016-03-01, kept until 2024-03-01\n"
    assert listed.startswith(f"{line}{practice}: 1 record would be erased.")
    assert Patient.objects.filter(pk=old.pk).exists()
    assert f"{practice}: 1 record erased." in retention("--erase")
    assert list(practice.patients.all()) == [case.patient]
    row = Erasure.objects.get()
    assert (row.patient, row.reason, row.erased_by) == (old.pk, "retention", None)


def test_a_report_counts_as_contact(practice: Practice, case: Case) -> None:
    long_ago = dt.datetime(2016, 3, 1, 12, tzinfo=dt.UTC)
    Practice.objects.filter(pk=practice.pk).update(keep_years=8)
    case.symptom_logs.create(
        session=uuid.uuid4(), client_id=uuid.uuid4(), phase="before", at=long_ago, pain=3
    )
    Patient.objects.filter(pk=case.patient_id).update(touched_at=long_ago)
    assert f"{practice}: 0 records would be erased." in retention("--dry-run")


def test_the_lead_sets_the_years(alice_client: Client, practice: Practice) -> None:
    url = reverse("data_and_access")
    assert "100" in main_text(alice_client.post(url, {"keep_years": "101"}))
    alice_client.post(url, {"keep_years": "8"})
    practice.refresh_from_db()
    assert practice.keep_years == 8
    assert AuditEntry.objects.filter(action="practice.change").exists()
