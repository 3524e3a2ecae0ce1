"""Issuing and what follows in one press: the paper, or the link for the patient."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from programs.prescriptions.models import IssuedPrescription, Program
from tests import factories
from tests.programs.builder.test_builder_page import text, url
from tests.programs.builder.test_builder_program import issue, issue_form


@pytest.fixture
def ready(draft: Program) -> Program:
    """A draft that can be issued."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    return draft


def test_issuing_from_the_program_leads_to_the_paper(ready: Program, alice_client: Client) -> None:
    page = alice_client.get(url(ready)).content.decode()
    form = page.split('id="program-status"')[1].split("</form>")[0]
    sent = dict(re.findall(r'name="(issue_key|revision|case_revision)" value="([^"]*)"', form))
    for _ in range(2):
        answer = alice_client.post(url(ready, "issue/"), {**sent, "then": "print"})
        assert answer.headers["Location"] == url(ready, "versions/1/handout/")
    assert IssuedPrescription.objects.count() == 1


def test_one_press_says_that_nothing_has_changed_and_prints(
    ready: Program, alice_client: Client
) -> None:
    issue(alice_client, ready)
    alice_client.post(url(ready, "amend/"))
    assert "Issue and print" not in text(alice_client.get(url(ready)))
    form = issue_form(alice_client, ready)
    form.pop("since", None)
    answer = alice_client.post(url(ready, "issue/"), {**form, "then": "unchanged-print"})
    assert answer.headers["Location"] == url(ready, "versions/2/handout/")
    assert ready.screen_reviews.get().changed is False


def test_issuing_leads_to_the_link_where_that_is_asked(
    ready: Program, alice_client: Client
) -> None:
    form = issue_form(alice_client, ready)
    answer = alice_client.post(url(ready, "issue/"), {**form, "then": "send"})
    assert answer.headers["Location"] == url(ready, "patient-link/")
