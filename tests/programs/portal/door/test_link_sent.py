"""The link is handed to the patient: by e-mail from here, or by the clinic's own phone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEntry
from clinic.post import send_post
from patients.models import Patient
from programs.access.models import PatientAccess
from programs.access.sent_models import LinkSent
from programs.prescriptions.models import Program
from tests.patients.pages import main_text
from tests.programs.portal.door.test_patient_access import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def reachable(access: PatientAccess) -> PatientAccess:
    Patient.objects.filter(pk=access.case.patient_id).update(
        email="maria@example.org", phone="020 7946 0018"
    )
    return access


def send(client: Client, program: Program, way: str, key: object = None) -> str:
    sent = {"way": way, "key": str(key or uuid4())}
    return main_text(client.post(address(program, "send/"), sent, follow=True))


def test_the_page_offers_each_way_that_there_is(
    bob_client: Client, program: Program, access: PatientAccess
) -> None:
    page = main_text(bob_client.get(address(program)))
    assert "Not on record: e-mail and phone." in page
    Patient.objects.filter(pk=access.case.patient_id).update(
        email="maria@example.org", phone="020 7946 0018"
    )
    html = bob_client.get(address(program)).content.decode()
    assert "E-mail to maria@example.org" in html
    assert 'href="sms:+442079460018?&amp;body=Hello' in html
    assert 'href="mailto:maria%40example.org?subject=' in html


def test_an_email_goes_out_once_without_a_word_about_health(
    bob_client: Client,
    program: Program,
    reachable: PatientAccess,
) -> None:
    key = uuid4()
    for _ in range(2):
        page = send(bob_client, program, "email", key)
        assert "The link is on its way to maria@example.org." in page
    sent = LinkSent.objects.get()
    assert (sent.way, sent.to, str(sent.sent_by)) == ("email", "maria@example.org", "Bob Brown")
    assert reachable.token not in sent.text
    assert "[link]" in sent.text
    assert "E-mail from here, maria@example.org : Bob Brown" in page


def test_an_email_carries_the_practice_s_name_before_this_site_s_address(
    bob_client: Client, program: Program, reachable: PatientAccess, settings: LazySettings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Homeward <post@homeward.example>"
    practice = reachable.case.practice
    practice.name = "Zoë, Müller & Co. www.evil.example"
    practice.reply_email = "desk@harbour.example"
    practice.save()
    send(bob_client, program, "email")
    assert send_post(timezone.now) == {"sent": 1}
    (letter,) = mail.outbox
    assert letter.from_email == '"Zoë, Müller & Co. www. evil. example" <post@homeward.example>'
    assert letter.message()["From"].endswith(" <post@homeward.example>")
    assert letter.message()["Reply-To"] == "desk@harbour.example"


def test_a_message_by_the_clinic_s_phone_is_on_record(
    bob_client: Client, program: Program, reachable: PatientAccess
) -> None:
    assert "It is on record." in send(bob_client, program, "message")
    assert LinkSent.objects.get().to == "020 7946 0018"
    assert not mail.outbox
    entry = AuditEntry.objects.get(action="patient_access.sent")
    assert entry.details == {"way": "message"}


@pytest.mark.parametrize(("way", "key"), [("pigeon", None), ("email", "x"), ("", None)])
def test_what_makes_no_sense_sends_nothing(
    bob_client: Client, program: Program, reachable: PatientAccess, way: str, key: str | None
) -> None:
    assert "Nothing was sent." in send(bob_client, program, way, key)
    assert not LinkSent.objects.exists()


def test_nothing_is_sent_by_email_without_an_address(
    bob_client: Client, program: Program, access: PatientAccess
) -> None:
    assert "there is no e-mail address on record" in send(bob_client, program, "email")


def test_a_closed_link_is_not_sent(
    bob_client: Client, program: Program, reachable: PatientAccess
) -> None:
    bob_client.post(address(program, "revoke/"))
    assert "Nothing was sent." in send(bob_client, program, "message")


def test_what_was_sent_is_never_changed_or_removed(
    bob_client: Client, program: Program, reachable: PatientAccess
) -> None:
    send(bob_client, program, "copied")
    for change in (lambda rows: rows.update(to="x"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(LinkSent.objects.all())


def test_a_stranger_sends_nothing(
    charlie_client: Client, program: Program, reachable: PatientAccess
) -> None:
    sent = {"way": "email", "key": str(uuid4())}
    assert charlie_client.post(address(program, "send/"), sent).status_code == 404
    assert not LinkSent.objects.exists()
