"""Whom somebody tells who has found a weakness."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from clinic.server import environment

URL = "/.well-known/security.txt"


def test_it_says_whom_and_until_when(client: Client) -> None:
    with override_settings(SECURITY_CONTACT="mailto:safe@physio.example"):
        answer = client.get(URL)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:safe@physio.example",
        "Expires: 2027-05-21T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


@pytest.mark.django_db
def test_without_anybody_there_is_none(client: Client) -> None:
    with override_settings(SECURITY_CONTACT=""):
        assert client.get(URL).status_code == 404


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", ""),
        (" safe@physio.example ", "mailto:safe@physio.example"),
        ("https://physio.example/safe", "https://physio.example/safe"),
        ("tel:+44-20-7946-0000", "tel:+44-20-7946-0000"),
    ],
)
def test_it_is_read_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch, said: str, read: str
) -> None:
    monkeypatch.setenv("SECURITY_CONTACT", said)
    assert environment.contact("SECURITY_CONTACT") == read


@pytest.mark.parametrize("said", ["somebody", "javascript:alert(1)", "http://x.example", "a@b\nc"])
def test_what_reaches_nobody_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("SECURITY_CONTACT", said)
    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT takes an e-mail address"):
        environment.contact("SECURITY_CONTACT")
