"""Editing a case: what changes, and what stays."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, Membership, User
from patients.models import Case, Patient
from tests.clock import TODAY
from tests.factories import CaseFactory, ConditionFactory, SurgeryFactory
from tests.patients.cases.form_values import WHOLE, create_url, rows
from tests.patients.pages import days_ago, errors, filled, fresh, main_text, said, settle

pytestmark = pytest.mark.django_db


def edit_url(case: Case) -> str:
    return reverse("case_edit", args=[case.pk])


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
