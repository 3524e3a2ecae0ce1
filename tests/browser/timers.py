"""A session by its timers: the program it is of, and what a test does and reads on its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from clinic.models import Practice, User
from programs.access.models import PatientAccess
from programs.exercises.dosage import Dosage, Span
from programs.sessions.models import ExerciseLog
from tests.browser.chromium import PHONE, findings
from tests.browser.letting_in import let_in
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.samples import sample_exercise, sample_prescription
from tests.waiting import until_in

if TYPE_CHECKING:
    from tests.browser.conftest import Open

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
        tab.clock.set_fixed_time(timezone.now())
        tab.goto(f"{let_in(tab.context, access)}session/")
        expect(heading(tab)).to_have_text("Before you begin")
        yield tab


def heading(tab: Page) -> Locator:
    return tab.locator(".screen:visible h2").first


def main(tab: Page) -> Locator:
    """The large button, when what was told before is kept: till then a press is taken for that."""
    return tab.locator("[data-main]:not([data-busy])")


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


def one_of_each_kind(practice: Practice, alice: User) -> PatientAccess:
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
