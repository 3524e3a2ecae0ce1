"""The patient's pages in a real browser: on a phone, by keyboard, without JavaScript."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from clinic.models import User
from patients.models import ScreenAnswer
from programs.access.models import PatientAccess
from programs.prescriptions.sheet import sheet_of
from tests.browser.chromium import at_the_suite_s_time, executable
from tests.programs.nasty import nasty_prescription
from tests.programs.portal.conftest import issue_for, link
from tests.programs.samples import sample_prescription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input')]
    .filter(e => e.type !== 'hidden' && e.checkVisibility() && !e.matches('.skip'))
    .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
    .map(e => e.textContent.trim())"""
SMALL_LETTERS = """() => [...document.querySelectorAll('main *, footer *, summary *')]
    .filter(e => e.type !== 'hidden' && parseFloat(getComputedStyle(e).fontSize) < 18)
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .map(e => e.textContent.trim())"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests here.

    Playwright keeps an event loop in this thread, in which Django asks no questions of the
    database unless it is told that nothing else runs in it.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[390, 320, 1280])
def tab(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page at each width, without JavaScript of its own."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 700},
        reduced_motion="reduce",
        # A worker would go on fetching while the next test empties the database.
        service_workers="block",
    )
    at_the_suite_s_time(context)
    yield context.new_page()
    context.close()


def check(tab: Page) -> None:
    """Nothing for axe to find, nothing too wide, too small to tap or too small to read."""
    found = Axe().run(tab, options={"runOnly": RULES}).response["violations"]
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found] == []
    assert tab.evaluate(TOO_WIDE) <= 0
    assert tab.evaluate(SMALL_TARGETS) == []
    assert tab.evaluate(SMALL_LETTERS) == []


def open_door(tab: Page, server: LiveServer, access: PatientAccess, year: str) -> None:
    tab.goto(server.url + link(access))
    tab.fill("#year", year)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/p/today/**")


def test_from_the_code_to_the_program_and_away_again(
    tab: Page, live_server: LiveServer, access: PatientAccess
) -> None:
    tab.goto(f"{live_server.url}/p/")
    check(tab)
    tab.fill("#code", "abc o")
    tab.get_by_role("button", name="Next").click()
    assert "There is no letter O in our codes." in tab.inner_text("#code-error")
    assert tab.input_value("#code") == "abc o"
    check(tab)
    tab.fill("#code", f"{access.code[:4]} {access.code[4:]}".lower())
    tab.get_by_role("button", name="Next").click()
    tab.get_by_text("What year were you born?").wait_for()
    check(tab)
    tab.fill("#year", "1950")
    tab.get_by_role("button", name="Open").click()
    assert "This year is not the one we have." in tab.inner_text("#year-error")
    check(tab)
    tab.fill("#year", "1951")
    tab.get_by_role("button", name="Open").click()
    tab.wait_for_url("**/p/today/**")
    assert tab.title() == "Your home programme"
    assert tab.locator("article").count() == 8
    check(tab)
    tab.locator("summary", has_text="Forget me on this device").click()
    tab.get_by_role("button", name="Yes, forget me").click()
    tab.get_by_role("heading", name="This device has forgotten you").wait_for()
    check(tab)
    tab.goto(f"{live_server.url}/p/nothing/")
    check(tab)


def test_help_is_one_tap_away_and_keeps_the_place(
    tab: Page, live_server: LiveServer, access: PatientAccess
) -> None:
    open_door(tab, live_server, access, "1951")
    tab.locator("#exercise-8").scroll_into_view_if_needed()
    place = tab.evaluate("scrollY")
    assert place > 0
    bar = tab.locator(".bar > summary")
    assert bar.is_visible()
    bar.click()
    assert tab.locator(".bar__sheet").get_by_role("link", name="Call 999").is_visible()
    sign = sample_prescription().red_flags[-1].text
    assert tab.locator(".bar__sheet").get_by_text(sign).count() == 1
    check(tab)
    bar.click()
    assert tab.evaluate("scrollY") == place


def test_by_keyboard_alone(tab: Page, live_server: LiveServer, access: PatientAccess) -> None:
    open_door(tab, live_server, access, "1951")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to your programme"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#help"
    # The part that the address names opens by itself.
    assert tab.locator("#help").get_by_role("link", name="Call 999").is_visible()
    tab.locator(".bar > summary").focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".bar__sheet").is_visible()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "bar__sheet"


def test_everything_works_with_javascript_off_and_no_address_tells_the_token(
    chromium: Browser, live_server: LiveServer, access: PatientAccess
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    asked: list[Request] = []
    tab.on("request", lambda request: asked.append(request))
    open_door(tab, live_server, access, "1951")
    tab.locator(".bar > summary").click()
    assert tab.locator(".bar__sheet").get_by_role("link", name="Call 999").is_visible()
    tab.locator(".bar > summary").click()
    first, second = (tab.locator(f"#exercise-{n}") for n in (1, 2))
    first.locator("summary").click()
    assert first.get_by_text("What to do").is_visible()
    second.locator("summary").click()
    assert (first.locator("ol").is_visible(), second.locator("ol").is_visible()) == (False, True)
    tab.locator("summary", has_text="Forget me on this device").click()
    tab.get_by_role("button", name="Yes, forget me").click()
    tab.get_by_role("heading", name="This device has forgotten you").wait_for()
    told = {request.all_headers().get("referer", "") for request in asked}
    assert told <= {"", f"{live_server.url}/"}
    context.close()


def test_odd_texts_leave_the_page_intact(
    tab: Page, live_server: LiveServer, access: PatientAccess, alice: User
) -> None:
    issue_for(access.case, alice, sheet_of(nasty_prescription()).prescription)
    open_door(tab, live_server, access, "1951")
    check(tab)


def test_a_paused_program_is_as_easy_to_read(
    tab: Page, live_server: LiveServer, access: PatientAccess, alice: User
) -> None:
    ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    open_door(tab, live_server, access, "1951")
    assert tab.get_by_role("heading", level=1).inner_text() == "Please stop your programme for now"
    check(tab)


def test_a_door_that_waits_is_as_easy_to_read(
    tab: Page, live_server: LiveServer, access: PatientAccess
) -> None:
    tab.goto(live_server.url + link(access))
    for year in range(1940, 1945):
        tab.fill("#year", str(year))
        tab.get_by_role("button", name="Open").click()
        tab.wait_for_load_state()
    assert tab.get_by_role("heading", level=1).inner_text() == "Please wait a little"
    check(tab)
