"""The day's page on a phone: short while its cards are closed, and as easy to read by night."""

from __future__ import annotations

import dataclasses

import pytest
from playwright.sync_api import expect

from clinic.models import User
from patients.models import Case
from programs.access.models import PatientAccess
from tests.browser.chromium import PHONE, findings
from tests.browser.conftest import Open
from tests.browser.letting_in import let_in
from tests.programs.portal.conftest import access, case, issue_for, issued, link
from tests.programs.samples import sample_prescription

__all__ = ["access", "case", "issued"]

PHONE_HIGH = 844
SCREENS = f"() => document.documentElement.scrollHeight / {PHONE_HIGH}"
OPEN_ALL = """() => document.querySelectorAll('details:not(.bar)').forEach(each => {
    each.removeAttribute('name');
    each.open = true;
})"""
BELOW = ("", "session/", "diary/", "goals/", "reminders/", "wrong/")


@pytest.mark.parametrize("scripts", [True, False])
def test_five_exercises_take_at_most_four_screens_while_closed(
    anybody: Open, access: PatientAccess, case: Case, alice: User, scripts: bool
) -> None:
    five = sample_prescription(6)
    assert [item.kind for item in five.items].count("advice") <= 1
    issue_for(case, alice, dataclasses.replace(five, note="Small and often beats long and hard."))
    with anybody(width=PHONE, java_script_enabled=scripts) as tab:
        tab.goto(let_in(tab.context, access))
        expect(tab.locator("article")).to_have_count(6)
        assert tab.evaluate(SCREENS) <= 4
        tab.locator("article summary").nth(2).click()
        expect(tab.locator("article").nth(2).get_by_text("What to do")).to_be_visible()


def test_by_night_every_page_is_as_easy_to_read(anybody: Open, access: PatientAccess) -> None:
    with anybody(width=PHONE, color_scheme="dark") as tab:
        tab.goto(link(access))
        assert findings(tab) == []
        tab.fill("#year", "1951")
        tab.get_by_role("button", name="Open").click()
        tab.wait_for_url("**/p/today/**")
        home, found = tab.url, []
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 24, 26)"
        for below in BELOW:
            tab.goto(home + below)
            tab.evaluate(OPEN_ALL)
            found += [(below, wrong) for wrong in findings(tab)]
        assert found == []
