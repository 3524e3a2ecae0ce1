"""Letters of the site are written down and sent in the background, sealed, once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from clinic import post
from clinic.models import PostedLetter
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.django_db
LINK = "http://127.0.0.1:8000/set-password/secret/"


class Dying(EmailBackend):
    """The mail server takes the letter, and this process is killed before it can say so."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


class Away(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _queued(settings: Any) -> None:
    settings.EMAIL_BACKEND = "clinic.post.QueuedBackend"
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def send() -> None:
    send_mail("Your account", f"Follow {LINK}", None, ["alice@example.org"])


def posted() -> PostedLetter:
    send()
    return PostedLetter.objects.get()


def test_what_is_sent_is_written_down_and_goes_later() -> None:
    posted()
    assert mail.outbox == []
    assert post.send_post(timezone.now) == {"sent": 1}
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["alice@example.org"], "Your account")
    assert LINK in letter.body
    assert PostedLetter.objects.count() == 0


def test_whoever_reads_the_row_reads_no_link_and_no_address() -> None:
    sealed = bytes(posted().sealed)
    assert [word for word in (b"set-password", b"alice", b"account") if word in sealed] == []


def test_a_letter_outlives_a_new_secret_key_and_not_one_that_forgot_the_old(settings: Any) -> None:
    posted()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert post.send_post(timezone.now) == {"sent": 1}
    posted()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a third", []
    assert post.send_post(timezone.now) == {"unreadable": 1}
    assert (len(mail.outbox), PostedLetter.objects.count()) == (1, 0)


def test_a_process_that_dies_after_the_server_took_it_sends_the_same_letter_again(
    settings: Any,
) -> None:
    posted()
    settings.MAIL_SERVER_BACKEND = f"{__name__}.Dying"
    with pytest.raises(KeyboardInterrupt):
        post.send_post(timezone.now)
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post.send_post(timezone.now) == {"sent": 1}
    ids = [letter.message()["Message-ID"] for letter in mail.outbox]
    assert (len(ids), len(set(ids))) == (2, 1)
    assert ids[0].endswith("@127.0.0.1>")


def test_it_is_tried_for_a_day_and_then_given_up(settings: Any, caplog: Any) -> None:
    posted()
    settings.MAIL_SERVER_BACKEND = f"{__name__}.Away"
    begun = timezone.now()
    assert post.send_post(lambda: begun) == {"server": 1}
    assert post.send_post(lambda: begun) == {}
    assert post.send_post(lambda: begun + dt.timedelta(minutes=1)) == {"server": 1}
    assert post.send_post(lambda: begun + dt.timedelta(days=1, minutes=1)) == {"late": 1}
    assert PostedLetter.objects.count() == 0
    assert "A letter has been given up (late, of the site)" in caplog.text
    assert "alice" not in caplog.text


def test_a_next_try_that_a_wrong_clock_wrote_is_not_waited_for(settings: Any) -> None:
    """The clock stood two days ahead when the first try failed."""
    posted()
    settings.MAIL_SERVER_BACKEND = f"{__name__}.Away"
    ahead = timezone.now() + dt.timedelta(hours=20)
    post.send_post(lambda: ahead)
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post.send_post(timezone.now) == {"sent": 1}


def test_a_letter_with_something_attached_is_not_taken() -> None:
    letter = EmailMessage("Report", "See there", None, ["alice@example.org"])
    letter.attach("report.txt", "secret", "text/plain")
    with pytest.raises(ValueError, match="carries no attachments"):
        letter.send()
    assert PostedLetter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_first_try_comes_at_once() -> None:
    send()
    for thread in threading.enumerate():
        if thread.name == post.POST_THREAD:
            thread.join(PATIENCE_S)
    assert (len(mail.outbox), PostedLetter.objects.count()) == (1, 0)
