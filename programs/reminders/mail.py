"""The two e-mails about reminders. Neither says whom it is about, or that anybody is ill.

A lock screen, a shared mailbox and every server on the way can read an e-mail: there is no name in
it but the practice's, no exercise, no dose, no word about health.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from clinic import mailing
from clinic.parsing.printable import unlinked
from programs.reminders.models import Reminder, ReminderMail


def can_mail() -> bool:
    """Whether e-mail leaves this site; on a development machine it is printed, and that counts."""
    return settings.DEVELOPMENT or mailing.has_server()


def public(name: str, *args: object) -> str:
    """An address of this site as it stands in an e-mail."""
    return str(settings.PUBLIC_URL) + reverse(name, args=args)


def reminder_message(mail: ReminderMail) -> EmailMessage:
    """The reminder of one day, with one click to stop them all (RFC 2369, RFC 8058).

    The message's id is made from the row's: were it ever sent twice, because the machine died
    between sending and writing it down, mail programs take the two for one.
    """
    reminder = mail.reminder
    stop = public("portal_reminder_stop", reminder.stop_token)
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return EmailMessage(
        subject="Your reminder for today",
        body=_text("programs/reminders/reminder_email.txt", reminder, stop=stop),
        to=[reminder.email],
        headers={
            "Message-ID": f"<reminder-{mail.pk}-{mail.day:%Y%m%d}@{host}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def confirmation_message(reminder: Reminder) -> EmailMessage:
    """Asks whoever reads this mailbox to confirm it. It does not lead to the program."""
    confirm = public("portal_reminder_confirm", reminder.confirm_token)
    return EmailMessage(
        subject="Please confirm your e-mail address",
        body=_text("programs/reminders/confirm_email.txt", reminder, confirm=confirm),
        to=[reminder.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _text(template: str, reminder: Reminder, **addresses: str) -> str:
    access = reminder.access
    context = {
        # A name may have been typed over two lines, or like an address that would be a link.
        "practice": unlinked(access.case.practice.name),
        "door": public("portal_door", access.token),
        **addresses,
    }
    return render_to_string(template, context)
