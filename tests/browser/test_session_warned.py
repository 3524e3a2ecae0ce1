"""A session without a connection, and one that ends because of what was answered."""

from __future__ import annotations

import dataclasses

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from patients.models import SymptomLog
from programs.access.models import PatientAccess
from programs.exercises.dosage import Dosage, Span
from programs.sessions.models import SessionLog
from tests.browser.chromium import DESKTOP
from tests.browser.conftest import Open
from tests.browser.timers import (
    ONCE,
    WALK,
    heading,
    main,
    part,
    say_before,
    sent,
    session,
    told,
    without_timer,
    wrong_with,
)


def test_without_a_connection_it_is_kept_and_sent_later(
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
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


def test_the_end_of_a_watched_exercise_is_told_with_it(anybody: Open, timed: PatientAccess) -> None:
    with session(anybody, timed) as tab:
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
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
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
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed, DESKTOP) as tab:
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
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
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


def test_doses_become_parts(anybody: Open, timed: PatientAccess, live_server: LiveServer) -> None:
    with session(anybody, timed) as tab:
        for dose, side, parts in PLANS:
            found = tab.evaluate(
                """async ([dose, side]) => {
                    const { planOf } = await import("/static/programs/portal/session/plan.js");
                    return planOf(dose, { side }).map((p) => [p.kind, p.seconds, p.side]);
                }""",
                [dose.to_dict(), side],
            )
            assert [tuple(row) for row in found] == parts
