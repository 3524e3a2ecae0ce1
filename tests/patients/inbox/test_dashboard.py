"""The first page: what needs attention, and my patients."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from clinic.models import Practice, User
from patients.inbox.actions import acknowledge
from patients.inbox.attention import AttentionItem, AttentionRank
from patients.models import Case, Patient
from tests.factories import AlertFactory, AnswerFactory, CaseFactory, PatientFactory
from tests.patients.pages import main_text, texts

URL = reverse("dashboard")
pytestmark = pytest.mark.django_db


def due_review(practice: Practice, user: User) -> list[AttentionItem]:
    """A provider as another app registers it."""
    at = timezone.now()
    return [AttentionItem(AttentionRank.SOON, "Rita Lopes", f"Review due for {user}.", "/x/", at)]


def names(response: Any) -> list[str]:
    return [str(row) for row in response.context["patients"]]


def test_an_empty_practice_is_told_where_to_start(alice_client: Client) -> None:
    page = main_text(alice_client.get(URL))
    assert page == (
        "Good to see you, Alice How the practice stands Register a patient "
        "Find a patient by name, date of birth or phone "
        "Search "
        "Needs attention Nothing right now. No alert address is set, so nobody gets an e-mail. "
        "Practice settings My patients Print handouts All patients of the practice "
        "No patients yet. Register the first patient"
    )


def test_my_patients_stand_in_the_order_i_touched_them(
    alice_client: Client, practice: Practice, alice: User, bob: User
) -> None:
    now = timezone.now()
    for minutes, name in ((3, "Third"), (1, "First"), (2, "Second")):
        PatientFactory(
            practice=practice,
            full_name=name,
            created_by=alice,
            touched_at=now - timedelta(minutes=minutes),
        )
    PatientFactory(practice=practice, full_name="Bob's own", created_by=bob)
    shared = PatientFactory(practice=practice, full_name="Handed over", created_by=bob)
    CaseFactory(patient=shared, clinician=alice)
    PatientFactory(practice=practice, created_by=alice, archived_at=now)
    assert names(alice_client.get(URL)) == ["Handed over", "First", "Second", "Third"]


def test_an_open_red_flag_needs_attention_until_it_is_cleared(
    bob_client: Client, case: Case, foreign_case: Case
) -> None:
    AnswerFactory(case=case, code="rf_foot_drop")
    AnswerFactory(case=case, code="rf_weight_loss")
    line = texts(bob_client.get(URL), "attention__text")
    assert line == ["Maria Sørensen Red flag: Foot drop. Low back and right leg."]
    AnswerFactory(case=case, code="rf_foot_drop", answer="no")
    assert texts(bob_client.get(URL), "attention__text") == []


def test_closed_cases_and_archived_patients_ask_for_nothing(
    alice_client: Client, practice: Practice
) -> None:
    now = timezone.now()
    closed = CaseFactory(patient=PatientFactory(practice=practice), closed_at=now)
    archived = CaseFactory(patient=PatientFactory(practice=practice, archived_at=now))
    for case in (closed, archived):
        AnswerFactory(case=case, code="rf_foot_drop")
    assert list(alice_client.get(URL).context["attention"]) == []


def test_other_apps_add_their_own_lines_and_the_urgent_come_first(
    alice_client: Client, case: Case, settings: Settings
) -> None:
    settings.ATTENTION_PROVIDERS = [f"{__name__}.due_review"]
    AnswerFactory(case=case, code="rf_foot_drop")
    AnswerFactory(
        case=CaseFactory(patient=PatientFactory(practice=case.practice)), code="rf_aaa_pattern"
    )
    assert texts(alice_client.get(URL), "urgency") == ["Emergency now", "Today", "Soon"]


def test_the_number_of_queries_does_not_grow(
    alice_client: Client,
    practice: Practice,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for more in (1, 11):
        for _ in range(more):
            patient = PatientFactory(practice=practice, created_by=alice)
            AnswerFactory(case=CaseFactory(patient=patient), code="rf_foot_drop")
        alice_client.get(URL)
        with django_assert_num_queries(15):
            alice_client.get(URL)


def test_long_lists_have_pages(alice_client: Client, practice: Practice, alice: User) -> None:
    for _ in range(11):
        patient = PatientFactory(practice=practice, created_by=alice)
        AnswerFactory(case=CaseFactory(patient=patient), code="rf_foot_drop")
    first = alice_client.get(URL, {"after": "nonsense"}).context["patients"]
    page = alice_client.get(URL, {"after": str(first.after), "attention": "2"})
    assert (len(first), len(page.context["patients"]), len(page.context["attention"])) == (10, 1, 3)
    assert "attention=2&amp;before=" in page.content.decode()


def test_a_stranger_sees_nothing_of_it(charlie_client: Client, case: Case) -> None:
    AnswerFactory(case=case, code="rf_foot_drop")
    page = charlie_client.get(URL)
    assert (names(page), list(page.context["attention"])) == ([], [])


def test_the_address_takes_no_post(alice_client: Client, maria: Patient) -> None:
    assert alice_client.post(URL).status_code == 405


def test_a_red_flag_on_top_of_the_page_is_not_said_twice(
    alice_client: Client, alice: User, case: Case
) -> None:
    for code in ("rf_saddle_numbness", "rf_foot_drop"):
        AnswerFactory(case=case, code=code, answered_by=None)
    alert = AlertFactory(case=case)
    line = "Maria Sørensen Red flag: Foot drop. Low back and right leg."
    assert texts(alice_client.get(URL), "attention__text") == [line]
    acknowledge(alert=alert, actor=alice, note="Rang her.")
    both = line.replace("Foot drop", "Saddle numbness, Foot drop")
    assert texts(alice_client.get(URL), "attention__text") == [both]
