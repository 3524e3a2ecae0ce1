"""A clinician builds and issues a program, by mouse and keyboard."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import Page, expect

from clinic.models import User
from patients.models import ScreenAnswer
from programs.prescriptions.models import IssuedPrescription, Override, Program
from tests.browser.conftest import MakeCase, Open


def names(tab: Page) -> list[str]:
    """The exercises of the program as they stand on the page."""
    return [name.strip() for name in tab.locator("#program .item__name").all_inner_texts()]


def labelled(verb: str, exercise: str) -> re.Pattern[str]:
    """The name of a button about one exercise, as a screen reader says it."""
    return re.compile(rf"^{re.escape(verb)} ?:? {re.escape(exercise)}$")


def find(tab: Page, words: str) -> None:
    """Type a search and wait for its results; what is typed before the scripts run is not seen."""
    tab.wait_for_url(re.compile("/programs/"), wait_until="load")
    with tab.expect_response(re.compile(r"/search/\?")):
        tab.get_by_label("Name, muscle or body part").fill(words)
    expect(tab.locator(".htmx-request")).to_have_count(0)


def accept_everything(tab: Page) -> None:
    """Accept each caution that waits, one after the other."""
    buttons = tab.get_by_role("button", name=re.compile("^Accept"))
    while count := buttons.count():
        buttons.first.click()
        expect(buttons).to_have_count(count - 1)


def test_build_from_a_template_and_issue(signed_in: Open, make_case: MakeCase, alice: User) -> None:
    case = make_case()
    with signed_in(alice) as tab:
        tab.goto(case.get_absolute_url())
        tab.get_by_role(
            "button", name=labelled("Use it", "Foraminal stenosis: the nine steps")
        ).click()
        expect(
            tab.get_by_role("heading", name="Foraminal stenosis: the nine steps")
        ).to_be_visible()
        side_stretch = tab.locator(".item", has_text="Standing side stretch, held")
        expect(side_stretch.locator(".item__side")).to_have_text("for your right side")
        expect(side_stretch.get_by_text("Preferred")).to_be_visible()
        for name in names(tab)[6:]:
            title = name.split(" for your")[0]
            button = tab.get_by_role("button", name=labelled("Remove", title))
            button.click()
            expect(button).to_have_count(0)
        accept_everything(tab)
        kept = names(tab)
        tab.get_by_role("link", name="Check and issue").click()
        expect(tab.get_by_role("heading", name="Issue version 1")).to_be_visible()
        tab.get_by_role("button", name="Issue version 1").dblclick()
        # Not the navigation: the second click breaks off the first one's.
        expect(tab).to_have_url(re.compile(r"/programs/[0-9a-f-]+/$"))
        expect(tab.get_by_text("Version 1, issued")).to_be_visible()
        issued = IssuedPrescription.objects.get()
        frozen = [
            " ".join(filter(None, [i.name, i.side_words])) for i in issued.prescription().items
        ]
        assert frozen == [re.sub(r"\s+", " ", name) for name in kept]
        handout = tab.get_by_role("link", name="Handout of version 1 (PDF)")
        printed = tab.request.get(handout.get_attribute("href") or "")
        assert (printed.status, printed.headers["content-type"]) == (200, "application/pdf")


def test_build_from_search_with_an_override(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case(yes=("arm_problem",))
    until = case.today() + dt.timedelta(days=28)
    with signed_in(alice) as tab:
        tab.goto(case.get_absolute_url())
        tab.get_by_role("button", name="Start a program").click()
        find(tab, "obliqe strech")
        result = tab.locator(".result", has_text="Standing side stretch, held").first
        expect(result.get_by_text("Preferred").first).to_be_visible()
        tab.get_by_role("button", name=labelled("Add right", "Standing side stretch, held")).click()
        expect(tab.locator("#program .item")).to_have_count(1)
        find(tab, "bench")
        tab.get_by_role(
            "link",
            name=labelled("Reasons and override", "Take the weight off your back at a bench"),
        ).click()
        tab.get_by_role("button", name="Override and add").click()
        expect(tab.get_by_text("Write down the reason.")).to_be_visible()
        tab.get_by_label(re.compile("Reason")).fill("Only the left shoulder is stiff.")
        tab.get_by_label(re.compile("Last day")).fill(until.isoformat())
        tab.get_by_role("button", name="Override and add").click()
        expect(tab.locator("#program .item")).to_have_count(2)
        override = Override.objects.get()
        assert (override.reason, override.expires_on, override.made_by) == (
            "Only the left shoulder is stiff.",
            until,
            alice,
        )
        card = tab.locator("#program .item", has_text="Take the weight off your back")
        expect(card.get_by_text("Override by Alice Archer")).to_be_visible()
        accept_everything(tab)
        tab.get_by_role("link", name="Check and issue").click()
        expect(tab.get_by_text("goes out against the rules")).to_be_visible()
        tab.get_by_role("button", name="Issue version 1").click()
        expect(tab.get_by_text("Version 1, issued")).to_be_visible()


def test_answer_a_missing_question_from_the_builder(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case(not_asked=("osteoporosis",))
    with signed_in(alice) as tab:
        tab.goto(case.get_absolute_url())
        tab.get_by_role("button", name="Start a program").click()
        find(tab, "seated forward bend")
        tab.get_by_role("button", name=labelled("Add", "Seated forward bend")).click()
        status = tab.locator("#program-status")
        expect(status).to_contain_text("Not asked, and it matters here: Osteoporosis")
        status.get_by_role("link", name="Answer now").click()
        question = tab.get_by_role("group", name="Have you been told that your bones are thin")
        expect(tab.locator("main").get_by_role("group")).to_have_count(1)
        question.get_by_label("Yes").check()
        tab.get_by_role("button", name="Save answers").click()
        tab.wait_for_url(re.compile(r"/programs/"))
        card = tab.locator("#program .item", has_text="Seated forward bend")
        expect(card.get_by_text("Not for this patient").first).to_be_visible()
        expect(tab.locator("#program-status")).not_to_contain_text("Not asked, and it matters")
        answer = ScreenAnswer.objects.get(case=case, code="osteoporosis")
        assert (answer.answer, answer.answered_by) == ("yes", alice)


def test_the_whole_program_without_a_mouse(
    signed_in: Open, make_case: MakeCase, alice: User
) -> None:
    case = make_case()
    with signed_in(alice) as tab:
        tab.goto(case.get_absolute_url())
        tab.get_by_role("button", name="Start a program").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_url(re.compile("/programs/"), wait_until="load")
        tab.get_by_label("Name, muscle or body part").focus()
        with tab.expect_response(re.compile(r"/search/\?")):
            tab.keyboard.type("walking")
        add = tab.get_by_role("button", name=labelled("Add", "Walking"))
        add.focus()
        tab.keyboard.press("Enter")
        expect(tab.locator("#program .item")).to_have_count(1)
        # The focus stays at a place that exists, so that the keyboard goes on from there.
        assert tab.evaluate("document.activeElement !== document.body")
        tab.get_by_role("link", name="Check and issue").focus()
        tab.keyboard.press("Enter")
        tab.get_by_role("button", name="Issue version 1").focus()
        tab.keyboard.press("Enter")
        expect(tab.get_by_text("Version 1, issued")).to_be_visible()
        assert Program.objects.get().prescriptions.count() == 1
