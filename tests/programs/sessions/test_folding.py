"""Old sessions are left unread, and an answer is the same as if all were read."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from patients.models import Case, CaseResponse, SymptomLog
from programs.exercises.library import library_for
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import actions as session_actions
from programs.sessions import responses
from programs.sessions.history import Read, history_of
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.prescribed import versions_of
from tests.programs.sessions.conftest import BEND_BACK, BEND_FORWARD, Send, exercise, symptoms

SESSIONS = 60
PLACES = {"left": "none", "right": "lower_leg"}


def day(ago: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=ago)


@pytest.fixture
def year(case: Case, issued: IssuedPrescription) -> list[uuid.UUID]:
    """A session a day, the last one yesterday; their ids, the oldest first."""
    sessions = SessionLog.objects.bulk_create(
        SessionLog(
            case=case,
            practice_id=case.practice_id,
            client_id=uuid.uuid4(),
            prescription=issued,
            started_at=day(ago),
            received_at=day(ago),
        )
        for ago in range(SESSIONS, 0, -1)
    )
    ExerciseLog.objects.bulk_create(
        ExerciseLog(
            session=s,
            practice_id=case.practice_id,
            client_id=uuid.uuid4(),
            item=BEND_FORWARD,
            item_name="Bend",
            state="done",
            at=s.started_at,
            received_at=s.started_at,
        )
        for s in sessions
    )
    SymptomLog.objects.bulk_create(
        SymptomLog(
            case=case,
            practice_id=case.practice_id,
            client_id=uuid.uuid4(),
            session=s.client_id,
            phase=phase,
            at=s.started_at + dt.timedelta(minutes=minutes),
            received_at=s.started_at + dt.timedelta(hours=1),
            pain=4,
            regions=["calf_right"],
            **PLACES,
        )
        for s in sessions
        for phase, minutes in (("before", 0), ("after", 9))
    )
    return [s.client_id for s in sessions]


def reading(case: Case) -> Read:
    kept = CaseResponse.objects.select_related("case__practice").get(case=case)
    return history_of(kept, library_for(kept.case.practice), versions_of(case))


def folded(case: Case) -> dict[str, Any]:
    """What is kept of which sessions are read; empty where all are."""
    return CaseResponse.objects.get(case=case).folded or {}


def same_as_from_all(case: Case) -> None:
    kept = responses.refresh(case)
    alerts = set(case.alerts.values_list("code", "ended_at"))
    CaseResponse.objects.filter(case=case).update(folded=None, folded_before=None)
    whole = responses.refresh(case)
    assert (whole.outcome, whole.trend, whole.answer) == (kept.outcome, kept.trend, kept.answer)
    assert set(case.alerts.values_list("code", "ended_at")) == alerts


def test_a_post_reads_the_last_weeks_and_little_else(case: Case, year: list[uuid.UUID]) -> None:
    responses.refresh(case)
    rows = reading(case).rows
    # 8 days and the day that has begun, the first session, the last three before, and one aside.
    assert len({row[1] for row in rows.symptoms}) == 14
    assert len(rows.done) == 14
    # Of those that are not read, how many were done in the four weeks that a review counts.
    assert len(reading(case).history.counted) == 17
    same_as_from_all(case)


def test_a_spread_of_long_ago_still_stops_its_exercise(
    case: Case, year: list[uuid.UUID], send: Send
) -> None:
    minutes = dt.timedelta(minutes=20)
    send(
        exercise(year[5], day(55), BEND_BACK),
        symptoms(
            year[5], day(55) + minutes, "settled", regions=("foot_right",), provoked=(BEND_BACK,)
        ),
    )
    responses.refresh(case)
    assert folded(case)
    kept = send(symptoms(year[-1], day(0), "next_day", pain=3)).response
    assert kept.answer["paused"] == [BEND_BACK]
    same_as_from_all(case)


@pytest.mark.parametrize("ago", [58, 31])
def test_a_log_from_before_has_everything_read_again(
    case: Case, year: list[uuid.UUID], send: Send, ago: int
) -> None:
    responses.refresh(case)
    send(symptoms(uuid.uuid4(), day(ago), "before", pain=9, red_flags=("rf_saddle_numbness",)))
    assert case.response.outcome == "get_help"
    same_as_from_all(case)


def test_an_exercise_or_a_session_from_before_empties_it(case: Case, year: list[uuid.UUID]) -> None:
    old = SessionLog.objects.get(client_id=year[3])
    ways = (
        lambda: ExerciseLog.objects.create(
            session=old, client_id=uuid.uuid4(), item="x", item_name="X", state="done", at=day(0)
        ),
        lambda: SessionLog.objects.filter(client_id=year[-1]).update(started_at=day(50)),
    )
    for way in ways:
        responses.refresh(case)
        assert folded(case)
        way()
        assert folded(case) == {}


def test_a_session_that_was_left_out_and_goes_on_is_read_whole(
    case: Case, year: list[uuid.UUID], send: Send
) -> None:
    responses.refresh(case)
    send(symptoms(year[10], day(0), "next_day", pain=9, regions=("foot_right",)))
    assert str(year[10]) in {e.session for e in reading(case).history.logs if e.at < day(40)}
    same_as_from_all(case)


def test_what_else_an_answer_rests_on_has_everything_read_again(
    case: Case, year: list[uuid.UUID]
) -> None:
    responses.refresh(case)
    before = folded(case)["name"]
    Case.objects.filter(pk=case.pk).update(baseline_pain=1)
    case.refresh_from_db()
    assert len(reading(case).rows.done) == SESSIONS
    responses.refresh(case)
    assert folded(case)["name"] != before


def test_two_days_later_more_is_left_out(case: Case, year: list[uuid.UUID]) -> None:
    first = responses.refresh(case).folded_before
    one, two = (timezone.now() + dt.timedelta(days=n) for n in (1, 2))
    assert responses.refresh(case, one).folded_before == first
    later = responses.refresh(case, two)
    assert [str(at)[:10] for at in (first, later.folded_before)] == ["2026-11-12", "2026-11-14"]
    assert len(folded(case)["gone"].split()) == 48


@pytest.mark.parametrize("made", [0, 2])
def test_a_days_limit_counts_what_came_in_whatever_its_own_day(
    case: Case,
    year: list[uuid.UUID],
    send: Send,
    monkeypatch: pytest.MonkeyPatch,
    made: int,
) -> None:
    """Also where old sessions are left out since two days ago, and where the first log is old."""
    monkeypatch.setattr(session_actions, "MOST_A_DAY", 3)
    # The last session came in yesterday at this time: it does not count any more.
    now = timezone.now() + dt.timedelta(hours=2)
    responses.refresh(case, day(made))
    assert folded(case)
    logs = [symptoms(uuid.uuid4(), at, "before", pain=1) for at in (day(50), day(1), now, now)]
    assert [len(send(log, received_at=now).stored) for log in logs] == [1, 1, 1, 0]


def test_a_session_that_is_read_aside_and_goes_on_is_judged_again(
    case: Case, year: list[uuid.UUID], send: Send
) -> None:
    responses.refresh(case)
    (aside, *_) = folded(case)["aside"]
    send(symptoms(uuid.UUID(aside), day(0), "next_day", pain=9, regions=("foot_right",)))
    assert aside not in reading(case).history.aside
    same_as_from_all(case)
