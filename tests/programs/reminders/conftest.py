"""A patient with an open door, and a reminder that is on, every day at nine in London."""

import datetime as dt

import pytest
from django.test import Client

from programs.access.models import PatientAccess
from programs.reminders.models import CalendarFeed, Reminder
from tests.programs.portal.conftest import (  # noqa: F401 (fixtures, used by their names)
    access,
    case,
    issued,
    neighbour,
    page,
    phone,
    program,
)

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
BEFORE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
WHEN = {"do": "calendar", "days": ["0", "3"], "time0": "07:00"}
CLICK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1", "Sec-Fetch-Dest": "document"}
FAR = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
NINE = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


def reminder_for(access: PatientAccess, **changes: object) -> Reminder:  # noqa: F811
    """A reminder as it is after the patient has confirmed the address.

    The link lasts whatever day the test is run on, since many tests bring their own clock.
    """
    PatientAccess.objects.filter(pk=access.pk).update(expires_at=FAR)
    values: dict[str, object] = {
        "email": "margaret@example.org",
        "at": dt.time(9),
        "days": EVERY_DAY,
        "since": BEFORE,
        "asked_at": BEFORE,
        "confirmed_at": BEFORE,
    }
    return Reminder.objects.create(access=access, **{**values, **changes})


@pytest.fixture
def reminder(access: PatientAccess) -> Reminder:  # noqa: F811
    return reminder_for(access)


@pytest.fixture
def reminders(page: str) -> str:  # noqa: F811
    """The address of the page, with the door open on ``phone``."""
    return f"{page}reminders/"


@pytest.fixture
def feed(phone: Client, reminders: str) -> CalendarFeed:  # noqa: F811
    """A calendar that the patient has made."""
    phone.post(reminders, WHEN)
    return CalendarFeed.objects.get()
