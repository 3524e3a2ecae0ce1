"""What a browser under test has fetched once it keeps, as it would for real."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

#: What came over the line, if only to be told that it is still the same.
FETCHED = """() => performance.getEntriesByType('resource')
    .filter(entry => entry.transferSize > 0).map(entry => entry.name)"""


def test_no_style_sheet_or_script_is_asked_for_twice(
    chromium: Browser, live_server: LiveServer
) -> None:
    """Its clock is its machine's, and the server says another time than that."""
    context = chromium.new_context(base_url=live_server.url)
    tab = context.new_page()
    tab.goto(reverse("sign_in"))
    assert len(tab.evaluate(FETCHED)) > 5
    tab.goto(reverse("forgot_password"))
    assert tab.evaluate(FETCHED) == []
    context.close()
