"""What waits for a patient today: a session begun, and the questions that are due.

A session is asked about twice more: a few minutes after it, where a rule needs that, and the next
day. Days are those of the practice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from clinic.emergency_places import placed
from patients.models import Case, SymptomLog
from patients.response import Phase
from programs.portal.session.page import PAUSED_WORDS, session_page, wants_settled_check
from programs.prescriptions.safety_words import by_name
from programs.prescriptions.sheet import Sheet
from programs.sessions.models import ExerciseLog, SessionLog

SETTLED_WITHIN: Final = dt.timedelta(hours=2)
"""A session that ended longer ago is asked about the next day only."""
NEXT_DAY_WITHIN: Final = 3
"""Days after a session on which the question about the next day still makes sense."""
RESUME_WITHIN: Final = dt.timedelta(hours=12)
"""A session begun longer ago is not gone on with; a new one is started."""
CHECK_PHASES: Final = (Phase.SETTLED, Phase.NEXT_DAY)


@dataclass(frozen=True, slots=True)
class Run:
    """A session with what was logged in it: the logs that stand, and what was done."""

    session: SessionLog
    logs: tuple[SymptomLog, ...]
    done: frozenset[str]

    def told(self, phase: Phase) -> bool:
        """Whether the session as a whole was reported on in this phase."""
        return any(log.phase == phase and not log.item for log in self.logs)

    def ready_at(self, minutes: int) -> dt.datetime:
        """When the after-effect window of so many minutes has passed."""
        worked = [log.at for log in self.logs if log.phase in (Phase.DURING, Phase.AFTER)]
        end = self.session.ended_at or self.session.started_at
        return max([end, *worked]) + dt.timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class DueCheck:
    """A question that waits: about which session, and from when on it can be answered."""

    phase: Phase
    session: UUID
    began: dt.datetime
    ready_at: dt.datetime
    is_ready: bool
    question: str

    @property
    def leads(self) -> bool:
        """Whether it comes before a new session: the check after the last one."""
        return self.is_ready and self.phase is Phase.SETTLED


@dataclass(frozen=True, slots=True)
class PatientDay:
    """Today: whether a session is open, how many were done, and what is due."""

    resumes: bool
    done_today: int
    due: tuple[DueCheck, ...]

    @property
    def waits(self) -> bool:
        """Whether a question comes before a new session."""
        return any(due.leads for due in self.due)


def question_of(phase: Phase, days: int) -> str:
    """The question about a session so many days ago."""
    if phase is Phase.SETTLED:
        return "How is it now?"
    if days == 1:
        return "How was it overnight and this morning?"
    return "How was the night after it, and the next morning?"


def days_since(session: SessionLog, now: dt.datetime, zone: dt.tzinfo) -> int:
    """Calendar days of the practice from the start of a session to ``now``."""
    return (now.astimezone(zone).date() - session.started_at.astimezone(zone).date()).days


def day_of(case: Case, sheet: Sheet, answer: dict[str, Any], now: dt.datetime) -> PatientDay:
    """What waits at ``now``; ``answer`` is the kept answer of the case."""
    zone = case.practice.zone
    runs = recent_runs(case, now)
    of_today = [run for run in runs if days_since(run.session, now, zone) == 0]
    resumes = _resumes(runs, now)
    # What is still on is not done: the page offers to go on with it.
    over = [run for run in of_today if not (resumes and run is runs[0])]
    found = (_settled(case, sheet, answer, runs, now), _next_day(runs, now, zone))
    return PatientDay(
        resumes=resumes,
        done_today=sum(bool(run.done) for run in over),
        due=tuple(due for due in found if due is not None),
    )


def recent_runs(case: Case, now: dt.datetime) -> list[Run]:
    """The sessions of the last days, the newest first."""
    since = now - dt.timedelta(days=NEXT_DAY_WITHIN + 1)
    sessions = case.session_logs.filter(started_at__gte=since).order_by("-started_at", "-pk")
    return runs_of(case, list(sessions[:30]))


def runs_of(case: Case, sessions: Sequence[SessionLog]) -> list[Run]:
    """These sessions with what stands of their logs: two questions to the database."""
    logs: dict[UUID, list[SymptomLog]] = {s.client_id: [] for s in sessions}
    # A year of logs lies before them; those are found by time.
    since = min((s.started_at for s in sessions), default=timezone.now()) - dt.timedelta(days=1)
    found = case.symptom_logs.standing().filter(at__gte=since, session__in=list(logs))
    for log in found:
        logs[log.session].append(log)
    done: dict[int, set[str]] = {s.pk: set() for s in sessions}
    rows = ExerciseLog.objects.standing().filter(session__in=list(done))
    for key, item in rows.exclude(state=ExerciseLog.SKIPPED).values_list("session_id", "item"):
        done[key].add(item)
    return [Run(s, tuple(logs[s.client_id]), frozenset(done[s.pk])) for s in sessions]


def wants_check(case: Case, sheet: Sheet, answer: dict[str, Any], run: Run) -> bool:
    """Whether a rule needs to know how it is a few minutes after this session."""
    if not run.done:
        return False
    page = session_page(case, sheet, answer)
    return wants_settled_check([*page.todo, *page.paused], run.done, run.logs)


def paused_reasons(answer: dict[str, Any], clinician: str, number: str) -> dict[str, str]:
    """Why each paused exercise is paused, by item.

    ``clinician``: who will look at it. ``number``: of the practice's emergencies.
    """
    patient = answer.get("patient", {})
    fresh = patient.get("items", ()) if patient.get("outcome") == "stop_exercise" else ()
    said = placed(patient.get("reason", ""), number)
    return {
        item: by_name((item in fresh and said) or PAUSED_WORDS, clinician)
        for item in answer.get("paused", ())
    }


def _resumes(runs: Sequence[Run], now: dt.datetime) -> bool:
    if not runs:
        return False
    newest = runs[0].session
    return newest.state == SessionLog.OPEN and now - newest.started_at < RESUME_WITHIN


def _settled(
    case: Case, sheet: Sheet, answer: dict[str, Any], runs: Sequence[Run], now: dt.datetime
) -> DueCheck | None:
    run = runs[0] if runs else None
    if run is None or run.session.ended_at is None or run.told(Phase.SETTLED):
        return None
    if now - run.session.ended_at > SETTLED_WITHIN or not wants_check(case, sheet, answer, run):
        return None
    ready = run.ready_at(case.practice.after_effect_minutes)
    return _due(Phase.SETTLED, run, ready, is_ready=now >= ready)


def _next_day(runs: Iterable[Run], now: dt.datetime, zone: dt.tzinfo) -> DueCheck | None:
    """About the last session before today with anything done in it."""
    for run in runs:
        days = days_since(run.session, now, zone)
        if days < 1 or not run.done:
            continue
        if days > NEXT_DAY_WITHIN or run.told(Phase.NEXT_DAY):
            return None
        return _due(Phase.NEXT_DAY, run, run.session.started_at, is_ready=True, days=days)
    return None


def _due(phase: Phase, run: Run, ready: dt.datetime, *, is_ready: bool, days: int = 0) -> DueCheck:
    question, began = question_of(phase, days), run.session.started_at
    return DueCheck(phase, run.session.client_id, began, ready, is_ready, question)
