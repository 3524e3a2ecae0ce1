"""The history of a case in words: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from patients.models import Case, CaseRevision
from patients.record import snapshot

_NAMED = 3
"""Facts that the line of a save names; more are counted."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One saving, whatever it wrote. Without changes it is the opening of the case."""

    who: str
    at: datetime
    changes: list[FactChange]

    @property
    def what(self) -> str:
        """What changed, in one line: ``Goals; Title and 4 more``. A name may hold a comma."""
        labels = [change.label for change in self.changes]
        more = len(labels) - _NAMED
        shown = "; ".join(labels[:_NAMED])
        return f"{shown} and {more} more" if more > 0 else shown


def saves(case: Case) -> QuerySet[Any]:
    """The last revision of each save, the latest first, with the number of its ``first``."""
    same = CaseRevision.objects.filter(case=OuterRef("case"), save_id=OuterRef("save_id"))
    first = same.order_by("number").values("number")[:1]
    last: QuerySet[Any] = case.revisions.exclude(Exists(same.filter(number__gt=OuterRef("number"))))
    return last.annotate(first=Coalesce(Subquery(first), F("number"))).select_related("changed_by")


def entries(case: Case, page: Iterable[Any]) -> list[HistoryEntry]:
    """An entry for each of these ``saves``, in their order."""
    last = list(page)
    # The revision before the first one of a save tells what the save changed.
    earlier = case.revisions.filter(number__in={row.first - 1 for row in last})
    before = dict(earlier.values_list("number", "snapshot"))
    return [_entry(row, before.get(row.first - 1, {})) for row in last]


def _entry(row: Any, before: dict[str, object]) -> HistoryEntry:
    alone = row.first == row.number
    fields = row.fields if alone else snapshot.changed_fields(before, row.snapshot)
    changes = [
        FactChange(
            snapshot.field_label(name),
            snapshot.shown(before, name),
            snapshot.shown(row.snapshot, name),
        )
        for name in fields
    ]
    return HistoryEntry(row.who, row.changed_at, changes)
