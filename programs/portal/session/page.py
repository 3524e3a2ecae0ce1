"""What a page needs to walk a patient through a session: the exercises, in order, with their dose.

Only exercises and releases are walked. One that the rules have paused stays on the page, with the
reason, and has nothing to do on it.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clinic.emergency_places import placed
from patients.models import Case, SymptomLog
from patients.response import Phase
from programs.exercises.definition import Definition
from programs.exercises.dosage import Span
from programs.exercises.library import library_for
from programs.exercises.sides import DONE_SIDE_WORDS, with_side_words
from programs.prescriptions.prescription import PrescribedExercise
from programs.prescriptions.safety_words import by_name
from programs.prescriptions.sheet import Numbered, Sheet
from programs.sessions.guide import item_of
from programs.sessions.lengths import length_of
from programs.sessions.models import ExerciseLog
from programs.sessions.prescribed import SESSION_KINDS
from programs.sessions.reasons import REASON_LABELS

PAUSED_WORDS: Final = (
    "It made your symptoms worse or spread. Leave it out until your clinician says it can go on."
)


@dataclass(frozen=True, slots=True)
class SessionExercise:
    """One exercise of a session. ``number`` counts through the whole program.

    ``is_watched``: what it does to symptoms decides. It is asked about at the end of the exercise,
    and once more a few minutes after the session.
    """

    exercise: Numbered
    is_paused: bool
    is_watched: bool

    @property
    def item(self) -> PrescribedExercise:
        """The exercise as prescribed."""
        return self.exercise.item

    @property
    def number(self) -> int:
        """Its number in the program."""
        return self.exercise.number

    @property
    def name(self) -> str:
        """Its name, with the side."""
        return with_side_words(self.item.name, self.item.side_words)

    @property
    def dosage_json(self) -> str:
        """The dose for the timer: ranges as pairs, times in seconds."""
        return json.dumps(self.item.dosage.to_dict(), separators=(",", ":"))

    @property
    def wants(self) -> tuple[str, ...]:
        """The numbers that its dose asks for: of sets, reps, seconds and side."""
        dose = self.item.dosage
        asked = {
            "sets": dose.sets is not None and dose.sets.high > 1,
            "reps": dose.reps is not None and dose.duration_s is None,
            "seconds": dose.hold_s is not None or dose.duration_s is not None,
            "side": dose.per_side,
        }
        return tuple(name for name, holds in asked.items() if holds)

    @property
    def in_minutes(self) -> bool:
        """Whether its time is asked for in whole minutes, and so told in minutes."""
        span = self.item.dosage.duration_s
        return span is not None and span.low >= 120 and not (span.low % 60 or span.high % 60)

    @property
    def seconds_asked(self) -> tuple[str, str]:
        """The question about its time, and what is asked, in the unit of the question."""
        dose = self.item.dosage
        span = dose.duration_s or dose.hold_s
        if span is None:
            return "", ""
        if self.in_minutes:
            return "Minutes", Span(span.low // 60, span.high // 60).words
        return ("Seconds" if dose.duration_s else "Seconds of each hold"), span.words


@dataclass(frozen=True, slots=True)
class SessionPage:
    """The exercises to do now, and those that are paused."""

    todo: tuple[SessionExercise, ...]
    paused: tuple[SessionExercise, ...]
    paused_why: str

    def told(self, data: Mapping[str, str]) -> list[SessionExercise]:
        """Those to do, and any other that a page sent something of: it was paused meanwhile."""
        more = (row for row in self.paused if data.get(f"exercise-{row.number}-state"))
        return sorted([*self.todo, *more], key=lambda row: row.number)


def session_page(case: Case, sheet: Sheet, answer: Mapping[str, Any]) -> SessionPage:
    """What a session holds now; ``answer`` is the kept answer of the case."""
    stopped = frozenset(answer.get("paused", ()))
    rows = _exercises(sheet, stopped, library_for(case.practice).definitions)
    patient = answer.get("patient", {})
    said = patient.get("reason", "") if patient.get("outcome") == "stop_exercise" else ""
    told = by_name(said or PAUSED_WORDS, sheet.prescription.clinician_name)
    return SessionPage(
        todo=tuple(row for row in rows if not row.is_paused),
        paused=tuple(row for row in rows if row.is_paused),
        paused_why=placed(told, case.practice.emergency_number),
    )


def _exercises(
    sheet: Sheet, stopped: Collection[str], definitions: Mapping[str, Definition]
) -> list[SessionExercise]:
    return [
        SessionExercise(
            exercise=numbered,
            is_paused=numbered.item.item in stopped,
            is_watched=_is_watched(numbered.item, definitions),
        )
        for numbered in sheet.exercises
        if numbered.item.kind in SESSION_KINDS
    ]


def _is_watched(item: PrescribedExercise, definitions: Mapping[str, Definition]) -> bool:
    """Whether a rule looks at what it does to symptoms, in it and later (R20 to R23, L03).

    Where nobody has said, it may.
    """
    if item.transient_rise != "no":
        return True
    definition = definitions.get(item.exercise)
    if definition is None:
        return False
    watched = "symptom_response" in definition.traits.flags | definition.traits.unknown
    return watched or item_of(item.item, definition, 0).extends


def last_symptoms(case: Case, run: uuid.UUID) -> SymptomLog | None:
    """How it was when the patient last told, but for this session: the pain, and where.

    None where they have not yet.
    """
    return (
        case.symptom_logs.standing()
        .exclude(session=run)
        .filter(item="", pain__isnull=False, regions__isnull=False)
        .order_by("-at", "-pk")
        .first()
    )


def settled_runs(case: Case, since: dt.datetime) -> list[uuid.UUID]:
    """Sessions whose last question was answered since then, on this page or elsewhere."""
    logs = case.symptom_logs.filter(phase=Phase.SETTLED, at__gte=since)
    return list(logs.order_by("session").values_list("session", flat=True).distinct())


def wants_settled_check(
    rows: Iterable[SessionExercise], done: Collection[str], logs: Iterable[SymptomLog]
) -> bool:
    """Whether to ask once more after the after-effect window.

    Where a rule needs it for something that was done, and where it is worse than it was before:
    what spread or rose is judged by whether it passes.
    """
    if any(row.is_watched and row.item.item in done for row in rows):
        return True
    by_phase = {log.phase: log for log in logs if not log.item}
    before, after = by_phase.get("before"), by_phase.get("after")
    if before is None or after is None:
        return False
    if (after.pain or 0) > (before.pain or 0):
        return True
    return bool(set(after.regions or ()) - set(before.regions or ()))


STATE_WORDS: Final = {
    ExerciseLog.DONE: "done",
    ExerciseLog.PARTLY: "partly done",
    ExerciseLog.SKIPPED: "not done",
}


def told_words(log: ExerciseLog) -> str:
    """What the patient said of an exercise: ``done, 2 sets, 10 times, 5 seconds, left side``.

    Whole minutes from two on are said in minutes, as the dose says them.
    """
    length, unit = length_of(log.seconds)
    amounts = (
        (log.sets, "set", "sets"),
        (log.reps, "time", "times"),
        (length, unit, f"{unit}s"),
    )
    parts = [STATE_WORDS[log.state]]
    parts += [f"{n} {one if n == 1 else many}" for n, one, many in amounts if n is not None]
    if log.side and log.state != ExerciseLog.SKIPPED:
        parts.append(DONE_SIDE_WORDS[log.side])
    if log.reason:
        why = REASON_LABELS[log.reason]
        parts.append(why if why.startswith("I ") else why[:1].lower() + why[1:])
    return ", ".join(parts)
