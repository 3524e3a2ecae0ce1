"""The clinician's side of the patient's link: see, renew, close; strangers see nothing."""

import dataclasses
import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client

from clinic.models import AuditEntry, User
from patients.models import Case
from programs.access.models import DeviceGrant, PatientAccess
from programs.prescriptions.models import Program
from tests.programs.portal.conftest import days_ago, issue_for, link, open_door
from tests.programs.samples import sample_prescription

pytestmark = pytest.mark.django_db


def address(program: Program, what: str = "") -> str:
    return f"/programs/{program.pk}/patient-link/{what}"


def open_link(case: Case) -> PatientAccess:
    return PatientAccess.objects.get(case=case, revoked_at=None)


def test_the_clinician_sees_link_code_and_square_code(
    bob_client: Client, program: Program, access: PatientAccess
) -> None:
    page = bob_client.get(address(program)).content.decode()
    site = settings.PUBLIC_URL.partition("://")[2]
    assert f'value="{settings.PUBLIC_URL}/p/{access.token}/"' in page
    assert f"<strong>{access.code[:4]} {access.code[4:]}</strong> at {site}/p" in page
    assert page.count('class="square-code"') == 1
    assert "On record: <strong>1951</strong>" in page
    assert f'href="/patients/{access.case.patient_id}/edit/"' in page
    assert "None remembered" in page


def test_renewing_makes_a_new_link_and_the_old_one_dies(
    bob_client: Client, bob: User, program: Program, access: PatientAccess, phone: Client
) -> None:
    page = open_door(phone, access)
    answer = bob_client.post(address(program, "renew/"), follow=True)
    assert "The old ones no longer open anything." in answer.content.decode()
    fresh = open_link(access.case)
    assert fresh.token != access.token
    assert fresh.code != access.code
    assert (phone.get(page).status_code, phone.get(link(access)).status_code) == (404, 404)
    assert phone.get(link(fresh)).status_code == 200
    access.refresh_from_db()
    assert access.revoked_by == bob
    assert DeviceGrant.objects.count() == 0


def test_closing_the_link_ends_every_device_until_a_new_one_is_made(
    alice_client: Client, program: Program, access: PatientAccess, phone: Client
) -> None:
    page = open_door(phone, access)
    answer = alice_client.post(address(program, "revoke/"), follow=True)
    text = answer.content.decode()
    assert "It no longer opens on any device." in text
    assert "The link is closed" in text
    assert access.token not in text
    assert phone.get(page).status_code == 404
    again = alice_client.post(address(program, "revoke/"), follow=True).content.decode()
    assert "There was no open link." in again
    alice_client.post(address(program, "renew/"))
    assert open_link(access.case).token != access.token


def shown_link(client: Client, program: Program) -> str:
    """The link that the page's forms were loaded for; empty where it shows none."""
    page = client.get(address(program)).content.decode()
    (found,) = set(re.findall(r'name="link" value="([^"]*)"', page))
    return found


def test_a_form_sent_twice_makes_one_link(
    alice_client: Client, program: Program, access: PatientAccess
) -> None:
    seen = shown_link(alice_client, program)
    alice_client.post(address(program, "renew/"), {"link": seen})
    fresh = open_link(access.case)
    again = alice_client.post(address(program, "renew/"), {"link": seen}, follow=True)
    assert "Nothing was changed now: the link was made anew" in again.content.decode()
    assert open_link(access.case) == fresh
    alice_client.post(address(program, "revoke/"), {"link": shown_link(alice_client, program)})
    assert shown_link(alice_client, program) == ""
    for _ in range(2):
        alice_client.post(address(program, "renew/"), {"link": ""})
    assert PatientAccess.objects.filter(case=access.case).count() == 3


def test_an_old_page_does_not_close_a_colleagues_new_link(
    alice_client: Client, bob_client: Client, program: Program, access: PatientAccess
) -> None:
    seen = shown_link(alice_client, program)
    bob_client.post(address(program, "renew/"), {"link": shown_link(bob_client, program)})
    fresh = open_link(access.case)
    answer = alice_client.post(address(program, "revoke/"), {"link": seen}, follow=True)
    assert "by you or by a colleague" in answer.content.decode()
    assert open_link(access.case) == fresh


