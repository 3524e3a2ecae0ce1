"""A question that only an exercise of the program asks for stands on the safety screen, counted."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Case
from programs.prescriptions.models import Program
from tests import factories
from tests.patients.pages import filled, fresh
from tests.programs.conftest import SCREEN, MakeCase

ONLY_ASKED = "aortic_aneurysm"
"""About the trunk: no question for a knee, but for fingertips in the side of the waist."""


@pytest.fixture
def knee(make_case: MakeCase, shipped_catalogue: None) -> Case:
    """A knee, everything a screen of it asks answered no."""
    said_no = tuple(code for code in SCREEN if code != ONLY_ASKED)
    return make_case(conditions=(("knee_osteoarthritis", "left"),), no=said_no)


@pytest.fixture
def program(knee: Case) -> Program:
    program = factories.ProgramFactory(case=knee)
    factories.ProgramItemFactory(program=program, slug="oblique-fingertip-release", side="left")
    return program


def counted(page: str) -> tuple[int, int]:
    """How many are answered, and how many there are, as the screen's own bar says."""
    found = re.findall(r"data-screen-(?:answered|asked)>(\d+)<", page)
    return int(found[0]), int(found[1])


def test_it_is_asked_with_the_rest_and_counted(
    alice_client: Client, knee: Case, program: Program
) -> None:
    screen = reverse("safety_screen", args=[knee.pk])
    page = alice_client.get(screen).content.decode()
    answered, asked = counted(page)
    assert f'name="{ONLY_ASKED}"' in page
    assert asked == answered + 1
    assert counted(alice_client.get(f"{screen}?only={ONLY_ASKED}").content.decode()) == (
        answered,
        asked,
    )
    case_page = alice_client.get(knee.get_absolute_url()).content.decode()
    assert f"{answered} of {asked} questions are answered." in case_page


def test_an_answer_counts_though_the_exercise_has_gone_meanwhile(
    alice_client: Client, knee: Case, program: Program
) -> None:
    screen = reverse("safety_screen", args=[knee.pk])
    sent: dict[str, Any] = {**filled(alice_client, screen), ONLY_ASKED: "yes"}
    program.items.update(removed_at=program.created_at)
    assert f'name="{ONLY_ASKED}"' not in alice_client.get(screen).content.decode()
    assert alice_client.post(screen, sent).status_code == 302
    assert fresh(knee).known_answers()[ONLY_ASKED] == "yes"
