"""Every page there is, for whoever may see it, on a screen by day and by night, and on a phone.

The pages are found by walking the addresses, so a new one is looked at without being listed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Route, expect
from pytest_django.live_server_helper import LiveServer

from clinic.guesses.limits import FROM_ONE_PLACE
from clinic.models import AuditEntry, Membership, Role, User
from clinic.practice.actions import invite
from patients.models import Alert, Case, Patient, PatientMerge, ScreenAnswer
from patients.record.merge_actions import merge_patients
from programs.access.models import PatientAccess
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program, ProgramItem
from tests.browser.asked_once import asked_once
from tests.browser.chromium import axe_at_hand
from tests.browser.conftest import Open
from tests.browser.crowded import crowd, crowded_pages
from tests.browser.looking import look
from tests.factories import PatientFactory
from tests.guards.addresses import every_address
from tests.kept_rows import put_demo

#: One of each kind of case: issued twice, flagged, draft with an open question, draft with an
#: override, stopped by a red flag, half-answered, without a program, cleared red flag.
PATIENTS = ("Margaret", "Beatrice", "Ingrid", "Kwame", "Ruth", "Helen", "Jonas", "Walter")
#: Pages that look different from case to case; of the others, one is enough.
MANY_FACES = {"case", "catalogue_entry", "program", "program_issue", "program_item_against"}
#: The walk is long, so that two workers share it.
SHARES = 2
#: The first field that is marked as wrong, where it lies below the part of the page in sight.
OUT_OF_SIGHT = """() => [document.querySelector(
    "main :is(.is-invalid, [aria-invalid='true']):not([type='hidden'])"
)].filter(field => field && field.getBoundingClientRect().bottom > innerHeight).map(
    field => `${field.name} is marked and out of sight`
)"""


@pytest.fixture
def demo(transactional_db: None) -> User:
    """The demo practice; its owner."""
    put_demo()
    return User.objects.get(full_name="Alice Archer")


@pytest.fixture
def crowded(transactional_db: None) -> User:
    """The same with the longest names there can be; its owner."""
    return crowd()


def arguments() -> dict[str, list[Any]]:
    """What each argument of an address may stand for in Alice's practice."""
    cases = [Case.objects.get(patient__full_name__startswith=name) for name in PATIENTS]
    programs = list(Program.objects.filter(case__in=cases).order_by("created_at"))
    draft = Program.objects.get(case__patient__full_name__startswith="Kwame")
    entries = Exercise.objects.filter(
        slug__in=["walking", "oblique-standing-stretch", "psoas-release"]
    )
    return {
        "patient_id": [case.patient_id for case in cases[:2]],
        "case_id": [case.pk for case in cases],
        "program_id": [program.pk for program in programs],
        "item_id": list(ProgramItem.objects.filter(program=draft).values_list("pk", flat=True)),
        "exercise_id": list(entries.values_list("pk", flat=True)),
        "version": [1],
        "other_id": [cases[2].patient_id],
        "merge_id": [merged_into(cases[0].patient).pk],
        "membership_id": [Membership.objects.get(user__full_name="Bob Brown").pk],
        "alert_id": [Alert.objects.get(code="ask_barriers").pk],
        "code": ["both_legs"],
        "rule_id": ["P-06"],
        "answer_id": [ScreenAnswer.objects.get(case=cases[4], answer="yes").pk],
    }


def merged_into(patient: Patient) -> PatientMerge:
    """A second record of the same person, made a part of this one."""
    gone = PatientFactory(
        practice=patient.practice,
        full_name=patient.full_name,
        date_of_birth=patient.date_of_birth,
        phone="01947 123456",
    )
    choices = dict.fromkeys(("email", "phone", "sex", "clinician_notes"), "kept")
    return merge_patients(
        kept=patient,
        gone=gone,
        actor=patient.created_by,
        seen=(patient.revision, gone.revision),
        choices=choices,
        reason="Registered twice.",
    )


def addresses() -> Iterator[str]:
    """Every address, with each of its arguments."""
    known = arguments()
    for address in every_address():
        if not set(address.converters) <= set(known):
            continue
        each = slice(None) if address.name in MANY_FACES else slice(1)
        faces = [known[name][each] for name in address.converters]
        # Every face of every argument once, beside another of the others, not each with each.
        for number in range(max(map(len, faces), default=1)):
            values = [face[number % len(face)] for face in faces]
            yield address.url(dict(zip(address.converters, values, strict=True)))


def of_a_stopped_case() -> list[str]:
    """Pages of a case with a red flag, where the walk shows those of one without."""
    case = Case.objects.get(patient__full_name__startswith="Ruth")
    flag = ScreenAnswer.objects.get(case=case, answer="yes")
    names = ("case_edit", "case_history", "safety_screen")
    return [
        reverse("patient", args=[case.patient_id]),
        reverse("red_flag_clear", args=[case.pk, flag.pk]),
        *(reverse(name, args=[case.pk]) for name in names),
    ]


