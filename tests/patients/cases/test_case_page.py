"""The case page, its history, and closing."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from clinic.models import AuditEntry, User
from patients.models import Case, Patient
from patients.record.actions import change_case
from patients.screening.actions import clear_red_flag
from tests.factories import AnswerFactory, CaseFactory, ConditionFactory, SurgeryFactory
from tests.patients.pages import days_ago, filled, fresh, given, main_text, said, texts

pytestmark = pytest.mark.django_db


def programs_panel(request: HttpRequest, case: Any) -> SafeString:
    """A panel as another app registers it."""
    return format_html("<section>Programs of {}</section>", case.title)


def test_it_says_what_is_known_in_words(alice_client: Client, maria: Patient, bob: User) -> None:
    case = CaseFactory(
        patient=maria,
        directional_preference="extension",
        preference_recorded_by=bob,
        preference_recorded_on=days_ago(0),
        irritability="high",
        baseline_pain=6,
        baseline_left="none",
        baseline_right="lower_leg",
        baseline_walking_left="thigh",
        baseline_weakness="right",
        baseline_numbness="none",
        goals="Walk <far>.",
        resources=["helper", "mat"],
        pregnant="yes",
        due_date=days_ago(-140),
    )
    ConditionFactory(case=case)
    SurgeryFactory(case=case, performed_on=days_ago(7))
    AnswerFactory(case=case, code="osteoporosis")
    AnswerFactory(case=case, code="glaucoma", answer="no")
    words = main_text(alice_client.get(case.get_absolute_url()))
    for part in (
        "Low back and right leg Maria Sørensen ,",
        "Conditions Lumbar foraminal stenosis, right",
        "Surgery Hip replacement, left, posterior approach,",
        "(1 week ago)",
        "Direction Bending backward (extension) (Bob Brown,",
        "Irritability High: starts easily, settles slowly or wakes at night",
        "Pregnant Yes, week 20 (due",
        "From the safety screen Osteoporosis 5 of 45 questions are answered.",
        "Goals Walk <far>.",
        "Pain 6 of 10 Worst, left No symptoms Worst, right Lower leg",
        "On walking Left: thigh. Right: not recorded Known weakness Right leg Known numbness None",
        "At home Mat Someone to help",
    ):
        assert part in words


def test_no_code_is_shown_to_anybody(alice_client: Client, case: Case) -> None:
    for code in ("rf_foot_drop", "rf_cancer_history", "rf_dvt_pattern", "nsaid_risk"):
        AnswerFactory(case=case, code=code)
    ConditionFactory(case=case, code="lumbar_canal_stenosis", side="unspecified")
    for name in ("case", "case_history"):
        assert "_" not in main_text(alice_client.get(reverse(name, args=[case.pk])))


def test_other_apps_add_their_panels(alice_client: Client, case: Case, settings: Settings) -> None:
    settings.CASE_PANELS = [f"{__name__}.programs_panel"]
    page = alice_client.get(case.get_absolute_url())
    assert "Programs of Low back and right leg" in main_text(page)


def test_the_page_takes_the_same_queries_for_little_and_for_much(
    alice_client: Client,
    case: Case,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    url = case.get_absolute_url()
    flags = ("rf_aaa_pattern", "osteoporosis", "rf_weight_loss")
    for rows, added in ((range(1), flags[:1]), (range(1, 12), flags[1:])):
        for number in rows:
            SurgeryFactory(case=case, performed_on=days_ago(number))
            flag = AnswerFactory(case=case, code="rf_foot_drop")
            clear_red_flag(answer=flag, actor=alice, note="Seen by Dr Hall today.")
        for code in added:
            AnswerFactory(case=case, code=code)
        alice_client.get(url)
        with django_assert_num_queries(12):
            alice_client.get(url)


def test_the_history_tells_who_changed_what_from_what(
    alice_client: Client, bob: User, alice: User, case: Case
) -> None:
    change_case(case=case, actor=bob, seen=1, facts={"goals": "Walk.", "baseline_pain": 4})
    change_case(case=case, actor=alice, seen=2, facts={"conditions": [["sciatica", "left"]]})
    flag = AnswerFactory(case=case, code="rf_foot_drop", answered_by=bob)
    clear_red_flag(answer=flag, actor=alice, note="Seen by Dr Hall today.")
    page = alice_client.get(reverse("case_history", args=[case.pk]))
    told = [
        (entry.who, [(change.label, change.before, change.after) for change in entry.changes])
        for entry in page.context["entries"]
    ]
    assert told == [
        ("Alice Archer", [("Foot drop", "Not asked", "Yes, cleared")]),
        ("Alice Archer", [("Conditions", "Not recorded", "Sciatica, left")]),
        (
            "Bob Brown",
            [
                ("Baseline pain", "Not recorded", "4 of 10"),
                ("Goals", "Not recorded", "Walk."),
            ],
        ),
        ("Alice Archer", []),
    ]
    assert texts(page, "changes")[-1] == (
        "Baseline pain Before: Not recorded Now: 4 of 10 Goals Before: Not recorded Now: Walk."
    )


def test_the_history_has_pages_and_the_same_queries(
    alice_client: Client,
    alice: User,
    case: Case,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    url = reverse("case_history", args=[case.pk])
    for numbers, shown in ((range(1), 2), (range(1, 24), 20)):
        for number in numbers:
            change_case(case=case, actor=alice, seen=number + 1, facts={"goals": f"Walk {number}."})
        alice_client.get(url)
        with django_assert_num_queries(12):
            page = alice_client.get(url)
        assert len(page.context["entries"]) == shown
        last = given(alice_client, url, {"page": "2"}).context["entries"][-1]
        assert last.changes == []


def test_closing_waits_for_red_flags(alice_client: Client, alice: User, case: Case) -> None:
    flag = AnswerFactory(case=case, code="rf_foot_drop")
    url = reverse("case_close", args=[case.pk])
    assert said(alice_client.post(url, follow=True)) == [
        "Clear the open red flag with a note first, then close the case."
    ]
    clear_red_flag(answer=flag, actor=alice, note="Seen by Dr Hall today.")
    page = alice_client.post(url, follow=True)
    assert said(page) == ["The case is closed. It stays readable."]
    assert fresh(case).closed_at is not None
    assert AuditEntry.objects.filter(action="case.close").count() == 1


def test_a_closed_case_opens_again(alice_client: Client, case: Case) -> None:
    for name in ("case_close", "case_close", "case_reopen", "case_reopen"):
        alice_client.post(reverse(name, args=[case.pk]))
    found = fresh(case)
    assert (found.closed_at, found.revision) == (None, 3)
    edit = reverse("case_edit", args=[case.pk])
    assert filled(alice_client, edit)["seen"] == 3


def test_a_case_of_an_archived_patient_stays_closed(
    alice_client: Client, case: Case, maria: Patient
) -> None:
    alice_client.post(reverse("case_close", args=[case.pk]))
    alice_client.post(reverse("patient_archive", args=[maria.pk]))
    page = alice_client.post(reverse("case_reopen", args=[case.pk]), follow=True)
    assert said(page)[-1] == "Bring the patient back from the archive first, then open the case."
    assert fresh(case).closed_at is not None


def test_words_of_any_script_stay_as_typed(alice_client: Client, maria: Patient) -> None:
    title = "<b>Rücken</b> & الظهر 🙂"
    case = CaseFactory(patient=maria, title=title, goals="x" * 2000)
    page = alice_client.get(case.get_absolute_url())
    assert "<b>" not in page.content.decode()
    assert title in main_text(page)
