"""Patients: the list, registering, reading, editing, archiving."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clinic.models import AuditEntry, Practice, User
from patients.models import Case, Patient
from tests.clock import TODAY
from tests.factories import AnswerFactory, CaseFactory, ConditionFactory, PatientFactory
from tests.patients.pages import days_ago, errors, filled, main_text, said, texts
from tests.undone import undone

LIST = reverse("patient_list")
CREATE = reverse("patient_create")
ANN = {
    "full_name": "Ann Lee",
    "date_of_birth": "1970-02-03",
    "email": "ann@example.org",
    "phone": "01947 123456",
    "clinician_notes": "Prefers mornings.",
}
pytestmark = pytest.mark.django_db


def test_the_list_shows_the_practice_and_nobody_else(
    bob_client: Client, maria: Patient, foreign_case: Case
) -> None:
    assert texts(bob_client.get(LIST), "people__name") == ["Maria Sørensen"]
    assert texts(bob_client.get(LIST, {"q": "maria"}), "people__name") == ["Maria Sørensen"]
    assert texts(bob_client.get(LIST, {"q": "sørby"}), "empty") == [
        "Nobody is found for “ sørby ” here. "
        "Try part of the name, the date of birth or the phone number."
    ]


def test_search_while_typing_brings_the_rows_alone(alice_client: Client, maria: Patient) -> None:
    page = alice_client.get(LIST, {"q": "mar"}, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    shown = " ".join(page.content.decode().split())
    assert 'id="patients-found" hx-swap-oob="innerHTML"> 1 patient found ' in shown
    assert texts(page, "people__name") == ["Maria Sørensen"]


def test_what_was_searched_for_is_shown_as_typed(alice_client: Client) -> None:
    typed = '<b>"&\u202e' + "x" * 200
    body = alice_client.get(LIST, {"q": typed}).content.decode()
    assert "<b>" not in body
    assert "&lt;b&gt;&quot;&amp;" in body


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    alice_client: Client, practice: Practice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 19):
        for _ in range(rows):
            CaseFactory(patient=PatientFactory(practice=practice))
        alice_client.get(LIST)
        with django_assert_num_queries(8):
            alice_client.get(LIST)


def test_registering_leads_to_the_patient(
    alice_client: Client, alice: User, practice: Practice
) -> None:
    page = alice_client.post(CREATE, ANN, follow=True)
    assert said(page) == ["Ann Lee is registered. Next, open a case."]
    patient = practice.patients.get()
    assert (patient.full_name, patient.created_by) == ("Ann Lee", alice)
    assert patient.date_of_birth == date(1970, 2, 3)
    entry = AuditEntry.objects.get(target_id=str(patient.pk))
    assert (entry.action, entry.actor, entry.details) == ("patient.register", alice, {})


def test_a_double_click_registers_once(alice_client: Client, practice: Practice) -> None:
    sent = {**filled(alice_client, CREATE), **ANN}
    for _ in range(2):
        assert alice_client.post(CREATE, sent).status_code == 302
    assert practice.patients.count() == 1
    for _ in range(2):
        alice_client.post(CREATE, {**sent, "full_name": "Ann's twin"})
    assert practice.patients.count() == 2


def test_a_patient_registered_already_is_pointed_out_once(
    alice_client: Client, practice: Practice, other_practice: Practice
) -> None:
    born = date(1970, 2, 3)
    PatientFactory(practice=other_practice, full_name="Ann Lee", date_of_birth=born)
    assert alice_client.post(CREATE, ANN).status_code == 302
    page = alice_client.post(
        CREATE, {**filled(alice_client, CREATE), **ANN, "full_name": "ánn LEE"}
    )
    assert page.context["twins"] == list(practice.patients.all())
    assert "Is this somebody you have already?" in main_text(page)
    again = {**ANN, "full_name": "ánn LEE", "confirmed": page.context["form"]["confirmed"].value()}
    assert alice_client.post(CREATE, again).status_code == 302
    assert practice.patients.count() == 2


def test_a_form_number_of_another_practice_is_of_no_use(
    charlie_client: Client, alice_client: Client, maria: Patient
) -> None:
    page = charlie_client.post(CREATE, {**ANN, "token": str(maria.pk)})
    assert page.status_code == 302
    maria.refresh_from_db()
    assert maria.full_name == "Maria Sørensen"


BAD = [
    ({"full_name": ""}, "Enter the patient's name."),
    ({"full_name": "   "}, "Enter the patient's name."),
    ({"full_name": "\u200b"}, "Use at least one letter."),
    ({"full_name": "x" * 151}, "Use 150 characters or fewer. This has 151."),
    ({"full_name": "Ann\x00"}, "Null characters are not allowed."),
    ({"date_of_birth": ""}, "Enter the date of birth."),
    ({"date_of_birth": "soon"}, "This is not a date. Write it like 20/11/2026."),
    (
        {"date_of_birth": "2026-02-30"},
        "This is not a date. Write it like 20/11/2026.",
    ),
    (
        {"date_of_birth": days_ago(-1).isoformat()},
        "The date of birth is in the future. Check the year.",
    ),
    ({"date_of_birth": "1880-01-01"}, "That is more than 125 years ago. Check the year."),
    (
        {"date_of_birth": (TODAY - timedelta(days=46021)).isoformat()},
        "That is more than 125 years ago. Check the year.",
    ),
    ({"email": "ann"}, "This is not an e-mail address. It looks like ann@example.org."),
    ({"phone": "1" * 41}, "Use 40 characters or fewer. This has 41."),
    ({"clinician_notes": "x" * 5001}, "Use 5000 characters or fewer. This has 5001."),
]


def test_bad_input_is_told_at_its_field_and_kept(alice_client: Client, practice: Practice) -> None:
    wrong = []
    for changes, message in BAD:
        sent = {**ANN, **changes}
        with undone():
            page = alice_client.post(CREATE, sent)
            registered = practice.patients.count()
        if page.status_code != 200 or registered:
            wrong.append((str(changes)[:60], "was not refused"))
            continue
        form = page.context["form"]
        kept = {name: form[name].value() for name in ANN} == sent
        if errors(page) != [message] or not kept:
            wrong.append((str(changes)[:60], f"told {errors(page)}, {kept=}"))
    assert not wrong, str(wrong)


def test_names_of_the_world_are_kept_as_typed(alice_client: Client, practice: Practice) -> None:
    for name in ("محمد الأحمد", "李小龙", "Zoë 🙂", "O’Brien <b>", "J"):
        with undone():
            page = alice_client.post(CREATE, {**ANN, "full_name": f"  {name} "}, follow=True)
            assert practice.patients.get().full_name == name
            assert main_text(page).count(name) == 2, name


def test_a_date_may_be_typed_as_people_write_it(alice_client: Client, practice: Practice) -> None:
    alice_client.post(CREATE, {**ANN, "date_of_birth": "03/02/1970"})
    assert practice.patients.get().date_of_birth == date(1970, 2, 3)


def test_somebody_born_today_is_a_patient(alice_client: Client, practice: Practice) -> None:
    alice_client.post(CREATE, {**ANN, "date_of_birth": TODAY.isoformat()})
    assert practice.patients.get().age_on(TODAY) == 0


def test_the_patient_page(alice_client: Client, case: Case, maria: Patient) -> None:
    ConditionFactory(case=case)
    AnswerFactory(case=case, code="rf_foot_drop")
    page = main_text(alice_client.get(maria.get_absolute_url()))
    assert "Maria Sørensen" in page
    assert (
        "Low back and right leg Red flag open Lumbar foraminal stenosis, right "
        "Alice Archer · opened 5 Jan 2026"
    ) in page


def test_the_patient_page_takes_the_same_queries_for_one_case_and_for_many(
    alice_client: Client, maria: Patient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 14):
        for _ in range(rows):
            AnswerFactory(case=CaseFactory(patient=maria), code="rf_foot_drop")
        alice_client.get(maria.get_absolute_url())
        with django_assert_num_queries(14):
            alice_client.get(maria.get_absolute_url())


def edit_url(patient: Patient) -> str:
    return reverse("patient_edit", args=[patient.pk])


def test_editing_is_audited_by_field_without_values(
    bob_client: Client, bob: User, maria: Patient
) -> None:
    sent = {**filled(bob_client, edit_url(maria)), "phone": "1", "clinician_notes": "Shy."}
    assert said(bob_client.post(edit_url(maria), sent, follow=True)) == ["Saved."]
    entry = AuditEntry.objects.get(action="patient.change")
    assert (entry.actor, entry.details) == (bob, {"fields": ["phone", "clinician_notes"]})


def test_saving_without_a_change_leaves_no_trace(alice_client: Client, maria: Patient) -> None:
    alice_client.post(edit_url(maria), filled(alice_client, edit_url(maria)))
    assert AuditEntry.objects.filter(action="patient.change").count() == 0


def test_a_new_birth_date_changes_the_facts_of_the_cases(
    alice_client: Client, case: Case, maria: Patient
) -> None:
    sent = {**filled(alice_client, edit_url(maria)), "date_of_birth": "1950-01-01"}
    alice_client.post(edit_url(maria), sent)
    case.refresh_from_db()
    assert case.revision == 2
    assert case.revisions.get(number=2).fields == ["date_of_birth"]


def test_a_stale_page_tells_who_saved_and_keeps_what_was_typed(
    alice_client: Client, bob_client: Client, maria: Patient
) -> None:
    mine = {**filled(alice_client, edit_url(maria)), "phone": "222"}
    theirs = {**filled(bob_client, edit_url(maria)), "phone": "111"}
    bob_client.post(edit_url(maria), theirs)

    page = alice_client.post(edit_url(maria), mine)
    words = main_text(page)
    assert "Bob Brown saved this patient while you were editing" in words
    assert "Phone 111" in words
    assert page.context["form"]["phone"].value() == "222"
    maria.refresh_from_db()
    assert maria.phone == "111"

    again = {**mine, "seen": page.context["form"]["seen"].value()}
    assert said(alice_client.post(edit_url(maria), again, follow=True)) == ["Saved."]
    maria.refresh_from_db()
    assert maria.phone == "222"


def test_the_same_change_twice_is_no_quarrel(alice_client: Client, maria: Patient) -> None:
    sent = {**filled(alice_client, edit_url(maria)), "phone": "222"}
    for _ in range(2):
        assert alice_client.post(edit_url(maria), sent).status_code == 302
    assert AuditEntry.objects.filter(action="patient.change").count() == 1


def test_archiving_waits_for_open_cases(alice_client: Client, case: Case, maria: Patient) -> None:
    url = reverse("patient_archive", args=[maria.pk])
    assert said(alice_client.post(url, follow=True)) == [
        "Close the open case first, then archive the patient."
    ]
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
    assert said(alice_client.post(url, follow=True)) == [
        "Maria Sørensen is archived. Nothing is lost."
    ]
    assert texts(alice_client.get(LIST), "people__name") == []
    archived = alice_client.get(LIST, {"archived": "1"})
    assert texts(archived, "people__name") == ["Maria Sørensen"]


def test_an_archived_patient_comes_back(alice_client: Client, maria: Patient) -> None:
    alice_client.post(reverse("patient_archive", args=[maria.pk]))
    create = reverse("case_create", args=[maria.pk])
    assert alice_client.get(create).status_code == 404
    page = alice_client.post(reverse("patient_restore", args=[maria.pk]), follow=True)
    assert said(page) == ["Maria Sørensen is back on the lists."]
    assert alice_client.get(create).status_code == 200
    actions: list[Any] = ["patient.restore", "patient.archive"]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == actions
