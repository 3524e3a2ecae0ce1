"""Weeks and adherence: calendar weeks of the practice, whatever the clock and the month do."""

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from programs.followup.progress.adherence import Asked, Count, Pause, Period, Prescribed, table
from programs.followup.progress.weeks import Week, last_weeks, start_of
from tests.every_row import every

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kabul"]
)
DAILY, TWICE, THRICE = Asked("a", "A", 7), Asked("b", "B", 14), Asked("c", "C", 3)


@given(DAYS)
def test_every_day_is_in_one_week_of_seven(day: dt.date) -> None:
    week = Week.of(day)
    assert (week.days.count(day), len(set(week.days)), week.monday.weekday()) == (1, 7, 0)
    assert Week.of(week.sunday) == week
    assert week.before.sunday + dt.timedelta(days=1) == week.monday


@given(DAYS, ZONES)
def test_a_days_first_moment_is_on_that_day_and_its_last_is_too(day: dt.date, name: str) -> None:
    """Also on the days that are 23 or 25 hours long, and where midnight itself is skipped."""
    zone = ZoneInfo(name)
    first, following = start_of(day, zone), start_of(day + dt.timedelta(days=1), zone)
    inside = following.astimezone(dt.UTC) - dt.timedelta(microseconds=1)
    assert inside.astimezone(zone).date() == day
    assert first.astimezone(dt.UTC).astimezone(zone).date() == day


@every(
    ("monday", "words"),
    [
        (dt.date(2026, 11, 16), "16–22 Nov"),
        (dt.date(2026, 9, 28), "28 Sep – 4 Oct"),
        (dt.date(2026, 12, 28), "28 Dec – 3 Jan"),
    ],
)
def test_words(monday: dt.date, words: str) -> None:
    assert Week(monday).words == words


@given(DAYS, st.integers(1, 60))
def test_last_weeks_end_with_this_one_and_leave_none_out(today: dt.date, count: int) -> None:
    found = last_weeks(today, count)
    assert (len(found), found[-1]) == (count, Week.of(today))
    assert all(b.before == a for a, b in pairwise(found))


@given(DAYS, st.integers(1, 84))
def test_a_whole_week_asks_for_exactly_what_the_dose_says(day: dt.date, per_week: int) -> None:
    issued = Week.of(day).monday - dt.timedelta(days=1)
    prescribed = Prescribed([Period(issued, None, (Asked("a", "A", per_week),))])
    assert prescribed.times("a", Week.of(day).days) == per_week
    assert prescribed.sessions(Week.of(day).days) == per_week


@given(DAYS, st.integers(0, 13), st.integers(0, 13))
def test_no_day_is_asked_for_twice_when_a_version_follows(day: dt.date, a: int, b: int) -> None:
    first, second = sorted((a, b))
    issues = [day + dt.timedelta(days=n) for n in (first, second)]
    periods = [Period(issues[0], issues[1], (DAILY,)), Period(issues[1], None, (DAILY,))]
    two_weeks = [day + dt.timedelta(days=n) for n in range(14)]
    assert Prescribed(periods).times("a", two_weeks) == 13 - first


def test_the_session_count_is_that_of_the_most_frequent_exercise() -> None:
    monday = dt.date(2026, 11, 9)
    prescribed = Prescribed([Period(dt.date(2026, 11, 1), None, (DAILY, TWICE, THRICE))])
    assert prescribed.sessions(Week(monday).days) == 14


def test_a_stopped_exercise_is_not_asked_for_until_it_is_back() -> None:
    week = Week(dt.date(2026, 11, 9))
    pauses = [Pause("b", week.days[2], week.days[5])]
    prescribed = Prescribed([Period(dt.date(2026, 11, 1), None, (DAILY, TWICE))], pauses)
    assert prescribed.times("b", week.days) == 8
    # On the three days without it, once a day is left: 4 × 2 + 3 × 1.
    assert prescribed.sessions(week.days) == 11


def test_a_program_that_ended_asks_for_nothing_more() -> None:
    week = Week(dt.date(2026, 11, 9))
    prescribed = Prescribed([Period(dt.date(2026, 11, 1), week.days[1], (DAILY,))])
    assert prescribed.times("a", week.days) == 2
    assert prescribed.on(week.days[2]) == {}


def test_the_table_counts_today_and_leaves_out_days_to_come() -> None:
    weeks = last_weeks(dt.date(2026, 11, 11), 2)
    prescribed = Prescribed([Period(dt.date(2026, 11, 4), None, (DAILY, THRICE))])
    counts = {
        (dt.date(2026, 11, 5), "a"): Count(done=2),
        (dt.date(2026, 11, 9), "a"): Count(done=1, partly=1),
        (dt.date(2026, 11, 12), "a"): Count(done=9),
        (dt.date(2026, 11, 10), "old"): Count(partly=1),
    }
    names = {"a": "A", "c": "C", "old": "Old one"}
    rows = table(prescribed, counts, weeks, dt.date(2026, 11, 11), names)
    said = {row.name: [cell.words for cell in row.cells] + [row.total.words] for row in rows}
    assert said == {
        "A": ["2 of 4", "2 of 3", "4 of 7"],
        "C": ["0 of 2", "0 of 1", "0 of 3"],
        "Old one": ["–", "1", "1"],
    }
    assert [cell.partly for cell in rows[0].cells] == [0, 1]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), DAYS)
def test_a_split_never_changes_the_sum_by_more_than_its_rounding(
    lengths: list[int], day: dt.date
) -> None:
    """However the days are cut, the parts add up to the whole, half a session aside for each."""
    prescribed = Prescribed([Period(day - dt.timedelta(days=1), None, (THRICE,))])
    parts, start = [], day
    for length in lengths:
        parts.append([start + dt.timedelta(days=n) for n in range(length)])
        start += dt.timedelta(days=length)
    exact = Fraction(3 * sum(lengths), 7)
    assert abs(sum(prescribed.times("c", part) for part in parts) - exact) <= Fraction(
        len(parts), 2
    )
