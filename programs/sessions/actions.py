"""Storing what a patient's device sends: once each, judged at once, nothing dropped in silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from patients import body
from patients.models import Case, CaseResponse, SymptomLog
from patients.screening.actions import report_red_flags
from programs.sessions import responses
from programs.sessions.entries import (
    Batch,
    ExerciseEntry,
    RefusedEntry,
    SentEntry,
    SessionEntry,
    SymptomEntry,
)
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.prescribed import PrescribedItem, PrescribedVersion, items_of, versions_of

CORRECT_WITHIN: Final = dt.timedelta(hours=48)
"""How long a patient can correct what they entered; the earlier value stays."""
CLOCK_MAY_BE_OFF: Final = dt.timedelta(minutes=2)
"""A device's clock that is further off than this is corrected by the time of sending."""
OLDEST: Final = dt.timedelta(days=400)
MOST_A_DAY: Final = 5000
"""What one case stores in 24 hours: weeks of exercise without a connection are below it."""
MOST_FLAGS: Final = 500
"""Reports of warning signs that are stored beyond that; nothing else may keep them out."""
TOO_MANY: Final = "We have had too many answers today to keep this one. Please call us."

_Row = TypeVar("_Row", SymptomLog, ExerciseLog)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: ids stored now, ids known before, entries refused, the answer."""

    stored: tuple[UUID, ...]
    known: tuple[UUID, ...]
    refused: tuple[RefusedEntry, ...]
    response: CaseResponse
    newest: PrescribedVersion | None
    """The version that the patient would get now."""


@dataclass(slots=True)
class _Work:
    """One batch while it is stored."""

    case: Case
    now: dt.datetime
    off: dt.timedelta
    versions: list[PrescribedVersion]
    items: dict[str, PrescribedItem]
    prescription: int | None
    entered_by: User | None
    sessions: dict[UUID, SessionLog]
    seen: set[UUID]
    room: int
    stored: list[UUID] = field(default_factory=list)
    known: list[UUID] = field(default_factory=list)
    refused: list[RefusedEntry] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


class _Refused(Exception):  # noqa: N818 - an outcome to tell, not an error
    def __init__(self, name: str, message: str) -> None:
        self.name = name
        self.message = message


@transaction.atomic
def store(
    *,
    case: Case,
    batch: Batch,
    received_at: dt.datetime | None = None,
    entered_by: User | None = None,
) -> Stored:
    """Store the entries that are new and judge the case by all of them.

    Logs of a case are stored one batch after the other. An entry that cannot be stored is refused
    with the key and a plain reason; the rest is stored. ``entered_by``: a clinician who typed it
    in; the 48 hours for corrections do not bind them.
    """
    kept = responses.lock(case)
    work = _begin(case, batch, received_at or timezone.now(), entered_by)
    for entry in batch.entries:
        try:
            new = _store(work, entry)
        except _Refused as refused:
            work.refused.append(RefusedEntry(str(entry.id), refused.name, refused.message))
        else:
            work.seen.add(entry.id)
            (work.stored if new else work.known).append(entry.id)
    if work.flags:
        report_red_flags(case=case, codes=work.flags)
    if work.stored or kept.computed_at is None:
        kept = responses.judge(kept, work.versions, work.now)
    return Stored(
        tuple(work.stored),
        tuple(work.known),
        (*batch.broken, *work.refused),
        kept,
        next(iter(work.versions), None),
    )


def _begin(case: Case, batch: Batch, now: dt.datetime, entered_by: User | None) -> _Work:
    versions = versions_of(case)
    sent = batch.sent_at
    off = now - sent if sent is not None else dt.timedelta()
    wanted = {e.session for e in batch.entries if not isinstance(e, SymptomEntry)}
    sessions = case.session_logs.filter(client_id__in=wanted) if wanted else ()
    return _Work(
        case=case,
        now=now,
        off=off if abs(off) > CLOCK_MAY_BE_OFF else dt.timedelta(),
        versions=versions,
        items=items_of(versions),
        prescription=_prescription(versions, batch.prescription),
        entered_by=entered_by,
        sessions={s.client_id: s for s in sessions},
        seen=_seen(case, batch),
        room=MOST_A_DAY if entered_by is not None else MOST_A_DAY - _received(case, now),
    )


def _received(case: Case, now: dt.datetime) -> int:
    """How many rows came in for the case in the last 24 hours."""
    day = (now - dt.timedelta(days=1), now)
    symptoms = case.symptom_logs.filter(received_at__range=day)
    done = ExerciseLog.objects.filter(session__case=case, received_at__range=day)
    sessions = case.session_logs.filter(received_at__range=day)
    first, *others = (rows.order_by().values("pk") for rows in (symptoms, done, sessions))
    return first.union(*others, all=True).count()


def _seen(case: Case, batch: Batch) -> set[UUID]:
    """Ids of the batch that are stored already."""
    symptoms = [e.id for e in batch.entries if isinstance(e, SymptomEntry)]
    exercises = [e.id for e in batch.entries if isinstance(e, ExerciseEntry)]
    done = ExerciseLog.objects.filter(session__case=case)
    rows = (
        case.symptom_logs.filter(client_id__in=symptoms) if symptoms else None,
        done.filter(client_id__in=exercises) if exercises else None,
    )
    return {pk for row in rows if row is not None for pk in row.values_list("client_id", flat=True)}


def _prescription(versions: list[PrescribedVersion], wanted: int | None) -> int | None:
    """The version the batch was made with; the newest where it names none of this case."""
    known = [version.pk for version in versions]
    return wanted if wanted in known else next(iter(known), None)


def _store(work: _Work, entry: SentEntry) -> bool:
    """Store one entry; False where it is stored already."""
    at = _moment(work, entry.at)
    if entry.id in work.seen:
        return False
    is_flag = isinstance(entry, SymptomEntry) and bool(entry.red_flags)
    if len(work.stored) >= work.room + (MOST_FLAGS if is_flag else 0):
        raise _Refused("", TOO_MANY)
    if isinstance(entry, SymptomEntry):
        _store_symptoms(work, entry, at)
    elif isinstance(entry, ExerciseEntry):
        _store_exercise(work, entry, at)
    else:
        return _store_session(work, entry, at)
    return True


def _moment(work: _Work, at: dt.datetime) -> dt.datetime:
    """When it was, by the server's clock; never after now."""
    moment = min(at + work.off, work.now)
    if moment < work.now - OLDEST:
        raise _Refused("at", "This is more than a year old. Please tell us at your next visit.")
    return moment


