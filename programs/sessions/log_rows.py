"""A case's logs as rows, and each row as what the response rules read.

Sessions that were folded away (``programs.sessions.folding``) are not read at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from patients.models import Case
from patients.response import Kind, LogEntry, Phase, Place
from patients.response.sessions import WORKED
from programs.sessions.json_rows import moment_in
from programs.sessions.known import Known, all_logs
from programs.sessions.models import ExerciseLog

_Codes = list[str] | None
_SymptomRow = tuple[
    int,
    UUID,
    dt.datetime,
    str,
    str,
    int | None,
    str,
    str,
    _Codes,
    _Codes,
    list[str],
    int | None,
    dt.datetime,
]
_DoneRow = tuple[int, UUID, dt.datetime, str, str, dt.datetime]
ID_LETTERS = 8
"""Letters of a session's id by which one that was left out is known again."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is read where old sessions were left out: all from a moment on, and these from before.

    ``logs`` and ``sessions`` are keys of rows, ``aside`` and ``gone`` ids of sessions.
    """

    before: dt.datetime
    logs: tuple[int, ...]
    sessions: tuple[int, ...]
    aside: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class LogRows:
    """The rows of a case's symptom logs, and of its exercise logs that stand, by time."""

    symptoms: list[_SymptomRow]
    done: list[_DoneRow]
    empty: frozenset[UUID]
    window: Window | None

    @property
    def aside(self) -> frozenset[str]:
        """Sessions that are read only for what was known before others."""
        return self.window.aside if self.window else frozenset()


def rows_of(case: Case, known: Known, window: Window | None) -> LogRows:
    """What the window leaves of a case's logs.

    All of them without one, and where a session that it leaves out has gone on since.
    """
    if window is not None:
        rows = _rows(case, window, known.symptoms, known.done)
        seen = {row[1] for row in rows.symptoms} | {row[1] for row in rows.done}
        if window.gone.isdisjoint(name.hex[:ID_LETTERS] for name in seen):
            return rows
    if known.folded_before is None:
        return _rows(case, None, known.symptoms, known.done)
    return _rows(case, None, *all_logs(case))


def _rows(case: Case, window: Window | None, symptoms: list[Any], done: list[Any]) -> LogRows:
    """The rows as they came in JSON, with their moments and the ids of their sessions."""
    ids: dict[str, UUID] = {}
    told = [
        (pk, _id(ids, session), moment_in(at), *others, moment_in(received))
        for pk, session, at, *others, received in symptoms
    ]
    exercises = [
        (pk, _id(ids, session), moment_in(begun), item, state, moment_in(at))
        for pk, session, begun, item, state, at in done
    ]
    worked = {session for _, session, _, _, state, _ in exercises if state != ExerciseLog.SKIPPED}
    empty = _empty(case, {row[1] for row in told if row[3] in WORKED} - worked)
    return LogRows(cast(list[_SymptomRow], told), exercises, frozenset(empty), window)


def _id(ids: dict[str, UUID], text: str) -> UUID:
    """The same for the same text: most sessions have several logs."""
    found = ids.get(text)
    if found is None:
        found = ids[text] = UUID(text)
    return found


def _empty(case: Case, sessions: set[UUID]) -> set[UUID]:
    """Of sessions in which no exercise was done: those that were begun as one."""
    if not sessions:
        return set()
    begun = case.session_logs.filter(client_id__in=sessions).order_by()
    return set(begun.values_list("client_id", flat=True))


def entries_of(
    rows: LogRows, dealt_with: Mapping[str, dt.datetime], ranks: Mapping[str, int]
) -> Iterator[LogEntry]:
    """Symptom logs and exercise logs as the rules read them."""
    done = {
        (session, item): state != ExerciseLog.SKIPPED for _, session, _, item, state, _ in rows.done
    }
    provoked = {
        row[1]: row[9] for row in rows.symptoms if row[3] == Phase.AFTER and row[9] is not None
    }
    told: set[tuple[UUID, str]] = set()
    for row in rows.symptoms:
        flags = frozenset(
            code for code in row[10] if code not in dealt_with or row[12] > dealt_with[code]
        )
        for entry in _symptoms(row, flags, done, provoked, ranks):
            if row[1] in rows.empty:
                entry = replace(entry, done=False)
            if entry.phase is Phase.DURING and entry.item:
                told.add((row[1], entry.item))
            yield entry
    for _, session, _, item, state, at in rows.done:
        if (session, item) not in told:
            yield LogEntry(str(session), at, Phase.DURING, item, done=state != ExerciseLog.SKIPPED)


def _symptoms(
    row: _SymptomRow,
    flags: frozenset[str],
    done: dict[tuple[UUID, str], bool],
    provoked: dict[UUID, list[str]],
    ranks: Mapping[str, int],
) -> Iterator[LogEntry]:
    _, session, at, phase, item, pain, left, right, kinds, blamed, _, correction, _ = row
    entry = LogEntry(
        str(session),
        at,
        Phase(phase),
        item or None,
        pain=pain,
        place=place_of(left, right, ranks),
        kinds=None if kinds is None else frozenset(map(Kind, kinds)),
        red_flags=flags,
        stands=correction is None,
    )
    if entry.item is not None:
        yield replace(entry, done=done.get((session, entry.item)))
        return
    names = provoked.get(session) if blamed is None else blamed
    if entry.phase not in (Phase.AFTER, Phase.SETTLED) or not names:
        yield entry
        return
    for name in names:
        yield replace(entry, item=name, done=done.get((session, name)))


def place_of(left: str, right: str, ranks: Mapping[str, int]) -> Place | None:
    """The ranks of both sides; a place of the other row says nothing about this one."""
    known = {left, right} - {""}
    if not known or not known <= ranks.keys():
        return None
    return Place(ranks[left or "none"], ranks[right or "none"])
