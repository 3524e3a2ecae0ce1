"""A warning sign, from the patient's phone to the clinician who sees to it, in a real browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from clinic.models import Practice, User
from patients.models import Alert, Case, SymptomLog
from programs.access.models import PatientAccess
from tests.browser.chromium import PHONE, at_the_suite_s_time, findings, held_back, opened
from tests.browser.letting_in import let_in
from tests.programs.followup.conftest import three_exercises
from tests.programs.portal.conftest import issue_for, make_case

Open = Callable[..., AbstractContextManager[Page]]
SHOWN = "section[data-now]:not([hidden])"


@pytest.fixture
def margaret(catalogue: None, practice: Practice, alice: User) -> Case:
    practice.alert_email = "desk@example.org"
    practice.save()
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    issue_for(case, alice, three_exercises())
    return case


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, margaret: Case) -> Iterator[Page]:
    """Margaret's phone, at the question what is wrong."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": PHONE, "height": 844},
        reduced_motion="reduce",
        locale="en-GB",
    )
    at_the_suite_s_time(context)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    enter_at_wrong(tab, margaret)
    yield tab
    context.close()
    assert wrong == []


def enter_at_wrong(tab: Page, margaret: Case) -> None:
    tab.goto(let_in(tab.context, PatientAccess.objects.get(case=margaret)))
    tab.get_by_role("link", name="Something is wrong").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Something is wrong")


def tick(tab: Page, *signs: str) -> None:
    for sign in signs:
        tab.get_by_label(sign).check()
    tab.get_by_role("button", name="Show me what to do").click()


def test_an_emergency_without_a_connection_reaches_the_clinician_once_there_is_one(
    phone: Page, signed_in: Open, margaret: Case, bob: User
) -> None:
    assert findings(phone) == []
    phone.context.set_offline(True)
    tick(phone, "It goes numb between your legs", "You lose weight")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    words = phone.locator(SHOWN).inner_text()
    assert "This cannot wait." in words
    assert "Tell us in the next few days" not in words
    assert "Nobody watches this page." in words
    expect(phone.locator(SHOWN).get_by_role("status")).to_have_text(
        "Your answer is kept on this device. It goes to us as soon as it can."
    )
    call = phone.get_by_role("link", name="Call 112 now")
    assert call.get_attribute("href") == "tel:112"
    assert findings(phone) == []
    assert not SymptomLog.objects.exists()

    phone.context.set_offline(False)
    expect(phone.locator(SHOWN).get_by_role("status")).to_contain_text("has been sent to us")
    assert Alert.objects.filter(kind="alert", urgency="emergency").count() == 1
    with signed_in(bob) as tab:
        tab.goto("/")
        expect(tab.locator(".alert-item--emergency")).to_contain_text("Margaret Ellison")
        assert findings(tab) == []
        tab.get_by_text("Acknowledge with a note").click()
        tab.get_by_label("What you did, or decided").fill("Rang her: an ambulance is there.")
        tab.get_by_role("button", name="Acknowledge").click()
        expect(tab.locator(".message")).to_contain_text("Acknowledged: Red flag")
        expect(tab.locator(".alert-item--emergency")).to_have_count(0)
        tab.get_by_role("link", name="Inbox").click()
        assert findings(tab) == []
    phone.goto(phone.url.removesuffix("wrong/"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Please stop your programme for now")
    assert findings(phone) == []


def test_none_of_these_and_changing_the_answer(phone: Page) -> None:
    tick(phone)
    expect(phone.locator("[data-wrong-error]")).to_be_visible()
    phone.get_by_label("None of these").check()
    phone.get_by_label("You lose weight").check()
    expect(phone.get_by_label("None of these")).not_to_be_checked()
    phone.get_by_label("None of these").check()
    expect(phone.get_by_label("You lose weight")).not_to_be_checked()
    tick(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("No warning sign")
    assert findings(phone) == []
    phone.get_by_role("button", name="Change my answer").click()
    phone.get_by_label("None of these").uncheck()
    tick(phone, "You lose weight")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tell us in the next few days")
    expect(phone.locator(SHOWN).get_by_role("status")).to_contain_text("has been sent to us")
    phone.get_by_role("link", name="Back to my programme").last.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your home programme")


def test_a_sign_that_was_ticked_before_the_script_came_counts(
    chromium: Browser, live_server: LiveServer, margaret: Case
) -> None:
    with opened(chromium, live_server.url, width=PHONE) as tab:
        enter_at_wrong(tab, margaret)
        with held_back(tab, "wrong.js"):
            tab.get_by_label("You lose weight").check()
            tab.get_by_label("None of these").check()
        expect(tab.get_by_label("None of these")).not_to_be_checked()
        expect(tab.get_by_label("You lose weight")).to_be_checked()
