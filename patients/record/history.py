"""The history of a case in words: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from patients.models import Case, CaseRevision
from patients.record import snapshot


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One saving. Without changes it is the opening of the case."""

    who: str
    at: datetime
    changes: list[FactChange]


def entries(case: Case, revisions: Sequence[CaseRevision]) -> list[HistoryEntry]:
    """An entry for each of the ``revisions``, which stand in order, latest first."""
    rows = list(revisions)
    if not rows:
        return []
    # The revision before the oldest one shown tells what that one changed.
    earlier = case.revisions.filter(number=rows[-1].number - 1).first()
    before = [row.snapshot for row in rows[1:]] + [earlier.snapshot if earlier else {}]
    return [_entry(row, old) for row, old in zip(rows, before, strict=True)]


def _entry(row: CaseRevision, before: dict[str, object]) -> HistoryEntry:
    changes = [
        FactChange(
            snapshot.field_label(name),
            snapshot.shown(before, name),
            snapshot.shown(row.snapshot, name),
        )
        for name in row.fields
    ]
    return HistoryEntry(row.who, row.changed_at, changes)
