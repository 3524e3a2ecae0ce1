"""When a reminder falls due, over zones, clock changes and ways to ask."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from programs.reminders.plan import (
    LATE,
    LONGEST_WAIT,
    WEEKDAY_NAMES,
    DueReminder,
    Plan,
    days_words,
    due_between,
    is_too_late,
    moment,
    suggested_days,
    suggested_times,
    wait_after,
)
from tests.every_row import every

ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "America/Nuuk",  # the clock jumps over midnight
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
plans = st.builds(
    Plan,
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6), min_size=1),
)
moments = st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2035, 1, 1)).map(
    lambda at: at.replace(tzinfo=dt.UTC)
)
spans = st.timedeltas(dt.timedelta(0), dt.timedelta(days=20))
WHOLE_WEEK = frozenset(range(7))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@given(plans, zones, moments, spans, spans)
def test_looking_in_two_steps_finds_the_same_as_in_one(
    plan: Plan, zone: ZoneInfo, start: dt.datetime, first: dt.timedelta, second: dt.timedelta
) -> None:
    middle, end = start + first, start + first + second
    whole = due_between(plan, zone, start, end)
    assert due_between(plan, zone, start, middle) + due_between(plan, zone, middle, end) == whole


@given(plans, zones, moments, spans)
def test_each_day_that_is_asked_for_comes_once_and_in_order(
    plan: Plan, zone: ZoneInfo, start: dt.datetime, span: dt.timedelta
) -> None:
    found = due_between(plan, zone, start, start + span)
    assert {due.day.weekday() for due in found} <= plan.days
    assert all(a.at < b.at and a.day < b.day for a, b in pairwise(found))
    assert all(start < due.at <= start + span for due in found)


@given(plans, zones, moments)
def test_a_week_has_as_many_as_days_were_asked_for(
    plan: Plan, zone: ZoneInfo, start: dt.datetime
) -> None:
    """Counted from midday to midday, away from where clocks change."""
    day = start.astimezone(zone).date()
    week = [moment(day + n * dt.timedelta(days=1), dt.time(12), zone) for n in (0, 7)]
    found = due_between(plan, zone, *week)
    # Samoa left out 30 Dec 2011.
    lost = zone.key == "Pacific/Apia" and 0 <= (dt.date(2011, 12, 30) - day).days <= 7
    assert len(found) in ({len(plan.days), len(plan.days) - 1} if lost else {len(plan.days)})


@given(plans, zones, moments, spans)
def test_the_clock_on_the_wall_shows_the_time_unless_it_jumped_over_it(
    plan: Plan, zone: ZoneInfo, start: dt.datetime, span: dt.timedelta
) -> None:
    for due in due_between(plan, zone, start, start + span):
        wall = due.at.astimezone(zone).replace(tzinfo=None)
        asked = dt.datetime.combine(due.day, plan.at)
        gap = wall - asked
        assert dt.timedelta(0) <= gap <= dt.timedelta(hours=1)
        if gap:
            before = (due.at - gap).astimezone(zone).utcoffset()
            assert before != due.at.astimezone(zone).utcoffset()


@every(
    ("zone", "time", "day", "expected"),
    [
        # 01:30 does not exist: half past two by the new clock, an hour after 00:30 and 01:00.
        ("Europe/London", "01:30", "2027-03-28", "2027-03-28T01:30+00:00"),
        # 01:30 comes twice: the first.
        ("Europe/London", "01:30", "2026-10-25", "2026-10-25T00:30+00:00"),
        ("Europe/London", "09:00", "2026-10-24", "2026-10-24T08:00+00:00"),
        ("Europe/London", "09:00", "2026-10-25", "2026-10-25T09:00+00:00"),
        ("America/New_York", "02:15", "2027-03-14", "2027-03-14T07:15+00:00"),
        ("Australia/Lord_Howe", "02:10", "2026-10-04", "2026-10-03T15:40+00:00"),
    ],
)
def test_the_days_the_clocks_change(zone: str, time: str, day: str, expected: str) -> None:
    assert moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time), ZoneInfo(zone)) == at(
        expected
    )


def test_a_day_that_a_zone_left_out_has_no_reminder() -> None:
    plan, zone = Plan(dt.time(9), WHOLE_WEEK), ZoneInfo("Pacific/Apia")
    found = due_between(plan, zone, at("2011-12-28T00:00+00:00"), at("2012-01-01T00:00+00:00"))
    assert [due.day.day for due in found] == [28, 29, 31, 1]


def test_the_end_counts_and_the_start_does_not() -> None:
    plan, zone = Plan(dt.time(9), WHOLE_WEEK), ZoneInfo("UTC")
    nine = at("2026-11-20T09:00+00:00")
    assert due_between(plan, zone, nine - dt.timedelta(seconds=1), nine) == (
        DueReminder(nine.date(), nine),
    )
    assert due_between(plan, zone, nine, nine + dt.timedelta(hours=1)) == ()
    assert due_between(plan, zone, nine, nine - dt.timedelta(hours=1)) == ()


def test_three_hours_late_is_still_in_time() -> None:
    nine = at("2026-11-20T09:00+00:00")
    assert [is_too_late(nine, nine + LATE + dt.timedelta(seconds=n)) for n in (0, 1)] == [
        False,
        True,
    ]


def test_the_pauses_grow_and_stop_growing() -> None:
    minutes = [wait_after(n).total_seconds() / 60 for n in (1, 2, 3, 4, 5, 6, 7, 1000)]
    assert minutes == [1, 2, 4, 8, 16, 30, 30, 30]
    assert LONGEST_WAIT < LATE


@every(
    ("days", "words"),
    [
        (range(7), "every day"),
        ([3], "Thursday"),
        ([4, 0], "Monday and Friday"),
        ([0, 2, 4], "Monday, Wednesday and Friday"),
    ],
)
def test_days_in_words(days: list[int], words: str) -> None:
    assert days_words(days) == words


def test_what_is_suggested_is_as_often_as_was_asked() -> None:
    assert [len(suggested_days(n)) for n in (None, 1, 2, 3, 4, 5, 6, 7, 9)] == [
        7, 1, 2, 3, 4, 5, 6, 7, 7,
    ]  # fmt: skip
    assert [len(suggested_times(n)) for n in (None, 1, 2, 3, 12)] == [1, 1, 2, 3, 3]
    assert len(WEEKDAY_NAMES) == 7
