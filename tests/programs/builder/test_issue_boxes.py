"""Nothing is issued that would print a box, unless the clinician was told which and agrees."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry
from programs.prescriptions.models import IssuedPrescription, Program
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def odd(draft: Program) -> Program:
    """A draft that can be issued, with a sign of one font's own in its note."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    Program.objects.filter(pk=draft.pk).update(note="Lift \uf123 and hold \uf0b7")
    draft.refresh_from_db()
    return draft


def send(client: Client, program: Program, **more: str) -> tuple[int, str]:
    data = {"issue_key": str(uuid4()), "revision": str(program.revision), **more}
    answer = client.post(reverse("program_issue", args=[program.pk]), data)
    return answer.status_code, answer.content.decode()


def test_the_page_says_which_sign_and_where(alice_client: Client, odd: Program) -> None:
    page = alice_client.get(reverse("program_issue", args=[odd.pk])).content.decode()
    assert "U+F123, a sign of one font&#x27;s own" in page
    assert "in: <bdi>Note</bdi>" in page
    assert "U+F0B7" not in page


def test_it_is_not_issued_without_a_word(alice_client: Client, odd: Program) -> None:
    status, page = send(alice_client, odd)
    assert status == 409
    assert "Not issued: some signs cannot be printed. See which below." in page
    assert 'name="boxes_agreed" value="U+F123"' in page
    assert not IssuedPrescription.objects.exists()


def test_it_is_issued_where_the_clinician_agrees_and_that_is_on_record(
    alice_client: Client, odd: Program
) -> None:
    assert send(alice_client, odd, boxes_agreed="U+F123")[0] == 302
    assert IssuedPrescription.objects.get().version == 1
    details = AuditEntry.objects.get(action="program.issue").details
    assert details["boxes"] == ["U+F123"]


def test_agreeing_to_one_sign_is_not_agreeing_to_another(
    alice_client: Client, odd: Program
) -> None:
    assert send(alice_client, odd, boxes_agreed="U+F124")[0] == 409
    assert not IssuedPrescription.objects.exists()


def test_an_own_letterhead_is_looked_at_too(alice_client: Client, odd: Program) -> None:
    practice = odd.case.practice
    practice.name = "Harbour \uf321"
    practice.save()
    status, page = send(alice_client, odd, boxes_agreed="U+F123")
    assert status == 409
    assert "U+F321" in page
    assert "in: <bdi>Letterhead</bdi>" in page
