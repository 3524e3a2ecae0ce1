"""Handing over one letter, and saying in words why it did not go. No letter holds health data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from ssl import SSLError
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)

FAILURES: Final = MappingProxyType(
    {
        "sign_in": "the mail server refused our sign-in",
        "recipient": "the mail server refused the alert address",
        "sender": "the mail server refused our own address",
        "refused": "the mail server refused the letter",
        "encryption": "the encrypted connection to the mail server failed",
        "unreachable": "the mail server did not answer, or hung up",
        "broken": "something went wrong while it was sent",
    }
)
"""Kinds of failure, as they end the sentence "It has not gone out: …"."""
_ONE_LETTERS: Final = (
    SMTPRecipientsRefused, SMTPDataError, SMTPSenderRefused, SMTPNotSupportedError, ValueError
)  # fmt: skip
"""The server is there and does not take this one letter."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter has not gone out: a key of ``FAILURES``.

    ``is_servers``: any other letter would fare the same now.
    """

    kind: str
    is_servers: bool


def hand_over(message: EmailMessage, mail_server: BaseEmailBackend) -> Failure | None:
    """Give a letter to the mail server, opened where it is not yet; None where it was taken.

    The whole of it takes ``settings.LETTER_SECONDS`` at most. What a server answered is not kept:
    it may repeat the letter or the address.
    """
    limited = getattr(mail_server, "limited", nullcontext)
    try:
        with limited(settings.LETTER_SECONDS):
            mail_server.open()
            mail_server.send_messages([message])
    except Exception as error:
        _close(mail_server)
        kind = kind_of(error)
        logger.warning("A letter has not gone out: %s (%s)", kind, type(error).__name__)
        return Failure(kind, is_servers=not isinstance(error, _ONE_LETTERS))
    return None


@contextmanager
def server() -> Iterator[BaseEmailBackend]:
    """The mail server, opened by the first letter and closed at the end, whatever happened."""
    mail_server = get_connection(_backend())
    try:
        yield mail_server
    finally:
        _close(mail_server)


def _close(mail_server: BaseEmailBackend) -> None:
    try:
        mail_server.close()
    except (SMTPException, OSError):
        logger.info("The mail server did not say goodbye")


def has_server() -> bool:
    """Whether letters leave this machine; without a server they are printed where it runs."""
    return bool(settings.EMAIL_HOST) or not _backend().endswith("console.EmailBackend")


def _backend() -> str:
    """What takes letters to the server. ``EMAIL_BACKEND`` only writes them down."""
    queued = settings.EMAIL_BACKEND == "clinic.post.QueuedBackend"
    return str(settings.MAIL_SERVER_BACKEND if queued else settings.EMAIL_BACKEND)


def kind_of(error: Exception) -> str:
    """Which part failed: a key of ``FAILURES``."""
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (SMTPAuthenticationError, "sign_in"),
        (SMTPRecipientsRefused, "recipient"),
        (SMTPSenderRefused, "sender"),
        (SMTPServerDisconnected, "unreachable"),
        (SMTPNotSupportedError, "encryption"),
        (SMTPException, "refused"),
        (SSLError, "encryption"),
        (OSError, "unreachable"),
    )
    return next((kind for known, kind in kinds if isinstance(error, known)), "broken")
