"""A session without hands: counted aloud, led on by itself, and the picture in view meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.models import Practice, User
from patients.models import Case, SymptomLog
from programs.access.models import PatientAccess
from programs.demo.plan import Changes, ProgramPlan
from programs.demo.prescribing import make_program
from programs.exercises.dosage import Dosage, Span
from programs.sessions.models import ExerciseLog
from tests.browser.chromium import PHONE, findings
from tests.browser.conftest import MakeCase, Open
from tests.browser.letting_in import let_in
from tests.browser.timers import heading, main, on_to, part, sent
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.portal.reports import session as told_session
from tests.programs.samples import sample_exercise, sample_prescription

HOLDS = Dosage(reps=Span(2, 2), hold_s=Span(5, 5))
COUNTED = Dosage(sets=Span(2, 2), reps=Span(3, 3))
DOSES = ((1, HOLDS, 5 + 5 + 3 + 5), (7, COUNTED, 5 + 12 + 30 + 12), (8, HOLDS, 18))
"""Which sample, its dose, and the seconds that its timer runs by itself."""
COUNT_TAPS = """addEventListener("click", (event) => {
    if (event.isTrusted) localStorage.taps = 1 + Number(localStorage.taps ?? 0);
}, true)"""
VOICE = """window.spoken = []; Object.defineProperty(window, "speechSynthesis", {value: {
    getVoices: () => [{}], cancel: () => {}, speak: (said) => window.spoken.push(said.text),
}})"""
TWO_TAPS = "button => { button.click(); button.click(); }"
IN_VIEW = """() => ['[data-movement-stage]', '.timer__what', '.timer__dial'].map(name => {
    const box = [...document.querySelectorAll(name)].find(e => e.checkVisibility())
        .getBoundingClientRect();
    return [Math.round(box.top), Math.round(box.bottom)];
})"""


def make(practice: Practice, alice: User, count: int) -> PatientAccess:
    """The link to a program of so many exercises that nothing is asked about."""
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    items = tuple(
        sample_exercise(
            DOSES[n % 3][0], figures=False, item=f"item-{n}", dosage=DOSES[n % 3][1],
            dose_words=DOSES[n % 3][1].words, name=f"Part {n + 1}", side="", side_words="",
            transient_rise="no",
        )
        for n in range(count)
    )  # fmt: skip
    issue_for(case, alice, sample_prescription(1, items=items))
    calm = {"pain": 3, "regions": ("back_middle",), "kinds": ()}
    began = timezone.now() - dt.timedelta(days=9)
    told_session(case, began, done=(), before=calm, after=calm)
    return PatientAccess.objects.get(case=case)


def enter(tab: Page, access: PatientAccess) -> None:
    """To the day's page, with a clock that stands still until it is turned."""
    tab.goto(let_in(tab.context, access))
    tab.clock.set_fixed_time(timezone.now())
    tab.evaluate("localStorage.taps = 0")


@pytest.mark.parametrize(("count", "most"), [(3, 9), (8, 14)])
def test_a_whole_routine_with_nothing_to_report_takes_few_taps(
    anybody: Open, practice: Practice, alice: User, transactional_db: None, count: int, most: int
) -> None:
    access = make(practice, alice, count)
    with anybody(width=PHONE) as tab:
        tab.add_init_script(COUNT_TAPS)
        enter(tab, access)
        tab.get_by_role("link", name="Start", exact=True).click()
        tab.get_by_role("button", name="The same as last time").click()
        for n in range(count):
            expect(heading(tab)).to_have_text(f"{n + 1}. Part {n + 1}")
            main(tab).click()
            for _ in range(DOSES[n % 3][2]):
                on_to(tab, 1)
            part(tab, "Done")
            expect(tab.locator("[data-onward]:visible")).to_contain_text("in 10.")
            on_to(tab, 10)
        tab.get_by_role("button", name="Nothing has changed").click()
        expect(heading(tab)).to_have_text("Your session is over")
        sent(tab)
        tab.get_by_role("link", name="Back to your programme").click()
        tab.wait_for_url("**/p/today/*/")
        taps = tab.evaluate("Number(localStorage.taps)")
    assert taps == count + 4
    assert taps <= most
    told = ExerciseLog.objects.order_by("pk").values_list("state", "sets", "reps", "seconds")
    doses = [("done", None, 2, 5), ("done", 2, 3, None), ("done", None, 2, 5)]
    assert list(told) == [doses[n % 3] for n in range(count)]


