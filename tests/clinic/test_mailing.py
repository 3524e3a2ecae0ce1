"""What is said of a letter that did not go out: which part failed, and nothing of the letter."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.mail import EmailMessage

from clinic import mailing
from tests.dripping import drip, drip_encrypted
from tests.every_row import every
from tests.waiting import PATIENCE_S

SECONDS = 1
"""What one letter may take here."""


def hang_up(line: socket.socket) -> None:
    line.sendall(b"220 hello\r\n")


def drip_in_the_middle(line: socket.socket) -> None:
    """It greets like any other, and drips when it has heard who is there."""
    line.sendall(b"220 hello\r\n")
    line.recv(1024)
    drip(line)


@contextmanager
def served(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A mail server that answers the first who comes in this way; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line, suppress(OSError):
                answer(line)
                line.sendall(b"0 x\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(PATIENCE_S)


@pytest.fixture
def ours(settings: Any) -> Any:
    settings.EMAIL_BACKEND = "clinic.mail_server.LimitedBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 60
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.LETTER_SECONDS = SECONDS
    return settings


def failure() -> mailing.Failure | None:
    with mailing.server() as mail_server:
        return mailing.hand_over(EmailMessage("Test", "Test", None, ["a@b.example"]), mail_server)


def test_a_server_that_hangs_up_did_not_refuse_anything(ours: Any) -> None:
    with served(hang_up) as ours.EMAIL_PORT:
        assert failure() == mailing.Failure("unreachable", is_servers=True)
    assert mailing.FAILURES["unreachable"] == "the mail server did not answer, or hung up"


@pytest.mark.parametrize("answer", [drip, drip_in_the_middle])
def test_a_server_that_lets_byte_after_byte_drip_is_hung_up_on(ours: Any, answer: Any) -> None:
    """Each byte comes long before the time limit of a read. It would greet in the end."""
    heard = []

    def dripping(line: socket.socket) -> None:
        answer(line)
        heard.append(line.recv(1024))

    with served(dripping) as ours.EMAIL_PORT:
        assert failure() == mailing.Failure("unreachable", is_servers=True)
    # It hung up before the server had said all it wanted to.
    assert heard in ([], [b""])


def test_the_greeting_of_an_encrypted_line_is_under_the_limit_too(ours: Any) -> None:
    ours.EMAIL_USE_SSL = True
    with served(drip_encrypted) as ours.EMAIL_PORT:
        assert failure() == mailing.Failure("unreachable", is_servers=True)


@every(
    ("error", "kind"),
    [
        (smtplib.SMTPServerDisconnected("gone"), "unreachable"),
        (ConnectionRefusedError(), "unreachable"),
        (TimeoutError(), "unreachable"),
        (ssl.SSLCertVerificationError("no"), "encryption"),
        (smtplib.SMTPNotSupportedError("no STARTTLS"), "encryption"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "sign_in"),
        (smtplib.SMTPSenderRefused(550, b"no", "a@b.example"), "sender"),
        (smtplib.SMTPRecipientsRefused({}), "recipient"),
        (smtplib.SMTPDataError(550, b"no"), "refused"),
        (smtplib.SMTPConnectError(421, b"busy"), "refused"),
        (UnicodeEncodeError("ascii", "ä", 0, 1, "no"), "broken"),
    ],
)
def test_every_failure_has_its_part(error: Exception, kind: str) -> None:
    assert mailing.kind_of(error) == kind
    assert kind in mailing.FAILURES
