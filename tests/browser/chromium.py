"""Where the browser is, and what a tab under test must not do."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    expect,
)

from programs.management.commands.figure_sheet import BROWSERS
from tests.browser.page_scripts import AXE_OPTIONS, BY_NIGHT, FINDINGS, NIGHT_OPTIONS
from tests.waiting import PATIENCE_MS, until_in

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but this machine's leads anywhere, so that nothing can leave it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # Each page is new to the compilers: what they make better of its scripts takes longer than it
    # saves, while what is made plainly, and once, serves every page.
    "--js-flags=--no-opt --no-maglev --always-sparkplug",
    # No process is started in store for a page that may come: a test has one or two.
    "--renderer-process-limit=1",
]
DESKTOP, PHONE = 1280, 390
AXE = Axe()
#: Bootstrap's own pictures, which our stylesheet replaces. A browser that has to measure a page
#: before that stylesheet has come asks for them, and the policy refuses. ``findings`` looks that
#: none is left once it is there.
EARLY = "Loading the image 'data:image/svg+xml,"
#: A worker goes on fetching while the next test empties the database: only test_offline has one.
NO_WORKER = "Service Worker registration blocked"
#: What htmx logs as errors of a request that was taken back: each in turn, for the same one.
TAKEN_BACK = ("htmx:afterRequest", "htmx:sendAbort")
SEARCHES = re.compile(r"/(search|exercises)/\?|/exercises/new/$")
"""What is taken back on purpose: a search whose words somebody has typed on, and what follows of
answers that somebody has changed."""
#: A part of Chromium, which shows a PDF in its own tab.
PDF_VIEWER = "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/"
VIEWERS_OWN = "chrome://resources/"
"""Style sheets that come with the browser, for its viewer."""
expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def held_back(tab: Page, script: str) -> Iterator[None]:
    """The page again, before this script of it is there: what is pressed within comes too early."""
    held: list[Route] = []
    tab.route(f"**/{script}", lambda route: held.append(route))
    tab.reload(wait_until="commit")
    until_in(tab, lambda: held, f"{script} was asked for")
    yield
    held[0].continue_()


def executable() -> str:
    """The browser's path; ``CHROMIUM`` names another. A missing one fails the test, never skips."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("no Chromium on this machine; make test installs it")
    return found


def at_the_suite_s_time(context: BrowserContext) -> None:
    """Pages stamp what they send: their clock is the suite's, and goes on from this moment.

    Whoever waits for a page waits as long as a busy machine may need.
    """
    context.clock.install(time=timezone.now())
    context.set_default_timeout(PATIENCE_MS)


@contextmanager
def opened(
    browser: Browser,
    root: str,
    *,
    width: int = DESKTOP,
    cookies: Any = (),
    forgiven: tuple[str, ...] = (),
    **options: Any,
) -> Iterator[Page]:
    """A tab of its own. Leaving it fails on a console error, a CSP report or a foreign request.

    ``forgiven``: statuses that the test asks for on purpose, which Chromium logs as errors.
    """
    context = browser.new_context(
        base_url=root,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
        locale="en-GB",
        **{"service_workers": "block", **options},
    )
    context.add_cookies([{**cookie, "url": root} for cookie in cookies])
    at_the_suite_s_time(context)
    tab = context.new_page()
    trouble: list[str] = []
    taken_back: list[str] = []
    searches, aborted, others = list[str](), list[str](), list[str]()

    def heard(message: ConsoleMessage) -> None:
        on_purpose = [f"responded with a status of {status}" for status in forgiven]
        on_purpose += [f"Response Status Error Code {status}" for status in forgiven]
        on_purpose.append(NO_WORKER)
        if message.text.startswith(TAKEN_BACK):
            taken_back.append(message.text)
            return
        if any(words in message.text for words in on_purpose):
            return
        if message.type in ("error", "warning"):
            trouble.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((root, "data:", "blob:", PDF_VIEWER, VIEWERS_OWN)):
            trouble.append(f"asked for {request.url}")
        if request.resource_type == "xhr" and SEARCHES.search(request.url):
            searches.append(request.url)

    def ended(request: Request) -> None:
        if request.failure == "net::ERR_ABORTED" and request.resource_type == "xhr":
            (aborted if SEARCHES.search(request.url) else others).append(request.url)

    tab.on("console", heard)
    tab.on("requestfailed", ended)
    tab.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    # Listening leaves the browser its cache; standing in the way of each request would not.
    tab.on("request", asked)
    try:
        yield tab
    finally:
        context.close()
    # A search that had come whole, and that the page had not heard of yet, ends as any other.
    if len(taken_back) > len(TAKEN_BACK) * len(aborted if others else searches):
        trouble += [f"more than a search was taken back: {text}" for text in taken_back]
    assert not trouble, "\n".join(trouble)


def findings(tab: Page) -> list[str]:
    """What axe finds wrong, what cannot be clicked, and whether it has to be scrolled sideways."""
    tab.wait_for_load_state()
    found: list[str] | None = tab.evaluate(FINDINGS, AXE_OPTIONS)
    if found is None:
        tab.evaluate(AXE.axe_script)
        found = tab.evaluate(FINDINGS, AXE_OPTIONS)
    assert found is not None
    return found


def axe_at_hand(tab: Page) -> None:
    """Load axe with every page of this tab, for a walk that looks at each of them.

    To send it anew for a page takes the browser and its driver longer than to have it there.
    """
    tab.context.add_init_script(AXE.axe_script)


def by_night(tab: Page) -> list[str]:
    """Which letters cannot be read on a device that is set to dark pages, as this tab's is."""
    found: list[str] = tab.evaluate(BY_NIGHT, NIGHT_OPTIONS)
    return found
