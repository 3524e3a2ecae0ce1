"""Sending what is due: once, however often, late and in however many processes."""

import datetime as dt
import smtplib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from clinic.models import User
from patients.models import CaseResponse, ScreenAnswer
from programs.access.actions import revoke_access
from programs.access.models import PatientAccess
from programs.prescriptions.models import Program
from programs.reminders.models import Reminder, ReminderClock, ReminderMail
from programs.reminders.sender import send_reminders
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.reminders.conftest import NINE, reminder_for
from tests.undone import undone

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def run(at: dt.datetime) -> Counter[str]:
    return send_reminders(lambda: at)


def states() -> list[tuple[str, int]]:
    return [(row.state, row.attempts) for row in ReminderMail.objects.order_by("due_at")]


class Failing(EmailBackend):
    """A mail server that fails in the way it is told to."""

    error: Exception = OSError()
    for_whom = ""

    def send_messages(self, messages: Any) -> int:
        if self.for_whom in messages[0].to[0]:
            raise self.error
        return int(super().send_messages(messages))


@pytest.fixture
def failing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def fail(error: Exception, for_whom: str = "") -> None:
        monkeypatch.setattr(Failing, "error", error)
        monkeypatch.setattr(Failing, "for_whom", for_whom)
        settings.EMAIL_BACKEND = f"{__name__}.Failing"

    return fail


def test_a_reminder_goes_out_once_a_day_however_often_it_is_run(reminder: Reminder) -> None:
    assert run(NINE - MINUTE) == {}
    assert run(NINE) == {"sent": 1}
    assert run(NINE) == {}
    assert run(NINE + MINUTE) == {}
    assert run(NINE + DAY) == {"sent": 1}
    assert [m.to for m in mail.outbox] == [["margaret@example.org"]] * 2
    row = ReminderMail.objects.earliest("due_at")
    assert (row.state, row.day, row.due_at, row.done_at) == ("sent", NINE.date(), NINE, NINE)


def test_three_hours_late_it_still_goes_and_later_it_is_recorded_as_missed(
    reminder: Reminder,
) -> None:
    run(NINE - MINUTE)
    assert run(NINE + 3 * HOUR) == {"sent": 1}
    assert run(NINE + 3 * DAY + 4 * HOUR) == {"missed": 3}
    assert states() == [("sent", 1), ("missed", 0), ("missed", 0), ("missed", 0)]
    assert len(mail.outbox) == 1


def test_one_that_was_planned_and_then_forgotten_is_missed_too(
    reminder: Reminder, settings: Any
) -> None:
    run(NINE - MINUTE)
    settings.DEVELOPMENT, settings.EMAIL_HOST = False, ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert run(NINE) == {}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(NINE + 4 * HOUR) == {"missed": 1}


def test_the_first_run_ever_looks_back_three_hours(reminder: Reminder) -> None:
    assert run(NINE + 2 * HOUR) == {"sent": 1}
    assert states() == [("sent", 1)]


def test_nothing_from_before_it_was_turned_on_is_sent_or_missed(access: PatientAccess) -> None:
    run(NINE - MINUTE)
    reminder_for(access, since=NINE + MINUTE)
    assert run(NINE + HOUR) == {}
    assert states() == []


def test_a_clock_that_goes_back_changes_nothing(reminder: Reminder) -> None:
    run(NINE)
    assert run(NINE - HOUR) == {}
    assert run(NINE + HOUR) == {}
    assert ReminderClock.objects.get().until == NINE + HOUR


def test_a_time_that_is_changed_during_the_day_comes_once(reminder: Reminder) -> None:
    run(NINE)
    Reminder.objects.update(at=dt.time(11))
    assert run(NINE + 2 * HOUR) == {}
    assert len(mail.outbox) == 1


def test_the_practice_moves_to_another_zone(reminder: Reminder) -> None:
    run(NINE - HOUR)
    reminder.access.case.practice.time_zone = "America/New_York"
    reminder.access.case.practice.save()
    assert run(NINE) == {}
    assert run(NINE + 5 * HOUR) == {"sent": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"stopped_at": NINE},
        {"confirmed_at": None},
        {"days": [0]},  # the 20th is a Friday
    ],
)
def test_off_not_confirmed_or_not_today_sends_nothing(
    reminder: Reminder, change: dict[str, Any]
) -> None:
    Reminder.objects.update(**change)
    assert run(NINE) == {}
    assert states() == []


def revoked(reminder: Reminder, alice: User) -> None:
    revoke_access(case=reminder.access.case, actor=alice)


def ended(reminder: Reminder, alice: User) -> None:
    Program.objects.update(ended_at=NINE, draft_open=False)


def closed(reminder: Reminder, alice: User) -> None:
    case = reminder.access.case
    case.closed_at = NINE
    case.save()


