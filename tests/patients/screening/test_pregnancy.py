"""Pregnancy and birth in the safety screen."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import User
from patients.models import Case, Patient, ScreenAnswer
from patients.screening.actions import clear_red_flag
from tests.clock import TODAY
from tests.factories import AnswerFactory, CaseFactory
from tests.patients.pages import days_ago, errors, filled, fresh, main_text
from tests.patients.screening.test_grouped_questions import answers

pytestmark = pytest.mark.django_db


def test_pregnancy_is_asked_where_it_can_be(alice_client: Client, case: Case, url: str) -> None:
    for sex, born, asked in (
        ("", 41 * 365, True),
        ("female", 41 * 365, True),
        ("male", 41 * 365, False),
        ("female", 57 * 365, False),
        ("", 10 * 365, False),
    ):
        who = f"{sex or 'sex not recorded'}, {born} days old"
        Patient.objects.filter(pk=case.patient_id).update(sex=sex, date_of_birth=days_ago(born))
        page = alice_client.get(url)
        words = main_text(page)
        assert ("Are you pregnant?" in words) is asked, who
        assert ("Pregnancy and birth are not asked" in words) is not asked, who
        assert ("gate-pregnancy" in page.context["form"].fields) is asked, who
        only = alice_client.get(url, {"only": "pregnancy"})
        assert "Are you pregnant?" in main_text(only), who
        edit = main_text(alice_client.get(reverse("case_edit", args=[case.pk])))
        assert ("Pregnant?" in edit) is asked, who


def test_a_pregnancy_on_record_stays_in_sight(alice_client: Client, maria: Patient) -> None:
    case = CaseFactory(patient=maria, pregnant="yes", due_date=days_ago(-70))
    Patient.objects.filter(pk=maria.pk).update(sex="male")
    url = reverse("safety_screen", args=[case.pk])
    assert filled(alice_client, url)["gate-pregnancy"] == "yes"


def test_no_to_the_gate_of_pregnancy_answers_all_of_it(
    alice_client: Client, case: Case, url: str
) -> None:
    alice_client.post(url, {**filled(alice_client, url), "gate-pregnancy": "no"})
    found = fresh(case)
    assert (found.pregnant, found.gave_birth) == ("no", "no")
    assert answers(case) == {"diastasis": "no"}


def test_a_birth_is_counted_in_weeks(alice_client: Client, case: Case, url: str) -> None:
    sent: dict[str, Any] = {
        **filled(alice_client, url),
        "gate-pregnancy": "yes",
        "pregnant": "no",
        "gave_birth": "yes",
    }
    page = alice_client.post(url, sent)
    assert errors(page) == ["Enter the day of the birth. The rules count weeks from it."]
    for day, words in ((-1, "The birth cannot be in the future."), (1900, "That is more than 5")):
        wrong = alice_client.post(url, {**sent, "birth_on": days_ago(day).isoformat()})
        assert errors(wrong)[0].startswith(words)
    alice_client.post(url, {**sent, "birth_on": days_ago(50).isoformat()})
    found = fresh(case)
    assert found.postnatal_weeks_on(found.today()) == 7
    assert "Had a baby Yes, 1 Oct 2026 (7 weeks ago)" in main_text(
        alice_client.get(case.get_absolute_url())
    )


def test_a_pregnancy_that_is_over_takes_its_date_along(
    alice_client: Client, maria: Patient
) -> None:
    case = CaseFactory(patient=maria, pregnant="yes", due_date=days_ago(-7))
    url = reverse("safety_screen", args=[case.pk])
    alice_client.post(url, {**filled(alice_client, url), "pregnant": "no"})
    assert (fresh(case).pregnant, fresh(case).due_date) == ("no", None)


def test_the_old_question_for_a_clot_is_answered_by_the_one_that_is_asked(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    page = alice_client.get(url, {"only": "dvt_suspected"})
    assert page.context["form"].codes == ["rf_dvt_pattern"]
    old = ScreenAnswer.objects.create(
        case=case, kind="finding", code="dvt_suspected", answer="yes", answered_by=alice
    )
    assert fresh(case).open_stops() == []
    gone = alice_client.get(reverse("red_flag_clear", args=[case.pk, old.pk]), follow=True)
    assert "There is a newer answer to this question." in main_text(gone)
    flag = AnswerFactory(case=case, code="rf_dvt_pattern")
    clear_red_flag(answer=flag, actor=alice, note="Scan done, no clot.")
    assert fresh(case).open_stops() == []


def test_pregnancy_is_asked_with_its_due_date(alice_client: Client, case: Case, url: str) -> None:
    sent = {**filled(alice_client, url), "pregnant": "yes"}
    page = alice_client.post(url, {**sent, "vertigo": "no"})
    assert errors(page) == ["Enter the due date. The rules count weeks from it."]
    assert answers(case) == {}
    due = days_ago(-70)
    alice_client.post(url, {**sent, "due_date": due.isoformat(), "vertigo": "no"})
    found = fresh(case)
    assert found.pregnancy_weeks_on(TODAY) == 30
    assert answers(case) == {"vertigo": "no"}


def test_one_press_is_one_line_of_the_history(alice_client: Client, case: Case, url: str) -> None:
    """Answers and pregnancy are two changes of the case, and were saved together."""
    due = days_ago(-70).isoformat()
    sent = {**filled(alice_client, url), "pregnant": "yes", "due_date": due, "vertigo": "yes"}
    before = case.revisions.count()
    alice_client.post(url, sent)
    assert case.revisions.count() == before + 2
    page = alice_client.get(reverse("case_history", args=[case.pk]))
    assert [len(entry.changes) for entry in page.context["entries"]] == [3, 0]
    latest = page.context["entries"][0]
    assert (latest.who, latest.what) == (
        "Alice Archer",
        "Pregnancy; Due date; Vertigo",
    )
    assert page.content.count(b"<details>") == 1


def test_pregnancy_changed_by_two_at_once_is_told_and_saves_nothing(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    bob_client.post(url, {**theirs, "pregnant": "yes", "due_date": days_ago(-70).isoformat()})
    page = alice_client.post(url, {**mine, "pregnant": "no", "vertigo": "no"})
    assert errors(page) == [
        "Bob Brown changed this while you had this page open. Save again to keep yours."
    ]
    assert answers(case) == {}
    revision = page.context["form"]["revision"].value()
    alice_client.post(url, {**mine, "pregnant": "no", "vertigo": "no", "revision": revision})
    assert (fresh(case).pregnant, answers(case)) == ("no", {"vertigo": "no"})
