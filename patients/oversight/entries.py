"""Changes and looks as one list, the latest first, read in pieces of one size.

Each table is read along its own index from where the last piece ended, so that the thousandth page
costs what the first does.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from clinic.models import LookKind, Practice
from patients.oversight.words import words_of

CHANGE: Final = "change"
WORDS_OF_KINDS: Final = {**dict(LookKind.choices), CHANGE: "Changed"}
PIECE: Final = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries: of one person, of these patients, of one kind, between two moments."""

    person: int | None = None
    patients: tuple[UUID, ...] | None = None
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One line: who did what, with whose record, when."""

    at: dt.datetime
    source: str
    pk: int
    who: str
    person: int | None
    kind: str
    code: str
    patient: UUID | None
    case: UUID | None
    request_id: UUID | None
    target: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def kind_words(self) -> str:
        """What was done, in a word."""
        return WORDS_OF_KINDS[self.kind]

    @property
    def what(self) -> str:
        """The page or the action, in words: ``Program issued``."""
        return words_of(self.code)

    @property
    def place(self) -> str:
        """Where the next piece goes on."""
        return f"{self.at.isoformat()}~{self.source}~{self.pk}"

    @property
    def key(self) -> tuple[dt.datetime, str, int]:
        """By what entries are in order."""
        return (self.at, self.source, self.pk)


Place = tuple[dt.datetime, str, int]
_LOOKS: Final = "l"
_CHANGES: Final = "c"


def read_place(text: str) -> Place | None:
    """The place in an address; None where it is none, which is the beginning."""
    try:
        at, source, number = text.split("~")
        moment = dt.datetime.fromisoformat(at)
        key = int(number)
    except ValueError:
        return None
    known = source in (_LOOKS, _CHANGES) and 0 < key < 2**63 and len(number) < 20
    return (moment, source, key) if moment.tzinfo and known else None


def piece(
    practice: Practice, wanted: Choice, *, after: Place | None = None, size: int = PIECE
) -> tuple[list[RecordEntry], bool]:
    """The next entries, and whether there are more."""
    found = heapq.merge(
        _looks(practice, wanted, after, size + 1),
        _changes(practice, wanted, after, size + 1),
        key=lambda entry: entry.key,
        reverse=True,
    )
    rows = [entry for entry, _ in zip(found, range(size + 1), strict=False)]
    return rows[:size], len(rows) > size


def every(practice: Practice, wanted: Choice, *, size: int = 1000) -> Iterator[RecordEntry]:
    """All of them, a piece at a time."""
    after, more = None, True
    while more:
        rows, more = piece(practice, wanted, after=after, size=size)
        yield from rows
        after = rows[-1].key if rows else None


def _looks(
    practice: Practice, wanted: Choice, after: Place | None, size: int
) -> Iterator[RecordEntry]:
    if wanted.kind == CHANGE:
        return
    rows = _limited(practice.looks.all(), wanted, after, _LOOKS)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    for row in rows.select_related("actor")[:size]:
        yield RecordEntry(
            at=row.at,
            source=_LOOKS,
            pk=row.pk,
            who=str(row.actor),
            person=row.actor_id,
            kind=row.kind,
            code=row.page,
            patient=row.patient,
            case=row.case,
            request_id=row.request_id,
        )


def _changes(
    practice: Practice, wanted: Choice, after: Place | None, size: int
) -> Iterator[RecordEntry]:
    if wanted.kind not in ("", CHANGE):
        return
    for row in _limited(practice.audit_entries.all(), wanted, after, _CHANGES)[:size]:
        yield RecordEntry(
            at=row.at,
            source=_CHANGES,
            pk=row.pk,
            who=row.actor_label,
            person=row.actor_id,
            kind=CHANGE,
            code=row.action,
            patient=row.patient,
            case=None,
            request_id=row.request_id,
            target=f"{row.target_kind}/{row.target_id}",
            details=row.details,
        )


def _limited(
    rows: QuerySet[Any], wanted: Choice, after: Place | None, source: str
) -> QuerySet[Any]:
    if wanted.person is not None:
        rows = rows.filter(actor=wanted.person)
    if wanted.patients is not None:
        rows = rows.filter(patient__in=wanted.patients)
    if wanted.since is not None:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    if after is not None:
        at, other, key = after
        if source == other:
            rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=key), at__lte=at)
        else:
            rows = rows.filter(at__lte=at) if source < other else rows.filter(at__lt=at)
    return rows.order_by("-at", "-pk")
