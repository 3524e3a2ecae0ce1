"""Ten thousand logs on one case, written straight into the tables."""

import datetime as dt
import uuid

from django.db import connection

from patients.models import Case, SymptomLog
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.models import ExerciseLog, SessionLog

PLACES = ("thigh", "lower_leg", "buttock", "none")
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
    """``sessions`` spread over ``days`` up to ``last``: each two reports and every exercise."""
    step = dt.timedelta(days=days) / sessions
    runs, reports = [], []
    for n in range(sessions):
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
    # A server does this by itself after a while; until then its plans are for an empty table.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
