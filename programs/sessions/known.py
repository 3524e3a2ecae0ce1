"""What is known of a case, logs and all else, in one statement of its own words.

It is asked with every log that a patient sends: one way to the database, and nothing to compile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from clinic.side_by_side import inserted, inserting
from patients.models import Case, SymptomLog
from patients.vocabulary import RED_FLAGS, STOPPING_CODES, Answer
from programs.sessions.json_rows import moment_in, rows_in

_CODES: Final = sorted({*RED_FLAGS, *STOPPING_CODES})


@dataclass(frozen=True, slots=True)
class Known:
    """Until when sessions are folded away, conditions, the screen, and what clinicians said.

    ``dealt_with``: when each red flag was last cleared or answered no. ``stops``: those that stop
    the case now; ``told``: all that were answered yes. ``marks``: kind, code and moment.
    ``standing``: whether an alert or review stands, or was not read. ``symptoms`` and ``done``: its
    logs as they came; old ones that were folded away are left out of them, where any are.
    """

    folded_before: dt.datetime | None
    conditions: frozenset[str]
    dealt_with: dict[str, dt.datetime]
    stops: frozenset[str]
    told: frozenset[str]
    marks: tuple[tuple[str, str, dt.datetime], ...]
    standing: bool
    symptoms: list[Any]
    done: list[Any]

    def marked(self, kind: str) -> tuple[tuple[str, dt.datetime], ...]:
        """The marks of a kind, in order."""
        return tuple((code, at) for of, code, at in self.marks if of == kind)


def known_of(case: Case, adding: Sequence[SymptomLog] = ()) -> Known:
    """It, as it stands now; ``adding``: logs that go to the database in the same message, first."""
    before, conditions, screen, marks, standing, symptoms, done = _ask(case, adding=adding)
    dealt_with, stops, told = _screen(screen or [])
    return Known(
        moment_in(before) if before else None,
        frozenset(conditions),
        dealt_with,
        frozenset(stops),
        frozenset(told),
        tuple(_mark(*row) for row in marks or ()),
        standing,
        symptoms or [],
        done or [],
    )


def all_logs(case: Case) -> tuple[list[Any], list[Any]]:
    """Every log of symptoms and of exercises, as they come, where what was folded does not hold."""
    *_, symptoms, done = _ask(case, everything=True)
    return symptoms or [], done or []


def _ask(case: Case, *, everything: bool = False, adding: Sequence[SymptomLog] = ()) -> list[Any]:
    statement = "SELECT programs_history(%s, %s, %s)"
    values: list[Any] = [case.pk, _CODES, everything]
    with connection.cursor() as cursor:
        if adding:
            first, given = inserting(adding)
            cursor.execute(f"{first}; {statement}", [*given, *values])
            inserted(adding, cursor)
            cursor.nextset()
        else:
            cursor.execute(statement, values)
        return rows_in(cursor.fetchone()[0])


def _mark(kind: str, code: str, at: str, late: str | None) -> tuple[str, str, dt.datetime]:
    """A clinician's word, which was about what had reached the practice.

    Where a log of an earlier moment arrived after it, the word counts from just before that log,
    so that the log still speaks.
    """
    return kind, code, before_what_came_late(moment_in(at), moment_in(late) if late else None)


def before_what_came_late(at: dt.datetime, late: dt.datetime | None) -> dt.datetime:
    """The last moment of which everything had arrived at ``at``; ``late``: what had not."""
    return at if late is None else late - dt.timedelta(microseconds=1)


def _screen(rows: list[Any]) -> tuple[dict[str, dt.datetime], set[str], set[str]]:
    """When each red flag was last cleared or answered no, those that stop the case now, and all."""
    cleared: dict[str, dt.datetime] = {}
    said_no: dict[str, dt.datetime] = {}
    stops: set[str] = set()
    told: set[str] = set()
    # By order of entry, so that the last answer to each question decides what stops.
    for code, answer, answered, by, cleared_at in rows:
        stops.discard(code)
        told.discard(code)
        said_no.pop(code, None)
        if answer == Answer.NO and by is not None:
            said_no[code] = moment_in(answered)
        if cleared_at is not None:
            at = moment_in(cleared_at)
            cleared[code] = max(at, cleared.get(code, at))
        elif answer == Answer.YES:
            told.add(code)
            stops |= {code} & STOPPING_CODES
    both = [*cleared.items(), *said_no.items()]
    return {code: max(at for key, at in both if key == code) for code, _ in both}, stops, told
