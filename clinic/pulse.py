"""Whether what goes on by itself still does: reminders, alert e-mails, the day's judging."""

from __future__ import annotations

import datetime as dt
from typing import Final

from clinic.models import Heartbeat

DUE: Final = "due"
"""``manage.py run_due``, each time it has gone through everything."""
WRITES: Final = "writes"
"""Readiness, which writes to learn whether writing works."""
STILL_AFTER: Final = dt.timedelta(minutes=5)


def beat(name: str, now: dt.datetime) -> None:
    """Note that it is well now."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def last_beat(name: str) -> dt.datetime | None:
    """When it last was; None where it never has been."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def stands_still(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether it has been silent for longer than it ever is."""
    return last is None or now - last > STILL_AFTER
