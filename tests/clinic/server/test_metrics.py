"""Figures for whoever watches the server: for those with the token, and without any record."""

import json
import logging
import re
from uuid import UUID

import pytest
from django.test import Client, override_settings

from clinic.pulse import DUE, beat
from clinic.server.logs import JsonFormatter, PrivacyFilter
from tests.clock import NOW
from tests.factories import CaseFactory, PatientFactory

pytestmark = pytest.mark.django_db
WITH_TOKEN = override_settings(METRICS_TOKEN="a-token-of-the-tests")
BEARER = {"Authorization": "Bearer a-token-of-the-tests"}


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer another", "a-token-of-the-tests"])
def test_nobody_else_reads_them(said: str) -> None:
    with WITH_TOKEN:
        answer = Client().get("/metrics", headers={"Authorization": said})
    assert answer.status_code in (302, 404)
    assert b"homeward_requests" not in answer.content


def test_without_a_token_in_the_settings_nobody_does() -> None:
    with override_settings(METRICS_TOKEN=""):
        answer = Client().get("/metrics", headers={"Authorization": "Bearer "})
    assert b"homeward_requests" not in answer.content


def test_pages_are_counted_by_name_and_no_record_is_in_it(alice_client: Client) -> None:
    practice = alice_client.get("/").context["practice"]
    case = CaseFactory(patient=PatientFactory(practice=practice, full_name="Maria Santos"))
    alice_client.get(f"/cases/{case.pk}/")
    beat(DUE, NOW)
    with WITH_TOKEN:
        answer = alice_client.get("/metrics", headers=BEARER)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    pattern = r'homeward_requests_total\{method="GET",page="case",status="2xx"\} (\S+)'
    found = re.findall(pattern, said)
    assert float(found[0]) >= 1
    assert 'homeward_request_seconds_bucket{le="0.05",page="case"}' in said
    assert "homeward_due_age_seconds" in said
    for secret in (str(case.pk), "Maria", case.title):
        assert secret not in said


def test_a_line_of_the_log_can_be_json_with_the_number_of_its_request() -> None:
    record = logging.LogRecord("clinic", logging.INFO, "", 1, "Got %s", ("/p/abc123/",), None)
    record.request = type("Asked", (), {"request_id": UUID(int=7)})()
    PrivacyFilter().filter(record)
    line = json.loads(JsonFormatter().format(record))
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "clinic",
        "request": "00000000-0000-0000-0000-000000000007",
        "message": "Got /p/…",
    }
