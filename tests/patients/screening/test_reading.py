"""The safety screen for those who read it and do not ask: an assistant, a member who only reads."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, Role, User
from patients.models import Case
from patients.screening.actions import record_answers
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(practice: Practice, bob: User, bob_client: Client) -> Client:
    """Bob, who only reads here."""
    practice.memberships.filter(user=bob).update(role=Role.READ_ONLY)
    return bob_client


def test_the_answers_stand_there_without_a_form(
    reader: Client, case: Case, alice: User, url: str
) -> None:
    answers = {"osteoporosis": "yes", "glaucoma": "no", "vertigo": "unknown"}
    record_answers(case=case, actor=alice, seen=0, answers=answers)
    page = reader.get(url)
    words = main_text(page)
    asked = "Do you have glaucoma or high pressure in an eye? No Alice Archer, 20 Nov 2026, 09:30"
    assert asked in words
    assert "Yes Alice Archer, 20 Nov 2026, 09:30" in words
    assert "What was not asked is never taken as no. Owners and clinicians ask them." in words
    assert 'method="post" class="screen"' not in page.content.decode()


def test_nothing_answered_yet_says_what_will_stand_there(reader: Client, url: str) -> None:
    assert "What is answered will stand here, with who asked and when." in main_text(
        reader.get(url)
    )


def test_a_page_that_is_all_form_says_who_may(reader: Client, case: Case) -> None:
    edit = reader.get(reverse("case_edit", args=[case.pk]))
    assert edit.status_code == 403
    words = main_text(edit)
    assert "Your role in this practice: Read only." in words
    assert "This is for owners and clinicians of the practice." in words
    new = reader.get(reverse("patient_create"))
    assert "This is for owners, clinicians and assistants of the practice." in main_text(new)
