"""Two processes run what is due at the same moment, as after a restart that overlaps."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from clinic.models import User
from programs.access.models import PatientAccess
from programs.reminders.models import Reminder, ReminderClock, ReminderMail
from programs.reminders.sender import plan, send_reminders
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.reminders.conftest import NINE, reminder_for
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 3
PATIENTS = 12


class Shared(EmailBackend):
    """Letters of all threads in one list, each taking its time."""

    letters: list[str] = []

    def send_messages(self, messages: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01)")
        self.letters.extend(message.to[0] for message in messages)
        return len(messages)


def test_everybody_gets_one_letter(reminder: Reminder, alice: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Shared"
    Shared.letters.clear()
    for n in range(PATIENTS - 1):
        case = make_case(reminder.access.case.practice, alice, f"Patient {n}", dt.date(1950, 1, 1))
        issue_for(case, alice)
        reminder_for(PatientAccess.objects.get(case=case), email=f"p{n}@example.org")
    start = Barrier(PROCESSES, timeout=PATIENCE_S)

    def work(_: int) -> int:
        try:
            start.wait()
            # The first tries find somebody planning; a moment later there is work for all.
            return sum(send_reminders(lambda: NINE)["sent"] for _ in range(20))
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as pool:
        sent = list(pool.map(work, range(PROCESSES)))
    assert sum(sent) == PATIENTS
    assert (len(Shared.letters), len(set(Shared.letters))) == (PATIENTS, PATIENTS)
    assert set(ReminderMail.objects.values_list("state", flat=True)) == {"sent"}


def test_while_one_plans_another_goes_on_without_waiting(reminder: Reminder) -> None:
    plan(NINE - dt.timedelta(hours=1))

    def elsewhere() -> int:
        try:
            plan(NINE)
            return ReminderMail.objects.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        ReminderClock.objects.select_for_update().get()
        assert pool.submit(elsewhere).result(timeout=PATIENCE_S) == 0
    plan(NINE)
    assert ReminderMail.objects.count() == 1
