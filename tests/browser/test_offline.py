"""The patient's pages without a connection, in a real browser with its network off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from clinic.models import Practice, User
from patients.models import Case, SymptomLog
from patients.screening.actions import clear_red_flag
from programs.access.models import DeviceGrant
from programs.sessions.models import SessionLog
from tests.browser import worker_clock
from tests.browser.chromium import PHONE, at_the_suite_s_time, findings
from tests.browser.letting_in import kept, opened, through_the_door
from tests.browser.offline import ENTER, EXPIRE, KEEP, KEPT, OFFLINE, REFUSED
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.samples import sample_prescription
from tests.waiting import at_rest, some_frames, until_in


@pytest.fixture
def margaret(practice: Practice, alice: User) -> Case:
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    issue_for(case, alice)
    return case


@pytest.fixture
def arthur(practice: Practice, alice: User) -> Case:
    case = make_case(practice, alice, "Arthur Ellison", dt.date(1948, 7, 1))
    issue_for(case, alice, sample_prescription(patient_name="Arthur Ellison"))
    return case


@pytest.fixture
def tablet(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A device of its own, whose scripts must not fail."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": PHONE, "height": 900},
        reduced_motion="reduce",
    )
    at_the_suite_s_time(context)
    worker_clock.shift_to(timezone.now())
    trouble: list[str] = []
    context.on("weberror", lambda error: trouble.append(str(error.error)))
    yield context
    context.close()
    worker_clock.shift_to(None)
    assert trouble == []


def bar(tab: Page) -> Any:
    return tab.locator("[data-app-bar] [data-says]:visible")


def eventually(tab: Page, count: Callable[[], int], wanted: int) -> None:
    """Wait for a number of rows, and look that it stays when all that was asked is answered."""
    until_in(tab, lambda: count() == wanted, f"there are {wanted}")
    some_frames(tab)
    at_rest()
    assert count() == wanted


def test_a_session_without_a_connection_is_sent_once_however_often_it_is_sent(
    tablet: BrowserContext, margaret: Case
) -> None:
    tab = opened(tablet, margaret)
    home = tab.url
    tablet.set_offline(True)
    tab.reload()
    expect(tab.locator("article")).to_have_count(8)
    expect(bar(tab)).to_have_text([OFFLINE])
    assert findings(tab) == []
    assert tab.evaluate("document.images[0].decode().then(() => document.images[0].naturalWidth)")

    tab.goto(f"{home}session/")
    tab.locator("input[name='before-pain'][value='3']").check()
    tab.get_by_role("button", name="Start the exercises").click()
    expect(bar(tab)).to_have_text([OFFLINE, "2 answers are waiting to be sent."])
    tab.close()

    # The first time they arrive, and the answer is lost on its way back.
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(str(route.fetch().status))
            route.abort()
        else:
            route.continue_()

    tablet.route("**/log/", lose)
    tab = tablet.new_page()
    tab.goto(f"{home}session/")
    expect(tab.get_by_role("heading", name="Go on where you stopped?")).to_be_visible()
    expect(bar(tab)).to_have_text([OFFLINE, "2 answers are waiting to be sent."])
    tab.goto(home)
    expect(bar(tab)).to_have_text([OFFLINE, "2 answers are waiting to be sent."])
    tab.goto(f"{home}diary/")
    expect(bar(tab)).to_have_text([OFFLINE, "2 answers are waiting to be sent."])
    expect(tab.locator("main")).to_contain_text("Not all you told us has been sent yet.")
    expect(tab.get_by_text("There is nothing here yet.")).to_be_hidden()
    tablet.set_offline(False)
    eventually(tab, lambda: len(lost), 1)
    tab.evaluate("import('/static/programs/portal/app/outbox.js').then((outbox) => outbox.flush())")
    expect(bar(tab)).to_have_text(["Everything is sent."])
    assert lost == ["200"]
    assert (SymptomLog.objects.count(), SessionLog.objects.count()) == (1, 1)
    expect(tab.get_by_text("Not all you told us")).to_be_hidden()
    tab.get_by_role("link", name="Show it here").click()
    expect(tab.locator("main")).to_contain_text("This session was not ended.")
    expect(tab.get_by_text("There is nothing here yet.")).to_have_count(0)
    expect(tab.get_by_text("All you told us has been sent now.")).to_be_hidden()

    tablet.set_offline(True)
    tab.evaluate(ENTER, {"pain": 4})
    expect(bar(tab)).to_have_text([OFFLINE, "1 answer is waiting to be sent."])
    tablet.set_offline(False)
    expect(bar(tab)).to_have_text(["Everything is sent."])
    eventually(tab, SymptomLog.objects.count, 2)
    assert set(SymptomLog.objects.values_list("pain", flat=True)) == {3, 4}
    assert SessionLog.objects.count() == 1


def test_answers_wait_behind_a_closed_door_for_the_same_person_only(
    tablet: BrowserContext, margaret: Case, arthur: Case
) -> None:
    tab = opened(tablet, margaret)
    tablet.set_offline(True)
    tab.evaluate(ENTER, {"pain": 5})
    DeviceGrant.objects.update(expires_at=timezone.now())
    tablet.set_offline(False)
    expect(bar(tab)).to_contain_text(
        ["This page has closed on this device. Your answers are safe here."]
    )
    tab.reload()
    expect(tab.locator("h1")).to_have_text("Please open your page again")
    assert tab.evaluate(KEPT) == []
    assert findings(tab) == []

    through_the_door(tablet, arthur)
    assert SymptomLog.objects.count() == 0
    tab = through_the_door(tablet, margaret)
    eventually(tab, SymptomLog.objects.count, 1)
    assert SymptomLog.objects.get().case == margaret

    # Thirty days on and without a connection, the device says so by itself.
    tab.evaluate(EXPIRE)
    tablet.set_offline(True)
    tab.reload()
    expect(tab.locator("main")).to_contain_text("The 30 days on this device are over.")
    tablet.set_offline(False)


def test_two_people_on_one_tablet_never_mix_and_forgetting_takes_one_of_them(
    tablet: BrowserContext, margaret: Case, arthur: Case
) -> None:
    hers, his = opened(tablet, margaret), through_the_door(tablet, arthur)
    tablet.set_offline(True)
    for tab, name in ((hers, "Margaret Ellison"), (his, "Arthur Ellison")):
        tab.reload()
        expect(tab.locator("main")).to_contain_text(f"For {name}")
    tablet.route("**/log/", lambda route: route.abort())
    hers.evaluate(ENTER, {"pain": 6})
    expect(bar(his)).to_have_text([OFFLINE])
    tablet.set_offline(False)

    hers.locator("summary", has_text="Forget me on this device").click()
    assert DeviceGrant.objects.count() == 2
    hers.get_by_role("button", name="Yes, forget me").click()
    expect(bar(hers).filter(has_text="Some answers are not sent yet.")).to_be_visible()
    expect(hers.get_by_role("button", name="Keep them for now")).to_be_focused()
    assert findings(hers) == []
    hers.get_by_role("button", name="Forget me all the same").click()
    expect(hers.locator("h1")).to_have_text("This device has forgotten you")
    grant = DeviceGrant.objects.get()
    assert hers.evaluate(KEPT) == [f"homeward-device-{grant.pk}"]
    assert grant.access.case == arthur
    tablet.unroute("**/log/")
    tab = through_the_door(tablet, margaret)
    assert (
        tab.evaluate(
            "import('/static/programs/portal/app/outbox.js').then((outbox) => outbox.pending())"
        )
        == 0
    )
    assert SymptomLog.objects.count() == 0


def test_what_is_on_its_way_to_a_forgotten_device_is_not_kept(
    tablet: BrowserContext, margaret: Case
) -> None:
    tab, held = opened(tablet, margaret), list[Route]()
    for page in ("session", "wrong"):
        tablet.route(f"**/today/*/{page}/", lambda route: held.append(route))
    tab.evaluate(KEEP)
    until_in(tab, lambda: held, "the worker fetches the pages anew")
    answer = held[0].fetch()
    tab.locator("summary", has_text="Forget me on this device").click()
    tab.get_by_role("button", name="Yes, forget me").click()
    expect(tab.locator("h1")).to_have_text("This device has forgotten you")
    held[0].fulfill(response=answer)
    until_in(tab, lambda: len(held) == 2, "the worker is done with the first")
    assert tab.evaluate(KEPT) == []
    held[1].abort()


def test_a_warning_sign_stops_the_program_without_a_connection_too(
    tablet: BrowserContext, margaret: Case, alice: User
) -> None:
    tab = opened(tablet, margaret)
    home = tab.url
    tablet.set_offline(True)
    tab.evaluate(ENTER, {"red_flags": ["rf_foot_drop"]})
    for address in (home, f"{home}session/"):
        tab.goto(address)
        expect(tab.locator("h1")).to_have_text("Please stop your programme for now")
        call = f"Call {margaret.practice.emergency_number}"
        expect(tab.get_by_role("link", name=call).first).to_be_visible()
        expect(tab.locator("article")).to_have_count(0)
    assert findings(tab) == []
    tablet.set_offline(False)
    tab.goto(home)
    eventually(tab, SymptomLog.objects.count, 1)
    expect(tab.locator("article")).to_have_count(0)
    [sign] = margaret.answers.open_stops()
    tablet.set_offline(True)
    tab.reload()
    expect(tab.locator("h1")).to_have_text("Please stop your programme for now")

    # It opens again on the practice's word, for this device too.
    tablet.set_offline(False)
    clear_red_flag(answer=sign, actor=alice, note="Seen by Dr Hall, an old weakness.")
    tab.goto(home)
    expect(tab.locator("article")).to_have_count(8)
    kept(tab)
    tablet.set_offline(True)
    tab.reload()
    expect(tab.locator("article")).to_have_count(8)
    tablet.set_offline(False)


def test_a_stale_form_token_is_renewed_and_what_is_refused_is_told(
    tablet: BrowserContext, margaret: Case
) -> None:
    tab = opened(tablet, margaret)
    tablet.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tab.evaluate(ENTER, {"at": "2020-01-01T08:00:00Z", "pain": 1})
    tab.evaluate(ENTER, {"pain": 99})
    tab.evaluate(ENTER, {"pain": 7})
    eventually(tab, SymptomLog.objects.count, 1)
    assert SymptomLog.objects.get().pain == 7
    expect(bar(tab)).to_have_text([REFUSED])
    assert findings(tab) == []
    tab.reload()
    expect(bar(tab)).to_have_text([REFUSED])
    tab.get_by_role("button", name="I have read this").click()
    expect(bar(tab)).to_have_count(0)


def test_a_newer_version_is_said_and_then_kept(
    tablet: BrowserContext, margaret: Case, alice: User
) -> None:
    tab = opened(tablet, margaret)
    tablet.set_offline(True)
    tab.evaluate(ENTER, {"pain": 2})
    issue_for(margaret, alice)
    tablet.set_offline(False)
    told = bar(tab).filter(has_text="Your programme has changed.")
    expect(told).to_be_visible()
    told.get_by_role("link", name="Load the new one").click()
    expect(tab.locator("main")).to_contain_text("version 2")
    kept(tab)
    tablet.set_offline(True)
    tab.reload()
    expect(tab.locator("main")).to_contain_text("version 2")
    tablet.set_offline(False)