def show(route: Route, *, body: str) -> None:
    """Answer with a page that the server shows only when something is wrong."""
    route.fulfill(body=body, content_type="text/html")


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_an_owner(
    signed_in: Open, crowded: User, live_server: LiveServer, share: int
) -> None:
    """Also with the longest names nothing is covered or reaches out of the screen."""
    # Without JavaScript the builder opens its forms on the page: more to look at.
    extra = [
        f"{reverse('program', args=[program.pk])}{end}"
        for program in Program.objects.filter(case__patient__full_name__startswith="Kwame")
        for end in ("?q=hamstirng", "?purpose=stretch&at_hand=1", "?q=nothing-like-this")
    ]
    found = [*addresses(), *extra, *crowded_pages(), *of_a_stopped_case()][share::SHARES]
    wrong = []
    with asked_once(live_server, crowded) as is_page, signed_in(crowded) as tab:
        urls = [url for url in found if is_page(url)]
        assert len(urls) > 40 / SHARES
        assert set(of_a_stopped_case()).isdisjoint(set(found) - set(urls))
        axe_at_hand(tab)
        for url in urls:
            wrong += look(tab, url)
    assert "\n".join(wrong) == ""


def test_forms_that_were_filled_in_wrongly(signed_in: Open, demo: User) -> None:
    case = Case.objects.get(patient__full_name__startswith="Kwame")
    draft = Program.objects.get(case=case)
    item = ProgramItem.objects.filter(program=draft).first()
    assert item is not None
    wrong = []
    with signed_in(demo, forgiven=("422",)) as tab:
        axe_at_hand(tab)
        for url in (
            reverse("patient_create"),
            reverse("case_create", args=[case.patient_id]),
            reverse("change_password"),
        ):
            tab.goto(url)
            tab.locator("main form").last.locator("[type=submit]").last.click()
            expect(tab.locator(".is-invalid").first).to_be_visible()
            wrong += look(tab)
        long = Case.objects.get(patient__full_name__startswith="Colin")
        tab.goto(reverse("case_review", args=[long.pk]))
        tab.get_by_role("button", name="Put the review on record").click()
        expect(tab.locator(".is-invalid").first).to_be_focused()
        wrong += tab.evaluate(OUT_OF_SIGHT)
        tab.goto(f"{reverse('program_item', args=[draft.pk, item.pk])}?edit=1")
        tab.get_by_label("Repetitions, from").fill("9999")
        tab.get_by_role("button", name="Save", exact=True).first.click()
        expect(tab.locator(".is-invalid").first).to_be_visible()
        wrong += look(tab)
    assert "\n".join(wrong) == ""


def test_every_page_before_signing_in(anybody: Open, demo: User) -> None:
    bob = User.objects.get(full_name="Bob Brown")
    uid, token = user_pk_to_url_str(bob), default_token_generator.make_token(bob)
    owner = Membership.objects.get(user=demo, role=Role.OWNER)
    asked = {"email": "dora@example.org", "full_name": "Dora Dale", "role": Role.CLINICIAN}
    _, invited = invite(practice=owner.practice, actor=demo, **asked)
    wrong = []
    with anybody(forgiven=("404", "429", "403", "400")) as tab:
        axe_at_hand(tab)
        for url in (
            reverse("sign_in"),
            reverse("forgot_password"),
            reverse("forgot_password_sent"),
            reverse("set_password", args=[uid, token]),
            reverse("invitation", args=[invited]),
            reverse("invitation", args=["nothing"]),
            reverse("account_email_verification_sent"),
            reverse("set_password", args=["x", "y"]),
            "/p/nothing/",
            "/nothing/here/",
        ):
            wrong += look(tab, url)
        for _ in range(FROM_ONE_PLACE[0].tries + 1):
            tab.goto(reverse("sign_in"))
            tab.get_by_label("E-mail address").fill("bob@harbour.example")
            tab.get_by_label("Password").fill("not the password")
            tab.get_by_role("button", name="Sign in", exact=True).click()
            tab.wait_for_load_state()
        expect(tab.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)
        wrong += look(tab)
        for name in ("400.html", "403.html", "403_csrf.html", "500.html", "503.html"):
            body = render_to_string(name)
            tab.route(f"**/shown/{name}", partial(show, body=body))
            wrong += look(tab, f"/shown/{name}")
    assert "\n".join(wrong) == ""


def test_every_page_of_a_patient(anybody: Open, demo: User) -> None:
    access = PatientAccess.objects.get(case__patient__full_name__startswith="Margaret")
    year = str(access.case.patient.date_of_birth.year)
    wrong = []
    with anybody(forgiven=("404", "429")) as tab:
        axe_at_hand(tab)
        wrong += look(tab, reverse("portal_code"))
        wrong += look(tab, reverse("portal_door", args=[access.token]))
        tab.get_by_role("textbox").fill("1900")
        tab.get_by_role("button", name="Open").click()
        wrong += look(tab)
        tab.get_by_role("textbox").fill(year)
        tab.get_by_role("button", name="Open").click()
        expect(tab.locator("article").first).to_be_visible()
        wrong += look(tab)
        inside = tab.url
        other = PatientAccess.objects.get(case__patient__full_name__startswith="Tomasz")
        tab.goto(reverse("portal_door", args=[other.token]))
        tab.get_by_role("textbox").fill(str(other.case.patient.date_of_birth.year))
        tab.get_by_role("button", name="Open").click()
        wrong += look(tab, reverse("portal_today"))
        Program.objects.filter(case=access.case).update(ended_at=access.created_at)
        wrong += look(tab, inside)
        tab.locator("summary", has_text="Forget me on this device").click()
        tab.get_by_role("button", name="Yes, forget me").click()
        # What is kept on the device goes first, and then the page.
        tab.wait_for_url(f"**{reverse('portal_forgotten')}")
        wrong += look(tab)
    assert "\n".join(wrong) == ""
    assert AuditEntry.objects.filter(action="patient_access.opened").count() == 2
