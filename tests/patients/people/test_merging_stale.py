"""Two records of one person: stale tabs, double clicks, strangers, and what hangs on them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, User
from patients.models import Case, Patient, PatientMerge
from patients.record.actions import open_case
from tests.clock import NOW
from tests.factories import AnswerFactory, CaseFactory, PatientFactory
from tests.patients.pages import filled, fresh, main_text, said, texts
from tests.patients.people.merges import LIST, chosen, merge_url, merged

pytestmark = pytest.mark.django_db


def back_url(merge: PatientMerge) -> str:
    return reverse("patient_merge_return", args=[merge.kept_id, merge.pk])


def test_a_stale_tab_of_the_record_that_went_saves_nothing_and_loses_nothing(
    alice_client: Client, bob_client: Client, ann: Patient, twice: Patient
) -> None:
    edit = reverse("patient_edit", args=[twice.pk])
    sent = {**filled(bob_client, edit), "phone": "222"}
    merged(alice_client, ann, twice)
    page = bob_client.post(edit, sent)
    assert "This record is a part of another one now" in main_text(page)
    assert page.context["form"]["phone"].value() == "222"
    for name in ("patient_archive", "patient_restore"):
        page = bob_client.post(reverse(name, args=[twice.pk]), follow=True)
        assert page.redirect_chain == [(ann.get_absolute_url(), 302)]
    twice.refresh_from_db()
    ann.refresh_from_db()
    assert (twice.phone, ann.phone) == ("01947 123456", "020 7946 0018")
    assert (twice.archived_at, ann.archived_at) == (None, None)


def test_a_case_opened_in_a_stale_tab_is_the_standing_records(
    alice_client: Client, bob_client: Client, ann: Patient, twice: Patient
) -> None:
    create = reverse("case_create", args=[twice.pk])
    sent = {**filled(bob_client, create), "title": "Left knee"}
    merged(alice_client, ann, twice)
    for _ in range(2):
        assert bob_client.post(create, sent).status_code == 302
    assert [case.title for case in ann.cases.all()] == ["Left knee"]
    assert twice.cases.count() == 0


def test_a_page_that_somebody_overtook_shows_what_stands_now(
    alice_client: Client, bob_client: Client, ann: Patient, twice: Patient
) -> None:
    sent = chosen(alice_client, ann, twice)
    edit = reverse("patient_edit", args=[twice.pk])
    bob_client.post(edit, {**filled(bob_client, edit), "phone": "01947 999999"})
    page = alice_client.post(merge_url(ann, twice), sent)
    words = main_text(page)
    assert "One of the two was changed while you were looking" in words
    assert "01947 999999" in words
    form = page.context["form"]
    assert form["reason"].value() == "She says so herself."
    assert PatientMerge.objects.count() == 0
    again = {field.html_name: field.value() or "" for field in form}
    assert alice_client.post(merge_url(ann, twice), again).status_code == 302


def test_a_double_click_merges_once_and_the_other_way_round_not_at_all(
    alice_client: Client, ann: Patient, twice: Patient, her_case: Case
) -> None:
    one, other = chosen(alice_client, ann, twice), chosen(alice_client, twice, ann)
    for _ in range(2):
        assert alice_client.post(merge_url(ann, twice), one).status_code == 302
    assert alice_client.post(merge_url(twice, ann), other).headers["Location"] == (
        ann.get_absolute_url()
    )
    assert PatientMerge.objects.count() == 1
    assert ann.cases.get() == her_case


def test_nobody_is_merged_with_themselves_or_with_another_practices_patient(
    alice_client: Client, ann: Patient, foreign_case: Case
) -> None:
    stranger = foreign_case.patient
    for pair in ((ann, ann), (ann, stranger), (stranger, ann)):
        url = merge_url(*pair)
        assert alice_client.get(url).status_code == 404
        assert alice_client.post(url, {"reason": "x"}).status_code == 404
    page = alice_client.get(reverse("patient_merge_find", args=[ann.pk]), {"q": "Maria Sørby"})
    assert texts(page, "people__name") == []
    assert PatientMerge.objects.count() == 0


def test_the_facts_that_change_with_the_birth_date_leave_their_trail(
    alice_client: Client, alice: User, ann: Patient, twice: Patient, her_case: Case
) -> None:
    own = CaseFactory(patient=ann)
    merge = merged(alice_client, ann, twice)
    told = her_case.revisions.get(number=2)
    assert (told.fields, told.snapshot["date_of_birth"]) == (["date_of_birth"], "1948-03-02")
    assert fresh(own).revision == 1
    entries = AuditEntry.objects.filter(action__startswith="patient.merge").order_by("pk")
    assert [(e.action, e.target_id, e.actor) for e in entries] == [
        ("patient.merge", str(ann.pk), alice),
        ("patient.merged_away", str(twice.pk), alice),
    ]
    assert entries[0].details == {"merge": merge.pk, "cases": [str(her_case.pk)]}


def test_an_archived_record_comes_back_where_the_other_is_in_care(
    alice_client: Client, ann: Patient, twice: Patient, her_case: Case
) -> None:
    Patient.objects.filter(pk=ann.pk).update(archived_at=NOW)
    assert "comes back from the archive" in main_text(alice_client.get(merge_url(ann, twice)))
    merged(alice_client, ann, twice)
    ann.refresh_from_db()
    assert ann.archived_at is None


def test_an_open_red_flag_stands_on_the_record_that_stays(
    alice_client: Client, ann: Patient, twice: Patient, her_case: Case
) -> None:
    AnswerFactory(case=her_case, code="rf_foot_drop")
    merged(alice_client, ann, twice)
    assert "Left knee Red flag open" in main_text(alice_client.get(ann.get_absolute_url()))


def test_taken_back_there_are_two_again(
    alice_client: Client, alice: User, ann: Patient, twice: Patient, her_case: Case
) -> None:
    merge = merged(alice_client, ann, twice, phone="gone", date_of_birth="gone")
    later = open_case(
        patient=ann, actor=alice, facts={"title": "Since", "clinician": [alice.pk, "Alice"]}
    )
    edit = reverse("patient_edit", args=[ann.pk])
    alice_client.post(edit, {**filled(alice_client, edit), "email": "new@example.org"})
    assert back_url(merge) in alice_client.get(ann.get_absolute_url()).content.decode()
    assert "Cases opened since the merge stay with Ann Lee" in main_text(
        alice_client.get(back_url(merge))
    )

    page = alice_client.post(back_url(merge), follow=True)
    assert said(page) == ["Anne Leigh has a record of their own again."]
    assert page.redirect_chain == [(twice.get_absolute_url(), 302)]
    ann.refresh_from_db()
    twice.refresh_from_db()
    assert (ann.phone, ann.date_of_birth) == ("020 7946 0018", date(1948, 3, 2))
    assert ann.clinician_notes == "Prefers mornings."
    # What somebody changed since stays as it is.
    assert ann.email == "new@example.org"
    assert (twice.merged_into, twice.phone) == (None, "01947 123456")
    assert (twice.cases.get(), ann.cases.get()) == (her_case, later)
    assert "Taken back 20 Nov 2026, 09:30 by Alice Archer." in main_text(
        alice_client.get(ann.get_absolute_url())
    )
    alice_client.post(back_url(merge))
    assert AuditEntry.objects.filter(action="patient.merge_return").count() == 1
    assert merged(alice_client, ann, twice).pk > merge.pk


def test_only_the_latest_merge_is_taken_back(
    alice_client: Client, practice: Practice, ann: Patient, twice: Patient, her_case: Case
) -> None:
    third = PatientFactory(practice=practice, full_name="A. Lee")
    first, second = merged(alice_client, ann, twice), merged(alice_client, ann, third)
    why = "Another record was merged into this one since. Take that merge back first."
    assert why in main_text(alice_client.get(back_url(first)))
    assert said(alice_client.post(back_url(first), follow=True)) == [why]
    assert back_url(first) not in alice_client.get(ann.get_absolute_url()).content.decode()
    assert alice_client.post(back_url(second)).status_code == 302
    assert alice_client.post(back_url(first)).headers["Location"] == (twice.get_absolute_url())
    assert twice.cases.get() == her_case


def test_a_merged_record_that_is_merged_itself_leads_all_the_way(
    alice_client: Client, practice: Practice, ann: Patient, twice: Patient, her_case: Case
) -> None:
    third = PatientFactory(practice=practice, full_name="A. Lee")
    first = merged(alice_client, ann, twice)
    merged(alice_client, third, ann)
    page = alice_client.get(twice.get_absolute_url(), follow=True)
    assert page.redirect_chain == [(third.get_absolute_url(), 302)]
    assert third.cases.get() == her_case
    words = main_text(page)
    assert "Ann Lee , born 2 Mar 1948, was merged into this record" in words
    assert "Anne Leigh , born 2 Mar 1949, was merged into Ann Lee" in words
    assert said(alice_client.post(back_url(first), follow=True))[0] == (
        "This record was merged into another since. Take that merge back first."
    )


def test_charlie_takes_nothing_back(
    alice_client: Client, charlie_client: Client, ann: Patient, twice: Patient
) -> None:
    merge = merged(alice_client, ann, twice)
    assert charlie_client.post(back_url(merge)).status_code == 404
    twice.refresh_from_db()
    assert twice.merged_into == ann


def test_two_open_cases_stay_apart_on_every_page(
    alice_client: Client, ann: Patient, twice: Patient, her_case: Case
) -> None:
    own = CaseFactory(patient=ann, title="Low back")
    for case, code in ((own, "rf_foot_drop"), (her_case, "rf_saddle_numbness")):
        AnswerFactory(case=case, code=code)
    merged(alice_client, ann, twice)
    assert main_text(alice_client.get(ann.get_absolute_url())).count("Red flag open") == 2
    assert "2 open cases" in main_text(alice_client.get(LIST))
    for case, other in ((own, her_case), (her_case, own)):
        shown = main_text(alice_client.get(case.get_absolute_url()))
        assert "Ann Lee" in shown
        assert case.title in shown
        assert other.title not in shown
    told = main_text(alice_client.get(reverse("dashboard")))
    assert told.count("Ann Lee Red flag:") == 2
    assert "Low back." in told
    assert "Left knee." in told
    page = alice_client.post(reverse("patient_archive", args=[ann.pk]), follow=True)
    assert said(page) == ["Close the open case first, then archive the patient."]
