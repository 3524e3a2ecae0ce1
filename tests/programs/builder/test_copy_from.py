"""Copying another patient's program, judged for this patient, and opening an older version."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, User
from patients.models import Case
from programs.prescriptions.models import Program
from tests import factories
from tests.programs.builder.test_builder_page import text, url
from tests.programs.builder.test_builder_program import issue
from tests.programs.conftest import slugs


def another(practice: Practice, by: User, name: str, side: str = "right") -> Program:
    """A program of another patient with two exercises, one of them for a side."""
    patient = factories.PatientFactory(practice=practice, created_by=by, full_name=name)
    case = factories.CaseFactory(patient=patient, title="Sore back")
    factories.ConditionFactory(case=case, code="lumbar_foraminal_stenosis", side=side)
    program = factories.ProgramFactory(case=case, title="Morning set", changed_by=by)
    factories.ProgramItemFactory(
        program=program, slug="dead-bug", dosage={"sets": [2, 2], "reps": [8, 8]}, note="Well done!"
    )
    factories.ProgramItemFactory(program=program, slug="oblique-standing-stretch", side=side)
    return program


@pytest.fixture
def source(draft: Program, practice: Practice, alice: User) -> Program:
    return another(practice, alice, "Peter Fischer")


def copy(client: Client, program: Program, source: Program) -> str:
    sent = {"source": str(source.pk)}
    return text(client.post(url(program, "copy-from/"), sent, follow=True))


def test_another_patient_s_program_is_copied_without_the_notes(
    draft: Program, source: Program, alice_client: Client
) -> None:
    assert "Morning set · Peter Fischer" in text(alice_client.get(url(draft, "copy-from/")))
    page = copy(alice_client, draft, source)
    assert "2 added." in page
    assert "Notes to the other patient were not copied." in page
    rows = {item.exercise.slug: item for item in draft.items.active()}
    assert rows["dead-bug"].dosage == {"sets": [2, 2], "reps": [8, 8]}
    assert rows["dead-bug"].note == ""
    assert rows["oblique-standing-stretch"].side == "right"
    assert AuditEntry.objects.filter(action="program.copy").count() == 1


def test_sides_change_over_where_the_other_case_is_on_the_other_side(
    draft: Program, practice: Practice, alice: User, alice_client: Client
) -> None:
    page = copy(alice_client, draft, another(practice, alice, "Peter Fischer", side="left"))
    assert "Left and right change over" in page
    stretch = draft.items.active().get(exercise__slug="oblique-standing-stretch")
    assert stretch.side == "right"


def test_what_is_not_for_this_patient_is_left_out_with_the_reason(
    draft: Program, source: Program, alice_client: Client
) -> None:
    factories.ProgramItemFactory(program=source, slug="curl-up")
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    page = copy(alice_client, draft, source)
    assert "2 added, 1 left out." in page
    assert re.search(r"Small curl-up : [A-Z]\w+", page)


def test_a_program_is_found_by_its_patient(
    draft: Program, practice: Practice, bob: User, alice_client: Client
) -> None:
    """Bob's program is not among Alice's latest, and is found by name."""
    another(practice, bob, "Peter Fischer")
    assert "Peter Fischer" not in text(alice_client.get(url(draft, "copy-from/")))
    assert "Peter Fischer" in text(alice_client.get(url(draft, "copy-from/?q=fischer")))
    nobody = text(alice_client.get(url(draft, "copy-from/?q=nobody")))
    assert "No program of such a patient." in nobody


def test_the_case_starts_with_a_copy_in_one_press(stenosis: Case, alice_client: Client) -> None:
    answer = alice_client.post(f"/cases/{stenosis.pk}/program/", {"starter": "copy"})
    assert answer.headers["Location"] == url(Program.objects.get(), "copy-from/")


def test_another_practice_s_program_is_neither_shown_nor_copied(
    draft: Program, other_practice: Practice, charlie: User, alice_client: Client
) -> None:
    theirs = another(other_practice, charlie, "Quentin Foreign")
    assert "Quentin" not in text(alice_client.get(url(draft, "copy-from/?q=quentin")))
    sent = {"source": str(theirs.pk)}
    assert alice_client.post(url(draft, "copy-from/"), sent).status_code == 404
    assert alice_client.post(url(draft, "copy-from/"), {"source": "x"}).status_code == 404
    assert slugs(draft) == []


def test_an_older_version_is_opened_as_a_draft(draft: Program, alice_client: Client) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug")
    issue(alice_client, draft)
    alice_client.post(url(draft, "amend/"))
    alice_client.post(url(draft, f"items/{item.pk}/remove/"))
    factories.ProgramItemFactory(program=draft, slug="walking")
    issue(alice_client, draft)
    answer = alice_client.post(url(draft, "versions/1/restore/"), follow=True)
    assert "A draft like version 1 is open." in text(answer)
    assert slugs(draft) == ["dead-bug"]
    assert "There is no such version." in text(
        alice_client.post(url(draft, "versions/9/restore/"), follow=True)
    )


def test_a_case_offers_the_programs_of_patients_with_the_same_condition(
    stenosis: Case, practice: Practice, alice: User, alice_client: Client
) -> None:
    source = another(practice, alice, "Peter Fischer")
    elsewhere = another(practice, alice, "Karla Knee")
    elsewhere.case.conditions.update(code="knee_osteoarthritis")
    offered = text(alice_client.get(stenosis.get_absolute_url()))
    assert "Morning set · Peter Fischer Copy" in offered
    assert "Karla Knee" not in offered
    start = reverse("program_create", args=[stenosis.pk])
    assert "2 added." in text(
        alice_client.post(start, {"starter": f"copy:{source.pk}"}, follow=True)
    )
    brought = slugs(Program.objects.get(case=stenosis))
    assert brought == ["oblique-standing-stretch right", "dead-bug"]


def test_a_stranger_s_program_starts_no_case(
    stenosis: Case, other_practice: Practice, charlie: User, alice_client: Client
) -> None:
    theirs = another(other_practice, charlie, "Quentin Foreign")
    start = reverse("program_create", args=[stenosis.pk])
    for wanted in (str(theirs.pk), "x"):
        assert alice_client.post(start, {"starter": f"copy:{wanted}"}).status_code == 404
    assert not Program.objects.filter(case=stenosis).exists()
