"""What the patient reported, as observations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from patients import vocabulary
from patients.models import Case, SymptomLog
from patients.response.facts import Phase
from programs.exchange.fhir.parts import Resource, concept, note, observation, performer
from programs.followup.progress.words import EXERCISE_STATE_LABELS, PHASE_LABELS
from programs.sessions.models import ExerciseLog

_LOINC = "http://loinc.org"
_PAIN = ("Pain severity - 0-10 verbal numeric rating [Score] - Reported", "72514-3", _LOINC)
_CHUNK = 500


def report_resources(case: Case, patient: Any) -> Iterator[Resource]:
    """Every report; one that was corrected is marked as such and stays."""
    corrected = set(
        case.symptom_logs.filter(corrects__isnull=False).values_list("corrects", flat=True)
    )
    for log in case.symptom_logs.order_by("at", "pk").iterator(chunk_size=_CHUNK):
        yield _symptoms(log, patient, wrong=log.pk in corrected)
    done = ExerciseLog.objects.filter(session__case=case)
    mended = set(done.filter(corrects__isnull=False).values_list("corrects", flat=True))
    for row in done.select_related("session").order_by("at", "pk").iterator(chunk_size=_CHUNK):
        yield _exercise(row, patient, wrong=row.pk in mended)


def _symptoms(log: SymptomLog, patient: Any, *, wrong: bool) -> Resource:
    parts = [_part("Where, left", log.left), _part("Where, right", log.right)]
    parts += [_said("Feeling", kind.replace("_", " ")) for kind in log.kinds or []]
    parts += [_said("Warning sign", vocabulary.answer_label(flag)) for flag in log.red_flags]
    if log.item_name:
        parts.append(_said("Exercise", log.item_name))
    parts.append(_said("When", PHASE_LABELS[Phase(log.phase)]))
    return observation(
        f"symptoms-{log.pk}",
        patient,
        concept(*_PAIN),
        log.at,
        status="entered-in-error" if wrong else "final",
        performer=[performer(log.entered_by_id, log.helper, patient)],
        valueInteger=log.pain,
        component=[part for part in parts if part],
    )


def _exercise(row: ExerciseLog, patient: Any, *, wrong: bool) -> Resource:
    counts = (("Sets", row.sets), ("Repetitions", row.reps), ("Seconds", row.seconds))
    return observation(
        f"exercise-{row.pk}",
        patient,
        concept(row.item_name or "Exercise", "exercise_done"),
        row.at,
        status="entered-in-error" if wrong else "final",
        performer=[performer(row.session.entered_by_id, row.helper, patient)],
        valueString=EXERCISE_STATE_LABELS.get(row.state, row.state),
        component=[
            {"code": concept(words), "valueInteger": count}
            for words, count in counts
            if count is not None
        ],
        note=note(row.words),
    )


def _part(words: str, place: str) -> Resource | None:
    return (
        _said(words, vocabulary.PLACE_LABELS[place]) if place in vocabulary.PLACE_LABELS else None
    )


def _said(words: str, value: str) -> Resource:
    return {"code": concept(words), "valueString": value}
