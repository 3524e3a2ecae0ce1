"""Links, codes and tokens: a stolen table opens nothing, and a changed key closes nothing."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from clinic.models import User
from programs.access.link_card import access_card
from programs.access.models import PatientAccess
from programs.reminders.models import CalendarFeed, Reminder
from tests import factories
from tests.migrating import migrate, to_the_latest
from tests.programs.portal.conftest import issue_for
from tests.programs.reminders.conftest import reminder_for

pytestmark = pytest.mark.django_db
BEFORE = [("programs", "0017_balance_and_relaxing")]
TABLES = ["programs_patientaccess", "programs_calendarfeed", "programs_reminder"]


@pytest.fixture
def access(alice: User) -> PatientAccess:
    case = factories.CaseFactory(patient__practice=alice.memberships.get().practice)
    issue_for(case, alice)
    made = PatientAccess.objects.ensure(case=case, by=alice)
    # Read while the key is there, as it stands on the paper.
    assert made.token
    assert made.code
    return made


def with_all(access: PatientAccess) -> tuple[Reminder, CalendarFeed]:
    reminder = reminder_for(access)
    feed = CalendarFeed.objects.create(access=access, times=["08:00"], days=[0])
    return reminder, feed


def opens(access: PatientAccess) -> dict[str, bool]:
    """Whether the link and the code still lead to the door."""
    link = Client().get(f"/p/{access.token}/").status_code == 200
    code = Client().post("/p/", {"code": access.code}).status_code == 302
    return {"link": link, "code": code}


def dump() -> str:
    """Everything that the tables hold, as whoever steals them would read it."""
    text = StringIO()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            text.write("\n".join(row for (row,) in cursor.fetchall()))
    return text.getvalue()


def test_the_tables_hold_no_secret(access: PatientAccess) -> None:
    reminder, feed = with_all(access)
    stolen = dump()
    for secret in (
        access.token, access.code, feed.token, reminder.stop_token, reminder.confirm_token
    ):  # fmt: skip
        assert secret not in stolen
        assert secret.encode().hex() not in stolen
    assert access.token_hash in stolen


def test_what_is_sealed_is_shown_again_and_opens(access: PatientAccess) -> None:
    again = PatientAccess.objects.get(pk=access.pk)
    assert (again.token, again.code) == (access.token, access.code)
    assert opens(again) == {"link": True, "code": True}


def test_nobody_looks_up_by_what_is_sealed(access: PatientAccess) -> None:
    with pytest.raises(FieldError, match="look it up by its hash"):
        PatientAccess.objects.filter(token=access.token).exists()


def test_a_new_key_opens_what_the_old_one_sealed(access: PatientAccess, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-for-the-tests-that-nobody-has-seen-before-0"
    found = PatientAccess.objects.get(pk=access.pk)
    assert (found.token, found.code) == (access.token, access.code)
    assert opens(found) == {"link": True, "code": True}


def test_after_renewing_the_old_key_can_go(access: PatientAccess, settings: Any) -> None:
    reminder, feed = with_all(access)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-for-the-tests-that-nobody-has-seen-before-0"
    said = StringIO()
    call_command("renew_keys", stdout=said)
    assert said.getvalue() == "5 secrets are sealed with the present key.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert opens(PatientAccess.objects.get(pk=access.pk)) == {"link": True, "code": True}
    assert Reminder.objects.get(pk=reminder.pk).stop_token == reminder.stop_token
    assert CalendarFeed.objects.get(pk=feed.pk).token == feed.token


def test_with_every_key_lost_a_printed_link_still_opens(
    access: PatientAccess, settings: Any
) -> None:
    settings.SECRET_KEY = "a-new-key-for-the-tests-that-nobody-has-seen-before-0"
    lost = PatientAccess.objects.get(pk=access.pk)
    assert (lost.token, lost.code) == ("", "")
    assert opens(access) == {"link": True, "code": False}
    said = StringIO()
    call_command("renew_keys", stdout=said)
    assert said.getvalue().startswith("0 secrets are sealed with the present key.\n2 cannot be")
    lost.save()
    assert opens(access) == {"link": True, "code": False}
    assert access_card(lost).url == "http://127.0.0.1:8000/p/"


@pytest.mark.django_db(transaction=True)
def test_what_was_printed_before_goes_on_opening(alice: User) -> None:
    case = factories.CaseFactory(patient__practice=alice.memberships.get().practice)
    issue_for(case, alice)
    access = PatientAccess.objects.ensure(case=case, by=alice)
    reminder, feed = with_all(access)
    try:
        migrate(BEFORE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT token, code FROM programs_patientaccess")
            assert cursor.fetchall() == [(access.token, access.code)]
            cursor.execute("SELECT stop_token, confirm_token FROM programs_reminder")
            assert cursor.fetchall() == [(reminder.stop_token, reminder.confirm_token)]
            cursor.execute("SELECT token FROM programs_calendarfeed")
            assert cursor.fetchall() == [(feed.token,)]
    finally:
        to_the_latest()
    assert opens(PatientAccess.objects.get(pk=access.pk)) == {"link": True, "code": True}
