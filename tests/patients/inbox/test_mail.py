"""Alert e-mails: nothing about health, sent until they are out, and nobody waits for them."""

import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import Practice, User
from clinic.post import send_post
from patients.inbox import mail as alert_mail
from patients.models import Alert, AlertMail, Case
from tests.clinic.accounts.held_mail import held_mail
from tests.factories import AlertFactory
from tests.patients.pages import main_text, said
from tests.undone import undone
from tests.waiting import PATIENCE_S, until

TO = "alerts@harbour.example"
pytestmark = pytest.mark.django_db


class Unreachable(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no route to 10.0.0.9")


class Refusing(EmailBackend):
    """A mail server that knows no such address."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({TO: (550, b"no such user")})


class Deadly(EmailBackend):
    """The process is ended while the mail server has the letter."""

    def send_messages(self, messages: Any) -> int:
        raise KeyboardInterrupt


@pytest.fixture
def letter(practice: Practice, case: Case) -> AlertMail:
    practice.alert_email = TO
    practice.save()
    return AlertMail.objects.create(alert=AlertFactory(case=case), to=TO)


def test_the_letter_says_nothing_about_anybody(letter: AlertMail) -> None:
    assert alert_mail.send_due(timezone.now()) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        [TO],
        "Somebody in Harbour Physiotherapy needs you in Homeward",
    )
    assert sent.body == (
        "Somebody in Harbour Physiotherapy needs you in Homeward.\n\n"
        "Please sign in and look at the inbox:\nhttp://127.0.0.1:8000/inbox/\n\n"
        "This e-mail says nothing about anybody, on purpose. It comes because this address is\n"
        "the alert address of Harbour Physiotherapy.\n"
    )


def test_it_goes_out_once(letter: AlertMail) -> None:
    now = timezone.now()
    assert [alert_mail.send_due(now + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]
    letter.refresh_from_db()
    assert (letter.attempts, letter.error, letter.sent_at is not None) == (1, "", True)


def test_a_failure_is_tried_again_later_and_later(letter: AlertMail, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    now = timezone.now()
    waits = []
    for _ in range(8):
        assert alert_mail.send_due(now) == 0
        assert alert_mail.send_due(now) == 0
        letter.refresh_from_db()
        waits.append(round((letter.next_try_at - now).total_seconds() / 60))
        now = letter.next_try_at
    assert waits == [1, 2, 5, 10, 20, 30, 30, 30]
    assert (letter.attempts, letter.error) == (8, "unreachable")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert alert_mail.send_due(now) == 1
    letter.refresh_from_db()
    assert letter.error == ""


def test_one_that_fails_does_not_hold_up_the_others(letter: AlertMail, case: Case) -> None:
    letter.next_try_at = timezone.now() + timedelta(minutes=5)
    letter.save()
    AlertMail.objects.create(alert=AlertFactory(case=case), to=TO)
    assert alert_mail.send_due(timezone.now()) == 1


def test_it_goes_to_the_address_of_today_and_not_once_somebody_has_seen_to_it(
    letter: AlertMail, practice: Practice, alice: User
) -> None:
    practice.alert_email = ""
    practice.save()
    assert alert_mail.send_due(timezone.now()) == 0
    practice.alert_email = "new@harbour.example"
    practice.save()
    with undone():
        Alert.objects.update(acknowledged_at=timezone.now(), acknowledged_by=alice, note="Rang.")
        assert alert_mail.send_due(timezone.now()) == 0
    assert alert_mail.send_due(timezone.now()) == 1
    assert mail.outbox[0].to == ["new@harbour.example"]


def test_a_process_that_dies_while_sending_loses_nothing(letter: AlertMail, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Deadly"
    now = timezone.now()
    with pytest.raises(KeyboardInterrupt):
        alert_mail.send_due(now)
    letter.refresh_from_db()
    assert (letter.attempts, letter.sent_at) == (0, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert alert_mail.send_due(now) == 1


def test_a_server_that_is_away_is_not_asked_once_for_every_letter(
    letter: AlertMail, case: Case, settings: Any
) -> None:
    AlertMail.objects.create(alert=AlertFactory(case=case), to=TO)
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    now = timezone.now()
    alert_mail.send_due(now)
    assert sorted(AlertMail.objects.values_list("attempts", flat=True)) == [0, 1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert alert_mail.send_due(now) == 1
    assert alert_mail.send_due(now + timedelta(minutes=1)) == 1


# --- What the practice sees of it ----------------------------------------------------------------


def test_everybody_is_told_when_it_does_not_go_out(
    bob_client: Client, charlie_client: Client, letter: AlertMail, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    alert_mail.send_due(timezone.now())
    words = (
        "The alert e-mail has not gone out: the mail server refused the alert address. "
        "1 try so far, the next in 1 minute."
    )
    for name in ("dashboard", "inbox"):
        assert words in main_text(bob_client.get(reverse(name)))
        assert "has not gone out" not in main_text(charlie_client.get(reverse(name)))


def test_one_that_nobody_tried_to_send_is_shown_after_a_while(
    practice: Practice, letter: AlertMail
) -> None:
    assert alert_mail.state(practice) == alert_mail.MailState()
    AlertMail.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert alert_mail.state(practice).problem == (
        "The alert e-mail has not gone out: no try has come through. "
        "0 tries so far, the next at the next run."
    )


def test_without_an_address_or_a_server_the_pages_say_that_nobody_gets_it(
    alice_client: Client, bob_client: Client, practice: Practice, settings: Any
) -> None:
    nobody = "No alert address is set, so nobody gets an e-mail."
    assert f"{nobody} Practice settings" in main_text(alice_client.get("/"))
    told = main_text(bob_client.get("/"))
    assert (nobody in told, "Practice settings" in told) == (True, False)
    practice.alert_email = TO
    practice.save()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "This server sends no e-mail" in main_text(bob_client.get("/inbox/"))


def test_an_owner_sends_a_test(
    alice_client: Client, bob_client: Client, practice: Practice, settings: Any
) -> None:
    url = reverse("send_test_email")
    assert said(alice_client.post(url, follow=True)) == ["Save an alert address first."]
    practice.alert_email = TO
    practice.save()
    assert bob_client.post(url).status_code == 403
    assert said(alice_client.post(url, follow=True)) == [f"A test e-mail is on its way to {TO}."]
    assert said(alice_client.post(url, follow=True)) == [
        "A test e-mail has just been sent. Wait half a minute."
    ]
    assert mail.outbox == []
    assert send_post(timezone.now) == {"sent": 1}
    assert [letter.to for letter in mail.outbox] == [[TO]]


def test_a_test_that_fails_says_why(
    alice_client: Client, practice: Practice, settings: Any
) -> None:
    practice.alert_email = TO
    practice.save()
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    alice_client.post(reverse("send_test_email"))
    why = "It has not gone out: the mail server did not answer, or hung up. 1 try so far."
    page = reverse("practice_settings")
    assert why not in main_text(alice_client.get(page))
    assert send_post(timezone.now) == {"server": 1}
    assert f"The last test e-mail: {why}" in main_text(alice_client.get(page))


# --- Beside the request --------------------------------------------------------------------------


def raised(case: Case) -> None:
    """An alert with its letter, as a report raises it."""
    with transaction.atomic():
        AlertMail.objects.create(alert=AlertFactory(case=case), to=TO)
        alert_mail.send_soon()


def joined() -> None:
    for thread in threading.enumerate():
        if thread.name == alert_mail.MAIL_THREAD:
            thread.join(PATIENCE_S)


@pytest.mark.django_db(transaction=True)
def test_the_first_try_comes_at_once_and_nobody_waits_for_a_slow_server(
    practice: Practice, case: Case, settings: Any
) -> None:
    practice.alert_email = TO
    practice.save()
    with held_mail(settings) as arrived:
        raised(case)
        until(arrived, "the letter is at the mail server")
        assert AlertMail.objects.get().sent_at is None
    joined()
    assert len(mail.outbox) == 1
    assert AlertMail.objects.get().sent_at is not None


def as_a_process() -> None:
    alert_mail.send_due(timezone.now())
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_it_once(practice: Practice, case: Case, settings: Any) -> None:
    practice.alert_email = TO
    practice.save()
    for _ in range(2):
        AlertMail.objects.create(alert=AlertFactory(case=case), to=TO)
    threads = [threading.Thread(target=as_a_process) for _ in range(2)]
    with held_mail(settings) as arrived:
        for thread in threads:
            thread.start()
        until(lambda: arrived() == len(threads), "each of them is sending")
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(mail.outbox) == 2
    assert list(AlertMail.objects.values_list("attempts", flat=True)) == [1, 1]
