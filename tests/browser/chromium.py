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
]
DESKTOP, PHONE = 1280, 390
AXE = Axe()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What passes is not described node by node, which would be most of the answer.
AXE_OPTIONS = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
#: By night only the colours are others.
NIGHT_OPTIONS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
#: Bootstrap's own pictures, which our stylesheet replaces. A browser that has to measure a page
#: before that stylesheet has come asks for them, and the policy refuses. ``findings`` looks that
#: none is left once it is there.
EARLY = "Loading the image 'data:image/svg+xml,"
#: A worker goes on fetching while the next test empties the database: only test_offline has one.
NO_WORKER = "Service Worker registration blocked"
#: What htmx logs as errors of a request that was taken back: each in turn, for the same one.
TAKEN_BACK = ("htmx:afterRequest", "htmx:sendAbort")
SEARCHES = re.compile(r"/(search|exercises)/\?")
"""What is taken back on purpose: a search whose words somebody has typed on."""
#: A part of Chromium, which shows a PDF in its own tab.
PDF_VIEWER = "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/"
VIEWERS_OWN = "chrome://resources/"
"""Style sheets that come with the browser, for its viewer."""
INLINE_PICTURES = """() => [...document.querySelectorAll('*')]
    .filter(e => getComputedStyle(e).backgroundImage.includes('data:')).map(e => e.outerHTML)"""
NAMELESS = """() => [...document.querySelectorAll('[name=""], [id=""]')].map(e => e.outerHTML)"""
#: What a label, a help text or an error is said to be, and is not in the page.
DANGLING = """() => ['aria-describedby', 'aria-labelledby', 'for', 'list', 'form'].flatMap(name =>
    [...document.querySelectorAll(`[${name}]`)].flatMap(e =>
        e.getAttribute(name).split(/\\s+/).filter(id => id && !document.getElementById(id))
            .map(id => `${id} of ${e.outerHTML.slice(0, 160)}`)))"""
COVERED = """() => {
    const shown = e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
        && !e.disabled && e.tabIndex >= 0
        && !e.closest('.visually-hidden, .skip, .skip-link, [inert]');
    const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
    const told = [];
    for (const control of document.querySelectorAll(all)) {
        if (!shown(control)) continue;
        control.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
        const box = control.getClientRects()[0];
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const mine = at && (control.contains(at) || at.contains(control)
            || [...(control.labels || [])].some(label => label.contains(at)));
        if (!mine) told.push(`${control.outerHTML.slice(0, 120)} under ${at && at.className}`);
    }
    scrollTo(0, 0);
    return told;
}"""
"""Controls whose middle belongs to something else, so that a click there does something else."""
STANDS_ON = """(node, word, index, least = 0) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const parts = [...range.getClientRects()].filter(r => r.width > least);
    const split = parts.some(r => Math.abs(r.top - parts[0].top) >= r.height / 2);
    return {split, length: parts.reduce((sum, r) => sum + r.width, 0)};
}"""
"""Whether a word of a text stands on more than one line, and how long it is on all of them."""
WORD = r"/[^\s\-–—/@.,:]+/g"
"""A word, for a script: what a line never has to be broken in."""
BROKEN_WORDS = f"""() => [...document.querySelectorAll('button, .btn, .button')].flatMap(b => {{
    const standsOn = {STANDS_ON};
    if (!b.checkVisibility({{visibilityProperty: true}})) return [];
    const found = [];
    const walker = document.createTreeWalker(b, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {{
        const node = walker.currentNode;
        for (const {{0: word, index}} of node.data.matchAll({WORD})) {{
            if (word.length <= 15 && standsOn(node, word, index, 1).split) found.push(word);
        }}
    }}
    return found;
}})"""
"""Words of buttons that stand on two lines: a short word fits every button that is wide enough."""
expect.set_options(timeout=PATIENCE_MS)
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


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
    searches: list[str] = []

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

    def ended(request: Request) -> None:
        if request.failure == "net::ERR_ABORTED" and SEARCHES.search(request.url):
            searches.append(request.url)

    tab.on("console", heard)
    tab.on("requestfailed", ended)
    tab.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    # Listening leaves the browser its cache; standing in the way of each request would not.
    tab.on("request", asked)
    try:
        yield tab
    finally:
        context.close()
    if len(taken_back) > len(TAKEN_BACK) * len(searches):
        trouble += [f"more than a search was taken back: {text}" for text in taken_back]
    assert not trouble, "\n".join(trouble)


def findings(tab: Page) -> list[str]:
    """What axe finds wrong, what cannot be clicked, and whether it has to be scrolled sideways."""
    tab.wait_for_load_state()
    # What is stuck to an edge of the window covers other things where the page was scrolled to.
    tab.evaluate("scrollTo(0, 0)")
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE.axe_script)
    found = tab.evaluate("options => axe.run(options).then(all => all.violations)", AXE_OPTIONS)
    out = [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    out += [f"picture against the policy: {html[:160]}" for html in tab.evaluate(INLINE_PICTURES)]
    out += [f"empty name: {html[:160]}" for html in tab.evaluate(NAMELESS)]
    out += [f"leads nowhere: {words}" for words in tab.evaluate(DANGLING)]
    out += [f"covered: {words}" for words in tab.evaluate(COVERED)]
    out += [f"broken word: {word}" for word in tab.evaluate(BROKEN_WORDS)]
    wide = tab.evaluate(TOO_WIDE)
    return [*out, f"{wide} px too wide"] if wide > 0 else out


def by_night(tab: Page) -> list[str]:
    """Which letters cannot be read on a device that is set to dark pages; the page stays loaded."""
    tab.emulate_media(color_scheme="dark")
    found = tab.evaluate(
        "options => axe.run(options).then(all => all.violations)",
        {**NIGHT_OPTIONS, "resultTypes": ["violations"]},
    )
    tab.emulate_media(color_scheme="light")
    return [f"by night: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
