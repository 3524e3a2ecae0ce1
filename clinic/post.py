"""Posting a letter: written down now, sent in the background, so that nobody waits for it.

Whatever of this site or its packages sends e-mail does so through :class:`QueuedBackend`, and ends
up here. The letter is a row of its own from the transaction that posts it. A thread beside the
request tries it at once; ``manage.py run_due`` tries again what did not go, for a day.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.utils import timezone

from clinic import mailing
from clinic.models import PostedLetter
from clinic.outbox import SENT, Outbox, send_beside
from clinic.sealed import seal, unsealed

logger = logging.getLogger(__name__)
POST_THREAD: Final = "post"
"""What the threads that send at once are called."""
_KEPT: Final = dt.timedelta(days=1)
_WAITS: Final = (1, 1, 2, 5, 10, 20, 30)
"""Minutes to the next try after the first, second … one; from then on the last."""
_LATE: Final = "late"
_UNREADABLE: Final = "unreadable"


class QueuedBackend(BaseEmailBackend):
    """Where Django sends mail: into rows."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each down; it is out of the caller's hands from then on."""
        for message in email_messages:
            post(message)
        return len(email_messages)


def post(message: EmailMessage, *, about: str = "") -> None:
    """Write a letter down with its transaction, and try it as soon as that is done."""
    PostedLetter.objects.create(sealed=seal(_as_text(message)), about=about)
    send_beside(lambda: send_post(timezone.now), POST_THREAD)


def send_post(
    now: Callable[[], dt.datetime], stop: Callable[[], bool] = lambda: False
) -> Counter[str]:
    """Send what is due; how many letters came to which end."""
    return SITE_POST.send(now, stop)


def trouble(about: str) -> str:
    """Why a letter that a page has posted is not out yet, in words; empty where nothing is."""
    waiting = PostedLetter.objects.filter(about=about).exclude(error="")
    row = waiting.order_by("-made_at", "-pk").first()
    if row is None:
        return ""
    tries = "1 try" if row.attempts == 1 else f"{row.attempts} tries"
    return f"It has not gone out: {mailing.FAILURES[row.error]}. {tries} so far."


def _as_text(message: EmailMessage) -> str:
    """What the letter is made of. Its id is given here, so that a second try has the same."""
    if message.attachments:
        raise ValueError("A posted letter carries no attachments.")
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    parts: dict[str, Any] = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": {"Message-ID": f"<{uuid4().hex}@{host}>", **message.extra_headers},
        "alternatives": [list(part) for part in getattr(message, "alternatives", [])],
    }
    return json.dumps(parts)


def _message(letter: PostedLetter) -> EmailMessage:
    return EmailMultiAlternatives(**json.loads(unsealed(letter.sealed) or "{}"))


def _give_up(letter: PostedLetter, now: dt.datetime) -> str:
    if unsealed(letter.sealed) is None:
        return _UNREADABLE
    return _LATE if now - letter.made_at > _KEPT else ""


def _close(letter: PostedLetter, outcome: str, now: dt.datetime) -> None:
    if outcome != SENT:
        logger.error("A letter has been given up (%s, %s)", outcome, letter.about or "of the site")
    letter.delete()


def _wait(attempts: int) -> dt.timedelta:
    return dt.timedelta(minutes=_WAITS[min(attempts, len(_WAITS)) - 1])


def _waiting() -> QuerySet[PostedLetter]:
    return PostedLetter.objects.all()


SITE_POST: Final = Outbox(
    due=None, waiting=_waiting, message=_message, wait=_wait, close=_close, give_up=_give_up
)
