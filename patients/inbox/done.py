"""What was done in the inbox, the latest first: a list that only grows, read from its end."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db.models import Max, Min, Q
from django.http import HttpRequest

from clinic.models import Practice
from clinic.stretches import RowKey, Stretch, stretch_by
from patients.models import Alert

_BY: Final = ("-acknowledged_at", "pk_first")
_UP: Final = ("acknowledged_at", "-pk_first")


def done_of(request: HttpRequest, practice: Practice, *, size: int) -> Stretch:
    """The cards that ``?after=`` or ``?before=`` asks for, as keys for ``entries.cards``.

    Cards that were acknowledged with one press share the moment, so the first alert of each tells
    them apart. What is behind in the list is not read: the index ``alerts_done`` begins there.
    """

    def read(key: RowKey | None, up: bool, count: int) -> list[Any]:
        return list(_cards(practice, key, up=up)[:count])

    return stretch_by(request, read, _key, size=size)


def _cards(practice: Practice, key: RowKey | None, *, up: bool) -> Any:
    alerts: Any = Alert.objects.filter(practice=practice).with_card().order_by()
    far, near = ("gt", "lt") if up else ("lt", "gt")
    begin = Q(acknowledged_at__isnull=False)
    if key is not None:
        begin &= Q(**{f"acknowledged_at__{far}e": key.at})
    keys = alerts.filter(begin).values("case_id", "card", "acknowledged_at")
    keys = keys.annotate(rank_first=Min("rank"), at_last=Max("raised_at"), pk_first=Min("pk"))
    if key is not None:
        beside = Q(acknowledged_at=key.at, **{f"pk_first__{near}": key.id.int})
        keys = keys.filter(Q(**{f"acknowledged_at__{far}": key.at}) | beside)
    return keys.order_by(*(_UP if up else _BY))


def _key(row: Any) -> RowKey:
    """The number of an alert stands where other lists have an id."""
    return RowKey(row["acknowledged_at"], uuid.UUID(int=row["pk_first"]))
