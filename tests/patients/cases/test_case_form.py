"""Opening and editing a case: what is kept, and what is told at which field."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, Membership, User
from patients.models import Case, Patient
from tests.clock import TODAY
from tests.factories import CaseFactory, ConditionFactory, SurgeryFactory
from tests.patients.pages import days_ago, errors, filled, fresh, main_text, said, settle

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": "  Low  back ",
    "goals": "Walk to the shops.\nLift my grandson 🙂",
    "pregnant": "yes",
    "due_date": (TODAY + timedelta(weeks=20)).isoformat(),
    "directional_preference": "flexion",
    "preference_recorded_on": days_ago(3).isoformat(),
    "irritability": "moderate",
    "baseline_pain": "0",
    "baseline_left": "none",
    "baseline_right": "foot",
    "baseline_walking_left": "thigh",
    "baseline_walking_right": "lower_leg",
    "baseline_weakness": "right",
    "baseline_numbness": "none",
    "resources": ["chair", "helper"],
    "conditions-0-code": "lumbar_foraminal_stenosis",
    "conditions-0-side": "right",
    "conditions-1-code": "lumbar_scoliosis",
    "surgeries-0-code": "hip_replacement",
    "surgeries-0-performed_on": days_ago(35).isoformat(),
    "surgeries-0-side": "left",
    "surgeries-0-approach": "posterior",
}


def create_url(patient: Patient) -> str:
    return reverse("case_create", args=[patient.pk])


def edit_url(case: Case) -> str:
    return reverse("case_edit", args=[case.pk])


def rows(case: Case) -> tuple[list[Any], list[Any]]:
    found = fresh(case)
    return (
        sorted((row.code, row.side) for row in found.current_conditions),
        [(row.code, row.side, row.approach) for row in found.current_surgeries],
    )


def test_a_title_is_enough(alice_client: Client, alice: User, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Low back"}
    page = alice_client.post(create_url(maria), sent, follow=True)
    case = maria.cases.get()
    assert page.request["PATH_INFO"] == reverse("safety_screen", args=[case.pk])
    assert said(page) == ["The case is open. Next, ask the safety questions."]
    assert (case.title, case.clinician, case.opened_on) == ("Low back", alice, TODAY)
    assert rows(case) == ([], [])
    assert [row.number for row in case.revisions.all()] == [1]
    assert AuditEntry.objects.get().action == "case.open"


def test_everything_is_kept_as_entered(alice_client: Client, alice: User, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), **WHOLE}
    assert alice_client.post(create_url(maria), sent).status_code == 302
    case = maria.cases.get()
    assert rows(case) == (
        [("lumbar_foraminal_stenosis", "right"), ("lumbar_scoliosis", "unspecified")],
        [("hip_replacement", "left", "posterior")],
    )
    assert case.title == "Low back"
    assert case.goals == "Walk to the shops.\r\nLift my grandson 🙂".replace("\r", "")
    assert case.pregnancy_weeks_on(TODAY) == 20
    assert (case.directional_preference, case.preference_recorded_by) == ("flexion", alice)
    assert case.preference_recorded_on == days_ago(3)
    assert (case.baseline_pain, case.baseline_left, case.baseline_right) == (0, "none", "foot")
    assert (case.baseline_walking_left, case.baseline_walking_right) == ("thigh", "lower_leg")
    assert (case.baseline_weakness, case.baseline_numbness) == ("right", "none")
    assert (case.irritability, case.resources) == ("moderate", ["chair", "helper"])
    assert case.current_surgeries[0].weeks_ago(TODAY) == 5


def test_a_double_click_opens_one_case(alice_client: Client, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Low back"}
    for _ in range(2):
        assert alice_client.post(create_url(maria), sent).status_code == 302
    assert maria.cases.count() == 1
    alice_client.post(create_url(maria), {**sent, "title": "Neck"})
    assert maria.cases.count() == 2


SIDE = "Choose left, right or both sides."
BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "Give the case a short title."),
    ({"title": " \u200b"}, "Use at least one letter."),
    ({"title": "x" * 121}, "Use 120 characters or fewer. This has 121."),
    ({"title": "Back\x00"}, "Null characters are not allowed."),
    ({"goals": "x" * 2001}, "Use 2000 characters or fewer. This has 2001."),
    ({"baseline_pain": "11"}, "Enter a whole number from 0 to 10."),
    ({"baseline_pain": "-1"}, "Enter a whole number from 0 to 10."),
    ({"baseline_pain": "4.5"}, "Enter a whole number from 0 to 10."),
    ({"baseline_pain": "much"}, "Enter a whole number from 0 to 10."),
    ({"due_date": ""}, "Enter the due date. The rules count weeks from it."),
    ({"pregnant": "no"}, "Choose yes for pregnant, or clear this date."),
    ({"pregnant": "unknown"}, "Choose yes for pregnant, or clear this date."),
    (
        {"due_date": (TODAY + timedelta(weeks=42, days=1)).isoformat()},
        "That is more than 42 weeks ahead. Check the date.",
    ),
    (
        {"due_date": days_ago(29).isoformat()},
        "That is more than 4 weeks ago. Ask again, and choose no if the baby is born.",
    ),
    ({"due_date": "32/13/2026"}, "This is not a date. Write it like 20/11/2026."),
    ({"preference_recorded_on": ""}, "Enter the day it was tested."),
    (
        {"preference_recorded_on": days_ago(-1).isoformat()},
        "The test cannot be in the future.",
    ),
    ({"directional_preference": "untested"}, "Choose the result, or clear this date."),
    ({"conditions-0-side": ""}, SIDE),
    ({"conditions-0-side": "central"}, SIDE),
    ({"conditions-0-side": "unspecified"}, SIDE),
    ({"conditions-0-code": ""}, "Choose the condition for this side."),
    ({"surgeries-0-side": ""}, SIDE),
    ({"surgeries-0-approach": ""}, "Choose the approach, or not known."),
    (
        {"surgeries-0-performed_on": days_ago(-1).isoformat()},
        "The operation cannot be in the future.",
    ),
    (
        {"surgeries-0-performed_on": "1985-03-13"},
        "That is before the patient was born.",
    ),
    ({"surgeries-0-performed_on": ""}, "Enter the date. The rules count weeks from it."),
    (
        {"surgeries-0-performed_on": "last May"},
        "This is not a date. Write it like 20/11/2026.",
    ),
    ({"surgeries-0-code": ""}, "Choose the operation, or remove this row."),
    (
        {"surgeries-0-code": "knee_replacement"},
        "Only a hip replacement has an approach. Clear it.",
    ),
    (
        {"surgeries-0-code": "pacemaker", "surgeries-0-approach": ""},
        "This operation has no side. Clear it.",
    ),
]


@pytest.mark.parametrize(("changes", "message"), BAD)
def test_bad_input_is_told_at_its_field_and_kept(
    alice_client: Client, maria: Patient, changes: dict[str, Any], message: str
) -> None:
    sent = {**filled(alice_client, create_url(maria)), **WHOLE, **changes}
    page = alice_client.post(create_url(maria), sent)
    assert page.status_code == 200
    assert errors(page) == [message]
    bundle = page.context["bundle"]
    forms = [bundle.form, *bundle.conditions.forms, *bundle.surgeries.forms]
    kept = {field.html_name: field.value() for form in forms for field in form}
    assert {name: kept[name] for name in {**WHOLE, **changes}} == {**WHOLE, **changes}
    assert maria.cases.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"irritability": "extreme"},
        {"baseline_left": "knee"},
        {"baseline_walking_left": "knee"},
        {"baseline_weakness": "arm"},
        {"resources": ["chair", "sauna"]},
        {"conditions-0-code": "gout"},
        {"surgeries-0-approach": "below"},
        {"clinician": "0"},
    ],
)
def test_values_that_no_page_offers_are_refused(
    alice_client: Client, maria: Patient, changes: dict[str, Any]
) -> None:
    sent = {**filled(alice_client, create_url(maria)), **WHOLE, **changes}
    page = alice_client.post(create_url(maria), sent)
    assert errors(page) == ["Choose from the list."]
    assert maria.cases.count() == 0


def test_another_practice_s_clinician_cannot_be_chosen(
    alice_client: Client, maria: Patient, bob: User, charlie: User
) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Back", "clinician": charlie.pk}
    page = alice_client.post(create_url(maria), sent)
    offered = list(page.context["bundle"].form.fields["clinician"].queryset)
    assert [str(person) for person in offered] == ["Alice Archer", "Bob Brown"]
    assert maria.cases.count() == 0


def test_missing_or_endless_rows_do_no_harm(alice_client: Client, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Back"}
    del sent["conditions-TOTAL_FORMS"]
    page = alice_client.post(create_url(maria), sent)
    assert errors(page) == ["Part of this page did not arrive. Save again."]
    sent["conditions-TOTAL_FORMS"] = "100000"
    page = alice_client.post(create_url(maria), sent)
    assert errors(page)[0] == "Use 30 rows or fewer."
    assert maria.cases.count() == 0


def test_the_same_row_twice_is_told_at_the_second(alice_client: Client, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), **WHOLE}
    sent |= {"conditions-1-code": "lumbar_foraminal_stenosis", "conditions-1-side": "right"}
    page = alice_client.post(create_url(maria), sent)
    assert errors(page) == ["Two rows are the same.", "This is here twice. Remove one."]


def test_a_row_is_removed_by_its_box_or_by_emptying_it(alice_client: Client, case: Case) -> None:
    ConditionFactory(case=case)
    ConditionFactory(case=case, code="lumbar_scoliosis", side="unspecified")
    SurgeryFactory(case=case)
    settle(case)
    sent = filled(alice_client, edit_url(case))
    sent |= {"conditions-0-remove": "on", "conditions-0-side": "", "surgeries-0-remove": "on"}
    alice_client.post(edit_url(case), sent)
    assert rows(case) == ([("lumbar_scoliosis", "unspecified")], [])
    sent = filled(alice_client, edit_url(case))
    sent |= {"conditions-0-code": "", "conditions-0-side": ""}
    alice_client.post(edit_url(case), sent)
    assert rows(case) == ([], [])


def test_saving_what_is_there_changes_nothing(alice_client: Client, case: Case) -> None:
    ConditionFactory(case=case)
    SurgeryFactory(case=case)
    Case.objects.filter(pk=case.pk).update(goals="Walk.\nRun.")
    settle(case)
    before = [row.pk for row in case.conditions.all()]
    alice_client.post(edit_url(case), filled(alice_client, edit_url(case)))
    case.refresh_from_db()
    assert (case.revision, [row.pk for row in case.conditions.all()]) == (2, before)


def test_each_change_is_a_revision_and_an_audit_entry(
    bob_client: Client, bob: User, case: Case
) -> None:
    changed_before, touched_before = case.facts_changed_at, case.patient.touched_at
    sent = {**filled(bob_client, edit_url(case)), "baseline_pain": "7", "goals": "Garden."}
    assert said(bob_client.post(edit_url(case), sent, follow=True)) == ["Saved."]
    case.refresh_from_db()
    assert case.revision == 2
    assert case.facts_changed_at > changed_before
    assert Patient.objects.get().touched_at > touched_before
    entry = AuditEntry.objects.get(action="case.change")
    assert (entry.actor, entry.target_id) == (bob, str(case.pk))
    assert entry.details == {"fields": ["baseline_pain", "goals"], "revision": 2}


def test_who_tested_may_be_somebody_else(alice_client: Client, bob: User, case: Case) -> None:
    sent = filled(alice_client, edit_url(case))
    sent |= {
        "directional_preference": "none",
        "preference_recorded_on": TODAY.isoformat(),
        "preference_recorded_by": bob.pk,
    }
    alice_client.post(edit_url(case), sent)
    assert fresh(case).preference_recorded_by == bob
    sent = filled(alice_client, edit_url(case))
    sent |= {"directional_preference": "untested", "preference_recorded_on": ""}
    alice_client.post(edit_url(case), sent)
    assert fresh(case).preference_recorded_by is None


def test_a_clinician_who_left_stays_named_until_changed(
    alice_client: Client, case: Case, bob: User, bob_membership: Membership
) -> None:
    Case.objects.filter(pk=case.pk).update(clinician=bob)
    bob_membership.is_active = False
    bob_membership.save()
    sent = {**filled(alice_client, edit_url(case)), "goals": "Garden."}
    assert alice_client.post(edit_url(case), sent).status_code == 302
    assert fresh(case).clinician == bob


def test_an_old_due_date_is_pointed_out_and_does_not_hold_up_other_changes(
    alice_client: Client, maria: Patient
) -> None:
    case = CaseFactory(patient=maria, pregnant="yes", due_date=days_ago(60))
    page = main_text(alice_client.get(case.get_absolute_url()))
    assert "is more than 4 weeks ago. Until you update it" in page
    sent = {**filled(alice_client, edit_url(case)), "goals": "Garden."}
    assert alice_client.post(edit_url(case), sent).status_code == 302


def test_a_closed_case_is_not_edited(alice_client: Client, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
    for name in ("case_edit", "safety_screen"):
        page = alice_client.get(reverse(name, args=[case.pk]), follow=True)
        assert said(page) == ["This case is closed. Open it again to change it."]


def test_dates_in_the_form_are_what_a_date_box_needs(alice_client: Client, case: Case) -> None:
    SurgeryFactory(case=case, performed_on=date(2026, 1, 9))
    body = alice_client.get(edit_url(case)).content.decode()
    assert '<input type="date" name="surgeries-0-performed_on" value="2026-01-09"' in body
