"""The review page shows a case as a whole, and its end does what it says, once."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from clinic.models import User
from patients.measures.actions import add_measures
from patients.models import Case, CaseReview
from programs.followup.goals import actions as goal_actions
from programs.prescriptions.models import IssuedPrescription, Program
from tests.clock import SetClock
from tests.factories import AlertFactory, AnswerFactory
from tests.patients.pages import errors, main_text, said
from tests.programs.followup.conftest import NOW, STARTED, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _draftless(issued: IssuedPrescription, clock: SetClock) -> None:
    """The patient has version 1, and nobody works on the next."""
    Program.objects.update(draft_open=False, review_on=TODAY)
    clock(NOW)


def end(client: Client, case: Case, outcome: str, **changes: str) -> Any:
    data = {
        "outcome": outcome,
        "note": "Walks further.",
        "next_on": "2026-12-18",
        "token": str(uuid4()),
        **changes,
    }
    return client.post(reverse("case_review", args=[case.pk]), data, follow=True)


def test_the_page_shows_the_case_as_a_whole(alice_client: Client, case: Case, alice: User) -> None:
    goal = goal_actions.add_goal(case=case, actor=alice, words="Walk to the shop")
    goal_actions.score_goals(case=case, scores={goal.pk: 4}, actor=alice, client_id=uuid4())
    add_measures(case=case, actor=alice, taken_on=TODAY, values={"pain": 6}, key=uuid4())
    AlertFactory(case=case, code="worsening", urgency="soon")
    words = main_text(alice_client.get(reverse("case_review", args=[case.pk])))
    assert "Worse than at the start" in words
    assert "Last 7 days." in words
    assert "Walk to the shop 4 of 10, scored once" in words
    assert "Pain 6 of 10, measured once." in words
    assert "3 to 5 activities tell more than one." in words
    assert "Version 1, issued 26 Oct 2026. Review 20 Nov 2026." in words


def test_a_red_flag_stands_above_what_is_decided(alice_client: Client, case: Case) -> None:
    flag = AnswerFactory(case=case, code="rf_foot_drop")
    page = alice_client.get(reverse("case_review", args=[case.pk]))
    words = main_text(page)
    assert words.index("Medical review today") < words.index("Decide")
    assert reverse("red_flag_clear", args=[case.pk, flag.pk]) in page.content.decode()


def test_it_goes_on_until_another_day(alice_client: Client, case: Case, alice: User) -> None:
    key = str(uuid4())
    for _ in range(2):
        page = end(alice_client, case, "continue", token=key)
    assert said(page) == ["The review is on record. The program goes on as it is."]
    program = Program.objects.get()
    assert (program.review_on, program.draft_open) == (dt.date(2026, 12, 18), False)
    assert [(r.outcome, r.by, r.note) for r in case.reviews.all()] == [
        ("continue", alice, "Walks further.")
    ]
    line = main_text(alice_client.get(reverse("case_timeline", args=[case.pk])))
    assert "Review: continue as it is, next on 18 Dec 2026. Walks further." in line


def test_a_draft_that_is_thrown_away_leaves_the_next_review_where_it_was_put(
    alice_client: Client, case: Case, alice: User, issued: IssuedPrescription
) -> None:
    copy = {"title": "Low back", "note": "", "review_on": "2026-11-20", "items": []}
    issued.program.prescriptions.create(
        version=2, payload=issued.payload, draft=copy, digest="1" * 64, issue_key=uuid4(),
        issued_by=alice, issued_at=STARTED,
    )  # fmt: skip
    end(alice_client, case, "continue")
    end(alice_client, case, "amend")
    alice_client.post(reverse("program_discard", args=[issued.program_id]))
    program = Program.objects.get()
    assert (program.draft_open, program.review_on) == (False, dt.date(2026, 12, 18))


def test_amending_opens_a_draft(alice_client: Client, case: Case) -> None:
    page = end(alice_client, case, "amend")
    program = Program.objects.get()
    assert program.draft_open
    assert page.redirect_chain == [(reverse("program", args=[program.pk]), 302)]
    assert case.reviews.get().next_on is None


def test_a_discharge_ends_and_offers_the_summary(alice_client: Client, case: Case) -> None:
    page = end(alice_client, case, "discharge")
    case.refresh_from_db()
    assert case.closed_at == NOW
    assert Program.objects.get().ended_at == NOW
    assert said(page) == ["The case is closed and the program has ended. Print the summary."]
    assert "<h1>Progress report</h1>" in page.content.decode()
    assert page.context["form"]["note"].value() == "Walks further."


def test_a_red_flag_comes_first_and_nothing_is_lost(alice_client: Client, case: Case) -> None:
    AnswerFactory(case=case, code="rf_foot_drop")
    page = end(alice_client, case, "discharge", note="Sent to the doctor.")
    assert page.status_code == 422
    words = main_text(page)
    assert "Clear the open red flag with a note first, then close the case." in words
    assert "Sent to the doctor." in words
    assert Program.objects.get().ended_at is None
    assert not case.reviews.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"next_on": "2026-11-20"}, "Choose a day to come, within a year."),
        ({"next_on": ""}, "Choose a day to come, within a year."),
        ({"note": " "}, "Write what you found, and why you decide so."),
        ({"outcome": ""}, "Choose how it goes on."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    alice_client: Client, case: Case, changes: dict[str, str], words: str
) -> None:
    page = end(alice_client, case, **{"outcome": "continue", **changes})
    assert errors(page) == [words]


def test_without_a_program_there_is_nothing_to_go_on(alice_client: Client, case: Case) -> None:
    Program.objects.update(ended_at=NOW)
    page = end(alice_client, case, "continue")
    assert "No program is running. Start one on the case’s page, or discharge." in main_text(page)


def test_a_draft_has_a_review_day_of_its_own(alice_client: Client, case: Case) -> None:
    Program.objects.update(draft_open=True)
    page = end(alice_client, case, "continue")
    assert "A draft is open. Issue or discard it first" in main_text(page)


def test_the_database_keeps_what_was_decided(alice_client: Client, case: Case) -> None:
    end(alice_client, case, "amend")
    for change in (lambda: CaseReview.objects.update(note="x"), CaseReview.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
