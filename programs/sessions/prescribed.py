"""What a session and its judgement need of a case's prescriptions, without their pictures.

An issued prescription never changes, so what was read of it is kept in memory.
"""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cachetools import LRUCache
from django.db import connection

from patients.models import Case
from patients.response.facts import AskedFrom
from programs.exercises.dosage import Dosage
from programs.exercises.sides import with_side_words
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.prescription import PrescribedExercise
from programs.sessions.json_rows import moment_in, rows_in
from programs.sessions.models import ExerciseLog

SESSION_KINDS: Final = frozenset({"exercise", "release"})
"""Kinds of catalogue entries that are done in a session; advice is not."""
_MOST_KEPT: Final = 512
_DAY: Final = dt.timedelta(days=1)


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
class PrescribedVersion:
    """An issued version of a case, the program it belongs to, and its exercises."""

    pk: int
    program: str
    version: int
    issued_at: dt.datetime
    ended_at: dt.datetime | None
    """When its program ended; None: it runs."""
    items: tuple[PrescribedItem, ...]

    @property
    def has_ended(self) -> bool:
        """Whether its program is over."""
        return self.ended_at is not None


_kept: Final[LRUCache[uuid.UUID, tuple[PrescribedItem, ...]]] = LRUCache(_MOST_KEPT)
_lock: Final = threading.Lock()


def _items(keys: dict[int, uuid.UUID]) -> dict[int, tuple[PrescribedItem, ...]]:
    """Primary key of an issued prescription → its items; one query for all that are not kept.

    Kept by the random key that the database holds unique among all that was ever issued, so that
    nothing of one case is found under another's.
    """
    with _lock:
        known = {pk: _kept[key] for pk, key in keys.items() if key in _kept}
    missing = [pk for pk in keys if pk not in known]
    if not missing:
        # Django would still put a question together before it finds that there is none to ask.
        return known
    read = {
        row.pk: tuple(_item(item) for item in row.words().items)
        for row in IssuedPrescription.objects.filter(pk__in=missing).defer("draft")
    }
    with _lock:
        _kept.update({keys[pk]: items for pk, items in read.items()})
    return known | read


def versions_of(case: Case) -> list[PrescribedVersion]:
    """Every version ever issued for the case, the newest first; one query when all are known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programs_versions(%s)", [case.pk])
        return versions_from(cursor.fetchone()[0])


def versions_from(found: Any) -> list[PrescribedVersion]:
    """The same of what ``programs_versions`` gave; no query when all are known."""
    rows = rows_in(found)
    items = _items({row[0]: uuid.UUID(row[4]) for row in rows})
    return [
        PrescribedVersion(
            pk, program, n, moment_in(at), moment_in(ended) if ended else None, items[pk]
        )
        for pk, program, n, at, _, ended in rows
    ]


def weekly_of(programs: Collection[Any]) -> dict[uuid.UUID, int]:
    """Sessions a week that the newest version of each program asks for; at most two queries."""
    rows = list(
        IssuedPrescription.objects.filter(program__in=programs)
        .order_by("program_id", "-version")
        .distinct("program_id")
        .values_list("pk", "issue_key", "program_id")
    )
    items = _items({pk: key for pk, key, _ in rows})
    return {
        program: max((item.sessions_per_week for item in items[pk]), default=0)
        for pk, _, program in rows
    }


def items_of(versions: list[PrescribedVersion]) -> dict[str, PrescribedItem]:
    """Every item of any version by id, those of the newest version first, as they stand newest."""
    found: dict[str, PrescribedItem] = {}
    for version in versions:
        for item in version.items:
            found.setdefault(item.id, item)
    return found


def dose_asked(log: ExerciseLog) -> Dosage:
    """The dose that stood beside what was done: the log's own, else that of its session's version.

    Raises ``DosageError`` where what is kept is damaged.
    """
    if log.asked is not None:
        return Dosage.from_dict(log.asked)
    followed = IssuedPrescription.objects.filter(pk=log.session.prescription_id)
    items = _items(dict(followed.values_list("pk", "issue_key")))
    asked = (item.dosage for found in items.values() for item in found if item.id == log.item)
    return next(asked, Dosage())


def asked_from(
    versions: Sequence[PrescribedVersion], zone: dt.tzinfo
) -> dict[str, tuple[AskedFrom, ...]]:
    """How often a week each item was asked for, from which day on.

    The first version counts from the day it was issued, a later one from the day after: a day is
    never measured against what was issued in its course. After its program's last day it asks for
    nothing.
    """
    found: dict[str, list[AskedFrom]] = {item: [] for item in items_of(list(versions))}
    ordered = sorted(versions, key=lambda v: (v.issued_at, v.version))
    for n, version in enumerate(ordered):
        since = _day(version.issued_at, zone) + (_DAY if n else dt.timedelta())
        asked = {item.id: item.sessions_per_week for item in version.items}
        for item, rows in found.items():
            rows.append(AskedFrom(since, asked.get(item, 0)))
        over = _day(version.ended_at, zone) + _DAY if version.ended_at else None
        following = ordered[n + 1 :][:1]
        if over and not any(_day(v.issued_at, zone) + _DAY <= over for v in following):
            for rows in found.values():
                rows.append(AskedFrom(over, 0))
    return {item: tuple(rows) for item, rows in found.items()}


def _day(at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    return at.astimezone(zone).date()


def _item(item: PrescribedExercise) -> PrescribedItem:
    return PrescribedItem(
        id=item.item,
        exercise=item.exercise,
        name=with_side_words(item.name, item.side_words),
        kind=item.kind,
        side=item.side,
        dosage=item.dosage,
        rise=item.transient_rise,
    )