# --- Symptoms ------------------------------------------------------------------------------------


def _store_symptoms(work: _Work, entry: SymptomEntry, at: dt.datetime) -> None:
    logs = work.case.symptom_logs
    row = SymptomLog(
        case=work.case,
        client_id=entry.id,
        session=entry.session,
        phase=entry.phase,
        at=at,
        received_at=work.now,
        item=entry.item,
        item_name=_name(work, entry.item),
        pain=entry.pain,
        regions=None if entry.regions is None else list(entry.regions),
        kinds=None if entry.kinds is None else list(entry.kinds),
        provoked=None if entry.provoked is None else list(entry.provoked),
        red_flags=list(entry.red_flags),
        entered_by=work.entered_by,
    )
    for name in entry.provoked or ():
        _name(work, name, "provoked")
    if entry.regions is not None:
        where = body.places(entry.regions)
        row.left, row.right = where["left"], where["right"]
    if entry.corrects is not None:
        old = _standing(logs.filter(client_id=entry.corrects).first())
        _may_correct(work, old, at)
        row.corrects, row.at, row.phase = old, old.at, old.phase
        row.session, row.item, row.item_name = old.session, old.item, old.item_name
    row.save(force_insert=True)
    work.flags += entry.red_flags


def _name(work: _Work, item: str, key: str = "item") -> str:
    """The item's name; empty for the session as a whole."""
    if not item:
        return ""
    if item not in work.items:
        raise _Refused(key, "This exercise is not in your program.")
    return work.items[item].name[:200]


def _standing(row: _Row | None) -> _Row:
    """The row as it stands, after earlier corrections of it."""
    if row is None:
        raise _Refused("corrects", "What you want to correct is not here.")
    while (later := type(row).objects.filter(corrects=row).first()) is not None:
        row = later
    return row


def _may_correct(work: _Work, row: SymptomLog | ExerciseLog, at: dt.datetime) -> None:
    first = row
    while first.corrects is not None:
        first = first.corrects
    if work.entered_by is None and at - first.received_at > CORRECT_WITHIN:
        raise _Refused(
            "corrects", "This is more than 48 hours old. Please tell us at your next visit."
        )


# --- Sessions and exercises ----------------------------------------------------------------------


def _session(work: _Work, client_id: UUID, at: dt.datetime) -> SessionLog:
    """The session of this id, begun where it is new, and no later than its first entry."""
    if (known := work.sessions.get(client_id)) is not None:
        if at < known.started_at:
            known.started_at = at
            known.save(update_fields=["started_at"])
        return known
    if work.prescription is None:
        raise _Refused("session", "There is no program to do yet.")
    session = SessionLog.objects.create(
        case=work.case,
        client_id=client_id,
        prescription_id=work.prescription,
        started_at=at,
        received_at=work.now,
        entered_by=work.entered_by,
    )
    work.sessions[client_id] = session
    return session


def _store_session(work: _Work, entry: SessionEntry, at: dt.datetime) -> bool:
    """Begin or end a session; one that has ended stays as it ended."""
    was = work.sessions.get(entry.session)
    session = _session(work, entry.session, at)
    if entry.state == SessionLog.OPEN or session.state != SessionLog.OPEN:
        return was is None
    session.state, session.ended_at = entry.state, max(at, session.started_at)
    session.reason, session.words = entry.reason, entry.words
    session.save(update_fields=["state", "ended_at", "reason", "words"])
    return True


def _store_exercise(work: _Work, entry: ExerciseEntry, at: dt.datetime) -> None:
    logs = ExerciseLog.objects.filter(session__case=work.case)
    name = _name(work, entry.item)
    row = ExerciseLog(
        client_id=entry.id,
        item=entry.item,
        item_name=name,
        asked=work.items[entry.item].dosage.to_dict(),
        state=entry.state,
        side=entry.side,
        sets=entry.sets,
        reps=entry.reps,
        seconds=entry.seconds,
        reason=entry.reason,
        words=entry.words,
        at=at,
        received_at=work.now,
    )
    if entry.corrects is not None:
        old = _standing(logs.filter(client_id=entry.corrects).first())
        _may_correct(work, old, at)
        row.corrects, row.at, row.session = old, old.at, old.session
        row.item, row.item_name, row.asked = old.item, old.item_name, old.asked
    else:
        row.session = _session(work, entry.session, at)
        twice = logs.standing().filter(session=row.session, item=entry.item).first()
        # Done again in the same session, or told anew: the later word stands beside the earlier.
        row.corrects = twice
    row.save(force_insert=True)
