"""Storing what a patient's device sends: once each, judged at once, nothing dropped in silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from patients.models import Case, CaseResponse
from patients.screening.actions import report_red_flags
from programs.sessions import responses
from programs.sessions.entries import (
    Batch,
    ExerciseEntry,
    RefusedEntry,
    SentEntry,
    SymptomEntry,
)
from programs.sessions.opening import OpenedCase, open_case
from programs.sessions.prescribed import PrescribedVersion, items_of
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
PUT_AWAY: Final = (
    "Your care here is over, so we did not keep this. Please call us if you need help."
)
"""An archived case takes in nothing; what to do about a warning sign is said all the same."""
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
    now = received_at or timezone.now()
    opened = open_case(case, _ids(batch, SymptomEntry), _ids(batch, ExerciseEntry), now)
    kept, work = opened.kept, _begin(case, opened, batch, now, entered_by)
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
        work.add_waiting()
        report_red_flags(case=case, codes=work.flags, helper=helper)
    if work.stored or kept.computed_at is None:
        kept = responses.judge(
            kept, work.versions, work.now, library=opened.library, adding=work.waiting
        )
    return Stored(
        tuple(work.stored),
        tuple(work.known),
        (*batch.broken, *work.refused),
        kept,
        next(iter(work.versions), None),
    )


def _ids(batch: Batch, kind: type[SymptomEntry] | type[ExerciseEntry]) -> list[UUID]:
    return [entry.id for entry in batch.entries if isinstance(entry, kind)]


def _begin(
    case: Case, opened: OpenedCase, batch: Batch, now: dt.datetime, entered_by: User | None
) -> Work:
    sent = batch.sent_at
    off = now - sent if sent is not None else dt.timedelta()
    wanted = {e.session for e in batch.entries if not isinstance(e, SymptomEntry)}
    sessions = case.session_logs.filter(client_id__in=wanted) if wanted else ()
    versions = opened.versions
    return Work(
        case=case,
        now=now,
        off=off if abs(off) > CLOCK_MAY_BE_OFF else dt.timedelta(),
        versions=versions,
        items=items_of(versions),
        prescription=_prescription(versions, batch.prescription),
        entered_by=entered_by,
        sessions={s.client_id: s for s in sessions},
        seen=opened.seen,
        room=MOST_A_DAY if entered_by is not None else MOST_A_DAY - opened.received,
    )


def _prescription(versions: list[PrescribedVersion], wanted: int | None) -> int | None:
    """The version the batch was made with; the newest where it names none of this case."""
    known = [version.pk for version in versions]
    return wanted if wanted in known else next(iter(known), None)


def _store(work: Work, entry: SentEntry) -> bool:
    """Store one entry; False where it is stored already."""
    at = moment_of(work, entry.at)
    if entry.id in work.seen:
        return False
    if work.case.archived_at is not None:
        raise NotStored("", PUT_AWAY)
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
