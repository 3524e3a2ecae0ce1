"""A stretch of a long list that begins behind a row, and not at a number of rows.

Page 500 by its number reads 499 pages to pass over them, and shows somebody twice who moved up
meanwhile. Behind the last row of the page before, the next one is as near as the first.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest

_BETWEEN: Final = "_"
_AFTER: Final = "after"
_BEFORE: Final = "before"


@dataclass(frozen=True, slots=True)
class RowKey:
    """Where a row stands in a list by a moment, the latest first, and then by id."""

    at: dt.datetime
    id: uuid.UUID

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.at.astimezone(dt.UTC):%Y%m%dT%H%M%S.%f}{_BETWEEN}{self.id.hex}"


def key_from(text: str) -> RowKey | None:
    """The key that was written; None for anything else."""
    at, _, name = text.partition(_BETWEEN)
    try:
        moment = dt.datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=dt.UTC)
        return RowKey(moment, uuid.UUID(hex=name))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows in their order, and what leads on to the ones behind and before them."""

    object_list: list[Any]
    after: RowKey | None
    before: RowKey | None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)


_Read = Callable[[RowKey | None, bool, int], list[Any]]
"""So many rows behind a key, or with the second value ahead of it, the nearest to it first."""


def stretch_of(request: HttpRequest, rows: QuerySet[Any], *, by: str, size: int) -> Stretch:
    """The rows that ``?after=`` or ``?before=`` asks for; the first ones where it names none.

    ``by``: the column with the moment. One query, which reads one row more than it shows.
    """

    def read(key: RowKey | None, up: bool, count: int) -> list[Any]:
        return list(_from(rows, by, key, up=up)[:count])

    return stretch_by(request, read, lambda row: RowKey(getattr(row, by), row.pk), size=size)


def stretch_by(
    request: HttpRequest, read: _Read, key_of: Callable[[Any], RowKey], *, size: int
) -> Stretch:
    """The same of rows that are read in a way of their own."""
    behind, ahead = (key_from(request.GET.get(name, "")) for name in (_AFTER, _BEFORE))
    up = behind is None and ahead is not None
    found = read(ahead if up else behind, up, size + 1)
    shown, more = found[:size], len(found) > size
    if up:
        shown.reverse()
    last, first = (key_of(shown[-1]), key_of(shown[0])) if shown else (None, None)
    if up:
        return Stretch(shown, last, first if more else None)
    return Stretch(shown, last if more else None, None if behind is None else first)


def _from(rows: QuerySet[Any], by: str, key: RowKey | None, *, up: bool) -> QuerySet[Any]:
    ordered = rows.order_by(by, "-pk") if up else rows.order_by(f"-{by}", "pk")
    if key is None:
        return ordered
    far, near = ("gt", "lt") if up else ("lt", "gt")
    # The first condition alone lets the index begin there.
    beside = Q(**{f"{by}__{far}": key.at}) | Q(**{by: key.at, f"pk__{near}": key.id})
    return ordered.filter(Q(**{f"{by}__{far}e": key.at}) & beside)
