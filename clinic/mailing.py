"""Sending one letter, and saying in words why it did not go. No letter holds health data."""

from __future__ import annotations

import logging
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)

FAILURES: Final = MappingProxyType(
    {
        "sign_in": "the mail server refused our sign-in",
        "recipient": "the mail server refused the alert address",
        "sender": "the mail server refused our own address",
        "refused": "the mail server refused the letter",
        "unreachable": "the mail server did not answer",
        "broken": "something went wrong while it was sent",
    }
)
"""Kinds of failure, as they end the sentence "It has not gone out: …"."""


def send(*, to: str, subject: str, body: str) -> str:
    """Send a letter; an empty text, or the kind of failure (a key of ``FAILURES``).

    What a server answered is not kept: it may repeat the letter or the address.
    """
    try:
        send_mail(" ".join(subject.split()), body, None, [to])
    except Exception as error:
        kind = _kind(error)
        logger.warning("A letter has not gone out: %s (%s)", kind, type(error).__name__)
        return kind
    return ""


def has_server() -> bool:
    """Whether letters leave this machine; without a server they are printed where it runs."""
    return bool(settings.EMAIL_HOST) or not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def _kind(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (SMTPAuthenticationError, "sign_in"),
        (SMTPRecipientsRefused, "recipient"),
        (SMTPSenderRefused, "sender"),
        (SMTPException, "refused"),
        (OSError, "unreachable"),
    )
    return next((kind for known, kind in kinds if isinstance(error, known)), "broken")
