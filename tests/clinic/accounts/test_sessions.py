"""Where somebody is signed in, and how it ends: at once, everywhere, in the middle of a page."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Membership, SignedIn, User
from tests.clock import NOW, SetClock
from tests.factories import PASSWORD
from tests.patients.pages import main_text

HOME, ACCOUNT = reverse("dashboard"), reverse("account")
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0"
pytestmark = pytest.mark.django_db


def signed_in(user: User, agent: str, address: str) -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    answer = client.post(reverse("sign_in"), {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.fixture
def desk(alice: User) -> Client:
    return signed_in(alice, DESK, "203.0.113.77")


@pytest.fixture
def phone(alice: User) -> Client:
    return signed_in(alice, PHONE, "2001:db8:1:2::3")


def is_out(client: Client) -> bool:
    """Signed out, on a whole page and on a part of one."""
    part = client.get(HOME, headers={"hx-request": "true"})
    whole = client.get(HOME)
    assert (part.status_code, whole.status_code) in {(401, 302), (200, 200)}
    if part.status_code == 401:
        assert part.headers["HX-Trigger"] == "clinic:signed-out"
    return bool(whole.status_code == 302)


def test_sessions_are_listed_by_browser_and_rough_place(desk: Client, phone: Client) -> None:
    words = main_text(desk.get(ACCOUNT))
    assert "Edge on Windows This one Network 203.0.0.0" in words
    assert "Safari on iPhone Network 2001:db8::" in words
    kept = str(list(SignedIn.objects.values()))
    assert "203.0.113" not in kept
    assert "2001:db8:1" not in kept


def test_one_other_session_is_ended(desk: Client, phone: Client) -> None:
    row = SignedIn.objects.get(browser="Safari on iPhone")
    desk.post(reverse("end_session", args=[row.pk]))
    assert (is_out(phone), is_out(desk)) == (True, False)
    assert "iPhone" not in main_text(desk.get(ACCOUNT)).replace("Signed out: Safari on iPhone", "")


def test_all_others_are_ended_and_this_one_stays(
    desk: Client, phone: Client, alice_client: Client
) -> None:
    desk.post(reverse("end_other_sessions"))
    # Also one that was noted nowhere.
    assert (is_out(phone), is_out(alice_client), is_out(desk)) == (True, True, False)
    assert SignedIn.objects.count() == 1


def test_nobody_ends_the_session_of_somebody_else(desk: Client, charlie_client: Client) -> None:
    row = SignedIn.objects.get()
    assert charlie_client.post(reverse("end_session", args=[row.pk])).status_code == 404
    assert not is_out(desk)


def test_a_changed_password_ends_all_others(desk: Client, phone: Client) -> None:
    new = "quite another horse"
    desk.post(
        reverse("change_password"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert (is_out(phone), is_out(desk)) == (True, False)


def test_removal_from_a_practice_ends_every_session(
    alice_client: Client, bob: User, bob_client: Client, bob_membership: Membership
) -> None:
    elsewhere = signed_in(bob, PHONE, "203.0.113.9")
    alice_client.post(reverse("end_membership", args=[bob_membership.pk]))
    assert (is_out(bob_client), is_out(elsewhere), is_out(alice_client)) == (True, True, False)


def test_a_closed_account_is_out_everywhere(alice: User, desk: Client, phone: Client) -> None:
    alice.is_active = False
    alice.save()
    assert (is_out(desk), is_out(phone)) == (True, True)


@pytest.mark.parametrize(
    "new", ["homeward-demo", "HOMEWARD-DEMO", "Homeward demo 1", "Homeward-Demo!"]
)
def test_the_demos_password_is_refused(alice_client: Client, new: str) -> None:
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    errors = alice_client.post(reverse("change_password"), data).context["form"].errors
    assert errors == {"new_password2": ["This password is the demo's, which everybody knows."]}


def test_outside_the_demo_nobody_signs_in_with_it(
    client: Client, alice: User, settings: Any
) -> None:
    alice.set_password("homeward-demo")
    alice.save()
    data = {"username": alice.email, "password": "homeward-demo"}
    settings.DEVELOPMENT = False
    answer = client.post(reverse("sign_in"), data)
    assert answer.context["form"].non_field_errors() == [
        "Everybody knows this password. Set a new one by e-mail, with the link below."
    ]
    settings.DEVELOPMENT = True
    assert client.post(reverse("sign_in"), data).status_code == 302


def test_what_is_noted_of_a_session_goes_with_it(
    alice: User, desk: Client, clock: SetClock
) -> None:
    clock(NOW + dt.timedelta(hours=13))
    signed_in(alice, PHONE, "203.0.113.9")
    assert [row.browser for row in SignedIn.objects.all()] == ["Safari on iPhone"]
