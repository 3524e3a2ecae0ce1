"""From rows to the frozen history that the response rules judge: the only translation.

A correction takes the place and the moment of what it corrects. Red flags and nerve signs count
from every log, also from a corrected one, until a clinician clears them. A clearance is about what
had reached the practice by then: a report that was on its way opens its flag again, whatever its
moment. A session that was opened and in which nothing was done is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Min
from django.utils import timezone

from clinic.models import Practice
from patients.models import Case, CaseResponse, ResponseMark, SymptomLog
from patients.response import ClinicianMark, History, Item, Kind, ResponseSettings
from patients.response.signs import BOTH_ARMS_FLAG, BOTH_LEGS_FLAG
from patients.vocabulary import (
    CHAIN_RANKS,
    Chain,
    chain_of,
    shown_chain,
)
from programs.exercises.library import Library
from programs.sessions import folding
from programs.sessions.guide import item_of
from programs.sessions.known import Known, before_what_came_late, known_of
from programs.sessions.log_rows import LogRows, entries_of, place_of, rows_of
from programs.sessions.prescribed import PrescribedVersion, asked_from, items_of


@dataclass(frozen=True, slots=True)
class Read:
    """A case's history, the rows it was read from, and the name of what else it rests on."""

    history: History
    rows: LogRows
    bearing: str
    standing: bool
    """Whether it has alerts or reviews that stand, or that nobody has read."""


def history_of(
    kept: CaseResponse,
    library: Library,
    versions: list[PrescribedVersion],
    now: dt.datetime | None = None,
    *,
    adding: Sequence[SymptomLog] = (),
) -> Read:
    """Everything known of the case's symptoms at ``now``, when the logs of ``adding`` are added.

    Sessions that were folded away are left unread, as long as that holds.
    """
    case, practice = kept.case, kept.case.practice
    known = known_of(case, adding)
    shown = shown_chain(known.conditions)
    arms, ranks = shown is Chain.ARM, CHAIN_RANKS[shown]
    both = BOTH_ARMS_FLAG if arms else BOTH_LEGS_FLAG
    both_sides = _both_cleared(case, both, known.dealt_with.get(both))
    first = min((v.issued_at for v in versions), default=None)
    base = History(
        now=now or timezone.now(),
        zone=practice.zone,
        items=tuple(_items(versions, library, practice.zone, arms=arms)),
        baseline_pain=case.baseline_pain,
        baseline_place=place_of(case.baseline_left, case.baseline_right, ranks),
        baseline_walking=place_of(case.baseline_walking_left, case.baseline_walking_right, ranks),
        baseline_kinds=_known_kinds(case),
        preference=case.directional_preference,
        conditions=known.conditions,
        chain=chain_of(known.conditions),
        arms=arms,
        reinstated=_marks(known, ResponseMark.REINSTATED),
        cleared=(*_marks(known, ResponseMark.CLEARED), *both_sides),
        started=None if first is None else first.astimezone(practice.zone).date(),
        settings=response_settings(practice),
    )
    name = folding.name_of(base, known.dealt_with)
    window = folding.window_of(kept, known.folded_before, name, base)
    rows = rows_of(case, known, window)
    logs = tuple(entries_of(rows, known.dealt_with, ranks))
    reported = {code for entry in logs for code in entry.red_flags}
    history = replace(
        base,
        logs=logs,
        aside=rows.aside,
        counted=rows.window.counted if rows.window else (),
        screen_flags=known.stops - reported,
        screen_signs=known.told - reported,
    )
    return Read(history, rows, name, known.standing)


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


def _both_cleared(case: Case, flag: str, at: dt.datetime | None) -> tuple[ClinicianMark, ...]:
    """When the red flag of both sides was dealt with: it is also found where nobody ticked it."""
    if at is None:
        return ()
    late = case.symptom_logs.filter(received_at__gt=at, at__lte=at).aggregate(first=Min("at"))
    return (ClinicianMark(flag, before_what_came_late(at, late["first"])),)


def _marks(known: Known, kind: str) -> tuple[ClinicianMark, ...]:
    return tuple(ClinicianMark(code, at) for code, at in known.marked(kind))
