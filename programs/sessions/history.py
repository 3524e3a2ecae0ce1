"""From rows to the frozen history that the response rules judge: the only translation.

A correction takes the place and the moment of what it corrects. Red flags and nerve signs count
from every log, also from a corrected one, until a clinician clears them. A clearance is about what
had reached the practice by then: a report that was on its way opens its flag again, whatever its
moment. A session that was opened and in which nothing was done is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from clinic.models import Practice
from patients.models import Case, ResponseMark, ScreenAnswer, SymptomLog
from patients.response import (
    ClinicianMark,
    History,
    Item,
    Kind,
    LogEntry,
    Phase,
    Place,
    ResponseSettings,
)
from patients.response.sessions import WORKED
from patients.response.signs import BOTH_ARMS_FLAG, BOTH_LEGS_FLAG
from patients.vocabulary import (
    CHAIN_RANKS,
    RED_FLAGS,
    STOPPING_CODES,
    Answer,
    Chain,
    chain_of,
    shown_chain,
)
from programs.exercises.library import Library
from programs.sessions.guide import item_of
from programs.sessions.models import ExerciseLog
from programs.sessions.prescribed import PrescribedVersion, asked_from, items_of

_STOPPING_OR_FLAG = sorted({*RED_FLAGS, *STOPPING_CODES})
_Codes = list[str] | None
_Row = tuple[
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
_SYMPTOMS = (
    "session",
    "at",
    "phase",
    "item",
    "pain",
    "left",
    "right",
    "kinds",
    "provoked",
    "red_flags",
    "correction",
    "received_at",
)


def history_of(
    case: Case, library: Library, versions: list[PrescribedVersion], now: dt.datetime | None = None
) -> History:
    """Everything known of the case's symptoms at ``now``."""
    practice = case.practice
    dealt_with, stops, told = _screen(case)
    conditions = frozenset(case.conditions.values_list("code", flat=True))
    shown = shown_chain(conditions)
    arms, ranks = shown is Chain.ARM, CHAIN_RANKS[shown]
    logs = tuple(_logs(case, dealt_with, ranks))
    reported = {code for entry in logs for code in entry.red_flags}
    marks = _marks(case)
    both = BOTH_ARMS_FLAG if arms else BOTH_LEGS_FLAG
    both_sides = _both_cleared(case, both, dealt_with.get(both))
    first = min((v.issued_at for v in versions), default=None)
    return History(
        now=now or timezone.now(),
        zone=practice.zone,
        logs=logs,
        items=tuple(_items(versions, library, practice.zone, arms=arms)),
        baseline_pain=case.baseline_pain,
        baseline_place=_place(case.baseline_left, case.baseline_right, ranks),
        baseline_walking=_place(case.baseline_walking_left, case.baseline_walking_right, ranks),
        baseline_kinds=_known_kinds(case),
        preference=case.directional_preference,
        screen_flags=frozenset(stops - reported),
        screen_signs=frozenset(told - reported),
        conditions=conditions,
        chain=chain_of(conditions),
        arms=arms,
        reinstated=marks[ResponseMark.REINSTATED],
        cleared=(*marks[ResponseMark.CLEARED], *both_sides),
        started=None if first is None else first.astimezone(practice.zone).date(),
        settings=response_settings(practice),
    )


def response_settings(practice: Practice) -> ResponseSettings:
    """The practice's limits as the response rules take them."""
    return ResponseSettings(
        pain_green_max=practice.pain_green_max,
        pain_amber_max=practice.pain_amber_max,
        after_effect_minutes=practice.after_effect_minutes,
        review_weeks_min=practice.review_weeks_min,
        review_weeks_max=practice.review_weeks_max,
    )


def _items(
    versions: list[PrescribedVersion], library: Library, zone: dt.tzinfo, *, arms: bool
) -> Iterator[Item]:
    """What a response needs of every exercise ever issued; one unknown by now moves no back.

    ``arms``: what an exercise does to the low back says nothing about symptoms of an arm.
    """
    current = {item.id for item in versions[0].items} if versions else set()
    since = asked_from(versions, zone)
    for item in items_of(versions).values():
        times = item.sessions_per_week if item.id in current else 0
        definition = library.definitions.get(item.exercise)
        plain = Item(id=item.id, sessions_per_week=times, sided=bool(item.side))
        known = item_of(item.id, definition, times) if definition is not None else plain
        if arms:
            known = replace(known, extends=False, flexes=False)
        yield replace(known, name=item.name, rise=item.rise, versions=since[item.id])


def _known_kinds(case: Case) -> dict[Kind, str]:
    """Weakness and numbness of the recorded start with their side; empty: not recorded."""
    kinds = {Kind.WEAKNESS: case.baseline_weakness, Kind.NUMBNESS: case.baseline_numbness}
    return {kind: side for kind, side in kinds.items() if side}


