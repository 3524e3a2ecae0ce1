"""A session on a phone, with a clock that only the test turns: timers, closing it, the end."""

from __future__ import annotations

from playwright.sync_api import expect

from patients.models import SymptomLog
from programs.access.models import PatientAccess
from programs.sessions.models import SessionLog
from tests.browser.conftest import Open
from tests.browser.timers import (
    heading,
    main,
    on_to,
    part,
    say_before,
    sent,
    session,
    told,
    without_timer,
    wrong_with,
)


def test_a_full_session_by_the_timers(anybody: Open, timed: PatientAccess) -> None:
    with session(anybody, timed) as tab:
        assert wrong_with(tab) == []
        say_before(tab)

        expect(heading(tab)).to_have_text("1. Holds")
        assert tab.evaluate("document.activeElement.textContent.trim()") == "1. Holds"
        assert wrong_with(tab) == []
        main(tab).click()
        part(tab, "Get ready", "5")
        on_to(tab, 5)
        part(tab, "Hold", "5")
        expect(tab.locator("[data-say]")).to_have_text("Hold. 1 of 2. 5 seconds.")
        expect(tab.locator(".timer__where:visible")).to_have_text("1 of 2, right side")
        assert wrong_with(tab) == []
        main(tab).click()
        part(tab, "Paused")
        on_to(tab, 600)
        main(tab).click()
        part(tab, "Hold", "5")
        on_to(tab, 5)
        part(tab, "Relax", "3")
        on_to(tab, 8)
        part(tab, "Now your left side", "10")
        # The page sleeps past two parts, and is where it should be when it wakes.
        on_to(tab, 16)
        part(tab, "Relax", "2")
        on_to(tab, 7)
        part(tab, "Done")
        expect(tab.get_by_role("button", name="Do one more")).to_be_visible()
        expect(tab.get_by_label("Times", exact=True)).to_have_value("2")
        expect(tab.get_by_label("Which side")).to_have_value("both")
        assert wrong_with(tab) == []
        main(tab).click()

        expect(heading(tab)).to_have_text("2. Counted")
        main(tab).click()
        part(tab, "Count each one", "0")
        for _ in range(3):
            tab.locator("[data-count-one]:visible").click()
        part(tab, "Count each one", "3")
        assert wrong_with(tab) == []
        main(tab).click()
        part(tab, "Rest", "30")
        on_to(tab, 30)
        tab.get_by_role("button", name="I did all 3").click()
        part(tab, "Done")
        main(tab).click()

        expect(heading(tab)).to_have_text("3. Walk")
        main(tab).click()
        on_to(tab, 5)
        part(tab, "Go", "5:00")
        on_to(tab, 300)
        tab.get_by_role("button", name="Go on for longer").click()
        part(tab, "Go", "5:00")
        on_to(tab, 60)
        tab.get_by_role("button", name="That is enough").click()
        expect(tab.get_by_label("Minutes", exact=True)).to_have_value("6")
        main(tab).click()

        # What was told is stored first: a tap before that would be one of two on the same button.
        expect(heading(tab)).to_have_text("4. Once")
        main(tab).click()
        on_to(tab, 5 + 20)
        tab.get_by_role("button", name="Let go now").click()
        expect(tab.locator("#exercise-4-seconds")).to_have_value("20")
        main(tab).click()

        expect(heading(tab)).to_have_text("How is it now?")
        assert wrong_with(tab) == []
        tab.get_by_role("button", name="Nothing has changed").click()
        expect(heading(tab)).to_have_text("We ask once more in 5 minutes")
        assert wrong_with(tab) == []
        on_to(tab, 60)
        # Closed and opened again: the wait goes on.
        tab.reload()
        expect(tab.locator("[data-wait-count]")).to_have_text("4:00")
        on_to(tab, 241)
        expect(heading(tab)).to_have_text("Has it settled?")
        assert wrong_with(tab) == []
        tab.get_by_role("button", name="The same as then").click()
        expect(heading(tab)).to_have_text("Your session is over")
        expect(tab.locator("[data-answer-title]")).to_have_text("Carry on")
        expect(tab.locator("[data-end-sent]")).to_have_text("Saved. Bob Brown can see it.")
        assert wrong_with(tab) == []
    assert told() == [
        ("holds", "done", None, 2, 5, "both", ""),
        ("counted", "done", 2, 3, None, "", ""),
        ("walk", "done", None, None, 360, "", ""),
        ("once", "done", None, None, 20, "", ""),
    ]
    assert SessionLog.objects.get().state == "finished"
    logs = SymptomLog.objects.order_by("pk").values_list("phase", "pain", "regions")
    assert list(logs) == [("before", 4, []), ("after", 4, []), ("settled", 4, [])]


def test_closing_the_page_in_the_middle_loses_nothing(anybody: Open, timed: PatientAccess) -> None:
    with session(anybody, timed) as tab:
        say_before(tab)
        without_timer(tab)
        main(tab).click()
        tab.locator("[data-count-one]:visible").click()
        tab.locator("[data-count-one]:visible").click()
        sent(tab)
        assert told() == [("holds", "done", None, 2, 5, "both", "")]
        address = tab.url
        tab.goto("about:blank")
        tab.goto(address)
        expect(heading(tab)).to_have_text("Go on where you stopped?")
        expect(tab.get_by_text("You did 1 of 4 exercises.")).to_be_visible()
        assert wrong_with(tab) == []
        tab.get_by_role("button", name="Yes, go on").click()
        expect(heading(tab)).to_have_text("2. Counted")
        part(tab, "Paused")
        main(tab).click()
        part(tab, "Count each one", "2")
        tab.get_by_role("button", name="Back", exact=True).click()
        expect(heading(tab)).to_have_text("1. Holds")
        expect(tab.get_by_role("radio", name="Done")).to_be_checked()
        tab.get_by_role("button", name="Back", exact=True).click()
        expect(tab.locator("#id_before-pain-4")).to_be_checked()
        assert SessionLog.objects.count() == 1


def test_what_was_done_without_the_timer_is_as_much_as_was_asked(
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
        say_before(tab)
        tab.get_by_role("button", name="I did it without the timer").click()
        expect(tab.get_by_role("radio", name="Done")).to_be_checked()
        expect(tab.get_by_label("Times", exact=True)).to_have_value("2")
        expect(tab.locator("#exercise-1-seconds")).to_have_value("5")
        expect(tab.get_by_label("Which side")).to_have_value("both")
        # It is a proposal: another number can be typed.
        tab.get_by_label("Times", exact=True).fill("1")
        main(tab).click()
        for _ in range(3):
            without_timer(tab)
        sent(tab)
    assert told() == [
        ("holds", "done", None, 1, 5, "both", ""),
        ("counted", "done", 2, 3, None, "", ""),
        ("walk", "done", None, None, 300, "", ""),
        # "Up to 60 seconds": how long it was, only the patient knows.
        ("once", "done", None, None, None, "", ""),
    ]
