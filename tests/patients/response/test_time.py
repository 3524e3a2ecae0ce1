"""Times and order: calendar days of the practice, late nights, corrections, what stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from patients.response import LogEntry, Phase, Trend, respond
from tests.every_row import every
from tests.patients.response.histories import (
    GUIDE,
    LONDON,
    answer,
    codes,
    left,
    log,
    mark,
    moment,
    session,
    told,
)
from tests.patients.response.year import a_year

NEW_YORK = ZoneInfo("America/New_York")


def three(start: dt.datetime, zone: ZoneInfo) -> list[LogEntry]:
    """Three sessions from a moment on, a local day apart at the same time by the clock."""
    local = start.astimezone(zone)
    days = [local + dt.timedelta(days=n) for n in range(3)]
    return [
        LogEntry(f"s{n}", d.astimezone(dt.UTC), Phase.AFTER, "calf", done=True, pain=1)
        for n, d in enumerate(days)
    ]


@every("zone", [LONDON, NEW_YORK])
@every("first", ["2026-10-22", "2026-03-25", "2026-03-04", "2026-12-28"])
@every(("after", "trend"), [(6, Trend.TOO_EARLY), (7, Trend.IMPROVING)])
def test_seven_days_across_months_years_and_clock_changes(
    zone: ZoneInfo, first: str, after: int, trend: Trend
) -> None:
    """An hour before midnight of the sixth day is early; an hour after it is the seventh."""
    begin = dt.datetime.fromisoformat(first + "T23:30").replace(tzinfo=zone)
    logs = three(begin, zone)
    day = begin.date() + dt.timedelta(days=after)
    hour = 23 if after == 6 else 0
    now = dt.datetime(day.year, day.month, day.day, hour, 45, tzinfo=zone)
    assert answer(logs, now=now.astimezone(dt.UTC), zone=zone).trend == trend


def test_the_practice_s_midnight_counts_and_not_the_server_s() -> None:
    logs = three(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC), ZoneInfo("UTC"))
    now = dt.datetime(2026, 7, 8, 0, 30, tzinfo=dt.UTC)
    assert answer(logs, now=now, zone=ZoneInfo("UTC")).trend == Trend.IMPROVING
    assert answer(logs, now=now, zone=LONDON).trend == Trend.TOO_EARLY


def test_a_session_over_midnight_is_one_session_of_the_day_it_began() -> None:
    begin = moment(0, 15 * 60 + 55)
    logs = [
        LogEntry("s", begin, Phase.BEFORE, place=left(4)),
        LogEntry("s", begin + dt.timedelta(minutes=10), Phase.AFTER, "calf", True, 2),
        LogEntry("s", begin + dt.timedelta(minutes=20), Phase.SETTLED, place=left(5)),
    ]
    r = answer(logs)
    assert (told(r), r.paused) == (("stop_exercise", "lasting_spread"), ("calf",))


def test_a_log_after_now_is_left_out() -> None:
    logs = [*session("s1", 0, pains={"after": 1}), *session("s2", 2, pains={"after": 9})]
    assert told(answer(logs, now=moment(1))) == ("carry_on", "green_pain")


def test_the_later_of_two_answers_stands_whatever_came_first() -> None:
    first = log("s", 0, "after", 10, item="calf", done=True, pain=9)
    corrected = log("s", 0, "after", 30, item="calf", done=True, pain=2)
    for logs in ([first, corrected], [corrected, first]):
        assert told(answer(logs)) == ("carry_on", "green_pain")


def test_of_two_answers_at_one_moment_the_worse_stands() -> None:
    one = log("s", 0, "after", item="calf", done=True, pain=2)
    two = replace(one, pain=8)
    for logs in ([one, two], [two, one]):
        assert told(answer(logs)) == ("ease", "red_pain")


def test_contradictions_get_words_for_the_worse() -> None:
    """No symptoms by place, ten by number; done and not done."""
    logs = [
        log("s", 0, "before", pain=0, place=left(6)),
        log("s", 0, "after", item="calf", done=True, pain=10, place=left(6)),
        log("s", 0, "after", 11, item="flex", done=False, pain=10),
        log("s", 0, "settled", pain=0, place=left(0)),
    ]
    assert told(answer(logs)) == ("carry_on", "centralising")
    assert told(answer(logs[:-1])) == ("ease", "red_pain")


def stopped() -> list[LogEntry]:
    return session("s1", 0, ranks={"before": 4, "settled": 5})


def test_a_stopped_item_stays_paused_until_a_clinician_lets_it_go_on() -> None:
    logs = [*stopped(), *session("s2", 5, item="flex", pains={"after": 1})]
    r = answer(logs)
    assert (told(r), r.paused) == (("carry_on", "green_pain"), ("calf",))
    assert r.reason == "green_pain. paused_reminder."
    assert codes(r) == (["peripheralising soon"], ["review_direction calf"])
    back = answer(logs, reinstated=(mark("calf", 3),))
    assert (back.paused, codes(back), back.reason) == ((), ([], []), "green_pain.")


def test_reinstated_and_stopped_again() -> None:
    again = session("s2", 5, ranks={"before": 4, "settled": 5})
    r = answer([*stopped(), *again], reinstated=(mark("calf", 3),))
    assert (r.paused, [a.facts["session"] for a in r.alerts]) == (("calf",), ["s2"])
    other = answer(stopped(), reinstated=(mark("flex", 3),), now=moment(4))
    assert other.paused == ("calf",)


def test_a_reinstatement_of_the_future_does_not_count_yet() -> None:
    assert answer(stopped(), reinstated=(mark("calf", 3),), now=moment(2)).paused == ("calf",)


def test_a_sign_is_still_told_when_a_calm_session_arrives_with_it() -> None:
    logs = [
        log("s1", 0, "after", item="calf", done=True, kinds="weakness"),
        *session("s2", 1, pains={"after": 1}),
    ]
    r = answer(logs)
    assert told(r) == ("get_help", "new_weakness")
    assert codes(r) == (["neurological_change same_day"], ["screen_red_flags None"])
    later = answer([*logs, *session("s3", 8, pains={"after": 1})])
    assert (told(later), codes(later)) == (told(r), codes(r))


def test_the_morning_after_an_earlier_session_is_heard_after_a_later_one() -> None:
    logs = [
        *session("s1", 0, pains={"before": 2, "after": 2, "next_day": 6}),
        *session("s2", 0.5, pains={"after": 1}),
    ]
    assert told(answer(logs)) == ("ease", "next_day_pain")


def test_symptoms_that_sink_from_week_to_week() -> None:
    ranks = [2, 2, 4, 4, 5]
    logs = [
        e
        for n, rank in enumerate(ranks)
        for e in session(f"s{n}", n * 3, ranks={"before": rank, "settled": rank})
    ]
    r = answer(logs)
    assert (told(r), r.trend) == (("ease", "drift"), Trend.PERIPHERALISING)
    assert codes(r)[0] == ["worsening soon"]
    up = [replace(e, place=left(7 - e.place.rank)) if e.place else e for e in logs]
    risen = answer(up)
    assert (risen.trend, codes(risen)[0]) == (Trend.CENTRALISING, [])


def test_a_year_of_logs_is_judged_like_a_day() -> None:
    year = a_year()
    assert len(year.logs) == 10_000
    judged = respond(year, GUIDE)
    assert (judged.trend, codes(judged)) == (Trend.IMPROVING, ([], []))
