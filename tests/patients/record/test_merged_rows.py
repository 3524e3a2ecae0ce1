"""Every row of a patient has its place in a merge, and the record of a merge stays."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from clinic.models import Practice, User
from patients.models import Case, Patient, PatientMerge
from patients.record.actions import change_patient
from patients.record.merge_actions import MOVED, MergeRefused, merge_patients, take_merge_back
from tests.factories import CaseFactory, PatientFactory
from tests.patients.record.test_at_once import at_once

#: Rows that point at a patient and stay where they are: the merge itself reads them.
STAYING = {
    ("patients.Patient", "merged_into"),
    ("patients.PatientMerge", "kept"),
    ("patients.PatientMerge", "gone"),
    # What each record is found by: its own name and number, which stay with it.
    ("patients.PatientKey", "patient"),
}
NOTHING_DIFFERS = {"full_name": "kept"}


def merge(kept: Patient, gone: Patient, actor: User) -> PatientMerge:
    seen = (kept.revision, gone.revision)
    return merge_patients(
        kept=kept,
        gone=gone,
        actor=actor,
        seen=seen,
        choices=NOTHING_DIFFERS,
        reason="One person.",
    )


@pytest.fixture
def pair(practice: Practice) -> tuple[Patient, Patient]:
    return PatientFactory(practice=practice), PatientFactory(practice=practice)


def test_every_table_that_points_at_a_patient_is_known_to_the_merge() -> None:
    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Patient
    }
    assert pointing == set(MOVED.items()) | STAYING


def _references() -> set[tuple[str, str]]:
    """Tables and columns that point at the table of patients, as the database knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT source.relname, col.attname
            FROM pg_constraint con
            JOIN pg_class source ON source.oid = con.conrelid
            JOIN pg_class target ON target.oid = con.confrelid
            JOIN unnest(con.conkey) AS key(number) ON true
            JOIN pg_attribute col ON col.attrelid = source.oid AND col.attnum = key.number
            WHERE con.contype = 'f' AND target.relname = 'patients_patient'
            AND col.attname <> 'practice_id'
            """
        )
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_the_database_knows_no_other_way_to_a_patient() -> None:
    assert _references() == {
        ("patients_case", "patient_id"),
        ("patients_patient", "merged_into_id"),
        ("patients_patientkey", "patient_id"),
        ("patients_patientmerge", "kept_id"),
        ("patients_patientmerge", "gone_id"),
    }


@pytest.mark.django_db
def test_the_record_of_a_merge_is_never_changed_or_removed(
    pair: tuple[Patient, Patient], alice: User
) -> None:
    made = merge(*pair, alice)
    back = take_merge_back(merge=made, actor=alice)
    for rows in (PatientMerge.objects.filter(pk=made.pk), type(back).objects.all()):
        for change in (lambda rows=rows: rows.update(practice=made.practice), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


@pytest.mark.django_db
def test_no_merge_reaches_into_another_practice(
    pair: tuple[Patient, Patient], alice: User, other_practice: Practice
) -> None:
    foreign = PatientFactory(practice=other_practice)
    with pytest.raises(MergeRefused):
        merge(pair[0], foreign, alice)
    with pytest.raises(DatabaseError), transaction.atomic():
        Patient.objects.filter(pk=pair[1].pk).update(merged_into=foreign)
    with pytest.raises(DatabaseError), transaction.atomic():
        Patient.objects.filter(pk=pair[1].pk).update(merged_into=pair[1])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_one_merge_is_made(
    pair: tuple[Patient, Patient], alice: User, bob: User
) -> None:
    one, other = pair
    case = CaseFactory(patient=other)

    def tried(kept: Patient, gone: Patient, actor: User) -> object:
        try:
            return merge(kept, gone, actor).pk
        except MergeRefused:
            return "refused"

    made = at_once(lambda: tried(one, other, alice), lambda: tried(one, other, bob))
    assert made[0] == made[1] == PatientMerge.objects.get().pk
    case.refresh_from_db()
    assert case.patient == one


@pytest.mark.django_db(transaction=True)
def test_the_same_two_merged_both_ways_at_once_go_one_way(
    pair: tuple[Patient, Patient], alice: User, bob: User
) -> None:
    one, other = pair

    def tried(kept: Patient, gone: Patient, actor: User) -> str:
        try:
            merge(kept, gone, actor)
        except MergeRefused:
            return "refused"
        return "merged"

    made = at_once(lambda: tried(one, other, alice), lambda: tried(other, one, bob))
    assert sorted(made) == ["merged", "refused"]
    assert sorted(p.merged_into is None for p in Patient.objects.all()) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_merge_and_an_edit_at_once_do_not_wait_for_each_other_for_ever(
    pair: tuple[Patient, Patient], alice: User, bob: User
) -> None:
    one, other = pair
    cases: list[Case] = [CaseFactory(patient=patient) for patient in (one, other, one, other)]
    values = {
        "full_name": one.full_name,
        "date_of_birth": one.date_of_birth,
        "sex": "female",
        "email": "",
        "phone": "",
        "clinician_notes": "",
    }

    def merged() -> str:
        try:
            merge(one, other, alice)
        except Exception as outcome:
            return type(outcome).__name__
        return "merged"

    def edited() -> str:
        change_patient(patient=one, actor=bob, seen=1, values=values)
        return "edited"

    def edit() -> str:
        try:
            return edited()
        except Exception as outcome:
            return type(outcome).__name__

    made = at_once(merged, edit)
    # Whoever came second is told that the page was overtaken.
    assert made in (["merged", "StalePatient"], ["StaleMerge", "edited"])
    assert {case.patient_id for case in Case.objects.all()} <= {one.pk, other.pk}
    assert Case.objects.count() == len(cases)
