"""Escape closes what opened, bars cover nothing, and an ended session loses nothing typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.models import User
from patients.models import Case
from programs.builder.actions import add_exercise, create_program
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program, ProgramItem
from tests.browser.chromium import DESKTOP, PHONE
from tests.browser.conftest import MakeCase, Open
from tests.browser.test_building import find, labelled
from tests.kept_rows import put_demo

#: 200 % on a screen of 1280 by 900.
ZOOMED = (640, 450)
UNDER_A_BAR = """() => {
    const shown = e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
        && !e.disabled && e.tabIndex >= 0 && !e.closest('.visually-hidden, .skip-link, [inert]');
    const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
    const told = [];
    for (const control of [...document.querySelectorAll(all)].filter(shown)) {
        for (const edge of ['start', 'end']) {
            // As far up or down as the window goes, where a bar would lie over it.
            document.activeElement?.blur();
            const box = control.getBoundingClientRect();
            const past = edge === 'start' ? box.top : box.bottom - innerHeight;
            scrollBy({top: past, behavior: 'instant'});
            control.focus();
            const now = control.getClientRects()[0];
            const at = document.elementFromPoint(now.x + now.width / 2, now.y + now.height / 2);
            const mine = at && (control.contains(at) || at.contains(control)
                || [...(control.labels || [])].some(label => label.contains(at)));
            if (!mine) {
                told.push(`${edge}: ${control.outerHTML.slice(0, 90)} under ${at && at.className}`);
            }
        }
    }
    scrollTo(0, 0);
    return told;
}"""
"""Controls that, when the focus comes to them, lie under something else."""


SHUT = """() => [...document.querySelectorAll('summary')]
    .filter((summary) => summary.checkVisibility({visibilityProperty: true}))
    .filter((summary) => !summary.parentElement.open)
    .map((summary, number) => summary.dataset.tried = `${number}`)"""
"""Names for the folds that can be opened: one that is opened may bring others before them."""
OPEN, SHUT_AGAIN = "xpath=self::*[../@open]", "xpath=self::*[not(../@open)]"
"""A fold's summary, if the fold is as it should be: asking for both at once takes half the time."""


@pytest.fixture
def demo(transactional_db: None) -> User:
    put_demo()
    return User.objects.get(full_name="Alice Archer")


def case_of(name: str) -> Case:
    return Case.objects.get(patient__full_name__startswith=name)


def pages() -> Iterator[str]:
    """Pages with a bar, a menu or folds."""
    kwame = Program.objects.get(case=case_of("Kwame"), ended_at=None)
    greta = case_of("Greta")
    yield reverse("dashboard")
    yield reverse("inbox")
    yield greta.get_absolute_url()
    yield reverse("case_history", args=[greta.pk])
    yield reverse("case_edit", args=[greta.pk])
    yield reverse("safety_screen", args=[greta.pk])
    yield reverse("program", args=[kwame.pk])
    yield reverse("program_issue", args=[kwame.pk])
    yield reverse("patient", args=[greta.patient_id])


# --- Escape ---------------------------------------------------------------------------------------


def test_escape_closes_every_fold_and_the_focus_is_back_where_it_opened(
    signed_in: Open, demo: User
) -> None:
    tried = 0
    with signed_in(demo) as tab:
        for url in pages():
            tab.goto(url)
            expect(tab.locator(".htmx-request")).to_have_count(0)
            for name in tab.evaluate(SHUT):
                summary = tab.locator(f"summary[data-tried='{name}']")
                summary.press("Enter")
                expect(summary.locator(OPEN)).to_have_count(1)
                tab.keyboard.press("Escape")
                expect(summary.locator(SHUT_AGAIN)).to_be_focused()
                tried += 1
    assert tried > 30


def test_escape_hides_a_note_and_does_not_lose_it(signed_in: Open, demo: User) -> None:
    with signed_in(demo) as tab:
        tab.goto(reverse("inbox"))
        summary = tab.locator(".alert-item__answer > summary").first
        summary.click()
        note = tab.locator(".alert-item__answer textarea").first
        note.fill("Rang her at noon.")
        note.press("Escape")
        expect(note).to_be_hidden()
        expect(summary).to_be_focused()
        summary.press("Enter")
        expect(note).to_have_value("Rang her at noon.")


@pytest.fixture
def draft(make_case: MakeCase, alice: User) -> Program:
    """One exercise in a draft, for somebody with a bad arm."""
    program, _ = create_program(case=make_case(yes=("arm_problem",)), actor=alice)
    exercise = Exercise.objects.get(slug="walking")
    add_exercise(program=program, actor=alice, exercise_id=exercise.pk, side="")
    return program


def test_escape_closes_the_dose_unless_something_is_typed(
    signed_in: Open, draft: Program, alice: User
) -> None:
    item = ProgramItem.objects.get(program=draft)
    with signed_in(alice) as tab:
        tab.goto(reverse("program", args=[draft.pk]))
        opener = tab.locator(f"#edit-{item.pk}")
        opener.click()
        note = tab.locator(".dose textarea")
        note.focus()
        note.press("Escape")
        expect(tab.locator(".dose")).to_have_count(0)
        expect(opener).to_be_focused()
        tab.keyboard.press("Enter")
        note.fill("Not too fast.")
        note.press("Escape")
        expect(tab.locator("#builder-live")).to_have_text(
            "Not closed: what you typed is not saved yet."
        )
        expect(note).to_have_value("Not too fast.")
        note.fill("")
        note.press("Escape")
        expect(tab.locator(".dose")).to_have_count(0)


