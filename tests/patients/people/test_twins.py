"""Whether somebody is registered already is asked once, and nothing typed is lost."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from patients.models import Patient
from tests.factories import PatientFactory
from tests.patients.pages import filled, main_text, said
from tests.undone import undone

CREATE = reverse("patient_create")
ANN = {
    "full_name": "Anne-Marie O’Brien",
    "date_of_birth": "1948-03-02",
    "email": "ann@example.org",
    "phone": "020 7946 0018",
    "clinician_notes": "Prefers mornings.",
    "sex": "female",
}
OTHER_DAY = date(1970, 1, 1)
pytestmark = pytest.mark.django_db


LIKE = [
    ("Annemarie O'Brien", date(1948, 3, 2), "", "same name, same date of birth"),
    ("OBrien, Anne Marie", OTHER_DAY, "", "same name"),
    ("ANNE MARIE  O\u2019BRIEN", OTHER_DAY, "", "same name"),
    ("Mrs Ánne–Marie Oʼbrien", OTHER_DAY, "", "same name"),
    ("Annmarie OBrian", date(1948, 3, 2), "", "a name like it, same date of birth"),
    ("Anne O Brien", date(1948, 3, 2), "", "a name like it, same date of birth"),
    ("Anne OBrien", OTHER_DAY, "+44 20 7946 0018", "a name like it, same phone number"),
    (
        "Anne-Marie O’Brien",
        date(1948, 3, 2),
        "(020) 79460018",
        "same name, same date of birth, same phone number",
    ),
]


def test_somebody_like_a_patient_is_asked_about_once(
    alice_client: Client, practice: Practice
) -> None:
    sent = {**filled(alice_client, CREATE), **ANN}
    for name, born, phone, ways in LIKE:
        who = f"{name}, born {born}, {phone}"
        with undone():
            there = PatientFactory(
                practice=practice, full_name=name, date_of_birth=born, phone=phone
            )
            page = alice_client.post(CREATE, sent)
            assert page.context["twins"] == [there], who
            words = main_text(page)
            assert "Is this somebody you have already?" in words, who
            assert ways in words, who
            assert practice.patients.count() == 1, who
            form = page.context["form"]
            assert {name: form[name].value() for name in ANN} == ANN, who

            again = {field.html_name: field.value() or "" for field in form}
            assert alice_client.post(CREATE, again).status_code == 302, who
            assert practice.patients.count() == 2, who


NOT_LIKE = [
    ("John O’Brien", date(1948, 3, 2), "020 7946 0018"),
    ("Anne Brown", date(1948, 3, 2), "020 7946 0018"),
    ("Anne OBrien", OTHER_DAY, "020 7946 0019"),
    ("Anne OBrien", OTHER_DAY, ""),
]


def test_a_relative_or_a_stranger_is_not_asked_about(
    alice_client: Client, practice: Practice
) -> None:
    asked_about = []
    for name, born, phone in NOT_LIKE:
        with undone():
            PatientFactory(practice=practice, full_name=name, date_of_birth=born, phone=phone)
            if alice_client.post(CREATE, ANN).status_code != 302:
                asked_about.append((name, born, phone))
    assert not asked_about, str(asked_about)


def test_the_likeliest_is_named_first_and_an_archived_one_as_well(
    alice_client: Client, practice: Practice
) -> None:
    born = date(1948, 3, 2)
    anne = PatientFactory(practice=practice, full_name="Anne OBrien", date_of_birth=born)
    PatientFactory(practice=practice, full_name="Annemarie OBrien", date_of_birth=born)
    alice_client.post(reverse("patient_archive", args=[anne.pk]))
    page = alice_client.post(CREATE, ANN)
    assert [str(twin) for twin in page.context["twins"]] == ["Annemarie OBrien", "Anne OBrien"]
    said_of_anne = "Anne OBrien , born 2 Mar 1948 (archived) · a name like it, same date of birth"
    assert said_of_anne in main_text(page)


def test_another_practices_patients_are_never_named(
    alice_client: Client, other_practice: Practice
) -> None:
    PatientFactory(practice=other_practice, full_name="Anne-Marie O’Brien", phone="020 7946 0018")
    assert alice_client.post(CREATE, ANN).status_code == 302


def test_who_was_said_to_be_another_is_not_asked_about_but_the_next_one_is(
    alice_client: Client, practice: Practice
) -> None:
    PatientFactory(practice=practice, full_name="Annemarie OBrien")
    bea = PatientFactory(practice=practice, full_name="Bea Lee")
    page = alice_client.post(CREATE, ANN)
    again = {field.html_name: field.value() or "" for field in page.context["form"]}
    page = alice_client.post(CREATE, {**again, "full_name": "Béa Lee"})
    assert page.context["twins"] == [bea]
    again = {field.html_name: field.value() or "" for field in page.context["form"]}
    assert alice_client.post(CREATE, again).status_code == 302


@pytest.fixture
def ann(practice: Practice) -> Patient:
    values = {**ANN, "full_name": "Rose Hill", "date_of_birth": date(1948, 3, 2)}
    return PatientFactory(practice=practice, **values)


def test_an_edit_that_makes_two_alike_is_asked_about_once(
    alice_client: Client, practice: Practice, ann: Patient
) -> None:
    there = PatientFactory(practice=practice, full_name="Annemarie OBrien")
    url = reverse("patient_edit", args=[ann.pk])
    page = alice_client.post(url, {**filled(alice_client, url), "full_name": "Anne Marie O'Brien"})
    assert page.context["twins"] == [there]
    assert "A different person: save" in main_text(page)
    assert reverse("patient_merge", args=[ann.pk, there.pk]) in page.content.decode()
    form = page.context["form"]
    assert form["full_name"].value() == "Anne Marie O'Brien"
    ann.refresh_from_db()
    assert ann.full_name == "Rose Hill"

    again = {field.html_name: field.value() or "" for field in form}
    assert said(alice_client.post(url, again, follow=True)) == ["Saved."]
    ann.refresh_from_db()
    assert ann.full_name == "Anne Marie O'Brien"


def test_an_edit_of_something_else_asks_about_nobody(
    alice_client: Client, practice: Practice, ann: Patient
) -> None:
    PatientFactory(practice=practice, full_name="Rose Hill", phone="020 7946 0018")
    url = reverse("patient_edit", args=[ann.pk])
    sent = {**filled(alice_client, url), "clinician_notes": "Deaf in one ear."}
    assert said(alice_client.post(url, sent, follow=True)) == ["Saved."]


def test_patients_from_before_are_folded_again(practice: Practice) -> None:
    ann = PatientFactory(practice=practice, full_name="O’Brien Ann", phone="020 7946 0018")
    practice.patients.update(search_name="o’brien ann", name_key="", search_phone="")
    import_module("patients.migrations.0009_fold_names_and_numbers").fold_again(apps, None)
    ann.refresh_from_db()
    assert (ann.search_name, ann.name_key) == ("obrien ann", "abeinnnor")
    assert ann.search_phone == "442079460018"
