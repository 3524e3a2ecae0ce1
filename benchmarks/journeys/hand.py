"""The hand of a clinician at the page: every press is counted, the words that are typed are not."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

LETTERS_MS = 5
PATIENCE_MS = 120_000
STILL = """document.readyState === "complete"
    && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")"""
"""Nothing is being asked for any more, and what came is in the page."""
NOW = "performance.timeOrigin + performance.now()"
AT_REST = f"() => {STILL} && {NOW}"
"""The moment by the page's clock, once it is still."""
PRESS_KEY = "bench-press"
NOTE_PRESSES = f"""for (const kind of ["pointerup", "keydown"]) {{
    addEventListener(kind, (event) => sessionStorage.setItem(
        "{PRESS_KEY}", performance.timeOrigin + event.timeStamp), true);
}}"""
"""For every page of a tab: the moment at which the latest press reached it."""
PRESSED = f"() => Number(sessionStorage.getItem('{PRESS_KEY}'))"
NOTE_REST = f"""(() => {{
    let frames = 0;
    const look = () => {{
        frames = {STILL} ? frames + 1 : 0;
        if (frames < 2) requestAnimationFrame(look);
        else window.benchRest = {NOW};
    }};
    requestAnimationFrame(look);
}})()"""
"""For every page of a tab: the second frame in a row at which it was still. By then what its
scripts put off to the end of its start is done, too: the focus stands in the first dose."""
RESTED = "() => window.benchRest"
HEIGHT = "document.documentElement.scrollHeight"


@dataclass(frozen=True, slots=True)
class Wait:
    """From one press until the page is at rest, in milliseconds by the clock.

    ``page_ms``: the same by the page's own clock, from the moment at which the press reached it.
    What the script takes to find a button, to see that it stands still and to hear of the end is
    in ``ms`` and not in this; nobody but a script waits for it. 0 for what no press reached.

    ``frame_ms``: of a new page, until the frame at which the page itself sees that it is at rest.
    Before it can tell, the script reads its own tools into each new page, and ``page_ms`` has that.

    ``server_ms``: processor time of the site's workers meanwhile, which other work on the machine
    does not lengthen; it is told in steps of 10.
    """

    what: str
    ms: float
    page_ms: float
    frame_ms: float
    server_ms: float

    def __str__(self) -> str:
        return (
            f"{self.what}: {self.ms:.0f} ms, from the press in the page {self.page_ms:.0f}, "
            f"to its own frame {self.frame_ms:.0f}; the server's processor {self.server_ms:.0f}"
        )


class Hand:
    """Clicks and keys in one tab. ``server``: processor seconds of the site's workers so far.

    ``waits`` has each press; ``longest_px`` is the height of the tallest page of a program.
    """

    def __init__(self, tab: Page, server: Callable[[], float] = lambda: 0.0) -> None:
        self.tab = tab
        self.clicks = self.keys = 0
        self.waits: list[Wait] = []
        self.longest_px = 0
        self.tallest = ""
        self._server = server

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
        words = " ".join(target.inner_text(timeout=PATIENCE_MS).split()[:6])
        self._do(lambda: target.click(timeout=PATIENCE_MS), leaves, words or "a field")

    def press(self, key: str, *, leaves: bool = False) -> None:
        """One key."""
        self.keys += 1
        self._do(lambda: self.tab.keyboard.press(key), leaves, f"key {self.keys}, {key}")

    def choose(self, select: Locator, label: str) -> None:
        """A list is opened and a line of it is clicked: two clicks."""
        self.clicks += 2
        self._do(lambda: select.select_option(label=label, timeout=PATIENCE_MS), False, label)

    def write(self, words: str) -> None:
        """Words typed where the focus is; they are the job's own and are not counted."""
        self.tab.keyboard.type(words, delay=LETTERS_MS)
        self._rest()

    def all_of(self, words: str) -> None:
        """Press each button of this kind until none is left."""
        while self.button(words).count():
            self.click(self.button(words))

    def _do(self, press: Callable[[], object], leaves: bool, what: str) -> None:
        worked, began = self._server(), time.perf_counter()
        if leaves:
            with self.tab.expect_navigation(wait_until="load", timeout=PATIENCE_MS):
                press()
        else:
            press()
        rested = self._rest()
        ms = (time.perf_counter() - began) * 1000
        server_ms = (self._server() - worked) * 1000
        pressed = float(self.tab.evaluate(PRESSED))
        page_ms = min(max(0.0, rested - pressed), ms)
        frame_ms = self._frame() - pressed if leaves else page_ms
        self.waits.append(Wait(what, ms, page_ms, frame_ms, server_ms))
        if "/programs/" in self.tab.url:
            height = int(self.tab.evaluate(HEIGHT))
            if height > self.longest_px:
                self.longest_px, self.tallest = height, what

    def _rest(self) -> float:
        """Looked at with each frame: a look every quarter of a second would make waits longer."""
        rested = self.tab.wait_for_function(AT_REST, timeout=PATIENCE_MS)
        return float(rested.json_value())

    def _frame(self) -> float:
        """When the page in the tab saw that it was at rest."""
        seen = self.tab.wait_for_function(RESTED, timeout=PATIENCE_MS)
        return float(seen.json_value())
