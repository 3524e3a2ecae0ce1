"""What people write is shown as they wrote it, on every page, drawing, file and letter."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from clinic.models import User
from patients.models import Alert, AlertMail
from programs.access.models import PatientAccess
from tests.fuzz.hostile import MARK, NOT_WRITTEN, WRITTEN, harm_in, write_everywhere
from tests.fuzz.judging import told
from tests.kept_rows import put_demo
from tests.programs.portal.conftest import open_door

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|src|hx-get|data-src)="([^"]+)"')
EACH = 3
"""Addresses of one name that are looked at; the demo has each kind of case among the first."""
SHORTEST = 60
"""Columns with room for this much hold sentences, unless something else is said of them."""
#: Ends the visit, or is nobody's page.
LEFT_OUT = {"sign_out", "portal_forget", "portal_forgotten"}


@pytest.fixture
def owner() -> User:
    put_demo()
    write_everywhere()
    return User.objects.get(email="alice@harbour.example")


def walk(client: Client, start: str) -> Iterator[tuple[str, list[str]]]:
    """Every page that a link leads to from here, a few of each name, with what is wrong there."""
    waiting, seen, names = [start], {start}, Counter[str]()
    while waiting:
        url = waiting.pop(0)
        answer = client.get(url)
        body = told(answer)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        wrong = harm_in(kind, body, list(answer.headers.items()))
        if answer.status_code >= 400:
            wrong.append(f"status {answer.status_code}")
        if kind.endswith("json"):
            json.loads(body)
        yield url, wrong
        found = [answer.headers.get("Location", "")]
        if kind == "text/html":
            found += LINK.findall(body.decode())
        for link in found:
            to = urldefrag(link.replace("&amp;", "&")).url
            if not to.startswith("/") or to in seen or to.startswith("/static/"):
                continue
            seen.add(to)
            try:
                name = resolve(to.partition("?")[0]).url_name or ""
            except Resolver404:
                continue
            names[name] += 1
            if names[name] <= EACH and name not in LEFT_OUT:
                waiting.append(to)


@pytest.mark.long
def test_no_page_of_a_clinician_is_harmed(owner: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(owner, settings.AUTHENTICATION_BACKENDS[-1])
    looked_at = dict(walk(client, "/"))
    assert {url: wrong for url, wrong in looked_at.items() if wrong} == {}
    assert len(looked_at) > 70


def test_no_page_of_a_patient_is_harmed(owner: User) -> None:
    looked_at: dict[str, list[str]] = {}
    usable = PatientAccess.objects.usable().select_related("case__patient").order_by("pk")
    for access in [*usable.of_patients()[:2], usable.of_helpers()[0]]:
        client = Client(raise_request_exception=False)
        page = open_door(client, access, access.case.patient.date_of_birth.year)
        looked_at |= dict(walk(client, page))
    assert {url: wrong for url, wrong in looked_at.items() if wrong} == {}
    assert len(looked_at) > 24


def test_no_letter_is_harmed(owner: User) -> None:
    practice = owner.memberships.get().practice
    practice.alert_email = "desk@harbour.example"
    practice.save(update_fields=["alert_email"])
    alert = Alert.objects.filter(case__practice=practice, acknowledged_at=None).first()
    AlertMail.objects.get_or_create(alert=alert, defaults={"to": practice.alert_email})
    client = Client()
    client.post(reverse("forgot_password"), {"email": owner.email})
    client.force_login(owner, settings.AUTHENTICATION_BACKENDS[-1])
    new = {"full_name": "Nora New", "email": "nora@harbour.example", "role": "clinician"}
    client.post(reverse("team"), new)
    call_command("run_due", stdout=StringIO())
    assert {letter.to[0] for letter in mail.outbox} == {
        "desk@harbour.example", "alice@harbour.example", "nora@harbour.example"
    }  # fmt: skip
    for letter in mail.outbox:
        message = letter.message()
        assert "X-Evil" not in message
        # A long header goes on in the next line, after a space.
        assert "\n" not in re.sub(r"\n[ \t]", " ", str(message["Subject"]))
        assert [kind for kind, text in _parts(message) if "html" in kind and MARK in text] == []


def _parts(message: Any) -> list[tuple[str, str]]:
    return [
        (part.get_content_type(), part.get_payload(decode=True).decode())
        for part in message.walk()
        if not part.is_multipart()
    ]


def test_every_column_for_words_is_written_to_or_said_why_not() -> None:
    held = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if model._meta.app_label in ("clinic", "patients", "programs")
        for field in model._meta.local_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and (field.max_length or 9999) >= SHORTEST
    }
    written = {f"{table}.{column}" for table, columns in WRITTEN.items() for column in columns}
    assert held - written - NOT_WRITTEN == set()
    assert NOT_WRITTEN - held == set()
