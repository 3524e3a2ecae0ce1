"""A page that a client was answered is shown once, to the tab that asks for it next."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from clinic.models import User
from tests.browser.asked_once import asked_once


def status(server: LiveServer, url: str) -> int:
    """What a stranger is answered."""
    line = HTTPConnection(urlsplit(server.url).netloc)
    try:
        line.request("GET", url)
        return line.getresponse().status
    finally:
        line.close()


def test_what_was_answered_goes_out_once(live_server: LiveServer, alice: User) -> None:
    inbox, other = reverse("inbox"), reverse("patient_list")
    with asked_once(live_server, alice) as is_page:
        found = [url for url in ("/nothing/here/", reverse("sign_out"), inbox) if is_page(url)]
        assert found == [inbox]
        assert [status(live_server, url) for url in (other, inbox, inbox)] == [302, 200, 302]
    assert status(live_server, inbox) == 302


def test_a_page_that_is_not_looked_at_is_missed(live_server: LiveServer, alice: User) -> None:
    missed = pytest.raises(AssertionError, match=r"not looked at: .*/inbox/")
    with missed, asked_once(live_server, alice) as is_page:
        is_page(reverse("inbox"))
