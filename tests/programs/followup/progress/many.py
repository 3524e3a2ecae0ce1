"""Ten thousand logs on one case, written straight into the tables."""

import datetime as dt
import uuid
from typing import Any

from django.db import connection
from django.db.models import Model

from patients.models import Case, SymptomLog
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.models import ExerciseLog, SessionLog

PLACES = ("thigh", "lower_leg", "buttock", "none")
ROUND = 40
"""After so many sessions pain and places begin again."""
REGIONS = {
    "thigh": ["thigh_back_right"],
    "lower_leg": ["calf_right"],
    "buttock": ["buttock_right"],
    "none": [],
}


def fill(
    case: Case,
    issued: IssuedPrescription,
    *,
    last: dt.datetime,
    sessions: int,
    days: int,
    items: tuple[str, ...],
) -> None:
    """``sessions`` spread over ``days`` up to ``last``: each two reports and every exercise.

    Of many rounds the latest is made one by one, and those before it are like it.
    """
    step = dt.timedelta(days=days) / sessions
    rounds = 1 if sessions % ROUND else sessions // ROUND
    runs, reports = [], []
    for n in range(sessions // rounds):
        at = last - step * n - dt.timedelta(minutes=30)
        run = SessionLog(
            case=case,
            client_id=uuid.uuid4(),
            prescription=issued,
            started_at=at,
            ended_at=at,
            state=SessionLog.FINISHED,
            received_at=last,
        )
        runs.append(run)
        reports += [_report(case, run, at, n, "before"), _report(case, run, at, n + 1, "settled")]
    SessionLog.objects.bulk_create(runs)
    SymptomLog.objects.bulk_create(reports)
    ExerciseLog.objects.bulk_create(
        ExerciseLog(
            session=run,
            client_id=uuid.uuid4(),
            item=item,
            item_name="An exercise",
            state=ExerciseLog.DONE,
            at=run.started_at,
            received_at=last,
        )
        for run in runs
        for item in items
    )
    if rounds > 1:
        _earlier(rounds - 1, step * ROUND, [run.client_id for run in runs])
    # A server does this by itself after a while; until then its plans are for an empty table.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _earlier(rounds: int, step: dt.timedelta, runs: list[uuid.UUID]) -> None:
    """The same sessions again, each round ``step`` before the one after it."""
    key = "md5(old.{0}::text || n)::uuid"
    before = "old.{0} - n * %(step)s"
    own = {"client_id": key, "started_at": before, "ended_at": before, "at": before}
    its = " FROM {0} old CROSS JOIN generate_series(1, %(rounds)s) n"
    named = " WHERE old.{0} = ANY(%(runs)s)"
    of_run = (
        " JOIN programs_sessionlog was ON was.id = old.session_id AND was.client_id = ANY(%(runs)s)"
        " JOIN programs_sessionlog now ON now.client_id = md5(was.client_id::text || n)::uuid"
    )
    each: tuple[tuple[type[Model], dict[str, str], str], ...] = (
        (SessionLog, own, named.format("client_id")),
        (SymptomLog, {**own, "session": key}, named.format("session")),
        (ExerciseLog, {**own, "session_id": "now.id"}, of_run),
    )
    given: Any = {"rounds": rounds, "step": step, "runs": runs}
    with connection.cursor() as cursor:
        for model, changed, which in each:
            columns = [f'"{f.column}"' for f in model._meta.concrete_fields if not f.primary_key]
            told = ", ".join(changed.get(c.strip('"'), "old.{0}").format(c) for c in columns)
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told}"
                + its.format(table)
                + which,
                given,
            )


def _report(case: Case, run: SessionLog, at: dt.datetime, n: int, phase: str) -> SymptomLog:
    place = PLACES[n % len(PLACES)]
    return SymptomLog(
        case=case,
        client_id=uuid.uuid4(),
        session=run.client_id,
        phase=phase,
        at=at + dt.timedelta(minutes=20 * (phase == "settled")),
        received_at=run.received_at,
        pain=n % 8,
        regions=REGIONS[place],
        left="none",
        right=place,
        kinds=["pain"],
    )