def _place(left: str, right: str, ranks: Mapping[str, int]) -> Place | None:
    """The ranks of both sides; a place of the other row says nothing about this one."""
    known = {left, right} - {""}
    if not known or not known <= ranks.keys():
        return None
    return Place(ranks[left or "none"], ranks[right or "none"])


def _marks(case: Case) -> dict[str, tuple[ClinicianMark, ...]]:
    """What clinicians reinstated and cleared.

    Their word was about what had reached the practice. Where a log of an earlier moment arrived
    after it, the word counts from just before that log, so that the log still speaks.
    """
    rows = list(case.response_marks.values_list("kind", "code", "at"))
    return {
        kind: tuple(
            ClinicianMark(code, _known_until(case, at)) for of, code, at in rows if of == kind
        )
        for kind in (ResponseMark.REINSTATED, ResponseMark.CLEARED)
    }


def _both_cleared(case: Case, flag: str, at: dt.datetime | None) -> tuple[ClinicianMark, ...]:
    """When the red flag of both sides was dealt with: it is also found where nobody ticked it."""
    return () if at is None else (ClinicianMark(flag, _known_until(case, at)),)


def _known_until(case: Case, at: dt.datetime) -> dt.datetime:
    """The last moment of which everything had arrived at ``at``."""
    late = case.symptom_logs.filter(received_at__gt=at, at__lte=at).aggregate(first=Min("at"))
    first: dt.datetime | None = late["first"]
    return at if first is None else first - dt.timedelta(microseconds=1)


def _screen(case: Case) -> tuple[dict[str, dt.datetime], set[str], set[str]]:
    """When each red flag was last cleared or answered no, those that stop the case now, and all."""
    rows = (
        ScreenAnswer.objects.filter(case=case, code__in=_STOPPING_OR_FLAG)
        .order_by("pk")
        .values_list("code", "answer", "answered_at", "answered_by", "clearance__cleared_at")
    )
    cleared: dict[str, dt.datetime] = {}
    said_no: dict[str, dt.datetime] = {}
    stops: set[str] = set()
    told: set[str] = set()
    # By order of entry, so that the last answer to each question decides what stops.
    for code, answer, answered_at, by, cleared_at in rows:
        stops.discard(code)
        told.discard(code)
        said_no.pop(code, None)
        if answer == Answer.NO and by is not None:
            said_no[code] = answered_at
        if cleared_at is not None:
            cleared[code] = max(cleared_at, cleared.get(code, cleared_at))
        elif answer == Answer.YES:
            told.add(code)
            stops |= {code} & STOPPING_CODES
    both = [*cleared.items(), *said_no.items()]
    return {code: max(at for key, at in both if key == code) for code, _ in both}, stops, told


def _logs(
    case: Case, dealt_with: dict[str, dt.datetime], ranks: Mapping[str, int]
) -> Iterator[LogEntry]:
    """Symptom logs and exercise logs as the rules read them."""
    exercises = list(
        ExerciseLog.objects.standing()
        .filter(session__case=case)
        .values_list("session__client_id", "item", "state", "at")
        .order_by("at", "pk")
    )
    done = {(session, item): state != ExerciseLog.SKIPPED for session, item, state, _ in exercises}
    rows = list(SymptomLog.objects.filter(case=case).order_by("at", "pk").values_list(*_SYMPTOMS))
    worked = {session for (session, _), was_done in done.items() if was_done}
    empty = _empty(case, {row[0] for row in rows if row[2] in WORKED} - worked)
    provoked = {row[0]: row[8] for row in rows if row[2] == Phase.AFTER and row[8] is not None}
    told: set[tuple[UUID, str]] = set()
    for row in rows:
        flags = frozenset(
            code for code in row[9] if code not in dealt_with or row[11] > dealt_with[code]
        )
        for entry in _symptoms(row, flags, done, provoked, ranks):
            if row[0] in empty:
                entry = replace(entry, done=False)
            if entry.phase is Phase.DURING and entry.item:
                told.add((row[0], entry.item))
            yield entry
    for session, item, state, at in exercises:
        if (session, item) not in told:
            yield LogEntry(str(session), at, Phase.DURING, item, done=state != ExerciseLog.SKIPPED)


def _empty(case: Case, sessions: set[UUID]) -> set[UUID]:
    """Of sessions in which no exercise was done: those that were begun as one."""
    if not sessions:
        return set()
    begun = case.session_logs.filter(client_id__in=sessions).order_by()
    return set(begun.values_list("client_id", flat=True))


def _symptoms(
    row: _Row,
    flags: frozenset[str],
    done: dict[tuple[UUID, str], bool],
    provoked: dict[UUID, list[str]],
    ranks: Mapping[str, int],
) -> Iterator[LogEntry]:
    session, at, phase, item, pain, left, right, kinds, blamed, _, correction, _ = row
    entry = LogEntry(
        str(session),
        at,
        Phase(phase),
        item or None,
        pain=pain,
        place=_place(left, right, ranks),
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
