"""The calendar that a patient makes: its address, its file, and when it ends."""

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from clinic.models import User
from patients.models import ScreenAnswer
from programs.access.actions import renew_access
from programs.access.models import PatientAccess
from programs.exercises.dosage import Dosage
from programs.prescriptions.models import Program
from programs.reminders.models import CalendarFeed
from tests.programs.portal.conftest import days_ago, issue_for
from tests.programs.reminders.conftest import WHEN
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db


def events(answer: Any) -> Any:
    calendar: Any = Calendar.from_ical(answer.content)
    return calendar.walk("VEVENT")


def ics(feed: CalendarFeed) -> str:
    return f"/p/calendar/{feed.token}.ics"


def test_the_calendar_is_made_and_opens_in_a_calendar_program(
    phone: Client, reminders: str, feed: CalendarFeed, access: PatientAccess
) -> None:
    page = phone.get(reminders).content.decode()
    root = site.PUBLIC_URL.partition("://")[2]
    assert f'href="webcal://{root}{ics(feed)}"' in page
    assert f'value="{site.PUBLIC_URL}{ics(feed)}"' in page
    answer = Client().get(ics(feed))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = events(answer)
    assert event["url"] == f"{site.PUBLIC_URL}/p/{access.token}/"
    assert event["rrule"]["byday"] == ["MO", "TH"]
    assert event["dtstart"].dt.time() == dt.time(7)


def test_the_times_suit_the_program_unless_others_are_chosen(
    phone: Client, reminders: str, access: PatientAccess, alice: User
) -> None:
    dose = Dosage.from_dict({"reps": 10, "times_per_day": [2, 3], "days_per_week": 3})
    issue_for(access.case, alice, sample_prescription(items=(sample_exercise(dosage=dose),)))
    page = phone.get(reminders).content.decode()
    assert re.findall(r'name="time\d"\s+type="time"\s+value="([\d:]+)"', page) == ["09:00", "18:00"]
    ticked = re.findall(r'value="(\d)"\s+id="calendar-id_days_\d"\s+checked', page)
    assert ticked == ["0", "2", "4"]
    phone.post(reminders, {**WHEN, "time1": ""})
    assert CalendarFeed.objects.get().times == [dt.time(7)]
    phone.post(reminders, {**WHEN, "time0": "19:00", "time1": "06:00", "days": ["6"]})
    kept = CalendarFeed.objects.get()
    assert (kept.times, kept.days) == ([dt.time(6), dt.time(19)], [6])


def test_the_calendar_ends_when_every_dose_has_ended(
    feed: CalendarFeed, access: PatientAccess, alice: User
) -> None:
    doses = [Dosage.from_dict({"reps": 10, "weeks": weeks}) for weeks in (4, [4, 6])]
    items = tuple(sample_exercise(n, dosage=dose) for n, dose in enumerate(doses))
    today = timezone.now().astimezone(access.case.practice.zone).date()
    issue_for(access.case, alice, sample_prescription(items=items, issued_on=today))
    (event,) = events(Client().get(ics(feed)))
    (until,) = event["rrule"]["until"]
    assert until.astimezone(access.case.practice.zone).date() == today + dt.timedelta(weeks=6)


def test_a_slip_in_the_calendar_form_is_told(phone: Client, reminders: str) -> None:
    page = phone.post(reminders, {**WHEN, "time0": "", "days": []}).content.decode()
    assert "Choose at least one day." in page
    assert "Type a time like 9:00 or 17:30." in page
    assert CalendarFeed.objects.count() == 0


def test_the_file_is_a_copy_that_ends(phone: Client, reminders: str, feed: CalendarFeed) -> None:
    answer = phone.get(f"{reminders}calendar/")
    assert answer["Content-Disposition"] == 'attachment; filename="home.ics"'
    (until,) = events(answer)[0]["rrule"]["until"]
    assert until - timezone.now() < dt.timedelta(weeks=12)
    phone.post(reminders, {"do": "calendar_off"})
    assert phone.get(f"{reminders}calendar/").status_code == 302


def test_turned_off_the_address_is_the_closed_door_for_good(
    phone: Client, reminders: str, feed: CalendarFeed
) -> None:
    phone.post(reminders, {"do": "calendar_off"})
    answer = Client().get(ics(feed))
    assert (answer.status_code, answer.content) == (404, Client().get("/p/x/").content)
    phone.post(reminders, WHEN)
    fresh = CalendarFeed.objects.get()
    assert fresh.token != feed.token
    assert (Client().get(ics(feed)).status_code, Client().get(ics(fresh)).status_code) == (404, 200)


def test_the_calendar_of_a_closed_or_renewed_link_is_the_closed_door(
    feed: CalendarFeed, access: PatientAccess, alice: User
) -> None:
    renew_access(case=access.case, actor=alice)
    answer = Client().get(ics(feed))
    assert (answer.status_code, answer.content) == (404, Client().get("/p/x/").content)
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive, nosnippet"


def test_the_calendar_ends_with_the_program_and_at_a_warning_sign(
    feed: CalendarFeed, alice: User, access: PatientAccess
) -> None:
    CalendarFeed.objects.update(changed_at=days_ago(20))
    assert len(events(Client().get(ics(feed)))) == 1
    stop = ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    (until,) = events(Client().get(ics(feed)))[0]["rrule"]["until"]
    assert until == stop.answered_at.replace(microsecond=0)
    Program.objects.update(ended_at=days_ago(2), draft_open=False)
    (until,) = events(Client().get(ics(feed)))[0]["rrule"]["until"]
    assert timezone.now() - until > dt.timedelta(days=1)


def test_the_calendar_says_nothing_about_health(feed: CalendarFeed, access: PatientAccess) -> None:
    said = Client().get(ics(feed)).content.decode().replace("\r\n ", "")
    items = [i.name for i in access.case.programs.get().prescriptions.get().prescription().items]
    names = ["Margaret", "Ellison", "Alice", "Bob", "Harbour", access.case.title, *items]
    assert [name for name in names if name.lower() in said.lower()] == []
