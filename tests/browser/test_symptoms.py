"""Pointing at the body on a phone: with and without scripts, by keyboard, and out of reach."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from patients.models import Case
from programs.access.models import PatientAccess
from tests.browser.chromium import PHONE, findings, held_back, opened
from tests.browser.letting_in import let_in
from tests.programs.portal.conftest import access, case, issued
from tests.programs.portal.reports import session

__all__ = ["access", "case", "issued"]

CALF = '[data-region="calf_left"] .body__hit'
SMALL = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
    .map(e => e.labels?.length ? [...e.labels].find(l => l.textContent.trim()) : e)
    .filter(e => e.checkVisibility() && !e.matches('.skip'))
    .map(e => [e.getBoundingClientRect(), e.textContent.trim()])
    .filter(([box]) => box.height < 44 || box.width < 44)
    .map(([box, words]) => `${words} ${box.width}x${box.height}`)"""
NARROW = """() => [...document.querySelectorAll('.body__hit')].map(e => e.getBoundingClientRect())
    .filter(box => box.width < 44 || box.height < 44).length"""


@pytest.fixture
def question(case: Case, access: PatientAccess) -> str:
    """Where the check of a session waits, below the program's page."""
    at = timezone.now() - dt.timedelta(minutes=50)
    said: dict[str, Any] = {"pain": 2, "regions": ("back_middle",), "kinds": ()}
    done = session(case, at, before=said, after={**said, "pain": 5})
    return f"check/settled/{done.client_id}/"


def enter(tab: Page, access: PatientAccess, question: str) -> str:
    """To the question; gives the program's address."""
    page = let_in(tab.context, access)
    tab.goto(page + question)
    return page


def test_neck_and_arms_have_a_picture_of_their_own_large_enough_for_a_finger(
    chromium: Browser, live_server: LiveServer, access: PatientAccess, case: Case, question: str
) -> None:
    case.conditions.create(code="frozen_shoulder", side="left")
    with opened(chromium, live_server.url, width=PHONE, has_touch=True) as tab:
        enter(tab, access, question)
        assert (findings(tab), tab.evaluate(SMALL), tab.evaluate(NARROW)) == ([], [], 0)
        tab.locator('[data-region="palm_left"] .body__hit').tap()
        tab.locator('[data-region="neck_middle"] .body__hit').tap()
        said = "You chose: Back of the neck, Palm and fingers of the left hand"
        expect(tab.locator("[data-chosen]")).to_have_text(said)
        expect(tab.locator('[data-region="palm_left"] .body__tick')).to_be_visible()
        expect(tab.get_by_text("Left calf")).to_have_count(0)


def test_the_picture_the_list_and_the_words_agree(
    chromium: Browser, live_server: LiveServer, access: PatientAccess, case: Case, question: str
) -> None:
    with opened(chromium, live_server.url, width=PHONE, has_touch=True) as tab:
        page = enter(tab, access, question)
        assert (findings(tab), tab.evaluate(SMALL), tab.evaluate(NARROW)) == ([], [], 0)
        chosen, nowhere = tab.locator("[data-chosen]"), tab.get_by_label("Nowhere")
        tick = tab.locator('[data-region="calf_left"] .body__tick')
        expect(tick).to_be_hidden()
        nowhere.check()
        tab.locator(CALF).tap()
        expect(nowhere).not_to_be_checked()
        expect(chosen).to_have_text("You chose: Left calf")
        expect(tick).to_be_visible()

        tab.get_by_text("Choose from a list").focus()
        tab.keyboard.press("Enter")
        expect(tab.get_by_label("Left calf")).to_be_checked()
        tab.get_by_label("Middle of the low back").focus()
        tab.keyboard.press("Space")
        expect(chosen).to_have_text("You chose: Middle of the low back, Left calf")
        middle = tab.locator('[data-region="back_middle"] .body__mark')
        assert middle.evaluate("e => getComputedStyle(e).strokeWidth") == "5px"
        tab.locator(CALF).tap()
        expect(tick).to_be_hidden()
        assert findings(tab) == []

        tab.get_by_role("radio", name="5").focus()
        tab.keyboard.press("ArrowRight")
        tab.get_by_role("button", name="Send").click()
        tab.wait_for_url(page)
    log = case.symptom_logs.get(phase="settled")
    assert (log.pain, log.regions, log.kinds) == (6, ["back_middle"], None)


def test_without_scripts_the_picture_ticks_the_same_boxes(
    chromium: Browser, live_server: LiveServer, access: PatientAccess, case: Case, question: str
) -> None:
    with opened(chromium, live_server.url, width=PHONE, java_script_enabled=False) as tab:
        page = enter(tab, access, question)
        tab.locator(CALF).click()
        expect(tab.locator('[data-region="calf_left"] .body__tick')).to_be_visible()
        tab.get_by_role("button", name="Send").click()
        tab.wait_for_url(page)
    log = case.symptom_logs.get(phase="settled")
    assert (log.pain, log.regions, log.left, log.right) == (
        None,
        ["calf_left"],
        "lower_leg",
        "none",
    )


def test_one_tap_without_a_connection_is_kept_and_sent_once(
    chromium: Browser, live_server: LiveServer, access: PatientAccess, case: Case, question: str
) -> None:
    with opened(chromium, live_server.url, width=PHONE) as tab:
        page = enter(tab, access, question)
        tab.get_by_role("button", name="Nothing has changed").wait_for()
        tab.context.set_offline(True)
        tab.get_by_role("button", name="Nothing has changed").click()
        expect(tab.get_by_text("Your answer is kept on this device.")).to_be_visible()
        assert case.symptom_logs.filter(phase="settled").exists() is False
        tab.context.set_offline(False)
        tab.wait_for_url(re.compile(re.escape(page) + "$"))
    log = case.symptom_logs.get(phase="settled")
    assert (log.pain, log.regions, log.kinds) == (5, ["back_middle"], [])


def test_a_place_that_was_ticked_before_the_script_came_counts(
    chromium: Browser, live_server: LiveServer, access: PatientAccess, case: Case, question: str
) -> None:
    with opened(chromium, live_server.url, width=PHONE, has_touch=True) as tab:
        enter(tab, access, question)
        with held_back(tab, "symptoms.js"):
            tab.locator(CALF).tap()
            tab.get_by_label("Nowhere").check()
        expect(tab.get_by_label("Nowhere")).not_to_be_checked()
        expect(tab.locator("[data-chosen]")).to_have_text("You chose: Left calf")
