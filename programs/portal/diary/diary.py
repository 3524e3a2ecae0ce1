"""What a patient reported, session by session, the newest first; earlier values stay beside it.

A correction is a row of its own that names the one it replaces. Both are shown, to the patient as
to the clinician.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Min, Q
from django.utils import timezone

from patients.models import Case, SymptomLog
from patients.response import Phase
from programs.portal.session.page import told_words
from programs.portal.symptoms.words import PHASE_WORDS, said_words
from programs.prescriptions.safety_words import RED_FLAG_WORDS
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.reasons import STOP_REASONS
from programs.sessions.rows import CORRECT_WITHIN

SYMPTOMS: Final = "symptoms"
EXERCISE: Final = "exercise"
TOO_OLD: Final = (
    "You told us this more than 48 hours ago. It can not be changed here any more. "
    "Please tell us at your next visit, or call us."
)
_Row = TypeVar("_Row", SymptomLog, ExerciseLog)


@dataclass(frozen=True, slots=True)
class Was:
    """What a row said before, and when it was corrected."""

    words: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was reported, as it stands, with what it said before."""

    kind: str
    id: UUID
    title: str
    words: str
    at: dt.datetime
    was: tuple[Was, ...]
    may_correct: bool
    brought_on: str = ""
    signs: tuple[str, ...] = ()
    by_practice: bool = False
    helper: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """A session, or something reported outside any: when, how it ended, and all its rows."""

    began: dt.datetime
    session: SessionLog | None
    symptoms: tuple[Told, ...]
    exercises: tuple[Told, ...]

    @property
    def ending(self) -> str:
        """How a session ended, where that needs a word."""
        if self.session is None or self.session.state == SessionLog.FINISHED:
            return ""
        if self.session.state == SessionLog.OPEN:
            return "This session was not ended."
        why = STOP_REASONS.get(self.session.reason, "")
        return f"You stopped early. {why}." if why else "You stopped early."


def runs_told_of(case: Case) -> list[UUID]:
    """The ids of all sessions and reports of the case, the newest first: two queries."""
    began = dict(case.session_logs.values_list("client_id", "started_at"))
    told = case.symptom_logs.order_by().values_list("session").annotate(first=Min("at"))
    for session, first in told:
        began.setdefault(session, first)
    return sorted(began, key=lambda run: (began[run], run), reverse=True)


def entries_of(
    case: Case, runs: Sequence[UUID], now: dt.datetime | None = None
) -> list[DiaryEntry]:
    """What was reported in these, in their order: three queries."""
    now = now or timezone.now()
    sessions = {s.client_id: s for s in case.session_logs.filter(client_id__in=runs)}
    symptoms = case.symptom_logs.filter(session__in=runs).order_by("at", "pk")
    keys = [s.pk for s in sessions.values()]
    exercises = ExerciseLog.objects.filter(session__in=keys).order_by("at", "pk")
    of_symptoms: dict[UUID, list[SymptomLog]] = {run: [] for run in runs}
    for log in symptoms:
        of_symptoms[log.session].append(log)
    of_exercises: dict[int, list[ExerciseLog]] = {key: [] for key in keys}
    for row in exercises:
        of_exercises[row.session_id].append(row)
    found = []
    for run in runs:
        session = sessions.get(run)
        done = of_exercises[session.pk] if session is not None else []
        found.append(_entry(session, of_symptoms[run], done, now))
    return found


def _entry(
    session: SessionLog | None,
    symptoms: list[SymptomLog],
    done: list[ExerciseLog],
    now: dt.datetime,
) -> DiaryEntry:
    names = {row.item: row.item_name for row in done}
    return DiaryEntry(
        began=session.started_at if session is not None else symptoms[0].at,
        session=session,
        symptoms=tuple(_symptoms(chain, names, now) for chain in chains(symptoms)),
        exercises=tuple(_exercise(chain, session, now) for chain in chains(done)),
    )


def chains(rows: Iterable[_Row]) -> list[list[_Row]]:
    """Each row that stands, after the ones it corrects: first told first."""
    by_key = {row.pk: row for row in rows}
    corrected = {row.corrects_id for row in by_key.values()}
    found = []
    for row in by_key.values():
        if row.pk in corrected:
            continue
        chain = [row]
        while (earlier := by_key.get(chain[0].corrects_id or 0)) is not None:
            chain.insert(0, earlier)
        found.append(chain)
    return found


def chain_to(case: Case, kind: str, log: UUID) -> list[SymptomLog] | list[ExerciseLog]:
    """The row of this id with those before and after it, first told first; empty: none here."""
    if kind == SYMPTOMS:
        row = case.symptom_logs.filter(client_id=log).first()
        near = Q(session=row.session, phase=row.phase) if row else Q(pk=None)
        return _with(row, case.symptom_logs.filter(near))
    done = ExerciseLog.objects.filter(session__case=case)
    found = done.filter(client_id=log).first()
    return _with(found, done.filter(session=found.session_id) if found else [])


def _with(row: _Row | None, rows: Iterable[_Row]) -> list[_Row]:
    return next((c for c in chains(rows) if row in c), []) if row is not None else []


def exercises_behind(log: SymptomLog) -> list[tuple[str, str]]:
    """Items and names that can have brought it on: asked about a session as a whole, after it."""
    if log.item or log.phase != Phase.AFTER:
        return []
    done = ExerciseLog.objects.standing().filter(session__case=log.case_id)
    named = done.filter(Q(session__client_id=log.session) | Q(item__in=log.provoked or ()))
    return list(dict(named.values_list("item", "item_name")).items())


def may_correct(first: SymptomLog | ExerciseLog, now: dt.datetime) -> bool:
    """Whether 48 hours have not passed since it was first told."""
    return now - first.received_at <= CORRECT_WITHIN


def _symptoms(chain: list[SymptomLog], names: dict[str, str], now: dt.datetime) -> Told:
    log, first = chain[-1], chain[0]
    title = PHASE_WORDS[Phase(log.phase)]
    signs = dict.fromkeys(code for row in chain for code in row.red_flags)
    words = _said(log)
    return Told(
        kind=SYMPTOMS,
        id=log.client_id,
        title=f"{title}: {log.item_name}" if log.item_name else title,
        words=words,
        at=log.at,
        was=tuple(Was(_said(row), later.received_at) for row, later in pairwise(chain)),
        may_correct=bool(words) and first.entered_by_id is None and may_correct(first, now),
        brought_on=", ".join(names.get(item, "") for item in log.provoked or () if item in names),
        signs=tuple(RED_FLAG_WORDS[code] for code in signs if code in RED_FLAG_WORDS),
        by_practice=first.entered_by_id is not None,
        helper=log.helper,
    )


def _said(log: SymptomLog) -> str:
    return said_words(log.pain, log.regions, log.kinds)


def _exercise(chain: list[ExerciseLog], session: SessionLog | None, now: dt.datetime) -> Told:
    log, first = chain[-1], chain[0]
    by_practice = session is not None and session.entered_by_id is not None
    return Told(
        kind=EXERCISE,
        id=log.client_id,
        title=log.item_name,
        words=_capital(told_words(log)),
        at=log.at,
        was=tuple(
            Was(_capital(told_words(row)), later.received_at) for row, later in pairwise(chain)
        ),
        may_correct=not by_practice and may_correct(first, now),
        by_practice=by_practice,
        helper=log.helper,
        note=log.words,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
