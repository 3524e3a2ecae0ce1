"""Running the journeys, and what they are held against."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, sync_playwright

from benchmarks.a_site import a_site
from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.door import HOST
from benchmarks.journeys import jobs
from benchmarks.journeys.hand import NOTE_PRESSES, NOTE_REST, PATIENCE_MS, Hand, Wait
from benchmarks.journeys.people import KNEE, a_case
from benchmarks.measure import Result
from clinic import demo

SIZE = ViewportSize(width=1280, height=860)
LONG_MS = 300
NOT_DONE = 999.0
"""The presses of a job that could not be done to its end."""
Job = Callable[[Hand], None]


def measure(runs: int) -> list[Result]:
    """Presses of each job, how long it waited for the page, and the longest page in screens.

    The workers have made themselves ready before, as on any day but in its first seconds. Each wait
    over the limit is told with what the server's processor took of it: on a machine that
    does other work as well the clock alone says little.

    A job that could not be done to its end counts as impossible and misses its goal. ``runs`` is
    not asked for: a count is the same each time.
    """
    table = _prepared()
    results = []
    with a_site(workers=2) as site, sync_playwright() as playwright:
        site.settle()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        state = _signed_in(browser, f"http://{HOST}:{site.port}")
        waits: list[Wait] = []
        longest = 0
        for name, goal, job in table:
            hand = Hand(_tab(browser, site.port, state), site.workers_seconds)
            results.append(_done(name, goal, job, hand))
            waits += hand.waits
            longest = max(longest, hand.longest_px)
            hand.tab.context.close()
        browser.close()
    screens = round(longest / SIZE["height"], 2)
    return [
        *results,
        *_waited(waits),
        Result("longest page of a program", screens, "screens", "<= 3"),
    ]


def _waited(waits: list[Wait]) -> list[Result]:
    """The longest wait of all jobs, how many were over the limit, and what the server took."""
    over = sum(wait.ms >= LONG_MS for wait in waits)
    ms = sorted(wait.ms for wait in waits)
    page = sorted(wait.page_ms for wait in waits)
    slow = sum(wait.page_ms >= LONG_MS for wait in waits)
    frames = sorted(wait.frame_ms for wait in waits)
    late = sum(wait.frame_ms >= LONG_MS for wait in waits)
    server = sorted(wait.server_ms for wait in waits)
    middle = len(waits) // 2
    return [
        Result("slowest wait in a job, the paper apart", round(ms[-1]), "ms", f"< {LONG_MS}"),
        Result(f"waits of {LONG_MS} ms or more, of {len(waits)}", over, "waits", "= 0"),
        Result("the waits' median", round(ms[middle]), "ms"),
        Result("slowest wait from the press in the page", round(page[-1]), "ms"),
        Result(f"these of {LONG_MS} ms or more", slow, "waits"),
        Result("these, median", round(page[middle]), "ms"),
        Result("slowest wait to the page's own frame", round(frames[-1]), "ms", f"< {LONG_MS}"),
        Result(f"such waits of {LONG_MS} ms or more", late, "waits", "= 0"),
        Result("such waits, median", round(frames[middle]), "ms"),
        Result("the server's processor in a wait, longest", round(server[-1]), "ms"),
        Result("the same, median", round(server[middle]), "ms"),
    ]


def _prepared() -> list[tuple[str, int, Job]]:
    """Name, goal and job, with its own patient."""
    for name in ("Tess Template", "Fay Five", "Cora Copied", "Rhea Review"):
        a_case(name)
    a_case("Bea Back", screened=False)
    a_case("Kim Knee", KNEE, screened=False)
    return [
        ("template, one dose changed", 6, lambda h: jobs.from_a_template(h, "Tess Template")),
        ("five by search, doses, one side", 15, lambda h: jobs.five_by_search(h, "Fay Five")),
        (
            "another patient's program, two changes",
            5,
            lambda h: jobs.from_another_patient(h, "Cora Copied", "Tess Template"),
        ),
        ("review: swap one, progress a dose, re-issue", 9, _review),
        ("safety screen of a well person, back", 10, lambda h: jobs.screen(h, "Bea Back")),
        ("safety screen of a well person, knee", 10, lambda h: jobs.screen(h, "Kim Knee")),
        ("new patient, all of it", 30, lambda h: jobs.new_patient(h, "Nell Newcome")),
    ]


def _review(hand: Hand) -> None:
    """Of a program that was issued before; what that took is not a part of the job."""
    before = hand.tab.context.new_page()
    before.goto("/")
    jobs.from_a_template(Hand(before), "Rhea Review")
    before.close()
    jobs.review(hand, "Rhea Review")


def _done(name: str, goal: int, job: Job, hand: Hand) -> Result:
    try:
        job(hand)
    except Exception as stopped:
        print(f"{name}: stopped after {hand.presses} at {hand.tab.url}", file=sys.stderr)
        print(str(stopped).partition("\n")[0], file=sys.stderr)
        return Result(f"journey, {name}", NOT_DONE, "presses", f"<= {goal}")
    screens = hand.longest_px / SIZE["height"]
    print(f"{name}: {hand.clicks} clicks, {hand.keys} keys", file=sys.stderr)
    print(f"  tallest {screens:.2f} screens, after {hand.tallest or 'nothing'}", file=sys.stderr)
    for wait in hand.waits:
        if wait.ms >= LONG_MS:
            print(f"  {wait}", file=sys.stderr)
    return Result(f"journey, {name}", hand.presses, "presses", f"<= {goal}")


def _signed_in(browser: Browser, root: str) -> StorageState:
    tab = browser.new_page(base_url=root)
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(reverse("sign_in"))
    tab.get_by_label("E-mail address").fill(demo.EMAIL)
    tab.get_by_label("Password").fill(demo.PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_url("**/")
    state = tab.context.storage_state()
    tab.context.close()
    return state


def _tab(browser: Browser, port: int, state: StorageState) -> Page:
    context = browser.new_context(
        base_url=f"http://{HOST}:{port}",
        viewport=SIZE,
        storage_state=state,
    )
    context.add_init_script(NOTE_PRESSES)
    context.add_init_script(NOTE_REST)
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto("/")
    tab.evaluate("document.fonts.ready")
    return tab
