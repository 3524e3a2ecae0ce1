"""What is in the two e-mails, and above all what is not."""

import re

import pytest
from django.conf import settings
from django.core import mail
from textstat import textstat

from programs.prescriptions.models import IssuedPrescription
from programs.reminders.mail import confirmation_message, reminder_message
from programs.reminders.models import Reminder, ReminderMail
from programs.reminders.sender import send_reminders
from tests.programs.reminders.conftest import NINE

pytestmark = pytest.mark.django_db
HEALTH = re.compile(
    r"health|pain|exercise|back|spine|stenosis|program|session|patient|therap|hurt|leg", re.I
)


def flat(message: mail.EmailMessage) -> str:
    """Headers and text as they go over the wire."""
    return str(message.message().as_bytes().decode())


@pytest.fixture
def sent(reminder: Reminder) -> mail.EmailMessage:
    send_reminders(lambda: NINE)
    (message,) = mail.outbox
    assert isinstance(message, mail.EmailMessage)
    return message


def without_addresses(text: str, practice: str) -> str:
    return re.sub(r"https?://\S+|<[^>]*>", "", text).replace(practice, "")


def test_it_says_nothing_about_health_and_names_nobody(
    sent: mail.EmailMessage, reminder: Reminder, issued: IssuedPrescription
) -> None:
    text = flat(sent)
    said = without_addresses(text, "Harbour Physiotherapy").replace("margaret@example.org", "")
    assert HEALTH.findall(said) == []
    names = [
        "Margaret",
        "Ellison",
        "Alice",
        "Bob",
        reminder.access.case.title,
        reminder.access.code,
    ]
    names += [item.name for item in issued.prescription().items]
    assert [name for name in names if name.lower() in said.lower()] == []


def test_it_has_the_stable_link_the_practice_and_the_stop(
    sent: mail.EmailMessage, reminder: Reminder
) -> None:
    body = str(sent.body)
    found = re.findall(r"https?://\S+", body)
    root = settings.PUBLIC_URL
    assert found == [
        f"{root}/p/{reminder.access.token}/",
        f"{root}/p/reminders/{reminder.stop_token}/stop/",
    ]
    assert body.rstrip().endswith("Harbour Physiotherapy")
    assert sent.subject == "Your reminder for today"


def test_a_mail_program_can_offer_to_stop_it(sent: mail.EmailMessage, reminder: Reminder) -> None:
    stop = f"{settings.PUBLIC_URL}/p/reminders/{reminder.stop_token}/stop/"
    head = sent.message()
    assert head["List-Unsubscribe"] == f"<{stop}>"
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["Auto-Submitted"] == "auto-generated"


def test_sent_twice_it_would_be_the_same_letter(sent: mail.EmailMessage) -> None:
    row = ReminderMail.objects.select_related("reminder__access__case__practice").get()
    assert reminder_message(row).message()["Message-ID"] == sent.message()["Message-ID"]


def test_a_practice_name_over_two_lines_or_with_marks_stays_one_line(reminder: Reminder) -> None:
    practice = reminder.access.case.practice
    practice.name = "Smith & <Sons>\r\nBcc: eve@example.org"
    practice.save()
    message = confirmation_message(Reminder.objects.get())
    assert "Smith & <Sons> Bcc: eve at example. org" in str(message.body)
    assert [key for key in message.message() if key.lower() == "bcc"] == []


def test_the_confirmation_leads_to_no_door_and_names_nobody(reminder: Reminder) -> None:
    message = confirmation_message(reminder)
    text = flat(message)
    assert reminder.access.token not in text
    assert reminder.stop_token not in text
    assert f"/p/reminders/{reminder.confirm_token}/confirm/" in text
    assert HEALTH.findall(without_addresses(text, "Harbour Physiotherapy")) == []
    assert "Margaret" not in text
    assert "Ellison" not in text


@pytest.mark.parametrize("which", ["reminder", "confirmation"])
def test_they_read_easily(reminder: Reminder, sent: mail.EmailMessage, which: str) -> None:
    message = sent if which == "reminder" else confirmation_message(reminder)
    lines = without_addresses(str(message.body), "our practice").split("\n\n")
    text = " ".join(f"{line.strip().rstrip(',:')}." for line in lines if line.strip())
    assert textstat.flesch_kincaid_grade(text) <= 6
