"""Whoever decides nothing sees no button for it, on the pages that they may look at."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse

from clinic.models import Practice, Role, User
from programs.prescriptions.models import Program
from tests.guards.test_roles import POSTS
from tests.guards.world import World
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"?]*)')


@pytest.fixture
def looking(practice: Practice, bob: User, bob_client: Client) -> Client:
    practice.memberships.filter(user=bob).update(role=Role.READ_ONLY)
    return bob_client


def buttons(client: Client, url: str) -> list[str]:
    """The names of the addresses that the page's forms are sent to, where a role matters."""
    sent = FORM.findall(client.get(url).content.decode())
    names = [str(resolve(action).url_name) for action in sent]
    return sorted({name for name in names if name in POSTS})


def test_a_draft_is_read_and_not_worked_on(
    looking: Client, alice_client: Client, practice: Practice, alice: User
) -> None:
    item = World(practice, alice).item()
    url = reverse("program", args=[item.program_id])
    assert "program_item_move" in buttons(alice_client, url)
    assert buttons(looking, url) == []
    words = main_text(looking.get(url))
    assert "Draft, not issued Dead bug" in words
    assert "Check and issue" not in words


@pytest.mark.parametrize("name", ["program", "program_versions"])
def test_what_was_issued_is_read(
    looking: Client, alice_client: Client, practice: Practice, alice: User, name: str
) -> None:
    program = World(practice, alice).issued().program
    Program.objects.update(draft_open=False)
    url = reverse(name, args=[program.pk])
    assert buttons(alice_client, url)
    assert buttons(looking, url) == []


def test_a_case_and_its_patient_are_read(
    looking: Client, alice_client: Client, practice: Practice, alice: User
) -> None:
    case = World(practice, alice).case()
    case.functional_goals.create(words="Walk to the shop")
    goals = reverse("case_goals", args=[case.pk])
    for url in (case.get_absolute_url(), case.patient.get_absolute_url(), goals):
        assert buttons(looking, url) == []
    assert "case_goals_score" in buttons(alice_client, goals)
    words = main_text(looking.get(case.get_absolute_url()))
    assert ("Edit case" in words, "Start a program" in words) == (False, False)
    assert "Safety screen" in words
