"""How a page is looked at: on a screen by day and by night, and on a phone."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.chromium import DESKTOP, PHONE, by_night, findings

#: How many rows the links of the header take; a phone has room for all of them beside each other.
ROWS_OF_LINKS = """() => new Set(
    [...document.querySelectorAll('.site-nav li')].map(link => link.offsetTop)
).size"""


def on_a_screen(tab: Page) -> list[str]:
    return [f"{DESKTOP} {finding}" for finding in findings(tab)]


def on_a_screen_by_night(tab: Page) -> list[str]:
    return [f"{DESKTOP} {finding}" for finding in by_night(tab)]


def on_a_phone(tab: Page) -> list[str]:
    wrong = [f"{PHONE} {finding}" for finding in findings(tab)]
    if tab.evaluate(ROWS_OF_LINKS) > 1:
        wrong.append(f"{PHONE} the main links take more than one row")
    return wrong


#: How a page is looked at; beside each other is what differs in one thing only.
VIEWS = [
    (PHONE, 844, "light", on_a_phone),
    (DESKTOP, 900, "light", on_a_screen),
    (DESKTOP, 900, "dark", on_a_screen_by_night),
]


def look(tab: Page, url: str = "") -> list[str]:
    """What is wrong on a screen, by day and night, and on a phone, without loading it again.

    Every page begins as the last one ended: to turn a tab back takes as long as to turn it.
    """
    if url:
        tab.goto(url)
    size = tab.viewport_size
    assert size is not None
    at = (size["width"], size["height"])
    wrong = []
    for width, height, colours, view in VIEWS if at[0] == PHONE else reversed(VIEWS):
        if at != (width, height):
            at = (width, height)
            tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(color_scheme=colours)
        wrong += view(tab)
    return [f"{tab.url}: {finding}" for finding in wrong]
