"""What a patient reported, as a table for a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from clinic.spreadsheets import csv_lines
from patients import vocabulary
from patients.models import Case, SymptomLog
from patients.models.columns import THE_PATIENT
from patients.response.facts import Phase
from programs.followup.progress.words import EXERCISE_STATE_LABELS, PHASE_LABELS
from programs.sessions.models import ExerciseLog

COLUMNS = (
    "When", "Case", "About", "Exercise", "Pain (0 to 10)", "Left", "Right", "Feelings",
    "Warning signs", "Done", "Sets", "Repetitions", "Seconds", "Words", "Entered by",
    "Number", "Corrects",
)  # fmt: skip
_CHUNK = 500


def logs_csv(cases: Iterable[Case], zone: dt.tzinfo) -> Iterator[bytes]:
    """One line a report, first the symptoms of a case and then its exercises, each by time."""
    rows = chain.from_iterable(
        chain(_symptoms(case, zone), _exercises(case, zone)) for case in cases
    )
    return csv_lines(chain([COLUMNS], rows))


def _symptoms(case: Case, zone: dt.tzinfo) -> Iterator[tuple[Any, ...]]:
    logs = case.symptom_logs.select_related("entered_by").order_by("at", "pk")
    for log in logs.iterator(chunk_size=_CHUNK):
        yield (
            _moment(log.at, zone), case.title, PHASE_LABELS[Phase(log.phase)], log.item_name,
            log.pain, _place(log.left), _place(log.right), _listed(log, "kinds"),
            ", ".join(vocabulary.answer_label(code) for code in log.red_flags),
            "", "", "", "", "", _who(log.entered_by, log.helper), f"s{log.pk}",
            f"s{log.corrects_id}" if log.corrects_id else "",
        )  # fmt: skip


def _exercises(case: Case, zone: dt.tzinfo) -> Iterator[tuple[Any, ...]]:
    done = ExerciseLog.objects.filter(session__case=case).select_related("session__entered_by")
    for row in done.order_by("at", "pk").iterator(chunk_size=_CHUNK):
        yield (
            _moment(row.at, zone), case.title, "Exercise", row.item_name, "", "", "", "", "",
            EXERCISE_STATE_LABELS.get(row.state, row.state), row.sets, row.reps, row.seconds,
            row.words, _who(row.session.entered_by, row.helper), f"e{row.pk}",
            f"e{row.corrects_id}" if row.corrects_id else "",
        )  # fmt: skip


def _moment(at: dt.datetime, zone: dt.tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def _place(code: str) -> str:
    return vocabulary.PLACE_LABELS.get(code, "") if code else ""


def _listed(log: SymptomLog, name: str) -> str:
    return ", ".join(getattr(log, name) or [])


def _who(user: Any, helper: str) -> str:
    return str(user) if user else helper or THE_PATIENT
