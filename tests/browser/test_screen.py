"""The pages of a case in a real browser: the screen by keyboard, and added rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.models import User
from patients.models import Case
from patients.vocabulary import FINDINGS, RED_FLAGS
from tests.browser.chromium import PHONE
from tests.browser.conftest import MakeCase

SignedIn = Callable[..., Any]
ALL = (*RED_FLAGS, *FINDINGS)
FOCUSED = "() => [document.activeElement.name, document.activeElement.value]"


def screen(case: Case) -> str:
    return reverse("safety_screen", args=[case.pk])


def count(tab: Page) -> str:
    return tab.locator(".save-bar__count").inner_text()


def test_the_screen_is_answered_by_keyboard_alone(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice) as tab:
        tab.goto(screen(case))
        assert count(tab) == "0 of 31 answered"
        # The first question has the focus as the page opens.
        for key in ("n", "y", "N", "u", "Control+y", "n"):
            tab.keyboard.press(key)
        assert count(tab) == "4 of 31 answered"
        codes = [code for code, flag in RED_FLAGS.items() if flag.route == "emergency"]
        assert tab.evaluate(FOCUSED) == [codes[5], "unknown"]
        tab.keyboard.press("ArrowLeft")
        assert tab.evaluate(FOCUSED) == [codes[5], "no"]
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("heading", name="Emergency: get medical help now")).to_be_visible()
    saved = {row.code: row.answer for row in case.answers.all()}
    assert saved == {
        codes[0]: "no",
        codes[1]: "yes",
        codes[2]: "no",
        codes[4]: "no",
        codes[5]: "no",
    }


def test_keys_do_not_answer_while_somebody_types(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice) as tab:
        tab.goto(f"{screen(case)}?only=pregnancy")
        expect(tab.get_by_label("Due date")).to_be_hidden()
        for name in ("gate-pregnancy", "pregnant"):
            tab.locator(f"[name={name}][value=yes]").focus()
            tab.keyboard.press("y")
        before = count(tab)
        tab.get_by_label("Due date").focus()
        tab.keyboard.press("n")
        assert count(tab) == before
        assert tab.locator("[name=pregnant]:checked").get_attribute("value") == "yes"


def test_a_yes_opens_what_follows_and_a_no_closes_it(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice) as tab:
        tab.goto(screen(case))
        assert tab.locator("[data-question]:visible").count() == 31
        knee, side = tab.locator("[name=knee_problem]"), tab.get_by_label("Which side?")
        expect(knee.first).to_be_hidden()
        tab.locator("[name=gate-joints][value=yes]").focus()
        tab.keyboard.press("y")
        assert tab.evaluate(FOCUSED) == ["knee_problem", "unknown"]
        assert count(tab) == "1 of 36 answered"
        expect(side.first).to_be_hidden()
        tab.keyboard.press("y")
        side.first.select_option(label="Left")
        tab.locator("[name=gate-bones][value=yes]").focus()
        tab.keyboard.press("y")
        expect(tab.locator("[name=rf_minor_trauma_osteoporosis]").first).to_be_hidden()
        tab.keyboard.press("y")
        expect(tab.locator("[name=rf_minor_trauma_osteoporosis]").first).to_be_visible()
        tab.locator("[name=gate-bones]:checked").focus()
        tab.keyboard.press("n")
        tab.get_by_role("button", name="Save answers").click()
        expect(tab.get_by_text("Knee problem, left")).to_be_visible()
    saved = {row.code: (row.answer, row.side) for row in case.answers.all()}
    assert saved == {
        "knee_problem": ("yes", "left"),
        "osteoporosis": ("no", ""),
        "long_term_steroids": ("no", ""),
        "vertebral_fracture": ("no", ""),
        "vertebral_fracture_healed": ("no", ""),
    }


def test_a_well_person_is_screened_in_ten_keys(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice) as tab:
        tab.goto(screen(case))
        for _ in range(8):
            tab.keyboard.press("n")
        press = tab.get_by_role("button", name=re.compile("^Asked, all no"))
        expect(press).to_have_text([re.compile("Asked, all no:"), re.compile("Asked, all no:")])
        tab.keyboard.press("a")
        expect(tab.get_by_text("9 answered, no to each")).to_be_visible()
        assert count(tab) == "17 of 31 answered"
        expect(press).to_have_text(re.compile("Asked, all no: save"))
        tab.keyboard.press("a")
        tab.wait_for_url(f"**{case.get_absolute_url()}")
    assert {row.answer for row in case.answers.all()} == {"no"}
    flags = case.answers.filter(kind="red_flag")
    assert flags.count() == 17
    assert {row.answered_by for row in flags} == {alice}


def test_one_key_for_all_groups_waits_for_the_emergencies_and_can_be_put_right(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice) as tab:
        tab.goto(screen(case))
        press = tab.get_by_role("button", name="All groups asked, all no: save")
        for _ in range(7):
            tab.keyboard.press("n")
            expect(press).to_be_hidden()
        # An emergency is open: the key does nothing.
        tab.keyboard.press("r")
        assert count(tab) == "7 of 31 answered"
        tab.keyboard.press("n")
        expect(press).to_be_visible()
        tab.keyboard.press("r")
        tab.wait_for_url(f"**{case.get_absolute_url()}")
        assert {row.answer for row in case.answers.all()} == {"no"}
        assert {row.answered_by for row in case.answers.all()} == {alice}
        # A slip is put right where it was made.
        tab.goto(screen(case))
        expect(press).to_have_count(0)
        tab.locator("summary", has_text="9 answered, no to each").click()
        tab.locator("[name=rf_foot_drop][value=yes]").focus()
        tab.keyboard.press("y")
        tab.get_by_role("button", name="Save answers").click()
        expect(tab.get_by_text("Foot drop").first).to_be_visible()
    kept = case.answers.filter(code="rf_foot_drop").order_by("pk")
    assert [row.answer for row in kept] == ["no", "yes"]


def test_a_press_for_a_group_leaves_what_is_answered(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice) as tab:
        tab.goto(screen(case))
        tab.locator("[name=rf_foot_drop][value=yes]").focus()
        tab.keyboard.press("y")
        tab.get_by_role("button", name="Asked, all no : Other warning signs").click()
        expect(tab.get_by_text("9 answered, yes to 1")).to_be_visible()
        tab.get_by_role("button", name="Show Other warning signs").click()
        assert tab.locator("[name=rf_foot_drop]:checked").get_attribute("value") == "yes"
        assert tab.locator("[name=rf_weight_loss]:checked").get_attribute("value") == "no"
        tab.get_by_role("button", name="Save answers").click()
        expect(tab.get_by_text("Foot drop").first).to_be_visible()


def test_the_question_in_focus_is_never_under_the_save_bar(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=ALL)
    with signed_in(alice, width=PHONE) as tab:
        tab.goto(screen(case))
        tab.locator("input[type=radio]:checked").first.focus()
        bar = tab.locator(".save-bar")
        for _ in range(12):
            tab.keyboard.press("n")
            focused = tab.locator("[data-question]:focus-within").bounding_box()
            edge = bar.bounding_box()
            assert focused is not None
            assert edge is not None
            assert focused["y"] + focused["height"] <= edge["y"]


def test_a_row_is_added_to_the_form(signed_in: SignedIn, make_case: MakeCase, alice: User) -> None:
    case = make_case()
    with signed_in(alice) as tab:
        tab.goto(reverse("case_edit", args=[case.pk]))
        tab.get_by_role("button", name="Add a condition").click()
        assert tab.evaluate(FOCUSED)[0] == "conditions-3-code"
        tab.locator("[name=conditions-3-code]").select_option(label="Sciatica")
        tab.get_by_role("button", name="Save").click()
        expect(tab.locator(".invalid-feedback")).to_have_text("Choose left, right or both sides.")
        tab.locator("[name=conditions-3-side]").select_option(label="Left")
        tab.get_by_role("button", name="Save").click()
        expect(tab.get_by_text("Sciatica, left")).to_be_visible()


def test_the_list_follows_what_is_typed(
    signed_in: SignedIn, make_case: MakeCase, alice: User
) -> None:
    make_case(name="Margaret Hollowell")
    make_case(name="José Álvarez")
    with signed_in(alice) as tab:
        tab.goto(reverse("patient_list"))
        expect(tab.get_by_role("status").filter(has_text="2 patients")).to_be_visible()
        tab.get_by_label("Find a patient by name").press_sequentially("alvares")
        expect(tab.locator(".people__name")).to_have_text(["José Álvarez"])
        expect(tab.locator("#patients-found")).to_have_text("1 patient found")
