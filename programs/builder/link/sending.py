"""Handing the patient their link: by e-mail from here, or as a text for the clinic's own phone.

No word about health, and no name but the practice's: a lock screen and a shared mailbox show both.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from clinic import audit, mailing
from clinic.models import Practice, User
from clinic.parsing.printable import unlinked
from clinic.post import post
from patients.identity import phones
from patients.identity.regions import region_of
from patients.models import Patient
from programs.access.link_card import access_card
from programs.access.models import PatientAccess
from programs.access.sent_models import LINK_IN_TEXT, WAYS, LinkSent

SUBJECT = "Your page is ready"
WAY_CODES = tuple(code for code, _ in WAYS)


@dataclass(frozen=True, slots=True)
class LinkText:
    """The words that go with the link, and the addresses that open them in another program."""

    subject: str
    body: str
    email: str
    phone: str

    @property
    def sms(self) -> str:
        """Opens the messages of a phone; both ways of naming the text are understood widely."""
        return f"sms:{self.phone}?&body={quote(self.body)}"

    @property
    def mailto(self) -> str:
        """Opens the clinic's own mail program."""
        return f"mailto:{quote(self.email)}?subject={quote(self.subject)}&body={quote(self.body)}"


def link_text(patient: Patient, practice: Practice, link: str) -> LinkText:
    """What the patient reads. ``link`` stands in the middle of it."""
    name = unlinked(practice.name)
    call = f"Do you have a question? Call {practice.phone}.\n\n" if practice.phone else ""
    body = (
        f"Hello,\n\n{name} has made a page for you. Here it is:\n\n{link}\n\n"
        f"It asks for the year you were born. Keep the link to yourself.\n\n{call}{name}"
    )
    region = region_of(practice.time_zone)
    numbers = phones.numbers(patient.phone, region)
    phone = f"{'+' if region else ''}{numbers[0]}" if numbers else ""
    return LinkText(SUBJECT, body, patient.email, phone)


def sender_of(practice: Practice) -> str:
    """The practice's name before this site's own address.

    An address of the practice's own would need its domain to allow our mail server. Answers go to
    the practice all the same, by ``reply_email``: whose address that is, no mail server asks.
    """
    _, ours = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(unlinked(practice.name), addr_spec=ours))


def can_email(patient: Patient) -> bool:
    """Whether there is an address, and a mail server that takes letters."""
    return bool(patient.email) and (settings.DEVELOPMENT or mailing.has_server())


@transaction.atomic
def send_link(*, access: PatientAccess, actor: User, way: str, key: UUID) -> tuple[LinkSent, bool]:
    """Put on record that the link was handed over, and whether that is new.

    By e-mail it goes out with this transaction. The same ``key`` sends once.
    """
    case = access.case
    words = link_text(case.patient, case.practice, access_card(access).url)
    kept = link_text(case.patient, case.practice, LINK_IN_TEXT)
    to = {"email": words.email, "own_email": words.email, "message": case.patient.phone}.get(
        way, ""
    )
    sent, is_new = LinkSent.objects.get_or_create(
        access=access, key=key, defaults={"way": way, "to": to, "text": kept.body, "sent_by": actor}
    )
    if is_new:
        audit.record(
            practice=case.practice,
            actor=actor,
            action="patient_access.sent",
            target=access,
            way=way,
        )
        if way == "email":
            headers = {"Auto-Submitted": "auto-generated"}
            sender = sender_of(case.practice)
            answers = [case.practice.reply_email] if case.practice.reply_email else None
            post(
                EmailMessage(
                    words.subject,
                    words.body,
                    sender,
                    [words.email],
                    headers=headers,
                    reply_to=answers,
                )
            )
    return sent, is_new
