"""The dashboard's day: what waits to be issued, reviews that are due, and what was opened last."""

from __future__ import annotations

import datetime as dt
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clinic.models import Practice, Role, User
from patients.models import Case
from patients.vocabulary import FINDINGS, RED_FLAGS
from programs.prescriptions.models import Program
from tests.clock import NOW, TODAY, SetClock
from tests.factories import AlertFactory, AnswerFactory, CaseFactory, PatientFactory, answer

pytestmark = pytest.mark.django_db
URL = reverse("dashboard")


def a_case(practice: Practice, clinician: User, name: str = "Maria Sørensen") -> Case:
    patient = PatientFactory(practice=practice, full_name=name, created_by=clinician)
    return CaseFactory(patient=patient, clinician=clinician, title="Back")


def a_program(case: Case, **values: object) -> Program:
    given = {"title": "Program", "created_by": case.clinician, "changed_by": case.clinician}
    return Program.objects.create(case=case, **{**given, **values})


def a_log(case: Case, pain: int | None, at: dt.datetime) -> None:
    case.symptom_logs.create(
        client_id=uuid.uuid4(), session=uuid.uuid4(), phase="before", at=at, pain=pain
    )


def day(client: Client) -> dict[str, list[tuple[str, str]]]:
    """Title → each patient with the next step."""
    lists = client.get(URL).context["desk"]
    return {
        one.title: [(row.case.patient.full_name, row.step.words) for row in one.rows]
        for one in lists
    }


def test_drafts_and_due_reviews_of_mine_stand_there_once(
    alice_client: Client, practice: Practice, alice: User, bob: User
) -> None:
    a_program(a_case(practice, alice, "Draft"))
    due = a_case(practice, alice, "Due")
    a_program(due, draft_open=False, review_on=TODAY)
    later = a_case(practice, alice, "Later")
    a_program(later, draft_open=False, review_on=TODAY + timedelta(days=1))
    a_program(a_case(practice, bob, "Bob's"))
    ended = a_case(practice, alice, "Ended")
    a_program(ended, ended_at=NOW)
    for case in (due, later):
        alice_client.get(case.get_absolute_url())
    assert day(alice_client) == {
        "Review due": [("Due", "Review, due 20 Nov")],
        "Waiting to be issued": [("Draft", "Issue version 1")],
        "Last opened": [("Later", "Running, review on 21 Nov")],
    }
    first = alice_client.get(URL).context["desk"][0].rows[0]
    assert first.step.url == reverse("case_review", args=[due.pk])


def test_the_next_step_follows_the_case(
    alice_client: Client, practice: Practice, alice: User
) -> None:
    case = a_case(practice, alice)
    alice_client.get(case.get_absolute_url())

    def step() -> str:
        (row,) = day(alice_client)["Last opened"]
        return row[1]

    assert step() == "Safety screen: 0 of 40 answered"
    answer(case, "no", (*RED_FLAGS, *FINDINGS))
    Case.objects.filter(pk=case.pk).update(pregnant="no", gave_birth="no")
    assert step() == "Start a program"
    AnswerFactory(case=case, code="rf_foot_drop", answer="yes")
    assert step() == "Clear the red flag"


def test_it_shows_the_condition_and_the_last_report(
    alice_client: Client, practice: Practice, alice: User
) -> None:
    case = a_case(practice, alice)
    a_program(case)
    (row,) = alice_client.get(URL).context["desk"][0].rows
    assert (row.conditions, row.report) == ("Back", "No report yet")
    a_log(case, pain=6, at=NOW - timedelta(days=3))
    a_log(case, pain=4, at=NOW - timedelta(days=1))
    a_log(case, pain=None, at=NOW)
    (row,) = alice_client.get(URL).context["desk"][0].rows
    assert row.report == "Pain 4 of 10, 19 Nov"


def test_what_was_opened_long_ago_and_by_others_is_not_there(
    alice_client: Client,
    bob_client: Client,
    practice: Practice,
    alice: User,
    bob: User,
    clock: SetClock,
) -> None:
    case = a_case(practice, bob)
    alice_client.get(case.get_absolute_url())
    assert "Last opened" in day(alice_client)
    assert day(bob_client) == {}
    clock(NOW + timedelta(days=4))
    alice_client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    assert day(alice_client) == {}


def test_a_closed_case_and_a_strangers_are_not_there(
    alice_client: Client, charlie_client: Client, practice: Practice, alice: User
) -> None:
    case = a_case(practice, alice)
    a_program(case)
    assert day(charlie_client) == {}
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
    assert day(alice_client) == {}


def test_the_queries_do_not_grow(
    alice_client: Client,
    practice: Practice,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for numbers in (range(1), range(1, 5)):
        for n in numbers:
            case = a_case(practice, alice, f"Draft {n}")
            a_program(case)
            a_log(case, pain=3, at=NOW - timedelta(days=1))
            AnswerFactory(case=case, code="glaucoma", answer="no")
        alice_client.get(URL)
        with django_assert_num_queries(24):
            alice_client.get(URL)


@pytest.mark.parametrize(("role", "steps"), [(Role.CLINICIAN, 1), (Role.ASSISTANT, 0)])
def test_who_does_not_treat_is_offered_no_step_that_decides(
    bob_client: Client, practice: Practice, bob: User, role: Role, steps: int
) -> None:
    practice.memberships.filter(user=bob).update(role=role)
    case = a_case(practice, bob)
    AnswerFactory(case=case, code="rf_saddle_numbness", answered_by=None)
    AlertFactory(case=case)
    bob_client.get(case.get_absolute_url())
    page = bob_client.get(URL).content.decode()
    assert page.count(">Clear it with a note</a>") == steps
    assert page.count(">Clear the red flag<") == steps
    assert page.count(">Look<") == 1 - steps
