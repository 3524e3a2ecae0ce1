"""How one patient's door is doing, for the clinician who is asked about it on the telephone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from programs.access import throttle
from programs.access.models import PatientAccess
from programs.access.throttle import year_key
from programs.reminders.models import CalendarFeed, Reminder


@dataclass(frozen=True, slots=True)
class Watch:
    """Wrong years in the last 24 hours, until when the door is shut, and who has it open.

    ``reminder``: the e-mail that the patient has turned on; ``has_calendar``: or a calendar.
    """

    wrong_today: int
    locked_until: dt.datetime | None
    devices: int
    last_opened: dt.datetime | None
    reminder: Reminder | None
    has_calendar: bool


def watch(access: PatientAccess) -> Watch:
    """Look at one door. Nothing of it says from where anybody knocked."""
    now = timezone.now()
    key = year_key(access)
    grants = access.devices.filter(expires_at__gt=now).order_by("-created_at")
    opened = list(grants.values_list("created_at", flat=True))
    return Watch(
        wrong_today=throttle.failures_since(key, now - dt.timedelta(days=1)),
        locked_until=throttle.locked_until(key, throttle.LINK_LIMITS),
        devices=len(opened),
        last_opened=opened[0] if opened else None,
        reminder=Reminder.objects.on().filter(access=access).first(),
        has_calendar=CalendarFeed.objects.filter(access=access, stopped_at=None).exists(),
    )
