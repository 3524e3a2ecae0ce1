"""The patient's pages at every width: on a phone, by keyboard, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request
from pytest_django.live_server_helper import LiveServer

from clinic.models import User
from patients.models import ScreenAnswer
from programs.access.models import PatientAccess
from programs.prescriptions.sheet import sheet_of
from tests.browser.chromium import PHONE, axe_at_hand, findings
from tests.browser.conftest import Open
from tests.browser.letting_in import let_in
from tests.programs.nasty import nasty_prescription
from tests.programs.portal.conftest import access, case, issue_for, issued, link
from tests.programs.samples import sample_prescription

__all__ = ["access", "case", "issued"]

WIDTHS = (1280, 320, PHONE)
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input')]
    .filter(e => e.type !== 'hidden' && e.checkVisibility() && !e.matches('.skip'))
    .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
    .map(e => e.textContent.trim())"""
SMALL_LETTERS = """() => [...document.querySelectorAll('main *, footer *, summary *')]
    .filter(e => e.type !== 'hidden' && parseFloat(getComputedStyle(e).fontSize) < 18)
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .map(e => e.textContent.trim())"""


@pytest.fixture
def tab(anybody: Open) -> Iterator[Page]:
    """A patient's page, which is looked at in every width."""
    with anybody(width=PHONE, forgiven=("404", "429")) as page:
        axe_at_hand(page)
        yield page


def at(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 700})


def check(tab: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """Nothing for axe to find, nothing too wide, too small to tap or too small to read."""
    wrong = []
    for width in widths:
        at(tab, width)
        # What an open sheet lies over is covered on purpose.
        found = [finding for finding in findings(tab) if not finding.startswith("covered:")]
        found += [f"small to tap: {words}" for words in tab.evaluate(SMALL_TARGETS)]
        found += [f"small letters: {words}" for words in tab.evaluate(SMALL_LETTERS)]
        wrong += [f"{width} {finding}" for finding in found]
    assert "\n".join(wrong) == ""


def open_door(tab: Page, access: PatientAccess) -> None:
    tab.goto(link(access))
    tab.fill("#year", "1951")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/p/today/**")


def test_from_the_code_to_the_program_and_away_again(tab: Page, access: PatientAccess) -> None:
    tab.goto("/p/")
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
    tab.goto("/p/nothing/")
    check(tab)


def test_help_is_one_tap_away_and_keeps_the_place(tab: Page, access: PatientAccess) -> None:
    let_in(tab.context, access)
    for width in WIDTHS:
        at(tab, width)
        tab.goto(link(access))
        tab.locator("#exercise-8").scroll_into_view_if_needed()
        place = tab.evaluate("scrollY")
        assert place > 0
        bar = tab.locator(".bar > summary")
        assert bar.is_visible()
        bar.click()
        assert tab.locator(".bar__sheet").get_by_role("link", name="Call 999").is_visible()
        sign = sample_prescription().red_flags[-1].text
        assert tab.locator(".bar__sheet").get_by_text(sign).count() == 1
        assert tab.evaluate("scrollY") == place
        check(tab, (width,))
        # Where the page was before it was looked at.
        tab.evaluate("place => scrollTo(0, place)", place)
        bar.click()
        assert tab.evaluate("scrollY") == place


def test_by_keyboard_alone(tab: Page, access: PatientAccess) -> None:
    let_in(tab.context, access)
    for width in WIDTHS:
        at(tab, width)
        tab.goto(link(access))
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
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    asked: list[Request] = []
    tab.on("request", lambda request: asked.append(request))
    open_door(tab, access)
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


def test_odd_texts_leave_the_page_intact(tab: Page, access: PatientAccess, alice: User) -> None:
    issue_for(access.case, alice, sheet_of(nasty_prescription()).prescription)
    tab.goto(let_in(tab.context, access))
    check(tab)


def test_a_paused_program_is_as_easy_to_read(tab: Page, access: PatientAccess, alice: User) -> None:
    ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    tab.goto(let_in(tab.context, access))
    assert tab.get_by_role("heading", level=1).inner_text() == "Please stop your programme for now"
    check(tab)


def test_a_door_that_waits_is_as_easy_to_read(tab: Page, access: PatientAccess) -> None:
    tab.goto(link(access))
    for year in range(1940, 1945):
        tab.fill("#year", str(year))
        tab.get_by_role("button", name="Open").click()
        tab.wait_for_load_state()
    assert tab.get_by_role("heading", level=1).inner_text() == "Please wait a little"
    check(tab)
