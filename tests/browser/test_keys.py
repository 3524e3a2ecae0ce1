"""Found and added by keyboard: Ctrl-K over any page, and Enter in the builder's search."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from clinic.models import User
from patients.models import Case
from tests.browser.chromium import DESKTOP, PHONE, findings
from tests.browser.conftest import MakeCase, Open
from tests.waiting import some_frames, until_in


def test_ctrl_k_finds_a_patient_and_enter_opens_the_case(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case(name="Margaret Hollowell")
    make_case(name="Margaret Hope")
    with signed_in(alice) as tab:
        tab.goto(reverse("inbox"))
        tab.keyboard.press("Control+k")
        box = tab.get_by_role("combobox", name=re.compile("Find a patient"))
        expect(box).to_be_focused()
        expect(tab.get_by_role("option", name="Register a patient")).to_be_visible()
        tab.keyboard.type("margaret h")
        options = tab.get_by_role("group", name="Patients").get_by_role("option")
        expect(options).to_have_count(2)
        chosen = options.filter(has_text="Hope")
        while chosen.get_attribute("aria-selected") != "true":
            tab.keyboard.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        tab.keyboard.press("Escape")
        expect(box).to_be_hidden()
        tab.keyboard.press("Control+k")
        tab.keyboard.type("hollowell")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**{case.get_absolute_url()}")


def test_a_question_mark_lists_the_keys_unless_they_are_turned_off(
    signed_in: Open, alice: User
) -> None:
    with signed_in(alice) as tab:
        tab.goto(reverse("inbox"))
        keys = tab.get_by_role("dialog", name="Keys")
        tab.keyboard.press("?")
        expect(keys).to_be_visible()
        tab.get_by_label(re.compile("Keys of one sign")).uncheck()
        tab.keyboard.press("Escape")
        tab.keyboard.press("?")
        expect(keys).to_be_hidden()


def test_axe_finds_nothing_in_the_palette_and_its_page(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    make_case()
    with signed_in(alice) as tab:
        for width in (DESKTOP, PHONE):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(reverse("find"))
            assert (width, findings(tab)) == (width, [])
            tab.get_by_role("banner").get_by_role("link", name="Find").click()
            expect(tab.get_by_role("option").first).to_be_visible()
            # What lies under an open dialog is covered on purpose, and cannot be reached.
            under = [found for found in findings(tab) if not found.startswith("covered:")]
            assert (width, under) == (width, [])


def start_program(tab: Page, case: Case) -> None:
    tab.goto(case.get_absolute_url())
    tab.get_by_role("button", name="Start a program").click()
    tab.wait_for_url(re.compile("/programs/"), wait_until="load")


def test_enter_in_the_search_adds_and_the_arrows_choose(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case()
    with signed_in(alice) as tab:
        start_program(tab, case)
        box = tab.get_by_label("Name, muscle or body part")
        box.focus()
        tab.keyboard.type("walking")
        tab.keyboard.press("Enter")
        items = tab.locator("#program .item")
        expect(items).to_have_count(1)
        expect(items).to_contain_text("Walking")
        expect(box).to_be_focused()
        tab.keyboard.type("bridge")
        expect(tab.locator(".result").first).to_contain_text(re.compile("bridge", re.I))
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("ArrowDown")
        second = tab.locator(".result").nth(1)
        name = second.locator(".result__name").inner_text()
        expect(second.locator(".result__add :focus")).to_have_count(1)
        tab.keyboard.press("Enter")
        expect(items).to_have_count(2)
        expect(items.filter(has_text=name)).to_have_count(1)


def test_enter_takes_the_answer_that_is_on_its_way_and_asks_no_second_time(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case()
    held: list[Route] = []
    with signed_in(alice) as tab:
        start_program(tab, case)
        tab.route("**/search/?*", lambda route: held.append(route))
        tab.get_by_label("Name, muscle or body part").focus()
        tab.keyboard.type("walking")
        until_in(tab, lambda: held, "the search is on its way")
        tab.keyboard.press("Enter")
        some_frames(tab)
        held[0].continue_()
        expect(tab.locator("#program .item")).to_contain_text("Walking")
        assert len(held) == 1


def test_whoever_types_faster_than_is_searched_loses_no_exercise(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case()
    with signed_in(alice) as tab:
        start_program(tab, case)
        tab.get_by_label("Name, muscle or body part").focus()
        for words in ("dead bug", "cat camel", "wall sit"):
            tab.keyboard.press("Control+a")
            tab.keyboard.type(words)
            tab.keyboard.press("Enter")
        tab.keyboard.press("Control+a")
        tab.keyboard.type("clam")
        items = tab.locator("#program .item")
        expect(items).to_have_count(3)
        for name in ("Dead bug", "Cat", "Wall sit"):
            expect(items.filter(has_text=name)).to_have_count(1)
        expect(tab.get_by_label("Name, muscle or body part")).to_have_value("clam")
        expect(tab.locator(".result").first).to_contain_text(re.compile("clam", re.I))
