"""Nothing private reaches a log."""

import logging

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from gunicorn.config import Config

from clinic.server.logs import PrivacyFilter, PrivateFormatter, ServerLogger, masked
from tests.every_row import every


@every(
    ("line", "kept"),
    [
        ("GET /p/Zk3-secret/ HTTP/1.1", "GET /p/… HTTP/1.1"),
        ("Not Found: /p/Zk3-secret/print", "Not Found: /p/…"),
        ("Not Found: /P/Zk3-secret/", "Not Found: /P/…"),
        ("Not Found: //p//Zk3-secret/", "Not Found: //p//…"),
        ("GET /%70/Zk3-secret/ HTTP/1.1", "GET /%70/… HTTP/1.1"),
        ("GET /p%2FZk3-secret/ HTTP/1.1", "GET /p%2F… HTTP/1.1"),
        ("GET /Set-Password//MQ/abc-123/", "GET /Set-Password//…"),
        ("GET /patients/7/ HTTP/1.1", "GET /patients/7/ HTTP/1.1"),
        ('invalid input syntax for type date: "Mary\nX"', "invalid input syntax for type date: …"),
        ("GET /set-password/MQ/abc-123/", "GET /set-password/…"),
        ("GET /sign-in/address/MQ:abc-123/", "GET /sign-in/address/…"),
        ("POST /account/address/WzEs:abc-123/", "POST /account/address/…"),
        ("GET /patients/?q=Mary+Smith HTTP/1.1", "GET /patients/?… HTTP/1.1"),
        ("https://x.example/patients/?q=Mary 200", "https://x.example/patients/?… 200"),
        ("DETAIL:  Failing row contains (Mary).", "DETAIL: …"),
        ("GET /patients/ HTTP/1.1", "GET /patients/ HTTP/1.1"),
    ],
)
def test_what_a_line_keeps(line: str, kept: str) -> None:
    assert masked(line) == kept


def logged(record: logging.LogRecord) -> str:
    PrivacyFilter().filter(record)
    return PrivateFormatter().format(record)


@pytest.mark.django_db
def test_a_refused_row_is_not_repeated_in_a_traceback() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO clinic_practice (name) VALUES ('Mary has sciatica')")
    except IntegrityError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", ("a", "b"), info)
    text = logged(record)
    assert "Mary" not in text.replace("VALUES ('Mary has sciatica')", "")
    assert "not-null constraint" in text


@pytest.mark.django_db
def test_a_wrong_link_leaves_no_trace_of_its_token(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/nowhere/?name=Mary")
    (record,) = [r for r in caplog.records if r.name == "django.request"]
    assert logged(record) == "Not Found: /nowhere/"


def test_the_access_log_of_the_server_is_masked() -> None:
    class Response:
        status, headers, sent = "200 OK", (), 10

    class Request:
        headers = ()

    class Took:
        seconds, microseconds = 0, 5

    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/p/Zk3-secret/?a=b",
        "PATH_INFO": "/p/Zk3-secret/",
        "QUERY_STRING": "a=b",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": "https://x.example/p/Zk3-secret/",
    }
    atoms = ServerLogger(Config()).atoms(Response(), Request(), environ, Took())
    assert "Zk3" not in str([value for key, value in atoms.items() if len(key) == 1])
    assert (atoms["U"], atoms["q"]) == ("/p/…", "")
