"""One entry of a batch as a row: symptoms, exercises, the session itself.

What cannot be stored raises :class:`NotStored` with the key and a plain reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

from clinic.models import User
from clinic.side_by_side import insert, insert_all
from patients import body
from patients.models import Case, SymptomLog
from programs.sessions.entries import ExerciseEntry, RefusedEntry, SessionEntry, SymptomEntry
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.prescribed import PrescribedItem, PrescribedVersion

CORRECT_WITHIN: Final = dt.timedelta(hours=48)
"""How long a patient can correct what they entered; the earlier value stays."""


OLDEST: Final = dt.timedelta(days=400)


_Row = TypeVar("_Row", SymptomLog, ExerciseLog)


@dataclass(slots=True)
class Work:
    """One batch while it is stored.

    ``waiting``: symptom logs that are to be added with the next question that needs them.
    """

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
    helper: str = ""
    stored: list[UUID] = field(default_factory=list)
    known: list[UUID] = field(default_factory=list)
    refused: list[RefusedEntry] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    waiting: list[SymptomLog] = field(default_factory=list)

    def add_waiting(self) -> None:
        """Add what waits, before something is asked of the logs."""
        rows, self.waiting = self.waiting, []
        if rows:
            insert_all(rows)


class NotStored(Exception):  # noqa: N818 - an outcome to tell, not an error
    """An entry is refused: the key, and the reason in the patient's words."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        self.message = message


def moment_of(work: Work, at: dt.datetime) -> dt.datetime:
    """When it was, by the server's clock; never after now."""
    moment = min(at + work.off, work.now)
    if moment < work.now - OLDEST:
        raise NotStored("at", "This is more than a year old. Please tell us at your next visit.")
    return moment


def store_symptoms(work: Work, entry: SymptomEntry, at: dt.datetime) -> None:
    """Store where and how strong it was, or a correction of it; note its warning signs."""
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
        helper=work.helper,
    )
    for name in entry.provoked or ():
        _name(work, name, "provoked")
    if entry.regions is not None:
        where = body.places(entry.regions)
        row.left, row.right = where["left"], where["right"]
    if entry.corrects is not None:
        work.add_waiting()
        old = _standing(work.case.symptom_logs.filter(client_id=entry.corrects).first())
        _may_correct(work, old, at)
        row.corrects, row.at, row.phase = old, old.at, old.phase
        row.session, row.item, row.item_name = old.session, old.item, old.item_name
    work.waiting.append(row)
    work.flags += entry.red_flags


def _name(work: Work, item: str, key: str = "item") -> str:
    """The item's name; empty for the session as a whole."""
    if not item:
        return ""
    if item not in work.items:
        raise NotStored(key, "This exercise is not in your program.")
    return work.items[item].name[:200]


def _standing(row: _Row | None) -> _Row:
    """The row as it stands, after earlier corrections of it."""
    if row is None:
        raise NotStored("corrects", "What you want to correct is not here.")
    while (later := type(row).objects.filter(corrects=row).first()) is not None:
        row = later
    return row


def _may_correct(work: Work, row: SymptomLog | ExerciseLog, at: dt.datetime) -> None:
    first = row
    while first.corrects is not None:
        first = first.corrects
    if work.entered_by is None and at - first.received_at > CORRECT_WITHIN:
        raise NotStored(
            "corrects", "This is more than 48 hours old. Please tell us at your next visit."
        )


def _session(work: Work, client_id: UUID, at: dt.datetime) -> SessionLog:
    """The session of this id, begun where it is new, and no later than its first entry."""
    if (known := work.sessions.get(client_id)) is not None:
        if at < known.started_at:
            known.started_at = at
            known.save(update_fields=["started_at"])
        return known
    if work.prescription is None:
        raise NotStored("session", "There is no program to do yet.")
    session = SessionLog.objects.create(
        case=work.case,
        client_id=client_id,
        prescription_id=work.prescription,
        started_at=at,
        received_at=work.now,
        entered_by=work.entered_by,
        helper=work.helper,
    )
    work.sessions[client_id] = session
    return session


def store_session(work: Work, entry: SessionEntry, at: dt.datetime) -> bool:
    """Begin or end a session; one that has ended stays as it ended."""
    was = work.sessions.get(entry.session)
    session = _session(work, entry.session, at)
    if entry.state == SessionLog.OPEN or session.state != SessionLog.OPEN:
        return was is None
    session.state, session.ended_at = entry.state, max(at, session.started_at)
    session.reason, session.words = entry.reason, entry.words
    session.save(update_fields=["state", "ended_at", "reason", "words"])
    return True


def _asked(work: Work, session: SessionLog, item: str) -> dict[str, Any] | None:
    """What was asked; None where the session's own version says so."""
    dose = work.items[item].dosage
    followed = [v for v in work.versions if v.pk == session.prescription_id]
    if any(known.id == item and known.dosage == dose for v in followed for known in v.items):
        return None
    return dose.to_dict()


def store_exercise(work: Work, entry: ExerciseEntry, at: dt.datetime) -> None:
    """Store what was done of an item, beside what was asked, in its session."""
    logs = ExerciseLog.objects.filter(session__case=work.case)
    name = _name(work, entry.item)
    row = ExerciseLog(
        client_id=entry.id,
        item=entry.item,
        item_name=name,
        state=entry.state,
        side=entry.side,
        sets=entry.sets,
        reps=entry.reps,
        seconds=entry.seconds,
        reason=entry.reason,
        words=entry.words,
        at=at,
        received_at=work.now,
        helper=work.helper,
    )
    if entry.corrects is not None:
        old = _standing(logs.filter(client_id=entry.corrects).first())
        _may_correct(work, old, at)
        row.corrects, row.at, row.session = old, old.at, old.session
        row.item, row.item_name, row.asked = old.item, old.item_name, old.asked
    else:
        row.session = _session(work, entry.session, at)
        row.asked = _asked(work, row.session, entry.item)
        twice = logs.standing().filter(session=row.session, item=entry.item).first()
        # Done again in the same session, or told anew: the later word stands beside the earlier.
        row.corrects = twice
    insert(row)
