"""Storing what a patient's device sends: once each, judged at once, nothing dropped in silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from clinic.models import User
from patients.models import Case, CaseResponse
from patients.screening.actions import report_red_flags
from programs.sessions import folding, responses
from programs.sessions.entries import (
    Batch,
    ExerciseEntry,
    RefusedEntry,
    SentEntry,
    SymptomEntry,
)
from programs.sessions.prescribed import VERSIONS, PrescribedVersion, items_of, versions_from
from programs.sessions.rows import (
    NotStored,
    Work,
    moment_of,
    store_exercise,
    store_session,
    store_symptoms,
)

CLOCK_MAY_BE_OFF: Final = dt.timedelta(minutes=2)
"""A device's clock that is further off than this is corrected by the time of sending."""
MOST_A_DAY: Final = 5000
"""What one case stores in 24 hours: weeks of exercise without a connection are below it."""
MOST_FLAGS: Final = 500
"""Reports of warning signs that are stored beyond that; nothing else may keep them out."""
TOO_MANY: Final = "We have had too many answers today to keep this one. Please call us."


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: ids stored now, ids known before, entries refused, the answer."""

    stored: tuple[UUID, ...]
    known: tuple[UUID, ...]
    refused: tuple[RefusedEntry, ...]
    response: CaseResponse
    newest: PrescribedVersion | None
    """The version that the patient would get now."""


@transaction.atomic
def store(
    *,
    case: Case,
    batch: Batch,
    received_at: dt.datetime | None = None,
    entered_by: User | None = None,
    helper: str = "",
) -> Stored:
    """Store the entries that are new and judge the case by all of them.

    Logs of a case are stored one batch after the other. An entry that cannot be stored is refused
    with the key and a plain reason; the rest is stored. ``entered_by``: a clinician who typed it
    in; the 48 hours for corrections do not bind them. ``helper``: who helps the patient and told
    it by a link of their own.
    """
    kept = responses.lock(case)
    work = _begin(kept, batch, received_at or timezone.now(), entered_by)
    work.helper = helper
    for entry in batch.entries:
        try:
            new = _store(work, entry)
        except NotStored as refused:
            work.refused.append(RefusedEntry(str(entry.id), refused.name, refused.message))
        else:
            work.seen.add(entry.id)
            (work.stored if new else work.known).append(entry.id)
    if work.flags:
        report_red_flags(case=case, codes=work.flags, helper=helper)
    if work.stored or kept.computed_at is None:
        kept = responses.judge(kept, work.versions, work.now)
    return Stored(
        tuple(work.stored),
        tuple(work.known),
        (*batch.broken, *work.refused),
        kept,
        next(iter(work.versions), None),
    )


def _begin(kept: CaseResponse, batch: Batch, now: dt.datetime, entered_by: User | None) -> Work:
    case = kept.case
    sent = batch.sent_at
    off = now - sent if sent is not None else dt.timedelta()
    wanted = {e.session for e in batch.entries if not isinstance(e, SymptomEntry)}
    sessions = case.session_logs.filter(client_id__in=wanted) if wanted else ()
    seen, received, versions = _before(kept, batch, now)
    return Work(
        case=case,
        now=now,
        off=off if abs(off) > CLOCK_MAY_BE_OFF else dt.timedelta(),
        versions=versions,
        items=items_of(versions),
        prescription=_prescription(versions, batch.prescription),
        entered_by=entered_by,
        sessions={s.client_id: s for s in sessions},
        seen=seen,
        room=MOST_A_DAY if entered_by is not None else MOST_A_DAY - received,
    )


_BEFORE: Final = f"""
SELECT {VERSIONS},
ARRAY(SELECT client_id FROM patients_symptomlog
      WHERE case_id = %(case)s AND client_id = ANY(%(symptoms)s))
|| ARRAY(SELECT e.client_id FROM programs_exerciselog e
         JOIN programs_sessionlog s ON s.id = e.session_id
         WHERE s.case_id = %(case)s AND e.client_id = ANY(%(exercises)s)),
(SELECT count(*) FROM patients_symptomlog
 WHERE case_id = %(case)s AND at >= %(first)s AND received_at BETWEEN %(since)s AND %(now)s)
+ (SELECT count(*) FROM programs_exerciselog e JOIN programs_sessionlog s ON s.id = e.session_id
   WHERE s.case_id = %(case)s AND s.started_at >= %(first)s
   AND e.received_at BETWEEN %(since)s AND %(now)s)
+ (SELECT count(*) FROM programs_sessionlog
   WHERE case_id = %(case)s AND started_at >= %(first)s
   AND received_at BETWEEN %(since)s AND %(now)s)
"""  # noqa: S608 - our own names


def _before(
    kept: CaseResponse, batch: Batch, now: dt.datetime
) -> tuple[set[UUID], int, list[PrescribedVersion]]:
    """Ids of the batch that are stored already, how many rows came in the last 24 hours, and what
    the case was issued: in one statement."""
    sent: dict[type[SentEntry], list[UUID]] = {SymptomEntry: [], ExerciseEntry: []}
    for entry in batch.entries:
        if type(entry) in sent:
            sent[type(entry)].append(entry.id)
    asked: dict[str, Any] = {
        "case": kept.case_id,
        "first": folding.nothing_came_before(kept, now - dt.timedelta(days=1)),
        "symptoms": sent[SymptomEntry],
        "exercises": sent[ExerciseEntry],
        "since": now - dt.timedelta(days=1),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, asked)
        versions, seen, received = cursor.fetchone()
    return set(seen), received, versions_from(versions)


def _prescription(versions: list[PrescribedVersion], wanted: int | None) -> int | None:
    """The version the batch was made with; the newest where it names none of this case."""
    known = [version.pk for version in versions]
    return wanted if wanted in known else next(iter(known), None)


def _store(work: Work, entry: SentEntry) -> bool:
    """Store one entry; False where it is stored already."""
    at = moment_of(work, entry.at)
    if entry.id in work.seen:
        return False
    is_flag = isinstance(entry, SymptomEntry) and bool(entry.red_flags)
    if len(work.stored) >= work.room + (MOST_FLAGS if is_flag else 0):
        raise NotStored("", TOO_MANY)
    if isinstance(entry, SymptomEntry):
        store_symptoms(work, entry, at)
    elif isinstance(entry, ExerciseEntry):
        store_exercise(work, entry, at)
    else:
        return store_session(work, entry, at)
    return True
