"""How one patient's door is doing, for the clinician who is asked about it on the telephone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from clinic.guesses import counting
from clinic.guesses.limits import YEARS_AT_A_LINK
from programs.access.models import PatientAccess
from programs.access.throttle import year_key
from programs.reminders.models import CalendarFeed, Reminder


@dataclass(frozen=True, slots=True)
class Watch:
    """Wrong years that count, until when the door is shut or whether for good, who has it open.

    ``reminder``: the e-mail that the patient has turned on; ``has_calendar``: or a calendar.
    """

    wrong: int
    closed_until: dt.datetime | None
    is_closed: bool
    devices: int
    last_opened: dt.datetime | None
    reminder: Reminder | None
    has_calendar: bool


def watch(access: PatientAccess) -> Watch:
    """Look at one door. Nothing of it says from where anybody knocked."""
    now = timezone.now()
    key = year_key(access)
    closed = counting.closed_until(key, YEARS_AT_A_LINK)
    grants = access.devices.filter(expires_at__gt=now).order_by("-created_at")
    opened = list(grants.values_list("created_at", flat=True))
    return Watch(
        wrong=counting.count_since(key, access.created_at),
        closed_until=None if closed == counting.FOR_GOOD else closed,
        is_closed=closed == counting.FOR_GOOD,
        devices=len(opened),
        last_opened=opened[0] if opened else None,
        reminder=Reminder.objects.on().filter(access=access).first(),
        has_calendar=CalendarFeed.objects.filter(access=access, stopped_at=None).exists(),
    )
