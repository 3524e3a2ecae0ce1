"""Twice as large on a phone, with names as long as a field takes: a patient sees every page whole.

200 % on a phone of 390 px leaves a page 195 px wide and 422 px high.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.models import Practice, User
from patients.models import Case
from programs.access.models import PatientAccess
from programs.prescriptions.models import Program
from programs.sessions.models import SessionLog
from tests.browser.chromium import PHONE
from tests.browser.conftest import Open
from tests.browser.crowded import LONG
from tests.browser.page_scripts import STANDS_ON, WORD, together
from tests.browser.timers import main as main_button
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.portal.reports import session as told_session
from tests.programs.samples import PRACTICE, sample_prescription

ZOOMED = {"width": PHONE // 2, "height": 844 // 2}
#: Bars that stay while the page is scrolled, and how much of the screen is theirs, in per cent.
BARS = """() => [...document.querySelectorAll('body *')]
    .filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.checkVisibility())
    .map(e => [e.className, Math.round(100 * e.getBoundingClientRect().height / innerHeight)])
    .filter(([, share]) => share > 15)"""
#: Words that stand on two lines, but for those that are longer than the line. A column that leaves
#: less than half of the screen to its words is no line, and any word of 15 letters has to fit.
SPLIT = f"""() => {{
    const standsOn = {STANDS_ON};
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const box = (node) => {{
        let e = node.parentElement;
        while (getComputedStyle(e).display.startsWith('inline') && e.parentElement
            && getComputedStyle(e).display !== 'inline-flex') e = e.parentElement;
        const style = getComputedStyle(e);
        return e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    }};
    while (walker.nextNode()) {{
        const node = walker.currentNode, parent = node.parentElement;
        if (!parent.checkVisibility({{visibilityProperty: true}})) continue;
        if (parent.closest('script, style, .unseen, .skip, option, select')) continue;
        const hides = [...document.querySelectorAll('h1')].find(h => h.contains(parent));
        if (hides && getComputedStyle(hides).clipPath !== 'none') continue;
        for (const {{0: word, index}} of node.data.matchAll({WORD})) {{
            const {{split, length}} = standsOn(node, word, index);
            if (!split) continue;
            const long = word.length > 15 && length > box(node);
            if (long && box(node) >= innerWidth / 2) continue;
            const sizes = `${{Math.round(length)}} in ${{Math.round(box(node))}}`;
            found.push(`${{word.slice(0, 40)}} (${{sizes}})`);
        }}
    }}
    return found;
}}"""
EXERCISES = "() => [...document.querySelectorAll('[data-exercise]')].map(e => e.dataset.screen)"
#: What reaches out of the screen on either side, to name the culprit.
OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter(e => e.checkVisibility())
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(-3).map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""


#: Words that reach out of the button they stand in.
TIGHT = """() => [...document.querySelectorAll('button, .button, summary, .tick, label')]
    .filter(e => e.checkVisibility() && !e.closest('.unseen') && e.scrollWidth > e.clientWidth + 1)
    .filter(e => getComputedStyle(e).display !== 'inline')
    .map(e => e.textContent.trim().slice(0, 60))"""


IN_ALL = together({"too wide": OUT, "bar": BARS, "tight": TIGHT, "split": SPLIT})


def faults(tab: Page) -> list[str]:
    """What reaches out of the screen, takes too much of it, or stands on two lines."""
    tab.wait_for_load_state()
    where = f"{tab.viewport_size['width']} {tab.url.split('/', 3)[3]}"  # type: ignore[index]
    return [f"{where}: {fault}" for fault in tab.evaluate(IN_ALL)]


def open_door(tab: Page, case: Case) -> str:
    access = PatientAccess.objects.get(case=case, revoked_at=None)
    tab.goto(f"/p/{access.token}/")
    tab.get_by_role("textbox").fill(str(case.patient.date_of_birth.year))
    tab.get_by_role("button", name="Open").click()
    tab.wait_for_url("**/p/today/**")
    return tab.url


def issued_case(practice: Practice, alice: User, *, long: bool) -> Case:
    """A case with a program, a goal, a session told of and, where ``long``, names that go on."""
    case = make_case(practice, alice, LONG[:150] if long else "Margaret Ellison", BORN)
    prescription = sample_prescription(8)
    if long:
        items = tuple(
            dataclasses.replace(item, name=LONG[:90], note=LONG, modification=LONG)
            for item in prescription.items
        )
        card = dataclasses.replace(
            PRACTICE, name=LONG[:120], address_lines=(LONG[:120],), phone=LONG[:40]
        )
        prescription = dataclasses.replace(
            prescription, items=items, practice=card, patient_name=LONG[:150],
            clinician_name=LONG[:120], title=LONG[:120], note=LONG,
        )  # fmt: skip
    issue_for(case, alice, prescription)
    case.functional_goals.create(words=LONG[:120] if long else "Walk to the shop and back")
    told_session(
        case,
        timezone.now() - dt.timedelta(minutes=30),
        before={"pain": 4, "regions": ("calf_right",), "kinds": ("tingling",)},
    )
    return case


BORN = dt.date(1951, 3, 8)


def walk(tab: Page, home: str) -> list[str]:
    """Every screen of a session, by the buttons that lead through it."""
    found = []
    tab.goto(f"{home}session/")
    main = main_button(tab)
    found += faults(tab)
    tab.locator("input[name='before-pain'][value='3']").check()
    main.click()
    found += faults(tab)
    main.click()
    expect(tab.locator(".timer:visible")).to_be_visible()
    found += faults(tab)
    tab.get_by_role("button", name="Stop early").click()
    found += faults(tab)
    tab.get_by_role("button", name="No, go back").click()
    tab.get_by_role("button", name="Back", exact=True).click()
    main.click()
    for number in tab.evaluate(EXERCISES):
        screen = tab.locator(f"[data-screen='{number}']")
        expect(screen).to_be_visible()
        screen.locator("[data-skip]").click()
        found += faults(tab)
        tab.get_by_role("button", name="I am too tired").click()
    expect(tab.locator("[data-screen=after]")).to_be_visible()
    found += faults(tab)
    tab.reload()
    found += faults(tab)
    return found


@pytest.mark.parametrize("long", [False, True], ids=["ordinary names", "long names"])
def test_every_page_of_a_patient_stays_on_the_screen_at_twice_the_size(
    anybody: Open, practice: Practice, alice: User, long: bool
) -> None:
    case = issued_case(practice, alice, long=long)
    found = []
    with anybody(width=ZOOMED["width"], forgiven=("404",)) as tab:
        tab.set_viewport_size(ZOOMED)
        for way_in in ("/p/", f"/p/{PatientAccess.objects.get(case=case).token}/", "/p/nothing/"):
            tab.goto(way_in)
            found += faults(tab)
        for kind in ("no-connection", "expired", "closed", "stopped", "unsent"):
            tab.goto(reverse("portal_words", args=[kind]))
            found += faults(tab)
        home = open_door(tab, case)
        found += faults(tab)
        tab.locator("summary", has_text="When to stop and get help").click()
        found += [fault for fault in faults(tab) if ": bar:" not in fault]
        session = SessionLog.objects.get()
        log = session.exercises.get()
        reported = case.symptom_logs.get()
        for page in (
            "wrong/",
            "diary/",
            f"diary/exercise/{log.client_id}/",
            f"diary/symptoms/{reported.client_id}/",
            "goals/",
            "reminders/",
            "stopped/",
            f"session/{session.client_id}/",
            f"check/settled/{session.client_id}/",
        ):
            tab.goto(f"{home}{page}")
            found += faults(tab)
        found += walk(tab, home)
        tab.goto(f"{home}wrong/")
        tab.locator("[value=rf_saddle_numbness]").check()
        tab.get_by_role("button", name="Show me what to do").click()
        expect(tab.get_by_role("heading", name="Get help now")).to_be_visible()
        found += faults(tab)
        tab.goto(home)
        found += faults(tab)
        Program.objects.update(ended_at=timezone.now())
        tab.goto(home)
        found += faults(tab)
    assert "\n".join(found) == ""
