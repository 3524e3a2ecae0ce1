"""What the demo's patients have logged: sent as their devices send it, day by day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils import timezone

from clinic.models import User
from patients.inbox.actions import acknowledge
from patients.models import Case, FunctionalGoal, GoalScore
from programs.demo.plan import Diary, Feeling, PlannedSession, ReportedSign
from programs.sessions import responses
from programs.sessions.actions import store
from programs.sessions.entries import Batch, ExerciseEntry, SentEntry, SessionEntry, SymptomEntry
from programs.sessions.prescribed import PrescribedItem, versions_of

MINUTES: Final = {"after": 15, "settled": 21}
"""Minutes from the start of a session to these checks."""


def write_diary(case: Case, people: Mapping[str, User], diary: Diary) -> None:
    """Send it all, oldest first, each session at its time; then judge as of today."""
    for run in sorted(diary.runs, key=lambda r: (-r.days_ago, r.hour)):
        _send_run(case, run)
    for report in diary.reports:
        _send_report(case, people, report)
    for words, scores in diary.goals:
        _score(case, words, scores)
    if diary.runs or diary.reports:
        responses.refresh(case)


def _send_run(case: Case, run: PlannedSession) -> None:
    zone = case.practice.zone
    day = timezone.now().astimezone(zone).date() - dt.timedelta(days=run.days_ago)
    start = dt.datetime.combine(day, dt.time(run.hour), tzinfo=zone)
    items = {i.exercise: i for i in versions_of(case)[0].items if i.is_done_in_sessions}
    entries = tuple(_entries(run, start, items))
    # Somebody who makes the demo early in the morning gets no log from later that day.
    told = tuple(e for e in entries if e.at <= timezone.now())
    if told:
        store(case=case, batch=Batch(told), received_at=max(e.at for e in told))


def _entries(
    run: PlannedSession, start: dt.datetime, items: Mapping[str, PrescribedItem]
) -> Iterator[SentEntry]:
    session = uuid.uuid4()
    blamed = (items[run.provoked].id,) if run.provoked else ()
    moment = {phase: start + dt.timedelta(minutes=n) for phase, n in MINUTES.items()}
    yield _symptoms(session, start, "before", run.before)
    for n, (slug, item) in enumerate(items.items(), start=1):
        yield _exercise(session, start + dt.timedelta(minutes=n), item, run.skipped.get(slug, ""))
    yield _symptoms(session, moment["after"], "after", run.after, blamed)
    yield SessionEntry(uuid.uuid4(), session, moment["after"], "finished")
    if run.settled is not None:
        yield _symptoms(session, moment["settled"], "settled", run.settled)
    if run.next_day is not None:
        yield _symptoms(session, start + dt.timedelta(hours=23), "next_day", run.next_day)


def _exercise(
    session: uuid.UUID, at: dt.datetime, item: PrescribedItem, skipped: str
) -> ExerciseEntry:
    dose = item.dosage
    reps, hold = dose.reps or dose.sets, dose.hold_s or dose.duration_s
    done = None if skipped else 1
    return ExerciseEntry(
        id=uuid.uuid4(),
        session=session,
        at=at,
        item=item.id,
        state="skipped" if skipped else "done",
        side=item.side,
        sets=done and (dose.sets.low if dose.sets else 1),
        reps=done and (reps.low if reps else None),
        seconds=done and (hold.low if hold else None),
        reason=skipped,
    )


def _symptoms(
    session: uuid.UUID,
    at: dt.datetime,
    phase: str,
    feeling: Feeling,
    provoked: tuple[str, ...] | None = None,
) -> SymptomEntry:
    return SymptomEntry(
        id=uuid.uuid4(),
        session=session,
        at=at,
        phase=phase,
        pain=feeling.pain,
        regions=feeling.regions,
        kinds=feeling.kinds,
        provoked=provoked,
    )


def _send_report(case: Case, people: Mapping[str, User], report: ReportedSign) -> None:
    at = timezone.now() - dt.timedelta(minutes=report.minutes_ago)
    entry = SymptomEntry(
        id=uuid.uuid4(),
        session=uuid.uuid4(),
        at=at,
        phase="before",
        red_flags=(report.flag,),
    )
    store(case=case, batch=Batch((entry,)), received_at=at)
    if report.seen:
        _acknowledge(case, people[report.by], report.seen)


def _acknowledge(case: Case, actor: User, note: str) -> None:
    for alert in case.alerts.open():
        acknowledge(alert=alert, actor=actor, note=note)


def _score(case: Case, words: str, scores: tuple[int, ...]) -> None:
    """A goal, scored once a week up to today."""
    now = timezone.now()
    first = now - dt.timedelta(weeks=len(scores) - 1)
    goal = FunctionalGoal.objects.create(
        case=case, words=words, created_by=case.clinician, created_at=first
    )
    for week, score in enumerate(scores):
        at = first + dt.timedelta(weeks=week)
        by = None if week else case.clinician
        GoalScore.objects.create(goal=goal, score=score, at=at, by=by)
