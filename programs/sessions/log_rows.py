"""A case's logs as rows, and each row as what the response rules read.

Sessions that were folded away (``programs.sessions.folding``) are not read at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, cast

from patients.models import Case
from patients.response import Kind, LogEntry, Phase, Place
from patients.response.sessions import WORKED
from programs.sessions.json_rows import moment_in
from programs.sessions.known import Known, all_logs
from programs.sessions.models import ExerciseLog

_Codes = list[str] | None
_SymptomRow = tuple[
    int,
    str,
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
_DoneRow = tuple[int, str, dt.datetime, str, str, dt.datetime]
ID_LETTERS = 8
"""Letters of a session's id by which one that was left out is known again."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is read where old sessions were left out: all from a moment on, and these from before.

    ``logs`` and ``sessions`` are keys of rows, ``aside`` and ``gone`` ids of sessions; ``counted``:
    the days of those that were done.
    """

    before: dt.datetime
    logs: tuple[int, ...]
    sessions: tuple[int, ...]
    aside: frozenset[str]
    gone: frozenset[str]
    counted: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class LogRows:
    """The rows of a case's symptom logs, and of its exercise logs that stand, by time.

    Sessions are named by their ids as text, as they come.
    """

    symptoms: list[_SymptomRow]
    done: list[_DoneRow]
    empty: frozenset[str]
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
        if not _goes_on(rows, window):
            return rows
    if known.folded_before is None:
        return _rows(case, None, known.symptoms, known.done)
    return _rows(case, None, *all_logs(case))


def _goes_on(rows: LogRows, window: Window) -> bool:
    """Whether something was logged since in a session that is not read, or only aside."""
    seen = {row[1] for row in rows.symptoms} | {row[1] for row in rows.done}
    if not window.gone.isdisjoint(name[:ID_LETTERS] for name in seen):
        return True
    later = {row[1] for row in rows.symptoms if row[2] >= window.before}
    later |= {row[1] for row in rows.done if row[2] >= window.before}
    return not window.aside.isdisjoint(later)


def _rows(case: Case, window: Window | None, symptoms: list[Any], done: list[Any]) -> LogRows:
    """The rows as they came in JSON, with their moments."""
    told = [
        (pk, session, moment_in(at), *others, moment_in(received))
        for pk, session, at, *others, received in symptoms
    ]
    exercises = [
        (pk, session, moment_in(begun), item, state, moment_in(at))
        for pk, session, begun, item, state, at in done
    ]
    worked = {session for _, session, _, _, state, _ in exercises if state != ExerciseLog.SKIPPED}
    empty = _empty(case, {row[1] for row in told if row[3] in WORKED} - worked)
    return LogRows(cast(list[_SymptomRow], told), exercises, frozenset(empty), window)


def _empty(case: Case, sessions: set[str]) -> set[str]:
    """Of sessions in which no exercise was done: those that were begun as one."""
    if not sessions:
        return set()
    begun = case.session_logs.filter(client_id__in=sessions).order_by()
    return set(map(str, begun.values_list("client_id", flat=True)))


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
    told: set[tuple[str, str]] = set()
    places = _Places(ranks)
    for row in rows.symptoms:
        flags = frozenset(
            code for code in row[10] if code not in dealt_with or row[12] > dealt_with[code]
        )
        for entry in _symptoms(row, flags, done, provoked, places):
            if row[1] in rows.empty:
                entry = replace(entry, done=False)
            if entry.phase is Phase.DURING and entry.item:
                told.add((row[1], entry.item))
            yield entry
    for _, session, _, item, state, at in rows.done:
        if (session, item) not in told:
            yield LogEntry(session, at, Phase.DURING, item, done=state != ExerciseLog.SKIPPED)


def _symptoms(
    row: _SymptomRow,
    flags: frozenset[str],
    done: dict[tuple[str, str], bool],
    provoked: dict[str, list[str]],
    places: _Places,
) -> Iterator[LogEntry]:
    _, session, at, phase_code, item, pain, left, right, kinds, blamed, _, correction, _ = row
    phase, names = _PHASES[phase_code], [item] if item else []
    if not item and phase in (Phase.AFTER, Phase.SETTLED):
        names = (provoked.get(session) if blamed is None else blamed) or []
    named: list[str | None] = [*names]
    for name in named or [None]:
        yield LogEntry(
            session,
            at,
            phase,
            name,
            done=None if name is None else done.get((session, name)),
            pain=pain,
            place=places[left, right],
            kinds=None if kinds is None else _kinds_of(tuple(kinds)),
            red_flags=flags,
            stands=correction is None,
        )


_PHASES: Final = {phase.value: phase for phase in Phase}


@lru_cache(maxsize=256)
def _kinds_of(codes: tuple[str, ...]) -> frozenset[Kind]:
    """Few combinations are ever logged."""
    return frozenset(map(Kind, codes))


class _Places(dict[tuple[str, str], Place | None]):
    """Places by the codes of both sides; each is looked up once."""

    def __init__(self, ranks: Mapping[str, int]) -> None:
        super().__init__()
        self.ranks = ranks

    def __missing__(self, sides: tuple[str, str]) -> Place | None:
        self[sides] = place_of(*sides, self.ranks)
        return self[sides]


def place_of(left: str, right: str, ranks: Mapping[str, int]) -> Place | None:
    """The ranks of both sides; a place of the other row says nothing about this one."""
    known = {left, right} - {""}
    if not known or not known <= ranks.keys():
        return None
    return Place(ranks[left or "none"], ranks[right or "none"])
