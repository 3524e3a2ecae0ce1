"""Doses typed as lines: what is typed counts, whatever is pressed next."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from playwright.sync_api import expect

from clinic.models import User
from programs.prescriptions.models import IssuedPrescription
from tests import factories
from tests.browser.conftest import MakeCase, Open
from tests.browser.test_building import accept_everything, labelled


def test_a_template_with_one_dose_changed_is_issued_and_printed(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    """The press that issues comes right after the typing: the dose is saved first."""
    case = make_case()
    with signed_in(alice) as tab:
        tab.goto(case.get_absolute_url())
        tab.get_by_role(
            "button", name=labelled("Use it", "Foraminal stenosis: the nine steps")
        ).click()
        tab.wait_for_url(re.compile("/programs/"), wait_until="load")
        # Typing begins at once: the first dose has the focus, and is typed over.
        first = tab.locator("form[data-line] [name=line]").first
        expect(first).to_be_focused()
        marked = "field => field.selectionEnd - field.selectionStart === field.value.length"
        assert first.evaluate(marked)
        accept_everything(tab)
        tab.get_by_label("Dose of Core breathing").fill("4 × 6, 2/day")
        with tab.expect_response(re.compile(r"/versions/1/handout/")) as printed:
            tab.get_by_role("button", name="Issue and print").click()
        assert printed.value.headers["content-type"] == "application/pdf"
    items = IssuedPrescription.objects.get().prescription().items
    doses = [item.dose_words for item in items if item.name == "Core breathing"]
    assert doses == ["4 sets of 6, 2 times a day"]


def test_tab_goes_from_one_dose_to_the_next_and_says_what_was_understood(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    program = factories.ProgramFactory(case=make_case())
    for slug in ("dead-bug", "walking"):
        factories.ProgramItemFactory(program=program, slug=slug)
    with signed_in(alice) as tab:
        tab.goto(f"/programs/{program.pk}/")
        first, second = tab.get_by_label("Dose of Dead bug"), tab.get_by_label("Dose of Walking")
        first.fill("3x8, hold 5 s, daily")
        first.press("Tab")
        expect(second).to_be_focused()
        said = tab.get_by_text("3 sets of 8, hold 5 seconds each, once a day, every day")
        expect(said.first).to_be_visible()
        expect(second).to_be_focused()
        second.fill("far")
        second.press("Enter")
        expect(tab.get_by_text("“far” is not understood.")).to_be_visible()
        expect(second).to_have_value("far")


def test_a_key_that_leaves_a_dose_sends_it_at_once(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    """The moment that a mouse is given, for a button beside the field, would never end here."""
    program = factories.ProgramFactory(case=make_case())
    for slug in ("dead-bug", "walking"):
        factories.ProgramItemFactory(program=program, slug=slug)
    with signed_in(alice) as tab:
        tab.goto(f"/programs/{program.pk}/")
        tab.clock.pause_at(timezone.now() + dt.timedelta(hours=1))
        first = tab.get_by_label("Dose of Dead bug")
        first.fill("3x8, daily")
        first.press("Enter")
        expect(tab.get_by_text("3 sets of 8, once a day, every day").first).to_be_visible()