GOES_ON_AT_ONCE = """() => {
    window.settled = new Promise(done => {
        // The focus that the answer asks for comes in the same breath as this event, after it.
        const {port1: later, port2: now} = new MessageChannel();
        later.onmessage = done;
        document.addEventListener('htmx:afterSettle', () => now.postMessage(''), {once: true});
    });
    document.addEventListener('htmx:afterSwap', () => queueMicrotask(() => {
        document.querySelector('.dose textarea').focus();
    }), {once: true});
}"""
"""Somebody who is in a field as soon as it stands in the page."""


def test_whoever_has_gone_on_to_a_field_stays_there(
    signed_in: Open, draft: Program, alice: User
) -> None:
    item = ProgramItem.objects.get(program=draft)
    with signed_in(alice) as tab:
        tab.goto(reverse("program", args=[draft.pk]))
        opener = tab.locator(f"#edit-{item.pk}")
        opener.press("Enter")
        expect(tab.locator(f"#item-{item.pk}-sets_low")).to_be_focused()
        tab.keyboard.press("Escape")
        expect(opener).to_be_focused()
        tab.evaluate(GOES_ON_AT_ONCE)
        opener.press("Enter")
        tab.evaluate("() => window.settled")
        tab.keyboard.type("Slowly.")
        expect(tab.locator(".dose textarea")).to_have_value("Slowly.")


def test_escape_closes_what_asks_about_an_exercise_that_is_not_for_this_patient(
    signed_in: Open, draft: Program, alice: User
) -> None:
    with signed_in(alice) as tab:
        tab.goto(reverse("program", args=[draft.pk]))
        find(tab, "bench")
        bench = "Take the weight off your back at a bench"
        opener = tab.get_by_role("link", name=labelled("Reasons and override", bench))
        opener.click()
        pane = tab.locator(".against")
        reason = pane.get_by_label("Reason")
        reason.fill("Asked for it.")
        reason.press("Escape")
        expect(reason).to_have_value("Asked for it.")
        reason.fill("")
        reason.press("Escape")
        expect(pane).to_have_count(0)
        expect(opener).to_be_focused()


# --- Bars -----------------------------------------------------------------------------------------


def test_nothing_that_has_the_focus_lies_under_a_bar(signed_in: Open, demo: User) -> None:
    covered: list[str] = []
    with signed_in(demo) as tab:
        for url in pages():
            tab.goto(url)
            for width, height in ((DESKTOP, 900), (PHONE, 844), ZOOMED):
                tab.set_viewport_size({"width": width, "height": height})
                covered += [f"{width} {url}: {words}" for words in tab.evaluate(UNDER_A_BAR)]
    assert covered == []


# --- The session ended ----------------------------------------------------------------------------


def sign_in_beside(tab: Page, user: User, password: str) -> None:
    """In the tab that the dialog opens."""
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Sign in in a new tab").click()
    beside = opened.value
    beside.get_by_label("E-mail").fill(user.email)
    beside.get_by_label("Password").fill(password)
    beside.get_by_role("button", name="Sign in", exact=True).click()
    expect(beside.get_by_role("heading", name=re.compile("Good to see you"))).to_be_visible()
    beside.close()


def test_what_is_typed_in_a_part_of_a_page_outlives_the_session(
    signed_in: Open, draft: Program, alice: User, password: str
) -> None:
    item = ProgramItem.objects.get(program=draft)
    with signed_in(alice, forgiven=("401",)) as tab:
        tab.goto(reverse("program", args=[draft.pk]))
        tab.locator(f"#edit-{item.pk}").click()
        note = tab.locator(".dose textarea")
        note.fill("Stop at the first bench.")
        Session.objects.all().delete()
        save = tab.locator(f"#item-{item.pk}-save")
        save.click()
        dialog = tab.get_by_role("dialog", name="You were signed out")
        expect(dialog).to_be_visible()
        expect(note).to_have_value("Stop at the first bench.")
        item.refresh_from_db()
        assert item.note == ""
        sign_in_beside(tab, alice, password)
        tab.bring_to_front()
        tab.evaluate("() => window.dispatchEvent(new Event('focus'))")
        expect(dialog).to_be_hidden()
        expect(note).to_have_value("Stop at the first bench.")
        save.click()
        expect(tab.locator(".item__note")).to_have_text("“Stop at the first bench.”")
    item.refresh_from_db()
    assert item.note == "Stop at the first bench."


def test_escape_closes_the_dialog_and_the_text_stays(
    signed_in: Open, draft: Program, alice: User
) -> None:
    item = ProgramItem.objects.get(program=draft)
    with signed_in(alice, forgiven=("401",)) as tab:
        tab.goto(reverse("program", args=[draft.pk]))
        tab.locator(f"#edit-{item.pk}").click()
        note = tab.locator(".dose textarea")
        note.fill("Slowly.")
        Session.objects.all().delete()
        tab.locator(f"#item-{item.pk}-save").click()
        dialog = tab.get_by_role("dialog", name="You were signed out")
        expect(dialog).to_be_visible()
        tab.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(note).to_have_value("Slowly.")
