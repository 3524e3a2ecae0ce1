"""Each day is measured against the version that was in force on it."""

import datetime as dt
from dataclasses import replace

from clinic.models import User
from patients.models import Case
from programs.exercises.dosage import Dosage
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.prescription import Prescription
from programs.sessions import responses
from programs.sessions.prescribed import asked_from, versions_of
from tests.clock import SetClock
from tests.programs.followup.conftest import ITEMS, STARTED, Diary, issue, three_exercises

UTC = dt.UTC


def often(times: int) -> Prescription:
    """The three exercises, each so many times a day."""
    value = three_exercises()
    dose = Dosage.from_dict({"reps": [10, 10], "times_per_day": [times, times]})
    return replace(value, items=tuple(replace(i, dosage=dose) for i in value.items))


def since(case: Case) -> list[tuple[str, int]]:
    rows = asked_from(versions_of(case), case.practice.zone)[ITEMS[0]]
    return [(str(row.since), row.sessions_per_week) for row in rows]


def test_the_first_version_counts_from_its_day_a_later_one_from_the_next(
    case: Case, alice: User
) -> None:
    issue(case, alice, STARTED, often(1))
    issue(case, alice, STARTED + dt.timedelta(days=3), often(3))
    assert since(case) == [("2026-10-26", 7), ("2026-10-30", 21)]


def test_an_exercise_that_was_added_or_taken_out(case: Case, alice: User) -> None:
    whole = often(1)
    issue(case, alice, STARTED, replace(whole, items=whole.items[1:]))
    issue(case, alice, STARTED + dt.timedelta(days=3), whole)
    assert since(case) == [("2026-10-26", 0), ("2026-10-30", 7)]


def test_after_the_last_day_of_a_program_nothing_is_asked(case: Case, alice: User) -> None:
    issue(case, alice, STARTED, often(1))
    Program.objects.update(ended_at=STARTED + dt.timedelta(days=5))
    assert since(case) == [("2026-10-26", 7), ("2026-11-01", 0)]
    issue(case, alice, STARTED + dt.timedelta(days=9), often(2))
    assert since(case) == [("2026-10-26", 7), ("2026-11-01", 0), ("2026-11-05", 14)]


def test_amending_to_more_sessions_makes_no_false_alert(
    case: Case, alice: User, clock: SetClock
) -> None:
    issue(case, alice, STARTED, often(1))
    diary = Diary(case, clock)
    for day in range(14):
        diary.session(STARTED + dt.timedelta(days=day, hours=2), before=(5, ("calf_left",)))
    at = STARTED + dt.timedelta(days=14, hours=3)
    clock(at)
    assert {a.code for a in case.alerts.all()} == set()
    issue(case, alice, at, often(2))
    answer = responses.refresh(case, at).answer
    assert [row["code"] for row in (*answer["alerts"], *answer["proposals"])] == []
    assert IssuedPrescription.objects.count() == 2
