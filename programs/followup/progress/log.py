"""Every report of a case for the clinician, the latest first, a page at a time.

What stands is shown, with the earlier values of what was corrected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value

from patients import vocabulary
from patients.body import BODY_REGIONS
from patients.models import Case, SymptomLog
from patients.response.facts import Kind, Phase
from programs.exercises.sides import DONE_SIDE_WORDS
from programs.followup.progress.words import EXERCISE_STATE_LABELS, FEELING_LABELS, PHASE_LABELS
from programs.sessions.lengths import length_of
from programs.sessions.models import ExerciseLog
from programs.sessions.reasons import REASON_LABELS

SYMPTOMS, EXERCISE = "symptoms", "exercise"
_WHO = "entered_by"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when, about what, what was said; ``earlier``: what it said before corrections.

    ``typed_by``: who of the practice entered it; ``helper``: or who helps the patient.
    """

    at: dt.datetime
    about: str
    said: tuple[str, ...]
    words: str = ""
    earlier: tuple[str, ...] = ()
    typed_by: str = ""
    helper: str = ""


def keys_of(case: Case) -> QuerySet[Any, tuple[Any, ...]]:
    """Time, kind and key of everything that stands, the latest first; sliced page by page."""
    columns = ("at", "kind", "pk")
    symptoms = case.symptom_logs.standing().annotate(kind=_kind(SYMPTOMS))
    exercises = ExerciseLog.objects.standing().filter(session__case=case)
    return (
        symptoms.order_by()
        .values_list(*columns)
        .union(exercises.annotate(kind=_kind(EXERCISE)).order_by().values_list(*columns), all=True)
        .order_by("-at", "kind", "-pk")
    )


def _kind(name: str) -> Value:
    return Value(name, output_field=CharField())


def entries_of(case: Case, keys: Iterable[tuple[Any, ...]], names: dict[str, str]) -> list[LogLine]:
    """The lines of one page of keys, in their order, as far as they are still there.

    ``names``: exercises by id.
    """
    wanted = list(keys)
    symptoms = {pk for _, kind, pk in wanted if kind == SYMPTOMS}
    exercises = {pk for _, kind, pk in wanted if kind == EXERCISE}
    logs = case.symptom_logs.select_related(_WHO).in_bulk(symptoms)
    done = ExerciseLog.objects.filter(session__case=case).select_related("session__entered_by")
    runs = done.in_bulk(exercises)
    was = _earlier(case.symptom_logs.exclude(correction=None), {x.session for x in logs.values()})
    ran = _earlier(done.exclude(correction=None), {x.session_id for x in runs.values()})
    found = []
    for _, kind, pk in wanted:
        if kind == SYMPTOMS and pk in logs:
            found.append(_symptoms(logs[pk], was, names))
        elif kind == EXERCISE and pk in runs:
            found.append(_exercise(runs[pk], ran))
    return found


def _earlier(rows: Any, sessions: set[Any]) -> dict[int, Any]:
    """Everything that was corrected in these sessions, by its key."""
    return {row.pk: row for row in rows.filter(session__in=sessions)}


def _chain(row: Any, earlier: dict[int, Any]) -> list[Any]:
    """What a row corrects, the latest first."""
    found = []
    while row.corrects_id in earlier:
        row = earlier[row.corrects_id]
        found.append(row)
    return found


def _symptoms(log: SymptomLog, earlier: dict[int, Any], names: dict[str, str]) -> LogLine:
    about = PHASE_LABELS[Phase(log.phase)]
    chain = _chain(log, earlier)
    return LogLine(
        at=log.at,
        about=f"{about}: {log.item_name}" if log.item_name else about,
        said=symptom_words(log, names),
        earlier=tuple(_was("; ".join(symptom_words(row, names)), row.helper) for row in chain),
        typed_by=str(log.entered_by or ""),
        helper=log.helper,
    )


def _was(words: str, helper: str) -> str:
    return f"{words} (entered by {helper})" if helper else words


def symptom_words(log: SymptomLog, names: dict[str, str]) -> tuple[str, ...]:
    """What a log says, part by part."""
    parts = []
    if log.red_flags:
        flags = ", ".join(vocabulary.answer_label(code) for code in log.red_flags)
        parts.append(f"Red flag: {flags}")
    if log.pain is not None:
        parts.append(f"Pain {log.pain} of 10")
    if log.regions is not None:
        places = ", ".join(BODY_REGIONS[code].label for code in log.regions if code in BODY_REGIONS)
        parts.append(places.capitalize() or "No symptoms anywhere")
    if log.kinds:
        kinds = ", ".join(FEELING_LABELS[Kind(code)] for code in log.kinds)
        parts.append(kinds[:1].upper() + kinds[1:])
    if log.provoked:
        known = ", ".join(names.get(item, "an exercise") for item in log.provoked)
        parts.append(f"Brought on by {known}")
    return tuple(parts) or ("No answer",)


def _exercise(log: ExerciseLog, earlier: dict[int, Any]) -> LogLine:
    return LogLine(
        at=log.at,
        about=log.item_name,
        said=exercise_words(log),
        words=log.words,
        earlier=tuple(
            _was("; ".join(exercise_words(row)), row.helper) for row in _chain(log, earlier)
        ),
        typed_by=str(log.session.entered_by or ""),
        helper=log.helper,
    )


def exercise_words(log: ExerciseLog) -> tuple[str, ...]:
    """What became of an exercise, part by part."""
    counts: Sequence[tuple[int | None, str]] = (
        (log.sets, "set"),
        (log.reps, "repetition"),
        length_of(log.seconds),
    )
    amounts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n is not None]
    parts = [
        EXERCISE_STATE_LABELS[log.state],
        ", ".join(filter(None, [*amounts, DONE_SIDE_WORDS[log.side]])),
    ]
    if log.reason:
        parts.append(REASON_LABELS.get(log.reason, ""))
    return tuple(filter(None, parts))