def archived(reminder: Reminder, alice: User) -> None:
    patient = reminder.access.case.patient
    patient.archived_at = NINE
    patient.save()


def expired(reminder: Reminder, alice: User) -> None:
    PatientAccess.objects.update(expires_at=NINE)


def stopped(reminder: Reminder, alice: User) -> None:
    ScreenAnswer.objects.create(
        case=reminder.access.case,
        kind="red_flag",
        code="rf_foot_drop",
        answer="yes",
        answered_by=alice,
    )


def in_need_of_help(reminder: Reminder, alice: User) -> None:
    CaseResponse.objects.update_or_create(
        case=reminder.access.case,
        defaults={"outcome": "get_help", "computed_at": timezone.now()},
    )


ENDS = [revoked, ended, closed, archived, expired, stopped, in_need_of_help]


def test_no_reminder_for_a_program_that_is_not_to_be_done(reminder: Reminder, alice: User) -> None:
    said = {}
    for end in ENDS:
        with undone():
            end(Reminder.objects.get(), alice)
            said[end.__name__] = (run(NINE), mail.outbox[:], states())
            mail.outbox.clear()
    assert said == {end.__name__: ({}, [], []) for end in ENDS}


def test_what_was_waiting_is_held_back(
    reminder: Reminder, alice: User, failing: Callable[..., None], settings: Any
) -> None:
    failing(ConnectionRefusedError())
    assert run(NINE) == {"server": 1}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    said = {}
    for end in ENDS:
        with undone():
            end(Reminder.objects.get(), alice)
            said[end.__name__] = (run(NINE + MINUTE), mail.outbox[:])
            mail.outbox.clear()
    assert said == {end.__name__: ({"held": 1}, []) for end in ENDS}


def test_a_server_that_is_away_is_asked_again_later(
    reminder: Reminder, failing: Callable[..., None], settings: Any
) -> None:
    failing(ConnectionRefusedError("margaret@example.org"))
    for minutes in (0, 0, 1, 1, 3):
        run(NINE + minutes * MINUTE)
    row = ReminderMail.objects.get()
    assert (row.state, row.attempts, row.error) == ("waiting", 3, "unreachable")
    assert row.next_try_at == NINE + 7 * MINUTE
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(NINE + 6 * MINUTE) == {}
    assert run(NINE + 7 * MINUTE) == {"sent": 1}


def test_after_three_hours_of_failing_it_is_given_up(
    reminder: Reminder, failing: Callable[..., None]
) -> None:
    failing(smtplib.SMTPServerDisconnected())
    for minutes in range(0, 200, 5):
        run(NINE + minutes * MINUTE)
    assert states() == [("failed", 10)]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPDataError(550, b"no"),
        UnicodeEncodeError("ascii", "ä", 0, 1, "no"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refused_address_holds_up_nobody_else(
    reminder: Reminder, neighbour: PatientAccess, failing: Callable[..., None], error: Exception
) -> None:
    reminder_for(neighbour, email="arthur@example.org")
    failing(error, "margaret")
    assert run(NINE) == {"again": 1, "sent": 1}
    assert [m.to for m in mail.outbox] == [["arthur@example.org"]]


def test_a_server_that_is_away_is_not_asked_once_for_everybody(
    reminder: Reminder, neighbour: PatientAccess, failing: Callable[..., None], settings: Any
) -> None:
    reminder_for(neighbour, email="arthur@example.org")
    failing(TimeoutError())
    assert run(NINE) == {"server": 1}
    assert sorted(states()) == [("waiting", 0), ("waiting", 1)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(NINE + MINUTE) == {"sent": 2}


def test_told_to_end_it_ends_between_two_e_mails(
    reminder: Reminder, neighbour: PatientAccess
) -> None:
    reminder_for(neighbour, email="arthur@example.org")
    answers = iter([False, True])
    assert send_reminders(lambda: NINE, lambda: next(answers)) == {"sent": 1}
    assert run(NINE) == {"sent": 1}
    assert len(mail.outbox) == 2


def test_many_cost_as_few_questions_each_as_one(
    reminder: Reminder, alice: User, django_assert_num_queries: Any
) -> None:
    run(NINE - MINUTE)
    with django_assert_num_queries(10):
        run(NINE - MINUTE / 2)
    for n in range(3):
        case = make_case(reminder.access.case.practice, alice, f"Patient {n}", dt.date(1950, 1, 1))
        issue_for(case, alice)
        reminder_for(PatientAccess.objects.get(case=case), email=f"p{n}@example.org")
    with django_assert_num_queries(10):
        run(NINE - MINUTE / 3)


# --- Clocks that were wrong -----------------------------------------------------------------------
