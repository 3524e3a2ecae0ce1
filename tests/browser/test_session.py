"""A session on a phone, with a clock that only the test turns: timers, closing it, the end."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from clinic.models import Practice, User
from patients.models import SymptomLog
from programs.access.models import PatientAccess
from programs.exercises.dosage import Dosage, Span
from programs.sessions.models import ExerciseLog, SessionLog
from tests.browser.chromium import DESKTOP, PHONE, findings
from tests.browser.conftest import Open
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.samples import sample_exercise, sample_prescription
from tests.waiting import until_in

HOLDS = Dosage(reps=Span(2, 3), hold_s=Span(5, 5), per_side=True)
COUNTED = Dosage(sets=Span(2, 2), reps=Span(3, 3), rest_s=Span(30, 30))
WALK = Dosage(duration_s=Span(300, 600))
ONCE = Dosage(hold_s=Span(1, 60))
#: Counts what a phone would sound and shake.
EARS = """() => {
    window.buzzes = []; window.tones = 0;
    Object.defineProperty(navigator, "vibrate", {value: (how) => window.buzzes.push(how)});
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () {
        window.tones += 1;
        return make.call(this);
    };
}"""

SMALL = """() => [...document.querySelectorAll('.walk :is(a, button, select, summary)')]
    .filter(e => e.checkVisibility())
    .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
    .map(e => e.textContent.trim())"""
WAITING = "async () => (await import('/static/programs/portal/app/outbox.js')).pending()"


@pytest.fixture
def access(practice: Practice, alice: User, transactional_db: None) -> PatientAccess:
    """The link to a program of four exercises, one of each kind of timer."""
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    doses = [(1, "holds", HOLDS), (7, "counted", COUNTED), (5, "walk", WALK), (8, "once", ONCE)]
    items = tuple(
        sample_exercise(
            i,
            figures=False,
            item=item,
            dosage=dose,
            dose_words=dose.words,
            name=item.capitalize(),
            side="",
            side_words="",
            transient_rise="during_only" if item == "walk" else "no",
        )
        for i, item, dose in doses
    )
    issue_for(case, alice, sample_prescription(1, items=items))
    return PatientAccess.objects.get(case=case)


#: Times are counted by taps, and nothing leads on by itself.
BY_HAND = """localStorage.getItem("homeward-session-settings") ?? localStorage.setItem(
    "homeward-session-settings", JSON.stringify({paced: false, forward: false}))"""


@contextmanager
def session(
    anybody: Open, access: PatientAccess, width: int = PHONE, *, by_hand: bool = True
) -> Iterator[Page]:
    """A tab at the start of a session, with a clock that stands still until it is turned."""
    with anybody(width=width) as tab:
        tab.add_init_script(f"({EARS})()")
        if by_hand:
            tab.add_init_script(f"if (location.protocol !== 'about:') {BY_HAND}")
        tab.goto(f"/p/{access.token}/")
        tab.get_by_role("textbox").fill("1951")
        tab.get_by_role("button", name="Open").click()
        tab.wait_for_url("**/p/today/**")
        tab.clock.set_fixed_time(timezone.now())
        tab.goto(f"{tab.url}session/")
        expect(heading(tab)).to_have_text("Before you begin")
        yield tab


def heading(tab: Page) -> Locator:
    return tab.locator(".screen:visible h2").first


def main(tab: Page) -> Locator:
    return tab.locator("[data-main]")


def part(tab: Page, words: str, number: str | None = None) -> None:
    """What the timer shows now."""
    expect(tab.locator(".timer__what:visible")).to_have_text(words)
    if number is not None:
        expect(tab.locator(".timer__count:visible")).to_have_text(number)


def on_to(tab: Page, seconds: float) -> None:
    """Turn the clock; timers notice it as they would after a sleep."""
    tab.clock.set_fixed_time(tab.evaluate("Date.now()") / 1000 + seconds)


def say_before(tab: Page, pain: int = 4) -> None:
    tab.locator("#id_before-pain-" + str(pain)).check()
    tab.locator(".screen:visible").get_by_text("Nowhere", exact=True).click()
    main(tab).click()


def without_timer(tab: Page) -> None:
    tab.get_by_role("button", name="I did it without the timer").click()
    main(tab).click()


def told() -> list[tuple[Any, ...]]:
    rows = ExerciseLog.objects.standing().order_by("pk")
    return list(rows.values_list("item", "state", "sets", "reps", "seconds", "side", "reason"))


def wrong_with(tab: Page) -> list[str]:
    """What axe finds, and what is too small for a finger."""
    return [*findings(tab), *tab.evaluate(SMALL)]


def sent(tab: Page) -> None:
    """Wait until everything is stored on the server."""
    until_in(tab, lambda: not tab.evaluate(WAITING), "nothing waits to be sent")


def test_a_full_session_by_the_timers(anybody: Open, access: PatientAccess) -> None:
    with session(anybody, access) as tab:
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


def test_closing_the_page_in_the_middle_loses_nothing(anybody: Open, access: PatientAccess) -> None:
    with session(anybody, access) as tab:
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
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
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


def test_a_session_begun_anew_shows_each_setting_once_and_they_agree(
    anybody: Open, access: PatientAccess
) -> None:
    settings = ".screen:visible [data-setting=sound]"
    with session(anybody, access) as tab:
        say_before(tab)
        expect(heading(tab)).to_have_text("1. Holds")
        sent(tab)
        tab.reload()
        tab.get_by_role("button", name="No, start a new session").click()
        expect(heading(tab)).to_have_text("Before you begin")
        say_before(tab)
        expect(heading(tab)).to_have_text("1. Holds")
        expect(tab.locator(settings)).to_have_text(["Sound: on"])
        tab.locator(settings).click()
        expect(tab.locator(settings)).to_have_text(["Sound: off"])
        main(tab).click()
        expect(tab.locator(settings)).to_have_text(["Sound: off"])
        expect(tab.locator(".screen:visible .timer")).to_have_count(1)
        sent(tab)
    assert [run.state for run in SessionLog.objects.order_by("pk")] == ["stopped", "open"]


def test_a_last_question_answered_elsewhere_is_not_asked_again(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        say_before(tab)
        for _ in range(4):
            without_timer(tab)
        tab.get_by_role("button", name="Nothing has changed").click()
        expect(heading(tab)).to_have_text("We ask once more in 5 minutes")
        sent(tab)
        run = SessionLog.objects.get()
        now = timezone.now()
        SymptomLog.objects.create(
            case=access.case, client_id=uuid4(), session=run.client_id, phase="settled", at=now
        )
        tab.reload()
        expect(heading(tab)).to_have_text("Before you begin")
        tab.get_by_role("button", name="The same as last time").click()
        expect(heading(tab)).to_have_text("1. Holds")
        sent(tab)
    before = SymptomLog.objects.filter(phase="before").order_by("pk")
    assert [(log.pain, log.regions) for log in before] == [(4, []), (4, [])]


def test_a_session_from_long_ago_is_closed_and_a_new_one_begins(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        say_before(tab)
        without_timer(tab)
        sent(tab)
        on_to(tab, 13 * 3600)
        tab.reload()
        expect(heading(tab)).to_have_text("Before you begin")
        sent(tab)
    run = SessionLog.objects.get()
    assert (run.state, run.reason) == ("stopped", "interrupted")


def test_skipping_going_back_and_stopping_early(anybody: Open, access: PatientAccess) -> None:
    with session(anybody, access) as tab:
        say_before(tab)
        tab.get_by_role("button", name="Not today").click()
        expect(heading(tab)).to_have_text("Why not today?")
        assert wrong_with(tab) == []
        tab.get_by_role("button", name="I am too tired").click()
        expect(heading(tab)).to_have_text("2. Counted")
        sent(tab)
        assert told() == [("holds", "skipped", None, None, None, "", "tired")]

        tab.go_back()
        tab.go_back()
        expect(heading(tab)).to_have_text("1. Holds")
        tab.get_by_role("radio", name="Partly").check()
        tab.get_by_label("Times", exact=True).fill("one")
        main(tab).click()
        expect(tab.get_by_text("Type a whole number, up to 1000.")).to_be_visible()
        tab.get_by_label("Times", exact=True).fill("1")
        tab.get_by_label("Which side").select_option("left")
        main(tab).click()

        expect(heading(tab)).to_have_text("2. Counted")
        main(tab).click()
        tab.locator("[data-count-one]:visible").click()
        tab.get_by_role("button", name="Stop early").click()
        expect(heading(tab)).to_have_text("Stop for today?")
        assert wrong_with(tab) == []
        tab.get_by_role("button", name="No, go back").click()
        part(tab, "Paused")
        tab.get_by_role("button", name="Stop early").click()
        tab.get_by_role("button", name="It hurts too much").click()
        expect(heading(tab)).to_have_text("How is it now?")
        main(tab).click()
        expect(heading(tab)).to_have_text("Your session is over")
        tab.go_back()
        expect(heading(tab)).to_have_text("Your session is over")
        sent(tab)
    assert told() == [
        ("holds", "partly", None, 1, None, "left", "tired"),
        ("counted", "partly", 1, 1, None, "", ""),
    ]
    run = SessionLog.objects.get()
    assert (run.state, run.reason) == ("stopped", "pain")


def test_sound_vibration_and_time_to_get_ready_are_remembered(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        main(tab).click()
        main(tab).click()
        on_to(tab, 6)
        part(tab, "Hold", "4")
        assert tab.evaluate("window.tones > 0 && window.buzzes.length > 0")
        for name in ("Sound", "Vibration"):
            tab.get_by_role("button", name=f"{name}: on").click()
            expect(tab.get_by_role("button", name=f"{name}: off")).to_be_visible()
        heard = tab.evaluate("[window.tones, window.buzzes.length]")
        on_to(tab, 4)
        part(tab, "Relax", "3")
        assert tab.evaluate("[window.tones, window.buzzes.length]") == heard
        tab.reload()
        tab.get_by_role("button", name="Yes, go on").click()
        tab.get_by_role("button", name="Stop early").click()
        tab.get_by_role("button", name="No, go back").click()
        expect(tab.get_by_role("button", name="Sound: off")).to_be_visible()
        assert SessionLog.objects.count() == 0


def test_without_a_connection_it_is_kept_and_sent_later(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        tab.wait_for_load_state("networkidle")
        tab.context.set_offline(True)
        say_before(tab)
        for _ in range(4):
            without_timer(tab)
        tab.get_by_role("button", name="Nothing has changed").click()
        tab.get_by_role("button", name="I cannot wait").click()
        expect(tab.locator("[data-end-sent]")).to_have_text(
            "Saved on this device. We send it when there is a connection."
        )
        assert SessionLog.objects.count() == 0
        tab.context.set_offline(False)
        expect(tab.locator("[data-end-sent]")).to_have_text("Saved. Bob Brown can see it.")
    assert SessionLog.objects.get().state == "finished"
    assert len(told()) == 4


def test_the_end_of_a_watched_exercise_is_told_with_it(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        say_before(tab)
        without_timer(tab)
        expect(tab.locator("[data-during]:visible")).to_have_count(0)
        without_timer(tab)
        expect(heading(tab)).to_have_text("3. Walk")
        expect(tab.locator("[data-during]:visible")).to_have_count(0)
        tab.get_by_role("button", name="I did it without the timer").click()
        expect(tab.get_by_text("How was it at the end of this one?")).to_be_visible()
        assert wrong_with(tab) == []
        tab.locator("#id_during-3-pain-6").check()
        main(tab).click()
        expect(heading(tab)).to_have_text("4. Once")
        sent(tab)
    row = SymptomLog.objects.get(phase="during")
    assert (row.item, row.pain, row.regions) == ("walk", 6, None)


def test_weak_in_both_legs_is_answered_at_once_without_a_connection(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        tab.wait_for_load_state("networkidle")
        tab.context.set_offline(True)
        for value in ("thigh_back_left", "calf_right", "weakness"):
            tab.evaluate(
                "value => document.querySelector("
                "`[data-symptoms=before] [data-field] input[value=${value}]`).click()",
                value,
            )
        expect(tab.locator("[data-nerves=both]")).to_be_hidden()
        main(tab).click()
        expect(tab.locator("[data-nerves=both]")).to_be_visible()
        assert wrong_with(tab) == []
        tab.context.set_offline(False)
        expect(tab.locator("[data-help-title]")).to_have_text("Stop, and get help")
        sent(tab)


def test_something_is_wrong_is_on_every_screen_and_it_fits_a_wide_one(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access, DESKTOP) as tab:
        wrong = tab.get_by_role("link", name="Something is wrong")
        for go in (say_before, without_timer):
            expect(wrong).to_be_visible()
            go(tab)
        assert wrong_with(tab) == []
        main(tab).focus()
        tab.keyboard.press("Enter")
        part(tab, "Count each one", "0")
        tab.locator("[data-count-one]:visible").focus()
        tab.keyboard.press("Space")
        part(tab, "Count each one", "1")
        assert wrong_with(tab) == []


@pytest.mark.usefixtures("catalogue")
def test_an_answer_that_says_get_help_ends_the_session_at_once(
    anybody: Open, access: PatientAccess
) -> None:
    with session(anybody, access) as tab:
        tab.get_by_role("checkbox", name="Weak: my leg or foot").check()
        main(tab).click()
        expect(heading(tab)).to_have_text("Stop, and get help")
        expect(tab.locator("[data-help-reason]")).not_to_be_empty()
        expect(main(tab)).to_be_hidden()
        assert wrong_with(tab) == []
        sent(tab)
        tab.go_back()
        expect(heading(tab)).to_have_text("Stop, and get help")
    assert SessionLog.objects.get().state == "stopped"


PLANS: list[tuple[Dosage, str, list[tuple[str, int | None, str]]]] = [
    (Dosage(duration_s=Span(120, 120)), "right", [("ready", 5, "right"), ("work", 120, "right")]),
    (
        Dosage(reps=Span(2, 5), hold_s=Span(15, 30)),
        "",
        [("ready", 5, ""), ("hold", 15, ""), ("relax", 5, ""), ("hold", 15, "")],
    ),
    (ONCE, "", [("ready", 5, ""), ("hold", 60, "")]),
    (
        dataclasses.replace(WALK, sets=Span(2, 3), rest_s=Span(0, 0)),
        "",
        [("ready", 5, ""), ("work", 300, ""), ("ready", 5, ""), ("work", 300, "")],
    ),
    (
        Dosage(sets=Span(2, 2), reps=Span(10, 10)),
        "",
        [("count", None, ""), ("rest", None, ""), ("count", None, "")],
    ),
    (
        Dosage(reps=Span(3, 3), per_side=True),
        "left",
        [("count", None, "left"), ("switch", 10, "right"), ("count", None, "right")],
    ),
]


def test_doses_become_parts(anybody: Open, access: PatientAccess, live_server: LiveServer) -> None:
    with session(anybody, access) as tab:
        for dose, side, parts in PLANS:
            found = tab.evaluate(
                """async ([dose, side]) => {
                    const { planOf } = await import("/static/programs/portal/session/plan.js");
                    return planOf(dose, { side }).map((p) => [p.kind, p.seconds, p.side]);
                }""",
                [dose.to_dict(), side],
            )
            assert [tuple(row) for row in found] == parts
