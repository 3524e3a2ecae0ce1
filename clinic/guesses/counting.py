"""Counting guesses in the database: a try is taken before it is judged, and given back if right.

So of any number at once only as many are judged as there were left, whichever process they reach.
Keys are hashes with the site's secret: the table tells nobody which account, link or address they
are about. Tries while waiting are not counted, so that impatience makes no wait longer.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.guesses.limits import GuessLimit, Limits
from clinic.models import Guess

FOR_GOOD: Final = dt.datetime.max.replace(tzinfo=dt.UTC)
"""When a door opens again that does not open by itself."""
_KEPT: Final = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Budget:
    """What is counted under one key, and how much of it there is.

    ``kept``: how long a try counts that is limited in all.
    """

    key: str
    limits: Limits
    kept: dt.timedelta = _KEPT


@dataclass(frozen=True, slots=True)
class Taken:
    """A try that may be judged now."""

    rows: tuple[int, ...]

    def give_back(self) -> None:
        """It was right: as if it had not been."""
        Guess.objects.filter(pk__in=self.rows).delete()


@dataclass(frozen=True, slots=True)
class Closed:
    """No try is left before ``until``."""

    until: dt.datetime


def guess_key(kind: str, value: str) -> str:
    """The key of what is counted, by what it is and whose."""
    return salted_hmac(f"homeward.guess.{kind}", value, algorithm="sha256").hexdigest()


def network(address: str) -> str:
    """The address, with an IPv6 household as one: it has more addresses than can be tried."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@transaction.atomic
def take(*budgets: Budget, place: str = "") -> Taken | Closed:
    """One try of each budget, or of none where one is used up.

    ``place``: a key of where it came from, to forget by. Others who take under the same keys wait
    for a moment, so that they count one by one.
    """
    _lock([budget.key for budget in budgets])
    now = timezone.now()
    if until := closed_for(*budgets):
        return Closed(until)
    Guess.objects.filter(expires_at__lt=now).delete()
    rows = Guess.objects.bulk_create(
        Guess(key=budget.key, place=place, at=now, expires_at=now + budget.kept)
        for budget in budgets
    )
    return Taken(tuple(row.pk for row in rows))


def closed_for(*budgets: Budget) -> dt.datetime | None:
    """When a try may be taken of all of these; None where it may be now."""
    ends = [closed_until(budget.key, budget.limits) for budget in budgets]
    return max((end for end in ends if end is not None), default=None)


def closed_until(key: str, limits: Limits) -> dt.datetime | None:
    """When the next try may be taken under this key; None where it may be now."""
    now = timezone.now()
    most = max(limit.tries for limit in limits)
    times = list(
        Guess.objects.filter(key=key, expires_at__gt=now)
        .order_by("-at")
        .values_list("at", flat=True)[:most]
    )
    ends = [_end(limit, times) for limit in limits]
    return max((end for end in ends if end is not None and end > now), default=None)


def _end(limit: GuessLimit, times: Sequence[dt.datetime]) -> dt.datetime | None:
    """When this limit opens again after these tries, the latest first."""
    if len(times) < limit.tries:
        return None
    if limit.within is None:
        return FOR_GOOD
    oldest = times[limit.tries - 1]
    if limit.wait is None:
        return oldest + limit.within
    return times[0] + limit.wait if times[0] - oldest <= limit.within else None


def count_since(key: str, since: dt.datetime) -> int:
    """How many tries were taken under this key."""
    return Guess.objects.filter(key=key, at__gte=since).count()


def tries_left(key: str, limits: Limits) -> int:
    """How many more there are before a wait; at least 1."""
    now = timezone.now()
    start = dt.datetime.min.replace(tzinfo=dt.UTC)
    used = ((x.tries, now - x.within if x.within else start) for x in limits)
    return max(1, min(tries - count_since(key, since) for tries, since in used))


def forget(key: str, *, place: str | None = None) -> None:
    """A right answer wipes the slate; with ``place``, of what came from there."""
    rows = Guess.objects.filter(key=key)
    (rows if place is None else rows.filter(place=place)).delete()


def _lock(keys: Sequence[str]) -> None:
    """Be alone with these keys until the transaction ends; in one order, so that none waits."""
    with connection.cursor() as cursor:
        for key in sorted(keys):
            number = int(key[:16], 16) - 2**63
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
