"""Slowing down whoever guesses at the door.

Failures are counted by keyed hash, so that the table tells nobody which link or address it is
about. Waiting is counted from the latest failure; knocks while waiting are not counted, so that
an impatient patient does not lock themselves out for longer.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.crypto import salted_hmac

from programs.access.models import (
    DoorAttempt,
    PatientAccess,
)

_KEPT: Final = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DoorLimit:
    """``failures`` within ``within`` close the door for ``wait`` after the last of them."""

    failures: int
    within: dt.timedelta
    wait: dt.timedelta


_QUARTER = dt.timedelta(minutes=15)
_DAY = dt.timedelta(days=1)

LINK_LIMITS: Final = (DoorLimit(5, _QUARTER, _QUARTER), DoorLimit(15, _DAY, _DAY))
"""A year of birth is one of some eighty: the day's limit makes trying them all take a week."""
ADDRESS_LIMITS: Final = (DoorLimit(20, _QUARTER, _QUARTER),)
"""Wide, since a clinic, a care home or a whole mobile network may share one address."""
CODE_LIMITS: Final = (DoorLimit(10, _QUARTER, _QUARTER), DoorLimit(50, _DAY, _DAY))
"""For codes nobody has: from one address."""


def link_key(access_id: int, birth_year: int) -> str:
    """The key of one link. Correcting the year of birth starts a new count by itself."""
    return _key("link", f"{access_id}:{birth_year}")


def address_key(kind: str, address: str) -> str:
    """The key of a network address; an IPv6 household counts as one."""
    return _key(kind, _network(address))


def counter_key(kind: str, value: str) -> str:
    """The key of anything else that is counted, by what it is and whose."""
    return _key(kind, value)


def locked_until(key: str, limits: Sequence[DoorLimit]) -> dt.datetime | None:
    """When the door opens again for this key; None while it is open."""
    now = timezone.now()
    most = max(limit.failures for limit in limits)
    times = list(
        DoorAttempt.objects.filter(key=key, at__gt=now - _KEPT)
        .order_by("-at")
        .values_list("at", flat=True)[:most]
    )
    ends = [
        times[0] + limit.wait
        for limit in limits
        if len(times) >= limit.failures
        and times[0] - times[limit.failures - 1] <= limit.within
        and times[0] + limit.wait > now
    ]
    return max(ends, default=None)


def count_failure(*keys: str) -> None:
    """Remember a wrong answer under each key, and forget what is too old to matter."""
    DoorAttempt.objects.filter(at__lt=timezone.now() - _KEPT).delete()
    DoorAttempt.objects.bulk_create(DoorAttempt(key=key) for key in keys)


def failures_since(key: str, since: dt.datetime) -> int:
    """How many wrong answers this key has had."""
    return DoorAttempt.objects.filter(key=key, at__gte=since).count()


def tries_left(key: str, limits: Sequence[DoorLimit]) -> int:
    """How many more wrong answers this key has before a wait; at least 1."""
    now = timezone.now()
    return max(1, min(x.failures - failures_since(key, now - x.within) for x in limits))


def forget_failures(key: str) -> None:
    """A right answer wipes the slate of its link."""
    DoorAttempt.objects.filter(key=key).delete()


def _key(kind: str, value: str) -> str:
    return salted_hmac(f"homeward.door.{kind}", value, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def year_key(access: PatientAccess) -> str:
    """The key under which wrong years at this link are counted."""
    return link_key(access.pk, access.case.patient.date_of_birth.year)
