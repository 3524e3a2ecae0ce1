"""E-mails about urgent alerts: sent until they are out, with nothing about health in them.

A row of ``AlertMail`` is made in the transaction that raises the alert. ``send_soon`` tries right
after that transaction, beside the request; ``send_due`` is what a scheduler runs. Both may run at
the same moment and in several processes; :mod:`clinic.outbox` says how a letter goes out once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from clinic import mailing
from clinic.models import Practice
from clinic.outbox import SENT, Outbox, send_beside
from clinic.parsing.printable import unlinked
from clinic.wall import passages
from patients.models import AlertMail

MAIL_THREAD: Final = "alert-mail"
"""What the threads that send at once are called."""
_WAITS: Final = (1, 2, 5, 10, 20, 30)
"""Minutes to the next try after the first, second … one; from then on the last."""
_LATE: Final = dt.timedelta(minutes=10)
"""A letter that is older than this and not out is a failure to show, whatever the reason."""


@dataclass(frozen=True, slots=True)
class MailState:
    """How alert e-mails of a practice stand, in words. ``problem``: what has not gone out.

    ``nobody``: why no e-mail reaches anybody, empty where one would.
    """

    nobody: str = ""
    problem: str = ""


def send_soon() -> None:
    """Try what is due once this transaction is done, beside the request: nobody waits for it."""
    send_beside(lambda: send_due(timezone.now()), MAIL_THREAD)


def send_due(now: dt.datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Send every letter that is due at ``now``; the number that went out.

    A letter about an alert that somebody has acknowledged meanwhile is not needed any more, and is
    left. It is never given up: it is tried until somebody has seen to the alert.
    """
    return ALERT_OUTBOX.send(lambda: now, stop)[SENT]


def _message(letter: AlertMail) -> EmailMessage:
    """The letter, to the address of today."""
    practice = letter.alert.case.practice
    letter.to = practice.alert_email
    name = unlinked(practice.name)
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return EmailMessage(
        subject=f"Somebody in {name} needs you in Homeward",
        body=render_to_string(
            "patients/inbox/alert_email.txt",
            {"practice": name, "link": settings.PUBLIC_URL + reverse("inbox")},
        ),
        to=[letter.to],
        # The same at each try: mail programs take two copies for one.
        headers={"Message-ID": f"<alert-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S}@{host}>"},
    )


def _wait(attempts: int) -> dt.timedelta:
    return dt.timedelta(minutes=_WAITS[min(attempts, len(_WAITS)) - 1])


def _close(letter: AlertMail, outcome: str, now: dt.datetime) -> None:
    letter.sent_at = timezone.now()


def _waiting() -> QuerySet[AlertMail]:
    """Letters of practices that have an address, about open alerts."""
    wanted = _needed().exclude(alert__case__practice__alert_email="")
    return wanted.select_related("alert__case__practice")


def _needed() -> QuerySet[AlertMail]:
    return AlertMail.objects.filter(sent_at=None, alert__acknowledged_at=None)


ALERT_OUTBOX: Final = Outbox(
    due=passages.practices_with_alert_mail,
    waiting=_waiting,
    message=_message,
    wait=_wait,
    close=_close,
)


def state(practice: Practice) -> MailState:
    """What the dashboard and the inbox say about the practice's alert e-mails; one query."""
    if not practice.alert_email:
        return MailState(nobody="No alert address is set, so nobody gets an e-mail.")
    if not mailing.has_server():
        return MailState(nobody="This server sends no e-mail: no mail server is set up.")
    now = timezone.now()
    late = _needed().filter(
        Q(error__gt="") | Q(created_at__lt=now - _LATE), alert__case__practice=practice
    )
    row = late.order_by("created_at", "pk").first()
    return MailState(problem="" if row is None else _problem(row, now))


def _problem(row: AlertMail, now: dt.datetime) -> str:
    why = mailing.FAILURES.get(row.error, "no try has come through")
    tries = "1 try" if row.attempts == 1 else f"{row.attempts} tries"
    minutes = -(-int((row.next_try_at - now).total_seconds()) // 60)
    when = f"in {minutes} minute{'s' if minutes > 1 else ''}" if minutes > 0 else "at the next run"
    return f"The alert e-mail has not gone out: {why}. {tries} so far, the next {when}."