def test_renewing_and_closing_are_on_record_without_the_token(
    alice_client: Client, program: Program, access: PatientAccess
) -> None:
    alice_client.post(address(program, "renew/"))
    alice_client.post(address(program, "revoke/"))
    entries = AuditEntry.objects.order_by("pk")
    assert [(e.action, e.actor_label, e.details) for e in entries] == [
        ("patient_access.revoked", "Alice Archer", {}),
        ("patient_access.renewed", "Alice Archer", {}),
        ("patient_access.revoked", "Alice Archer", {}),
    ]


def test_a_patient_who_is_locked_out_can_be_helped_by_phone(
    bob_client: Client, program: Program, access: PatientAccess, phone: Client
) -> None:
    for year in range(1940, 1945):
        phone.post(link(access), {"year": str(year)})
    page = bob_client.get(address(program)).content.decode()
    assert "5 of 10, until you renew the link" in page
    assert "Too many wrong years were typed." in page
    patient = access.case.patient
    patient.date_of_birth = dt.date(1944, 3, 8)
    patient.save()
    assert phone.post(link(access), {"year": "1944"}).status_code == 302
    assert "0 of 10, until you renew the link" in bob_client.get(address(program)).content.decode()


def test_an_expired_link_offers_a_new_one(
    bob_client: Client, program: Program, access: PatientAccess
) -> None:
    PatientAccess.objects.filter(pk=access.pk).update(expires_at=days_ago(3))
    page = bob_client.get(address(program)).content.decode()
    assert "The link has expired" in page
    assert access.token not in page
    bob_client.post(address(program, "renew/"))
    assert open_link(access.case).is_usable


def test_before_anything_is_issued_there_is_no_link_to_give(
    alice_client: Client, alice: User, case: Case
) -> None:
    draft = Program.objects.create(case=case, title="Draft", created_by=alice, changed_by=alice)
    assert "Nothing has been issued yet." in alice_client.get(address(draft)).content.decode()
    answer = alice_client.post(address(draft, "renew/"), follow=True)
    assert "Issue the program first." in answer.content.decode()
    assert PatientAccess.objects.count() == 0


def test_issuing_again_keeps_the_link_and_makes_it_last(
    case: Case, alice: User, access: PatientAccess
) -> None:
    PatientAccess.objects.filter(pk=access.pk).update(expires_at=days_ago(3))
    same = PatientAccess.objects.ensure(case=case, by=alice)
    assert (same.pk, same.token, same.is_usable) == (access.pk, access.token, True)


def test_charlie_sees_and_changes_nothing(
    charlie_client: Client, program: Program, access: PatientAccess
) -> None:
    answers = [
        charlie_client.get(address(program)),
        charlie_client.post(address(program, "renew/")),
        charlie_client.post(address(program, "revoke/")),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert open_link(access.case) == access


def test_without_signing_in_there_is_only_the_sign_in_page(
    client: Client, program: Program
) -> None:
    answer = client.get(address(program))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_looking_changes_nothing(alice_client: Client, program: Program) -> None:
    for name in ("renew/", "revoke/"):
        assert alice_client.get(address(program, name)).headers["Location"] == address(program)


def test_a_download_never_opens_a_door_that_was_closed(
    bob_client: Client, bob: User, case: Case, phone: Client
) -> None:
    program = issue_for(case, bob, sample_prescription(1, figures=False)).program
    access = open_link(case)
    bob_client.post(address(program, "revoke/"))
    for size in ("", "?large=1"):
        answer = bob_client.get(f"/programs/{program.pk}/versions/1/handout/{size}")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-"), size
        only = PatientAccess.objects.get()
        assert (only.pk, only.revoked_by) == (access.pk, bob), size
        assert phone.get(link(access)).status_code == 404, size


def test_a_download_prints_the_new_link_once_there_is_one(
    bob_client: Client, bob: User, case: Case
) -> None:
    program = issue_for(case, bob, sample_prescription(1, figures=False)).program
    bob_client.post(address(program, "renew/"))
    bob_client.get(f"/programs/{program.pk}/versions/1/handout/")
    assert program.prescriptions.get().handouts.get().access == open_link(case)


def test_the_page_of_the_program_says_that_the_link_is_closed(
    bob_client: Client, bob: User, case: Case
) -> None:
    issued = issue_for(case, bob, dataclasses.replace(sample_prescription(), items=()))
    Program.objects.filter(pk=issued.program_id).update(draft_open=False)
    page, closed = f"/programs/{issued.program_id}/", "The link is closed. Handouts still show"
    assert closed not in bob_client.get(page).content.decode()
    bob_client.post(address(issued.program, "revoke/"))
    assert closed in bob_client.get(page).content.decode()
