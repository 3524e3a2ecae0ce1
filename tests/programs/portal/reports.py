"""What a patient reported, stored the way their device sends it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from patients.models import Case, SymptomLog
from programs.sessions.actions import store
from programs.sessions.entries import Batch, ExerciseEntry, SentEntry, SessionEntry, SymptomEntry
from programs.sessions.models import SessionLog

#: item-0 is a ball release, item-7 the dead bug (tests.programs.samples).
DONE = ("item-7",)


def report(case: Case, *entries: SentEntry, at: dt.datetime) -> None:
    """Store entries that arrive at ``at``."""
    stored = store(case=case, batch=Batch(tuple(entries)), received_at=at)
    assert stored.refused == ()


def symptoms(case: Case, run: uuid.UUID, phase: str, at: dt.datetime, **said: Any) -> SymptomLog:
    """One symptom log of a session."""
    key = said.pop("id", uuid.uuid4())
    report(case, SymptomEntry(key, run, at, phase, **said), at=at)
    return case.symptom_logs.get(client_id=key)


def session(
    case: Case,
    began: dt.datetime,
    *,
    done: Iterable[str] = DONE,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    minutes: int = 20,
    state: str = "finished",
) -> SessionLog:
    """A session of so many minutes with what was done in it and how it was."""
    run, end = uuid.uuid4(), began + dt.timedelta(minutes=minutes)
    report(case, SessionEntry(uuid.uuid4(), run, began, "open"), at=began)
    if before is not None:
        symptoms(case, run, "before", began, **before)
    exercises = [ExerciseEntry(uuid.uuid4(), run, end, item, "done") for item in done]
    report(case, *exercises, at=end)
    if after is not None:
        symptoms(case, run, "after", end, **after)
    if state != "open":
        report(case, SessionEntry(uuid.uuid4(), run, end, state), at=end)
    return case.session_logs.get(client_id=run)
