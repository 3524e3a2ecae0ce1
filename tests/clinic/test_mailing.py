"""What is said of a letter that did not go out: which part failed, and nothing of the letter."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest

from clinic import mailing
from tests.waiting import PATIENCE_S


@pytest.fixture
def hanging_up() -> Iterator[int]:
    """A server that says hello and hangs up; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"220 hello\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(PATIENCE_S)


def test_a_server_that_hangs_up_did_not_refuse_anything(hanging_up: int, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", hanging_up  # type: ignore[attr-defined]
    settings.EMAIL_USE_TLS = False  # type: ignore[attr-defined]
    assert mailing.send(to="a@b.example", subject="Test", body="Test") == "unreachable"
    assert mailing.FAILURES["unreachable"] == "the mail server did not answer, or hung up"


@pytest.mark.parametrize(
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
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_every_failure_has_its_part(error: Exception, kind: str) -> None:
    assert mailing.kind_of(error) == kind
    assert kind in mailing.FAILURES
