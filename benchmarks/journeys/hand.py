"""The hand of a clinician at the page: every press is counted, the words that are typed are not."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

LETTERS_MS = 5
PATIENCE_MS = 120_000


class Hand:
    """Clicks and keys in one tab. ``slowest_ms``: from a press until the page is at rest."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.clicks = self.keys = 0
        self.slowest_ms = 0.0
        self.longest_px = 0

    @property
    def presses(self) -> int:
        """Clicks and keys together."""
        return self.clicks + self.keys

    def button(self, words: str) -> Locator:
        """The first button or link in sight whose name begins so, as somebody reads the page."""
        name = re.compile(rf"^{re.escape(words)}")
        either = self.tab.get_by_role("button", name=name).or_(
            self.tab.get_by_role("link", name=name)
        )
        return either.locator("visible=true").first

    def click(self, target: Locator, *, leaves: bool = False) -> None:
        """One click. ``leaves``: for another page."""
        self.clicks += 1
        self._do(lambda: target.click(timeout=PATIENCE_MS), leaves)

    def press(self, key: str, *, leaves: bool = False) -> None:
        """One key."""
        self.keys += 1
        self._do(lambda: self.tab.keyboard.press(key), leaves)

    def choose(self, select: Locator, label: str) -> None:
        """A list is opened and a line of it is clicked: two clicks."""
        self.clicks += 2
        self._do(lambda: select.select_option(label=label, timeout=PATIENCE_MS), False)

    def write(self, words: str) -> None:
        """Words typed where the focus is; they are the job's own and are not counted."""
        self.tab.keyboard.type(words, delay=LETTERS_MS)
        self._rest()

    def all_of(self, words: str) -> None:
        """Press each button of this kind until none is left."""
        while self.button(words).count():
            self.click(self.button(words))

    def _do(self, press: Callable[[], object], leaves: bool) -> None:
        began = time.perf_counter()
        if leaves:
            with self.tab.expect_navigation(wait_until="load", timeout=PATIENCE_MS):
                press()
        else:
            press()
        self._rest()
        self.slowest_ms = max(self.slowest_ms, (time.perf_counter() - began) * 1000)
        if "/programs/" in self.tab.url:
            height = self.tab.evaluate("document.documentElement.scrollHeight")
            self.longest_px = max(self.longest_px, int(height))

    def _rest(self) -> None:
        """Nothing is being asked for any more."""
        expect(self.tab.locator(".htmx-request")).to_have_count(0, timeout=PATIENCE_MS)
