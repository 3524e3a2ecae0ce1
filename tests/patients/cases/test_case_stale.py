"""Two clinicians edit one case at once: nobody is overwritten in silence, nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Case
from tests.factories import ConditionFactory
from tests.patients.pages import filled, fresh, main_text, said, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case: Case) -> str:
    return reverse("case_edit", args=[case.pk])


def save(client: Client, url: str, sent: dict[str, Any]) -> Any:
    return client.post(url, sent, follow=True)


def test_changes_to_different_facts_are_both_kept(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    theirs |= {"irritability": "high", "conditions-0-code": "hyperlordosis"}
    bob_client.post(url, theirs)
    page = save(alice_client, url, {**mine, "goals": "Garden."})
    assert said(page) == ["Saved. Bob Brown changed this case meanwhile; both changes are kept."]
    found = fresh(case)
    assert (found.goals, found.irritability, found.revision) == ("Garden.", "high", 3)
    assert [row.code for row in found.current_conditions] == ["hyperlordosis"]


def test_the_same_fact_is_shown_with_both_values(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    bob_client.post(url, {**theirs, "goals": "Walk.", "irritability": "high"})
    mine |= {"goals": "Garden.", "baseline_pain": "4"}

    page = save(alice_client, url, mine)
    words = main_text(page)
    assert "Bob Brown saved this case" in words
    assert "Fact In the record now Yours Goals Walk. Garden." in words
    assert page.context["differences"] == [("Goals", "Walk.", "Garden.")]
    form = page.context["bundle"].form
    assert (form["goals"].value(), form["baseline_pain"].value()) == ("Garden.", "4")
    assert fresh(case).goals == "Walk."

    again = {**mine, "overruled": form["overruled"].value()}
    assert len(said(save(alice_client, url, again))) == 1
    found = fresh(case)
    assert (found.goals, found.baseline_pain, found.irritability) == ("Garden.", 4, "high")
    assert [row.snapshot["goals"] for row in case.revisions.all()] == ["Garden.", "Walk.", ""]


def test_a_third_change_is_shown_again(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine = {**filled(alice_client, url), "goals": "Garden."}
    bob_client.post(url, {**filled(bob_client, url), "goals": "Walk."})
    shown = save(alice_client, url, mine).context["bundle"].form["overruled"].value()
    bob_client.post(url, {**filled(bob_client, url), "goals": "Run."})
    page = save(alice_client, url, {**mine, "overruled": shown})
    assert page.context["differences"] == [("Goals", "Run.", "Garden.")]


def test_rows_removed_by_one_and_changed_by_another_are_a_quarrel(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    ConditionFactory(case=case)
    settle(case)
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    bob_client.post(url, {**theirs, "conditions-0-side": "left"})
    page = save(alice_client, url, {**mine, "conditions-0-remove": "on"})
    assert page.context["differences"] == [
        ("Conditions", "Lumbar foraminal stenosis, left", "Not recorded")
    ]


def test_answers_on_the_safety_screen_are_no_quarrel_with_the_form(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine = {**filled(alice_client, url), "goals": "Garden."}
    screen = reverse("safety_screen", args=[case.pk])
    bob_client.post(screen, {**filled(bob_client, screen), "glaucoma": "yes"})
    assert said(save(alice_client, url, mine)) == ["Saved."]
    assert fresh(case).current_answers["glaucoma"].answer == "yes"


def test_a_double_click_is_one_change(alice_client: Client, case: Case, url: str) -> None:
    sent = {**filled(alice_client, url), "goals": "Garden."}
    for _ in range(2):
        assert alice_client.post(url, sent).status_code == 302
    assert case.revisions.count() == 2


def test_a_lost_starting_point_is_treated_as_stale(
    alice_client: Client, case: Case, url: str
) -> None:
    sent = {**filled(alice_client, url), "goals": "Garden."}
    for seen in ("", "0", "999", "x"):
        page = alice_client.post(url, {**sent, "seen": seen})
        assert page.status_code == 200, seen
        assert fresh(case).goals == "", seen
