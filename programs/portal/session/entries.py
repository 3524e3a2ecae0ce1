"""From a filled-in checklist to entries, each with an id that the same words make again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any, Final

from patients.models import Case, SymptomLog
from programs.portal.session.forms import Checklist
from programs.sessions.entries import Batch, ExerciseEntry, SentEntry, SessionEntry, SymptomEntry
from programs.sessions.models import ExerciseLog

TOLD_OF_EXERCISE: Final = ("state", "side", "sets", "reps", "seconds", "reason")
TOLD_OF_SYMPTOMS: Final = ("pain", "regions", "kinds", "provoked")


def checklist_batch(case: Case, checklist: Checklist, issued: int) -> Batch:
    """What is new in a valid checklist: nothing that stands already in the same words.

    A session in which nothing was done is stored as stopped, so that it counts as none.
    """
    run, now = checklist.run, checklist.now
    forms = checklist.exercises
    said = [(form.row.item.item, told) for form in forms if (told := form.told()) is not None]
    done = any(told["state"] != "skipped" for _, told in said)
    ended = "finished" if done else "stopped"
    entries: list[SentEntry] = [
        SessionEntry(id=_id(run, "open"), session=run, at=checklist.begun, state="open"),
        *_symptoms(case, run, checklist.symptoms()),
        *_exercises(case, run, said, now),
        SessionEntry(id=_id(run, "end"), session=run, at=now, state=ended),
    ]
    return Batch(tuple(entries), prescription=issued)


def _symptoms(case: Case, run: uuid.UUID, entries: Iterable[SymptomEntry]) -> list[SentEntry]:
    logs = case.symptom_logs.standing().filter(session=run)
    standing = {(log.phase, log.item): log for log in logs}
    found: list[SentEntry] = []
    for entry in entries:
        told = {name: getattr(entry, name) for name in TOLD_OF_SYMPTOMS}
        old = standing.get((entry.phase, entry.item))
        if old is None or _of_log(old) != _plain(told):
            corrects = old.client_id if old else None
            words = (entry.phase, entry.item) if entry.item else (entry.phase,)
            key = _id(run, *words, told, corrects)
            found.append(dataclasses.replace(entry, id=key, corrects=corrects))
    return found


def _exercises(
    case: Case, run: uuid.UUID, said: Iterable[tuple[str, dict[str, Any]]], now: dt.datetime
) -> list[SentEntry]:
    logs = ExerciseLog.objects.standing().filter(session__case=case, session__client_id=run)
    standing = {log.item: log for log in logs}
    found: list[SentEntry] = []
    for item, told in said:
        old = standing.get(item)
        if old is not None and {name: getattr(old, name) for name in TOLD_OF_EXERCISE} == told:
            continue
        key = _id(run, item, told, old.client_id if old else None)
        corrects = old.client_id if old else None
        found.append(
            ExerciseEntry(id=key, session=run, at=now, item=item, corrects=corrects, **told)
        )
    return found


def _of_log(log: SymptomLog) -> dict[str, Any]:
    return _plain({name: getattr(log, name) for name in TOLD_OF_SYMPTOMS})


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {k: sorted(v) if isinstance(v, list | tuple) else v for k, v in told.items()}


def _id(run: uuid.UUID, *words: Any) -> uuid.UUID:
    """The id that the same words in the same session make again."""
    return uuid.uuid5(run, json.dumps(words, default=str, sort_keys=True))
