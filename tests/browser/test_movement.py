"""The movement of an exercise plays when somebody asks for it, and not before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from patients.models import Case
from programs.access.models import PatientAccess
from programs.demo.plan import Changes, ProgramPlan
from programs.demo.prescribing import make_program
from tests.browser.chromium import PHONE, at_the_suite_s_time, findings
from tests.browser.conftest import MakeCase
from tests.browser.letting_in import let_in
from tests.waiting import some_frames

POSE = """() => [...document.querySelectorAll('.movement__stage svg g g')]
    .findIndex(g => getComputedStyle(g).display !== 'none')"""
TIME = "() => document.querySelector('.movement__stage svg').getCurrentTime()"
ROUND = "() => parseFloat(document.querySelector('.movement__stage animate').getAttribute('dur'))"
MOVING = f"() => ({POSE})() > 2"


@pytest.fixture
def access(make_case: MakeCase) -> PatientAccess:
    """The link of a patient with one exercise."""
    case: Case = make_case()
    plan = ProgramPlan(
        starter="foraminal-stenosis-nine-steps",
        keep=("oblique-standing-stretch",),
        changes=Changes(),
        issued=True,
    )
    make_program(case, case.clinician, plan, today=case.today())
    return PatientAccess.objects.get(case=case)


@pytest.fixture(params=["no-preference", "reduce"])
def tab(
    request: pytest.FixtureRequest,
    chromium: Browser,
    live_server: LiveServer,
    access: PatientAccess,
) -> Iterator[Page]:
    """The patient's page, for a reader who minds motion and one who does not."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": PHONE, "height": 800},
        reduced_motion=request.param,
    )
    at_the_suite_s_time(context)
    page = context.new_page()
    page.goto(let_in(context, access))
    page.locator("article summary").click()
    yield page
    context.close()


def without_a_connection_it_says_so(tab: Page) -> None:
    """And it can be asked for again."""
    tab.route("**/moving/**", lambda route: route.abort())
    tab.locator(".movement button").click()
    expect(tab.locator(".movement__said")).to_contain_text("The movement did not come.")
    expect(tab.locator(".movement button")).to_have_text("Play the movement")
    tab.unroute("**/moving/**")


def test_it_plays_and_pauses_by_keyboard_and_says_when_it_did_not_come(tab: Page) -> None:
    less = tab.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    expect(tab.locator(".movement__stage")).to_be_hidden()
    button = tab.locator(".movement button")
    expect(button).to_have_text("Play the movement")
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    some_frames(tab)
    assert tab.locator("article svg").count() == 0
    without_a_connection_it_says_so(tab)
    button.focus()
    tab.keyboard.press("Enter")
    expect(button).to_have_text("Pause the movement")
    tab.wait_for_function(MOVING)
    tab.keyboard.press("Space")
    expect(button).to_have_text("Play the movement")
    stopped = tab.evaluate(POSE)
    some_frames(tab)
    assert tab.evaluate(POSE) == stopped
    assert findings(tab) == []
    # From here on to the end of the round, and past it unless less motion was asked for.
    button.focus()
    tab.keyboard.press("Enter")
    if less:
        expect(button).to_have_text("Play the movement")
        assert tab.evaluate(POSE) == 0
    else:
        tab.wait_for_function(f"() => ({TIME})() > ({ROUND})() + 1")
        expect(button).to_have_text("Pause the movement")
