"""Two records of one person are made one from the patient's page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from patients.models import Case, Patient, PatientMerge
from tests.factories import CaseFactory, PatientFactory
from tests.patients.pages import errors, filled, main_text, said, texts
from tests.patients.people.merges import LIST, chosen, merge_url, merged

pytestmark = pytest.mark.django_db


def test_from_the_patients_page_to_one_record(
    alice_client: Client, ann: Patient, twice: Patient, her_case: Case
) -> None:
    CaseFactory(patient=ann)
    find = reverse("patient_merge_find", args=[ann.pk])
    assert find in alice_client.get(ann.get_absolute_url()).content.decode()
    page = alice_client.get(find, {"q": "leigh"})
    assert texts(page, "people__name") == ["Anne Leigh"]

    words = main_text(alice_client.get(merge_url(ann, twice)))
    assert "1 case of Anne Leigh moves with programs, links, logs and alerts." in words
    assert "The name Anne Leigh and its address lead to Ann Lee from then on." in words
    for side in (
        "Name Ann Lee differs Date of birth 2 Mar 1948 differs",
        "Name Anne Leigh differs Date of birth 2 Mar 1949 differs",
        "Left knee, open since 5 Jan 2026",
    ):
        assert side in words
    page = alice_client.post(merge_url(ann, twice), chosen(alice_client, ann, twice), follow=True)
    assert said(page) == [
        "Anne Leigh is now recorded under Ann Lee. 1 case moved. "
        "2 cases are open now. Close the ones that you do not need."
    ]
    assert {"Left knee", "Low back and right leg"} <= set(texts(page, "case-line"))
    her_case.refresh_from_db()
    assert her_case.patient == ann


def test_likely_ones_are_offered_first(
    alice_client: Client, ann: Patient, twice: Patient, practice: Practice
) -> None:
    like = PatientFactory(practice=practice, full_name="Lee, Ann", date_of_birth=date(1990, 1, 1))
    page = alice_client.get(reverse("patient_merge_find", args=[ann.pk]))
    assert page.context["others"] == [like]
    assert "same name" in main_text(page)


def test_where_they_differ_each_field_is_chosen_and_the_other_value_kept(
    alice_client: Client, ann: Patient, twice: Patient
) -> None:
    sent = chosen(alice_client, ann, twice)
    # What only one of them says is proposed, and both notes.
    assert (sent["email"], sent["phone"], sent["clinician_notes"]) == ("gone", "kept", "both")
    merge = merged(alice_client, ann, twice, date_of_birth="gone")
    ann.refresh_from_db()
    assert (ann.full_name, ann.date_of_birth) == ("Ann Lee", date(1949, 3, 2))
    assert (ann.email, ann.phone) == ("ann@example.org", "020 7946 0018")
    assert ann.clinician_notes == "Prefers mornings.\n\nDeaf in one ear."
    assert merge.values["phone"] == {
        "kept": "020 7946 0018",
        "gone": "01947 123456",
        "choice": "kept",
        "result": "020 7946 0018",
    }
    words = main_text(alice_client.get(ann.get_absolute_url()))
    assert (
        "Anne Leigh , born 2 Mar 1949, was merged into this record 20 Nov 2026, 09:30 "
        "by Alice Archer: She says so herself."
    ) in words
    assert (
        "Not kept in the record: Name Anne Leigh Date of birth 2 Mar 1948 Phone 01947 123456"
    ) in words


def test_a_field_without_a_choice_and_no_reason_are_told(
    alice_client: Client, ann: Patient, twice: Patient
) -> None:
    sent = {**filled(alice_client, merge_url(ann, twice)), "reason": "", "phone": "x"}
    page = alice_client.post(merge_url(ann, twice), sent)
    assert errors(page) == ["Choose which one stands.", "Say in a few words why."]
    assert PatientMerge.objects.count() == 0


def test_two_notes_that_do_not_fit_together_are_told(
    alice_client: Client, ann: Patient, twice: Patient
) -> None:
    Patient.objects.update(clinician_notes="")
    Patient.objects.filter(pk=ann.pk).update(clinician_notes="a" * 4000)
    Patient.objects.filter(pk=twice.pk).update(clinician_notes="b" * 1000)
    page = alice_client.post(merge_url(ann, twice), chosen(alice_client, ann, twice))
    assert errors(page) == [
        "Both together are 5002 characters, 5000 fit. "
        "Choose one; the other stays in the record of the merge."
    ]


def test_the_old_address_and_name_lead_to_the_record_that_stays(
    alice_client: Client, ann: Patient, twice: Patient
) -> None:
    merged(alice_client, ann, twice)
    page = alice_client.get(twice.get_absolute_url(), follow=True)
    assert page.redirect_chain == [(ann.get_absolute_url(), 302)]
    assert said(page)[-1] == "Anne Leigh is now recorded under Ann Lee."
    assert texts(alice_client.get(LIST), "people__name") == ["Ann Lee"]
    page = alice_client.get(LIST, {"q": "Anne Leigh"})
    assert texts(page, "people__name") == []
    assert "Anne Leigh , born 2 Mar 1949, is now recorded under Ann Lee ." in main_text(page)
    for name in ("patient_edit", "patient_merge_find"):
        page = alice_client.get(reverse(name, args=[twice.pk]), follow=True)
        assert page.redirect_chain == [(ann.get_absolute_url(), 302)]
    page = alice_client.get(reverse("case_create", args=[twice.pk]), follow=True)
    assert page.redirect_chain == [(reverse("case_create", args=[ann.pk]), 302)]


def test_the_one_who_registered_it_still_sees_the_patient(
    alice_client: Client, bob_client: Client, ann: Patient, twice: Patient
) -> None:
    merged(alice_client, ann, twice)
    assert texts(bob_client.get(reverse("dashboard")), "people__name") == ["Ann Lee"]


def test_registering_the_old_name_again_points_to_the_record_that_stays(
    alice_client: Client, ann: Patient, twice: Patient
) -> None:
    merged(alice_client, ann, twice)
    again = {"full_name": "Anne Leigh", "date_of_birth": "1990-01-01"}
    page = alice_client.post(reverse("patient_create"), again)
    assert "(now recorded under Ann Lee )" in main_text(page)
    edit = reverse("patient_edit", args=[ann.pk])
    sent = {**filled(alice_client, edit), "full_name": "Anne Leigh"}
    assert alice_client.post(edit, sent).status_code == 302
