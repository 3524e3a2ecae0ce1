"""Everything is found from anywhere: patients, exercises, and what one can do."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.models import Practice, Role, User
from patients.models import Case, Patient
from patients.screening.actions import record_answers
from tests.factories import CaseFactory, MembershipFactory, PatientFactory

pytestmark = pytest.mark.django_db
URL = reverse("find")


def lines(client: Client, typed: str) -> dict[str, list[str]]:
    page = client.get(URL, {"q": typed})
    assert page.status_code == 200
    return {group.title: [e.label for e in group.entries] for group in page.context["groups"]}


@pytest.mark.parametrize("typed", ["sorensen", "14.3.1985", "020 7946 0018"])
def test_a_patient_is_found_by_name_birth_date_and_phone(
    alice_client: Client, maria: Patient, foreign_case: Case, typed: str
) -> None:
    Patient.objects.filter(pk=maria.pk).update(phone="")
    other = PatientFactory(
        practice=maria.practice,
        full_name="Zoë Sorensen",
        date_of_birth=date(1985, 3, 14),
        phone="020 7946 0018",
        created_by=maria.created_by,
    )
    found = lines(alice_client, typed)["Patients"]
    assert str(other) in found
    assert str(foreign_case.patient) not in found
    assert ("Maria Sørensen" in found) is (typed != "020 7946 0018")


def test_one_open_case_is_one_press_away_and_of_two_the_patient_is(
    alice_client: Client, case: Case
) -> None:
    def url() -> str:
        return alice_client.get(URL, {"q": "maria"}).context["groups"][0].entries[0].url

    assert url() == case.get_absolute_url()
    CaseFactory(patient=case.patient, clinician=case.clinician)
    assert url() == case.patient.get_absolute_url()


def test_without_a_word_it_shows_whom_one_worked_with_and_where_to_go(
    alice_client: Client, case: Case
) -> None:
    assert lines(alice_client, "") == {
        "Patients": ["Maria Sørensen"],
        "Go to": [
            "Register a patient",
            "Dashboard",
            "Inbox",
            "All patients",
            "Exercises",
            "Add an exercise of your own",
            "Rules",
            "Practice settings",
            "Team",
            "My account",
        ],
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [("regis pat", ["Register a patient"]), ("password", ["My account"]), ("xyzzy", None)],
)
def test_what_one_can_do_is_found_by_other_words_too(
    alice_client: Client, typed: str, found: list[str] | None
) -> None:
    assert lines(alice_client, typed).get("Go to") == found


@pytest.mark.parametrize(("role", "registers"), [(Role.ASSISTANT, True), (Role.READ_ONLY, False)])
def test_nobody_is_offered_what_they_may_not_do(
    client: Client, practice: Practice, role: Role, registers: bool
) -> None:
    member = MembershipFactory(practice=practice, role=role)
    client.force_login(member.user, "django.contrib.auth.backends.ModelBackend")
    offered = set(lines(client, "")["Go to"])
    assert ("Register a patient" in offered) is registers
    assert not {"Practice settings", "Team", "Add an exercise of your own"} & offered
    assert {"Inbox", "All patients", "My account"} <= offered


def test_the_palette_asks_for_the_list_alone(alice_client: Client, case: Case) -> None:
    page = alice_client.get(URL, {"q": "maria"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert 'role="listbox"' in text
    assert "<main" not in text
    none = alice_client.get(URL, {"q": "xyzzy"}, headers={"HX-Request": "true"})
    assert "Nothing is found for “<bdi>xyzzy</bdi>”" in none.content.decode()


def test_it_takes_the_same_queries_however_many_are_found(
    alice_client: Client,
    alice: User,
    practice: Practice,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for numbers in (range(1), range(1, 6)):
        for number in numbers:
            name = f"Maria {number}"
            patient = PatientFactory(practice=practice, full_name=name, created_by=alice)
            CaseFactory(patient=patient, clinician=alice)
        alice_client.get(URL, {"q": "maria"})
        with django_assert_num_queries(10):
            alice_client.get(URL, {"q": "maria"})


def test_the_dashboards_search_opens_the_one_who_is_found(
    alice_client: Client, case: Case, foreign_case: Case
) -> None:
    home = alice_client.get(reverse("dashboard")).content.decode()
    assert 'name="go" value="1"' in home
    assert "autofocus" in home
    url = reverse("patient_list")
    screen = alice_client.get(url, {"q": "sorensen", "go": "1"})
    assert screen["Location"] == reverse("safety_screen", args=[case.pk])
    record_answers(case=case, actor=case.clinician, seen=0, answers={"osteoporosis": "no"})
    found = alice_client.get(url, {"q": "sorensen", "go": "1"})
    assert (found.status_code, found["Location"]) == (302, case.get_absolute_url())
    PatientFactory(practice=case.practice, full_name="Peter Sorensen")
    assert alice_client.get(url, {"q": "sorensen", "go": "1"}).status_code == 200
    assert alice_client.get(url, {"q": "nobody", "go": "1"}).status_code == 200
