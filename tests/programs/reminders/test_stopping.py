"""Stopping reminders: from the letter, from a mail program, on the page; and the way back."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEntry, User
from programs.access.actions import revoke_access
from programs.access.models import PatientAccess
from programs.reminders.models import Reminder
from tests.patients.pages import main_text
from tests.programs.reminders.conftest import CLICK, reminder_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def stop(access: PatientAccess) -> str:
    return f"/p/reminders/{reminder_for(access).stop_token}/stop/"


def test_one_press_stops_and_offers_the_way_back(stop: str, access: PatientAccess) -> None:
    answer = Client().post(stop)
    assert "The e-mails have stopped" in main_text(answer)
    assert Reminder.objects.get().stopped_at is not None
    assert "Turn on again" in main_text(answer)
    back = stop.replace("/stop/", "/start/")
    assert Client().get(back).headers["Location"] == stop
    assert "every day at 09:00 , London time." in main_text(Client().post(back, follow=True))
    # Loaded again, the page says the same and turns nothing on that was stopped since.
    assert "every day at 09:00 , London time." in main_text(Client().get(back))
    assert Reminder.objects.get().is_on
    # Nothing that fell due while it was off is sent late.
    assert timezone.now() - Reminder.objects.get().since < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-User": "?1"},
        {**CLICK, "Sec-Purpose": "prefetch"},
        # A whole browser that only looks says of itself what a person's says.
        CLICK,
        {**CLICK, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Storage-Access": "active"},
        {"User-Agent": "a mail scanner"},
    ],
)
def test_a_scanner_stops_nothing(stop: str, headers: dict[str, str]) -> None:
    answer = Client().get(stop, headers=headers)
    assert answer.content.decode().count("<button") == 1
    assert "Stop the e-mails?" in main_text(answer)
    assert Client().head(stop, headers=CLICK).status_code == 200
    assert Reminder.objects.get().is_on


def test_a_mail_program_stops_by_posting_without_a_form_token(stop: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Reminder.objects.get().is_on) == (200, False)
    assert client.post(stop).status_code == 200
    assert AuditEntry.objects.filter(action="reminder.stopped").count() == 1
    # Turning on again is a form of ours.
    assert client.post(stop.replace("/stop/", "/start/")).status_code == 403


def test_stopping_works_after_the_link_is_closed_and_there_is_no_way_back(
    stop: str, access: PatientAccess, alice: User
) -> None:
    revoke_access(case=access.case, actor=alice)
    said = main_text(Client().post(stop))
    assert "The e-mails have stopped" in said
    assert "Turn on again" not in said
    assert Client().post(stop.replace("/stop/", "/start/")).status_code == 404
    assert not Reminder.objects.get().is_on


def test_a_secret_nobody_has_is_the_closed_door(access: PatientAccess) -> None:
    closed = Client().get("/p/x/").content
    for address in (
        "/p/reminders/x/stop/",
        "/p/reminders/x/confirm/",
        f"/p/reminders/{access.token}/stop/",
        f"/p/calendar/{access.token}.ics",
        "/p/calendar/x.ics",
    ):
        answer = Client().get(address)
        assert (answer.status_code, answer.content) == (404, closed)


def test_off_and_on_again_on_the_page(phone: Client, reminders: str, access: PatientAccess) -> None:
    reminder_for(access)
    assert "Turn on again" in main_text(phone.post(reminders, {"do": "email_off"}, follow=True))
    assert "On." in main_text(phone.post(reminders, {"do": "email_on"}, follow=True))
    assert Reminder.objects.get().is_on
