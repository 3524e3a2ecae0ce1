"""The response contract over weeks: change, adherence, and what was asked on each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from patients.response import ClinicianMark, History, Trend, respond
from patients.response.facts import AskedFrom
from tests.every_row import every
from tests.patients.response.histories import (
    DAY0,
    FLEXION,
    GUIDE,
    STRETCH,
    answer,
    codes,
    history,
    left,
    log,
    mark,
    moment,
    session,
    told,
    weeks,
)
from tests.patients.response.rows import weak


# Weeks.
@every(
    ("per_week", "alerts", "proposals", "adherence"),
    [
        (14, ["no_change routine"], ["review None"], None),
        (10, ["no_change routine"], ["review None"], None),
        (9, ["no_change routine"], ["review None"], 64),
        (7, ["no_change routine"], ["review None"], 50),
        (6, [], ["ask_barriers None"], None),
    ],
)
def test_eight_weeks_without_a_change(
    per_week: int, alerts: list[str], proposals: list[str], adherence: int | None
) -> None:
    """Asked for 14 a week; below 70 % the share is named, below half the barriers are asked for."""
    r = answer(weeks(56, per_week, 4), day=56)
    assert codes(r) == (alerts, proposals)
    reviews = [p.facts for p in r.proposals if p.code == "review"]
    for facts in [*(a.facts for a in r.alerts), *reviews]:
        assert facts.get("adherence") == adherence


@pytest.mark.parametrize(("since", "reviewed"), [(14, False), (15, True)])
def test_a_move_up_the_leg_puts_the_review_off_for_14_days(since: int, reviewed: bool) -> None:
    moved = session("up", 56 - since, ranks={"before": 5, "settled": 3}, pains={"before": 4})
    logs = [e for e in weeks(56, 14, 4) if not moment(55 - since) < e.at < moment(57 - since)]
    found = answer([*logs, *moved], day=56)
    assert ("no_change routine" in codes(found)[0]) == reviewed


def amended(day: int, before: int, now: int) -> History:
    """Once a day for 28 days, in a program that asks otherwise from a day on."""
    logs = [e for n in range(28) for e in session(f"s{n}", n, pains={"before": 5, "after": 2})]
    start = DAY0.date()
    versions = (AskedFrom(start, before), AskedFrom(start + dt.timedelta(days=day), now))
    item = replace(STRETCH, sessions_per_week=now, versions=versions)
    return history(logs, day=28, items=(item,), started=start)


@every(
    ("day", "before", "now", "expected"),
    [
        (29, 7, 21, (["no_change routine"], ["review None"])),
        (28, 7, 21, (["no_change routine"], ["review None"])),
        (14, 7, 14, (["no_change routine"], ["review None"])),
        (0, 14, 21, ([], ["ask_barriers None"])),
    ],
)
def test_each_day_is_measured_against_what_was_asked_on_it(
    day: int, before: int, now: int, expected: tuple[list[str], list[str]]
) -> None:
    r = respond(amended(day, before, now), GUIDE)
    assert codes(r) == expected
    if day == 14:
        facts = r.alerts[0].facts
        assert (facts["sessions_done"], facts["sessions_asked"], facts["adherence"]) == (
            28,
            42.0,
            66,
        )


def test_an_exercise_is_asked_for_until_the_day_it_was_stopped() -> None:
    """Half a month at twice a day before the stop, then once a day of what is left."""
    often = replace(STRETCH, sessions_per_week=14)
    rare = replace(FLEXION, sessions_per_week=7)
    stop = session("stop", 14, ranks={"before": 4, "settled": 5}, pains={"before": 5, "after": 2})
    rest = [e for n in range(21) for e in session(f"s{n}", n, item="flex", pains={"before": 5})]
    r = answer([*stop, *rest], day=28, items=(often, rare))
    facts = next(a.facts for a in r.alerts if a.code == "no_change")
    assert (facts["sessions_done"], facts["sessions_asked"]) == (22, 42.0)
    back = answer([*stop, *rest], day=28, items=(often, rare), reinstated=(mark("calf", 14.1),))
    assert codes(back)[1] == ["ask_barriers None"]


def test_a_session_opened_and_not_done_counts_nowhere() -> None:
    opened = [e for n in range(28) for e in [log(f"o{n}", n, "before", pain=9, place=left(5))]]
    r = answer(opened, day=28, started=DAY0.date())
    assert (told(r), r.trend) == (("carry_on", "no_session"), Trend.TOO_EARLY)
    assert codes(r) == ([], ["ask_barriers None"])


def test_marks_after_now_do_not_clear_yet() -> None:
    later = ClinicianMark("neurological_change", moment(5))
    assert told(answer([weak(0)], now=moment(4), cleared=(later,)))[0] == "get_help"