def test_two_taps_tell_it_once(
    anybody: Open, practice: Practice, alice: User, transactional_db: None
) -> None:
    access = make(practice, alice, 2)
    before = SymptomLog.objects.count()
    with anybody(width=PHONE) as tab:
        enter(tab, access)
        tab.get_by_role("link", name="Start", exact=True).click()
        tab.get_by_role("button", name="The same as last time").evaluate(TWO_TAPS)
        expect(heading(tab)).to_have_text("1. Part 1")
        tab.get_by_role("button", name="Not today").click()
        tab.get_by_role("button", name="I am too tired").evaluate(TWO_TAPS)
        expect(heading(tab)).to_have_text("2. Part 2")
        tab.get_by_role("button", name="I did it without the timer").click()
        main(tab).evaluate(TWO_TAPS)
        expect(heading(tab)).to_have_text("How is it now?")
        sent(tab)
        assert list(ExerciseLog.objects.order_by("pk").values_list("item", "state")) == [
            ("item-0", "skipped"), ("item-1", "done"),
        ]  # fmt: skip
        assert SymptomLog.objects.count() == before + 1


def test_a_voice_counts_and_whoever_touches_the_exercise_stays(
    anybody: Open, practice: Practice, alice: User, transactional_db: None
) -> None:
    access = make(practice, alice, 2)
    with anybody(width=PHONE) as tab:
        tab.add_init_script(VOICE)
        enter(tab, access)
        tab.get_by_role("link", name="Start", exact=True).click()
        tab.get_by_role("button", name="The same as last time").click()
        tab.get_by_role("button", name="Not today").click()
        tab.get_by_role("button", name="I am too tired").click()
        expect(heading(tab)).to_have_text("2. Part 2")
        main(tab).click()
        on_to(tab, 5)
        part(tab, "Move", "1")
        on_to(tab, 4)
        part(tab, "Move", "2")
        on_to(tab, 4)
        part(tab, "Move", "3")
        expect(tab.locator(".timer__where:visible")).to_have_text("of 3, set 1 of 2")
        on_to(tab, 4)
        part(tab, "Rest", "30")
        spoken = tab.evaluate("spoken")
        assert spoken == ["Get ready. 5 seconds.", "Move. 3 times. I count for you.", "2", "3",
                          "Rest. 30 seconds."]  # fmt: skip
        assert findings(tab) == []
        on_to(tab, 42)
        part(tab, "Done")
        expect(tab.locator("[data-onward]:visible")).to_contain_text("The last questions come in")
        tab.locator("#exercise-2-reps").fill("2")
        expect(tab.locator("[data-onward]")).to_be_hidden()
        on_to(tab, 60)
        expect(heading(tab)).to_have_text("2. Part 2")
        tab.get_by_role("button", name="Count for me: on").click()
        expect(tab.get_by_role("button", name="Count for me: off")).to_be_visible()


@pytest.fixture
def moving(make_case: MakeCase) -> PatientAccess:
    """The link of a patient with one exercise that has a movement."""
    case: Case = make_case()
    plan = ProgramPlan(
        starter="foraminal-stenosis-nine-steps",
        keep=("oblique-standing-stretch",),
        changes=Changes(),
        issued=True,
    )
    make_program(case, case.clinician, plan, today=case.today())
    return PatientAccess.objects.get(case=case)


def test_the_moving_picture_stays_above_the_words_while_the_timer_runs(
    anybody: Open, moving: PatientAccess
) -> None:
    with anybody(width=PHONE) as tab:
        tab.emulate_media(reduced_motion="no-preference")
        tab.set_viewport_size({"width": PHONE, "height": 844})
        enter(tab, moving)
        tab.goto(f"{tab.url}session/")
        main(tab).click()
        stage = tab.locator("[data-movement-stage]")
        first = tab.locator(".screen:visible :is(.movement, figure)").first
        expect(stage).to_be_visible()
        assert first.evaluate("e => e.className") == "movement"
        main(tab).click()
        on_to(tab, 6)
        part(tab, "Hold")
        expect(tab.locator("[data-movement]")).to_have_attribute("data-playing", "yes")
        picture, words, number = tab.evaluate(IN_VIEW)
        bar = tab.locator("[data-bar]").bounding_box()
        assert bar is not None
        assert 0 <= picture[0] < picture[1] <= words[0] < number[1] <= bar["y"]
        main(tab).click()
        expect(tab.locator("[data-movement]")).to_have_attribute("data-playing", "no")
