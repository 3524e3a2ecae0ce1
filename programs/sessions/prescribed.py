"""What a session and its judgement need of a case's prescriptions, without their pictures.

An issued prescription never changes, so what was read of it is kept in memory.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from patients.models import Case
from programs.exercises.dosage import Dosage
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.prescription import PrescribedExercise

SESSION_KINDS: Final = frozenset({"exercise", "release"})
"""Kinds of catalogue entries that are done in a session; advice is not."""
_MOST_KEPT: Final = 512
_COLUMNS: Final = (
    "pk",
    "program_id",
    "version",
    "issued_at",
    "issue_key",
    "program__ended_at",
)


@dataclass(frozen=True, slots=True)
class PrescribedItem:
    """One exercise of a version: its stable id, its name with the side, its dose."""

    id: str
    exercise: str
    name: str
    kind: str
    side: str
    dosage: Dosage
    rise: str

    @property
    def is_done_in_sessions(self) -> bool:
        """Whether it is part of a session, and counts for adherence."""
        return self.kind in SESSION_KINDS

    @property
    def sessions_per_week(self) -> int:
        """How often it is asked for, at the low end; once a day where nothing is said."""
        if not self.is_done_in_sessions:
            return 0
        times = self.dosage.times_per_day.low if self.dosage.times_per_day else 1
        days = self.dosage.days_per_week.low if self.dosage.days_per_week else 7
        return times * days


@dataclass(frozen=True, slots=True)
class Version:
    """An issued version of a case, the program it belongs to, and its exercises."""

    pk: int
    program: str
    version: int
    issued_at: dt.datetime
    has_ended: bool
    items: tuple[PrescribedItem, ...]


class _Kept:
    """Items by the key of their prescription, the latest used last; safe between threads."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, tuple[PrescribedItem, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, keys: dict[int, str]) -> dict[int, tuple[PrescribedItem, ...]]:
        with self._lock:
            known = {pk: self._rows[key] for pk, key in keys.items() if key in self._rows}
        missing = [pk for pk in keys if pk not in known]
        for row in IssuedPrescription.objects.filter(pk__in=missing).defer("draft"):
            known[row.pk] = tuple(_item(item) for item in row.prescription().items)
        with self._lock:
            for pk, key in keys.items():
                self._rows[key] = known[pk]
                self._rows.move_to_end(key)
            while len(self._rows) > _MOST_KEPT:
                self._rows.popitem(last=False)
        return known


_kept = _Kept()


def versions_of(case: Case) -> list[Version]:
    """Every version ever issued for the case, the newest first; one query when all are known."""
    rows = list(
        IssuedPrescription.objects.filter(program__case=case)
        .order_by("-program__created_at", "-version")
        .values_list(*_COLUMNS)
    )
    items = _kept.of({row[0]: str(row[4]) for row in rows})
    return [
        Version(pk, str(program), n, at, ended is not None, items[pk])
        for pk, program, n, at, _, ended in rows
    ]


def items_of(versions: list[Version]) -> dict[str, PrescribedItem]:
    """Every item of any version by id, those of the newest version first, as they stand newest."""
    found: dict[str, PrescribedItem] = {}
    for version in versions:
        for item in version.items:
            found.setdefault(item.id, item)
    return found


def _item(item: PrescribedExercise) -> PrescribedItem:
    return PrescribedItem(
        id=item.item,
        exercise=item.exercise,
        name=f"{item.name}, {item.side_words}" if item.side_words else item.name,
        kind=item.kind,
        side=item.side,
        dosage=item.dosage,
        rise=item.transient_rise,
    )
