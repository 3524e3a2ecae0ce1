"""What a patient decides about reminders: asked for, confirmed, stopped, and the calendar.

Every address is confirmed from a link mailed to it before a reminder goes, the one on record too:
a record can hold a slip of the key, and each reminder carries the link to the patient's door. So
there is one way in, and nobody can have reminders sent to somebody who does not want them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import models, transaction
from django.utils import timezone

from clinic import audit
from programs.access.models import PatientAccess, new_token
from programs.reminders.models import CalendarFeed, Reminder

CONFIRM_WITHIN: Final = dt.timedelta(days=3)
"""How long the link in the confirmation e-mail works."""


def needs_confirming(access: PatientAccess, email: str) -> bool:
    """Whether this address has yet to be confirmed for this link."""
    return not Reminder.objects.filter(
        access=access, email=email, confirmed_at__isnull=False
    ).exists()


@transaction.atomic
def ask_for_reminder(
    *, access: PatientAccess, email: str, at: dt.time, days: Sequence[int]
) -> Reminder:
    """Keep the wish; it is on at once where the address was confirmed before, else it waits.

    With a new address the old links to confirm and to stop end.
    """
    now = timezone.now()
    _lock(access)
    reminder = Reminder.objects.filter(access=access).first() or Reminder(access=access)
    if reminder.email != email or reminder.confirmed_at is None:
        reminder.email = email
        reminder.confirmed_at = None
        reminder.asked_at = now
        reminder.confirm_token, reminder.stop_token = new_token(), new_token()
    reminder.at, reminder.days = at, sorted(set(days))
    reminder.since, reminder.stopped_at = now, None
    reminder.save()
    _record(access, "reminder.asked", reminder)
    return reminder


@transaction.atomic
def confirm_reminder(*, reminder: Reminder) -> bool:
    """The address is its reader's: reminders go from now on. False where the link is too old."""
    now = timezone.now()
    _lock(reminder.access)
    reminder.refresh_from_db()
    if reminder.is_on:
        return True
    if not can_confirm(reminder, now):
        return False
    reminder.confirmed_at = reminder.since = now
    reminder.save(update_fields=["confirmed_at", "since"])
    _record(reminder.access, "reminder.confirmed", reminder)
    return True


def can_confirm(reminder: Reminder, now: dt.datetime) -> bool:
    """Whether the confirmation link still works."""
    asked = reminder.asked_at
    return reminder.is_waiting and asked is not None and now - asked <= CONFIRM_WITHIN


@transaction.atomic
def stop_reminder(*, reminder: Reminder) -> None:
    """No more e-mails, from now on. A second time changes nothing."""
    _lock(reminder.access)
    reminder.refresh_from_db()
    if reminder.stopped_at is None:
        reminder.stopped_at = timezone.now()
        reminder.save(update_fields=["stopped_at"])
        _record(reminder.access, "reminder.stopped", reminder)


@transaction.atomic
def restart_reminder(*, reminder: Reminder) -> None:
    """On again as it was, to the address that was confirmed."""
    _lock(reminder.access)
    reminder.refresh_from_db()
    if reminder.stopped_at is not None and reminder.confirmed_at is not None:
        reminder.stopped_at, reminder.since = None, timezone.now()
        reminder.save(update_fields=["stopped_at", "since"])
        _record(reminder.access, "reminder.restarted", reminder)


@transaction.atomic
def keep_calendar(
    *, access: PatientAccess, times: Sequence[dt.time], days: Sequence[int]
) -> CalendarFeed:
    """Make the calendar, or change its times. After it was stopped it gets a new address."""
    _lock(access)
    feed = CalendarFeed.objects.filter(access=access).first() or CalendarFeed(access=access)
    action = "calendar.changed" if feed.pk and feed.is_on else "calendar.made"
    if not feed.is_on:
        feed.token, feed.stopped_at = new_token(), None
    feed.times, feed.days = sorted(set(times)), sorted(set(days))
    feed.changed_at = timezone.now()
    feed.save()
    _record(access, action, feed)
    return feed


@transaction.atomic
def stop_calendar(*, access: PatientAccess) -> None:
    """Close the calendar's address for good."""
    _lock(access)
    feed = CalendarFeed.objects.filter(access=access, stopped_at=None).first()
    if feed is not None:
        feed.stopped_at = timezone.now()
        feed.save(update_fields=["stopped_at"])
        _record(access, "calendar.stopped", feed)


def _lock(access: PatientAccess) -> None:
    """One change at a time for each link: two taps make no two rows."""
    PatientAccess.objects.select_for_update().only("pk").get(pk=access.pk)


def _record(access: PatientAccess, action: str, target: models.Model) -> None:
    audit.record(
        practice=access.case.practice,
        actor=None,
        actor_label=access.whose,
        action=action,
        target=target,
    )
