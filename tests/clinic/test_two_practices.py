"""Two tabs, two practices: what a page was loaded for is what it changes, or nothing is."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, Role, User
from patients.models import Patient
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db
NEW = reverse("patient_create")
ANN = {"full_name": "Ann O'Neil", "date_of_birth": "1950-02-03", "clinician_notes": "Left knee <b>"}


@pytest.fixture
def both(alice: User, alice_client: Client, other_practice: Practice) -> Client:
    """Alice owns Harbour and Hillside, and works in Hillside now."""
    MembershipFactory(user=alice, practice=other_practice, role=Role.OWNER)
    alice_client.post(reverse("switch_practice"), {"practice": other_practice.pk}, follow=True)
    return alice_client


def again(page: str) -> dict[str, str]:
    """The fields of the one form in the page's main part, with its button pressed."""
    form = re.findall(r"<form.*?</form>", page[page.index("<main") :], re.S)[0]
    found = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def test_a_form_of_the_other_practice_changes_nothing_and_can_be_sent_there(
    both: Client, practice: Practice, other_practice: Practice
) -> None:
    answer = both.post(NEW, {**ANN, "whose": practice.pk})
    assert answer.status_code == 409
    assert not Patient.objects.exists()
    words = main_text(answer)
    assert "This belongs to Harbour Physiotherapy" in words
    assert "Nothing was changed, in either of them." in words
    assert "Left knee <b>" in words
    assert both.get(reverse("dashboard")).context["practice"] == other_practice
    sent = both.post(NEW, again(answer.content.decode()))
    assert sent.status_code == 302
    patient = Patient.objects.get()
    assert (patient.practice, patient.full_name) == (practice, "Ann O'Neil")
    assert patient.clinician_notes == "Left knee <b>"
    assert both.get(reverse("dashboard")).context["practice"] == practice


def test_a_letterhead_is_not_written_into_the_other_practice(
    both: Client, practice: Practice, other_practice: Practice
) -> None:
    page = both.get(reverse("practice_settings")).content.decode()
    values = {**again(page), "emergency_number": "911", "whose": practice.pk}
    assert both.post(reverse("practice_settings"), values).status_code == 409
    other_practice.refresh_from_db()
    practice.refresh_from_db()
    assert {other_practice.emergency_number, practice.emergency_number} == {"112"}


def test_a_part_of_a_page_says_it_too(both: Client, practice: Practice) -> None:
    answer = both.post(NEW, ANN, headers={"HX-Request": "true", "X-Practice": str(practice.pk)})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "body")
    assert not Patient.objects.exists()


@pytest.mark.parametrize("whose", ["999999", "x", "-1"])
def test_a_practice_where_nobody_works_any_more_is_no_way_in(both: Client, whose: str) -> None:
    answer = both.post(NEW, {**ANN, "whose": whose, "switch_to": whose})
    assert answer.status_code == 409
    assert "where you do not work any more" in main_text(answer)
    assert "switch_to" not in answer.content.decode()
    assert not Patient.objects.exists()


def test_switching_without_meaning_it_takes_the_button(both: Client, practice: Practice) -> None:
    data = {**ANN, "whose": practice.pk, "switch_to": "1234567"}
    assert both.post(NEW, data).status_code == 409
    assert not Patient.objects.exists()


def test_an_address_of_another_practice_of_mine_offers_to_switch(
    both: Client, practice: Practice, charlie_client: Client
) -> None:
    patient = PatientFactory(practice=practice, full_name="Maria Ellison")
    answer = both.get(patient.get_absolute_url())
    assert answer.status_code == 409
    assert main_text(answer) == (
        "This belongs to Harbour Physiotherapy, Whitby "
        "You are working in Hillside Clinic, Whitby now. "
        "Switch to Harbour Physiotherapy, Whitby Stay in Hillside Clinic"
    )
    assert "Maria" not in answer.content.decode()
    went = both.post(reverse("switch_practice"), again(answer.content.decode()), follow=True)
    assert "Maria Ellison" in main_text(went)
    assert charlie_client.get(patient.get_absolute_url()).status_code == 404
    assert both.get("/patients/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_looking_elsewhere_leaves_the_page_where_it_was(both: Client, practice: Practice) -> None:
    assert both.get("/patients/00000000-0000-4000-8000-000000000000/").status_code == 404
    page = both.get(reverse("dashboard"))
    assert page.context["practice"].name == "Hillside Clinic"
