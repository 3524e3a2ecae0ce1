"""Reminders where the server's clock was wrong for a while."""

import pytest
from django.core import mail

from programs.access.models import PatientAccess
from programs.reminders.models import Reminder
from tests.programs.reminders.conftest import NINE, reminder_for
from tests.programs.reminders.test_queue import DAY, MINUTE, run, states

pytestmark = pytest.mark.django_db


def test_a_clock_that_stood_ahead_and_is_put_back_loses_nothing(reminder: Reminder) -> None:
    """Just before nine the clock leaps ahead by five hours: the reminder seems long missed."""
    before = NINE - 10 * MINUTE
    run(before)
    assert run(before + 5 * 60 * MINUTE) == {"missed": 1}
    assert run(before + MINUTE) == {}
    assert run(NINE) == {"sent": 1}
    assert (states(), len(mail.outbox)) == ([("sent", 1)], 1)


def test_a_clock_that_is_put_back_sends_nothing_twice(reminder: Reminder) -> None:
    run(NINE - MINUTE)
    assert run(NINE + MINUTE) == {"sent": 1}
    for moment in (NINE - MINUTE, NINE, NINE + 2 * MINUTE):
        assert run(moment) == {}
    assert len(mail.outbox) == 1


def test_who_asks_while_the_clock_is_put_right_gets_a_reminder_on_that_day(
    reminder: Reminder, neighbour: PatientAccess
) -> None:
    run(NINE + 2 * DAY)
    mail.outbox.clear()
    # Two days ahead; put right, and somebody asks before anything is planned again.
    reminder_for(neighbour, email="arthur@example.org", since=NINE - MINUTE)
    run(NINE - MINUTE / 2)
    run(NINE)
    assert ["arthur@example.org"] in [m.to for m in mail.outbox]
