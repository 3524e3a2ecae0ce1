"""A session that is left and begun anew, and what is remembered of it."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone
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


def test_a_session_begun_anew_shows_each_setting_once_and_they_agree(
    anybody: Open, timed: PatientAccess
) -> None:
    settings = ".screen:visible [data-setting=sound]"
    with session(anybody, timed) as tab:
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
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
        say_before(tab)
        for _ in range(4):
            without_timer(tab)
        tab.get_by_role("button", name="Nothing has changed").click()
        expect(heading(tab)).to_have_text("We ask once more in 5 minutes")
        sent(tab)
        run = SessionLog.objects.get()
        now = timezone.now()
        SymptomLog.objects.create(
            case=timed.case, client_id=uuid4(), session=run.client_id, phase="settled", at=now
        )
        tab.reload()
        expect(heading(tab)).to_have_text("Before you begin")
        tab.get_by_role("button", name="The same as last time").click()
        expect(heading(tab)).to_have_text("1. Holds")
        sent(tab)
    before = SymptomLog.objects.filter(phase="before").order_by("pk")
    assert [(log.pain, log.regions) for log in before] == [(4, []), (4, [])]


def test_a_session_from_long_ago_is_closed_and_a_new_one_begins(
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
        say_before(tab)
        without_timer(tab)
        sent(tab)
        on_to(tab, 13 * 3600)
        tab.reload()
        expect(heading(tab)).to_have_text("Before you begin")
        sent(tab)
    run = SessionLog.objects.get()
    assert (run.state, run.reason) == ("stopped", "interrupted")


def test_skipping_going_back_and_stopping_early(anybody: Open, timed: PatientAccess) -> None:
    with session(anybody, timed) as tab:
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
    anybody: Open, timed: PatientAccess
) -> None:
    with session(anybody, timed) as tab:
        main(tab).click()
        expect(heading(tab)).to_have_text("1. Holds")
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
