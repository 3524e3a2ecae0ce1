"""Sending reminders: planned once for each day, then sent, by as many processes as like to.

Planning goes over the time since it was last done, under the lock of the one row that knows it: no
moment is looked at twice, and none is left out however long nobody planned. Sending takes one row
after the other, each locked by whoever sends it; others pass over it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from programs.reminders.mail import REFUSED, can_mail, reminder_message
from programs.reminders.models import Reminder, ReminderClock, ReminderMail
from programs.reminders.plan import LATE, Plan, due_between, is_too_late, wait_after

logger = logging.getLogger(__name__)
AT_ONCE = 500


def send_reminders(
    now: Callable[[], dt.datetime], stop: Callable[[], bool] = lambda: False
) -> Counter[str]:
    """Plan what fell due and send it; how many rows went into each state.

    ``now`` is asked before each e-mail, since sending takes time. ``stop``: asked between two, so
    that a process that is told to end does so in order. A failure is written down and tried again
    later; one that is the server's and not the e-mail's ends this round.
    """
    counts = plan(now())
    if not can_mail():
        return counts
    with _connection() as mail_server:
        while not stop():
            state = _send_one(now(), mail_server)
            if state is None:
                break
            counts[state] += 1
            if state == "server":
                break
    return counts


@transaction.atomic
def plan(now: dt.datetime) -> Counter[str]:
    """Write down every reminder that fell due since the last time, the late ones as missed."""
    clock, _ = ReminderClock.objects.get_or_create(only=True, defaults={"until": now - LATE})
    found = ReminderClock.objects.select_for_update(skip_locked=True).filter(pk=clock.pk).first()
    if found is None or found.until >= now:
        # Somebody else is planning this very time, or a clock went backwards.
        return Counter()
    rows = list(_fallen_due(found.until, now))
    for start in range(0, len(rows), AT_ONCE):
        ReminderMail.objects.bulk_create(rows[start : start + AT_ONCE], ignore_conflicts=True)
    found.until = now
    found.save(update_fields=["until"])
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


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """The mail server, opened by the first e-mail and closed at the end, whatever happened."""
    connection = get_connection()
    try:
        yield connection
    finally:
        _close(connection)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (SMTPException, OSError):
        logger.info("The mail server did not say goodbye")


@transaction.atomic
def _send_one(now: dt.datetime, mail_server: BaseEmailBackend) -> str | None:
    """Send the next e-mail that waits; its new state, None where none waits."""
    mail = (
        ReminderMail.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=ReminderMail.WAITING, next_try_at__lte=now)
        .select_related("reminder__access__case__practice")
        .order_by("next_try_at", "pk")
        .first()
    )
    if mail is None:
        return None
    if is_too_late(mail.due_at, now):
        return _done(mail, ReminderMail.FAILED if mail.tries else ReminderMail.MISSED, now)
    if not Reminder.objects.live(now).filter(pk=mail.reminder_id).exists():
        return _done(mail, ReminderMail.HELD, now)
    try:
        mail_server.open()
        mail_server.send_messages([reminder_message(mail)])
    except (SMTPException, OSError, ValueError) as error:
        # ValueError: an address that no server could take.
        _close(mail_server)
        _postpone(mail, now, error)
        return "again" if isinstance(error, REFUSED) else "server"
    return _done(mail, ReminderMail.SENT, now)


def _done(mail: ReminderMail, state: str, now: dt.datetime) -> str:
    mail.state, mail.done_at = state, now
    mail.save(update_fields=["state", "done_at"])
    return state


def _postpone(mail: ReminderMail, now: dt.datetime, error: Exception) -> None:
    mail.tries += 1
    mail.error = type(error).__name__
    mail.next_try_at = now + wait_after(mail.tries)
    mail.save(update_fields=["tries", "error", "next_try_at"])
