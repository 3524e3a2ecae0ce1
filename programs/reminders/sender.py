"""Sending reminders: planned once for each day, then sent, by as many processes as like to.

Planning goes over the time since it was last done, under the lock of the one row that knows it: no
moment is looked at twice, and none is left out however long nobody planned. What was planned goes
out through :mod:`clinic.outbox`.

Where the clock stood ahead and was put back, the last hours are planned again, and what the wrong
time took for missed waits again. A day of a reminder has one row, so that nothing goes out twice.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet

from clinic import wall
from clinic.outbox import Outbox
from clinic.wall import passages
from programs.reminders.mail import can_mail, reminder_message
from programs.reminders.models import Reminder, ReminderClock, ReminderMail
from programs.reminders.plan import LATE, Plan, due_between, is_too_late, wait_after

AT_ONCE = 500


def send_reminders(
    now: Callable[[], dt.datetime], stop: Callable[[], bool] = lambda: False
) -> Counter[str]:
    """Plan what fell due and send it; how many rows went into each state.

    A failure is tried again later, until the reminder would come too late.
    """
    counts = plan(now())
    if can_mail():
        counts += REMINDERS.send(now, stop)
    return counts


@transaction.atomic
def plan(now: dt.datetime) -> Counter[str]:
    """Write down every reminder that fell due since the last time, the late ones as missed."""
    clock, _ = ReminderClock.objects.get_or_create(only=True, defaults={"until": now - LATE})
    found = ReminderClock.objects.select_for_update(skip_locked=True).filter(pk=clock.pk).first()
    if found is None or found.until == now:
        # Somebody else is planning this very time.
        return Counter()
    put_back = found.until > now
    after = now - LATE if put_back else found.until
    counts: Counter[str] = Counter()
    for practice in passages.practices_with_reminders():
        with wall.within(practice):
            if put_back:
                _not_missed_after_all(now)
            counts += _plan_in_practice(after, now)
    found.until = now
    found.save(update_fields=["until"])
    return counts


def _not_missed_after_all(now: dt.datetime) -> None:
    """What a clock that stood ahead took for too late, or for over, and is not."""
    laid_aside = [ReminderMail.MISSED, ReminderMail.HELD]
    rows = ReminderMail.objects.filter(state__in=laid_aside, due_at__gte=now - LATE)
    rows.update(state=ReminderMail.WAITING, done_at=None, next_try_at=F("due_at"))


def _plan_in_practice(after: dt.datetime, now: dt.datetime) -> Counter[str]:
    rows = list(_fallen_due(after, now))
    for start in range(0, len(rows), AT_ONCE):
        ReminderMail.objects.bulk_create(rows[start : start + AT_ONCE], ignore_conflicts=True)
    return Counter(row.state for row in rows if row.state == ReminderMail.MISSED)


def _fallen_due(after: dt.datetime, now: dt.datetime) -> Iterator[ReminderMail]:
    rows = Reminder.objects.live(now).values_list(
        "pk", "at", "days", "since", "access__case__practice__time_zone"
    )
    for key, at, days, since, zone in rows.iterator(AT_ONCE):
        for due in due_between(Plan(at, frozenset(days)), ZoneInfo(zone), max(after, since), now):
            late = is_too_late(due.at, now)
            yield ReminderMail(
                reminder_id=key,
                day=due.day,
                due_at=due.at,
                state=ReminderMail.MISSED if late else ReminderMail.WAITING,
                next_try_at=due.at,
                done_at=now if late else None,
            )


def _waiting() -> QuerySet[ReminderMail]:
    rows = ReminderMail.objects.filter(state=ReminderMail.WAITING)
    return rows.select_related("reminder__access__case__practice")


def _give_up(letter: ReminderMail, now: dt.datetime) -> str:
    if is_too_late(letter.due_at, now):
        return ReminderMail.FAILED if letter.attempts else ReminderMail.MISSED
    live = Reminder.objects.live(now).filter(pk=letter.reminder_id).exists()
    return "" if live else ReminderMail.HELD


def _close(letter: ReminderMail, outcome: str, now: dt.datetime) -> None:
    letter.state, letter.done_at = outcome, now


REMINDERS: Final = Outbox(
    due=passages.practices_with_reminder_mail,
    waiting=_waiting,
    message=reminder_message,
    wait=wait_after,
    close=_close,
    give_up=_give_up,
    not_before="due_at",
)
