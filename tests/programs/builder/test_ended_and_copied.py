"""A program that was ended says so wherever its case is shown, and can be taken up again."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, User
from patients.models import Case
from programs.builder import actions
from programs.prescriptions.models import Program
from tests import factories
from tests.clock import NOW, TODAY, SetClock
from tests.patients.pages import main_text, said
from tests.programs.conftest import slugs

ENDED = "ended on 20 Nov 2026 by Bob Brown"


@pytest.fixture
def ended(draft: Program, alice: User, bob: User) -> Program:
    """Issued by Alice with a review in three weeks, and ended by Bob."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug", note="Slowly.")
    Program.objects.update(title="Back care", review_on=TODAY + dt.timedelta(weeks=3))
    draft.refresh_from_db()
    actions.issue(program=draft, actor=alice, issue_key=uuid4(), seen_revision=draft.revision)
    actions.end_program(program=draft, actor=bob)
    draft.refresh_from_db()
    return draft


def test_every_page_says_when_and_by_whom_it_was_ended(
    alice_client: Client, charlie_client: Client, ended: Program, stenosis: Case
) -> None:
    case_page = main_text(alice_client.get(stenosis.get_absolute_url()))
    assert f"Back care {ENDED}. The patient has no program now." in case_page
    assert "No program yet" not in case_page
    for url in (reverse("dashboard"), reverse("patient_list")):
        assert main_text(alice_client.get(url)).count(f"Program {ENDED}") == 1
        assert ENDED not in main_text(charlie_client.get(url))
    assert f"Program {ENDED}" in main_text(alice_client.get(stenosis.patient.get_absolute_url()))
    assert ENDED in main_text(alice_client.get(reverse("program", args=[ended.pk])))


def test_a_case_that_never_had_one_still_says_no_program_yet(
    alice_client: Client, stenosis: Case
) -> None:
    assert "No program yet." in main_text(alice_client.get(stenosis.get_absolute_url()))
    assert "Program ended" not in main_text(alice_client.get(reverse("patient_list")))


def test_a_program_that_runs_again_is_no_ended_one(
    alice_client: Client, ended: Program, alice: User, stenosis: Case
) -> None:
    actions.create_program(case=stenosis, actor=alice)
    assert ENDED not in main_text(alice_client.get(reverse("patient_list")))


def test_it_is_copied_into_a_new_draft_once(
    bob_client: Client,
    bob: User,
    charlie_client: Client,
    ended: Program,
    stenosis: Case,
    clock: SetClock,
) -> None:
    url = reverse("program_copy", args=[ended.pk])
    assert charlie_client.post(url).status_code == 404
    clock(NOW + dt.timedelta(days=40))
    bob_client.force_login(bob)
    page = bob_client.post(url, follow=True)
    assert said(page) == ["A new draft with the same exercises. Look at each first."]
    made = Program.objects.get(case=stenosis, ended_at=None)
    assert page.redirect_chain[-1][0] == reverse("program", args=[made.pk])
    assert (made.title, made.draft_open, slugs(made)) == ("Back care", True, ["dead-bug"])
    assert made.items.get().note == "Slowly."
    assert made.review_on == TODAY + dt.timedelta(days=40 + 21)
    assert said(bob_client.post(url, follow=True)) == [
        "This case has a program already. Here it is."
    ]
    assert Program.objects.filter(case=stenosis).count() == 2
    entry = AuditEntry.objects.get(action="program.copy")
    assert entry.details == {"source": str(ended.pk), "items": 1}
