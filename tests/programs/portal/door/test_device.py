"""A remembered device: for 30 days, for the people who opened the door on it, until told."""

import datetime as dt
import uuid

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from clinic.models import Practice, User
from programs.access.models import DeviceGrant, PatientAccess
from tests.programs.portal.conftest import (
    days_ago,
    issue_for,
    link,
    make_case,
    open_door,
)

pytestmark = pytest.mark.django_db
COOKIE = "homeward-device"


def test_the_cookie_is_kept_from_scripts_and_other_pages_for_30_days(
    phone: Client, access: PatientAccess
) -> None:
    open_door(phone, access)
    cookie = phone.cookies[COOKIE]
    wanted = {
        "httponly": True,
        "samesite": "Lax",
        "path": "/p/",
        "max-age": 30 * 24 * 3600,
        "secure": "",
        "domain": "",
    }
    assert {key: cookie[key] for key in wanted} == wanted


@override_settings(SESSION_COOKIE_SECURE=True)
def test_in_production_the_cookie_travels_over_https_only(access: PatientAccess) -> None:
    phone = Client()
    open_door(phone, access)
    cookie = phone.cookies["__Secure-homeward-device"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/p/")


def test_the_database_keeps_no_secret(phone: Client, access: PatientAccess) -> None:
    open_door(phone, access)
    secret = phone.cookies[COOKIE].value.split(".")[1]
    grant = DeviceGrant.objects.get()
    assert len(secret) == 43
    assert secret not in grant.secret_hash
    assert len(grant.secret_hash) == 64


def test_a_remembered_device_is_not_asked_again(phone: Client, access: PatientAccess) -> None:
    address = open_door(phone, access)
    assert phone.get(address).status_code == 200
    assert phone.get(link(access)).headers["Location"] == address
    assert phone.get("/p/today/").headers["Location"] == address


def test_after_30_days_the_year_is_asked_again(phone: Client, access: PatientAccess) -> None:
    address = open_door(phone, access)
    grant = DeviceGrant.objects.get()
    assert grant.expires_at - grant.created_at >= dt.timedelta(days=30) - dt.timedelta(seconds=5)
    assert grant.expires_at - grant.created_at <= dt.timedelta(days=30)
    grant.expires_at = timezone.now() + dt.timedelta(seconds=60)
    grant.save()
    assert phone.get(address).status_code == 200
    grant.expires_at = timezone.now()
    grant.save()
    assert phone.get(address).status_code == 404
    assert "What year were you born?" in phone.get(link(access)).content.decode()


def test_the_address_of_the_program_is_worth_nothing_on_another_device(
    phone: Client, page: str
) -> None:
    assert Client().get(page).status_code == 404


def test_a_made_up_secret_opens_nothing(page: str, access: PatientAccess) -> None:
    grant = DeviceGrant.objects.get()
    for value in (
        f"{grant.pk.hex}.{'A' * 43}",
        f"{grant.pk.hex}.{grant.secret_hash[:43]}",
        f"{grant.pk.hex}.",
        f"{grant.pk.hex}",
        "~~~",
        "é" * 40,
        "x" * 5000,
    ):
        stranger = Client()
        stranger.cookies[COOKIE] = value
        assert stranger.get(page).status_code == 404


def test_revoking_the_link_ends_every_device(access: PatientAccess, alice: User) -> None:
    phones = [Client(), Client()]
    addresses = [open_door(phone, access) for phone in phones]
    access.revoked_at = timezone.now()
    access.revoked_by = alice
    access.save()
    answers = [phone.get(a).status_code for phone, a in zip(phones, addresses, strict=True)]
    assert answers == [404, 404]


def test_a_couple_shares_a_tablet(
    phone: Client, access: PatientAccess, neighbour: PatientAccess
) -> None:
    hers = open_door(phone, access, 1951)
    his = open_door(phone, neighbour, 1948)
    assert hers != his
    assert (phone.get(hers).status_code, phone.get(his).status_code) == (200, 200)
    assert (
        phone.get(link(access)).headers["Location"],
        phone.get(link(neighbour)).headers["Location"],
    ) == (hers, his)
    choice = phone.get("/p/today/").content.decode()
    assert choice.index("Margaret Ellison") < choice.index("Arthur Ellison")
    assert (f'href="{hers}"' in choice, f'href="{his}"' in choice) == (True, True)


def test_forgetting_one_of_two_leaves_the_other(
    phone: Client, access: PatientAccess, neighbour: PatientAccess
) -> None:
    hers = open_door(phone, access, 1951)
    his = open_door(phone, neighbour, 1948)
    answer = phone.post(f"{hers}forget/", follow=True)
    assert "This device has forgotten you" in answer.content.decode()
    assert (phone.get(hers).status_code, phone.get(his).status_code) == (404, 200)
    assert DeviceGrant.objects.count() == 1


def test_forgetting_the_last_takes_the_cookie_away(phone: Client, page: str) -> None:
    answer = phone.post(f"{page}forget/")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("", 0, "/p/")
    assert phone.get(page).status_code == 404


def test_forgetting_needs_a_press_of_the_button(phone: Client, page: str) -> None:
    assert phone.get(f"{page}forget/").headers["Location"] == page
    assert phone.get(page).status_code == 200


def test_forgetting_asks_first_without_scripts_and_without_a_connection(
    phone: Client, page: str
) -> None:
    html = " ".join(phone.get(page).content.decode().split())
    asking = html[html.index('<details class="forget') :]
    asking = asking[: asking.index("</details>")]
    assert ">Forget me on this device</summary>" in asking
    assert "To open your page again, you need your link or code" in asking
    assert ">Yes, forget me</button>" in asking
    assert html.count(f'action="{page}forget/"') == asking.count(f'action="{page}forget/"') == 1


def test_only_the_device_itself_can_be_told_to_forget(phone: Client, page: str) -> None:
    assert Client().post(f"{page}forget/").status_code == 404
    assert phone.get(page).status_code == 200


def test_one_device_holds_six_programs_and_the_oldest_makes_room(
    phone: Client, practice: Practice, alice: User
) -> None:
    addresses = []
    for n in range(7):
        case = make_case(practice, alice, f"Person {n}", dt.date(1950, 1, 1))
        issue_for(case, alice)
        addresses.append(open_door(phone, PatientAccess.objects.get(case=case), 1950))
    assert [phone.get(a).status_code for a in addresses] == [404] + [200] * 6


def test_opening_again_does_not_pile_up_dead_devices(access: PatientAccess) -> None:
    open_door(Client(), access)
    DeviceGrant.objects.update(expires_at=days_ago(1))
    open_door(Client(), access)
    assert DeviceGrant.objects.count() == 1


def test_a_stranger_asks_for_nothing(phone: Client, issued: object) -> None:
    assert phone.get(f"/p/today/{uuid.uuid4()}/").status_code == 404
