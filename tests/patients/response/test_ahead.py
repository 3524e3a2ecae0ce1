"""When an answer changes by itself: it is the same at every moment before, and then another."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from patients.response import History, judge_at, respond
from patients.response.ahead import DAYS_AHEAD
from tests.patients.response.drawn import histories
from tests.patients.response.histories import GUIDE, LONDON, moment, session


def ahead(history: History) -> dt.datetime:
    return judge_at(history, GUIDE, respond(history, GUIDE))


@settings(max_examples=150)
@given(histories(), st.lists(st.floats(0, 0.999), min_size=3, max_size=6))
def test_the_answer_is_the_same_at_every_moment_before(
    history: History, parts: list[float]
) -> None:
    at = ahead(history)
    assert at > history.now
    said = respond(history, GUIDE)
    for part in parts:
        between = history.now + (at - history.now) * part
        assert respond(replace(history, now=between), GUIDE) == said
    last = at.astimezone(dt.UTC) - dt.timedelta(microseconds=1)
    assert respond(replace(history, now=last), GUIDE) == said


def test_good_news_grows_old_on_the_fifteenth_day() -> None:
    logs = tuple(e for day in (0, 1, 2) for e in session(f"s{day}", day, pains={"after": 1}))
    history = History(now=moment(6), zone=LONDON, logs=logs)
    at = ahead(history)
    assert respond(replace(history, now=at), GUIDE) != respond(history, GUIDE)
    assert at == dt.datetime(2026, 11, 8, tzinfo=LONDON)


def test_where_nothing_changes_it_is_judged_again_after_two_weeks() -> None:
    history = History(now=moment(0), zone=LONDON)
    assert ahead(history) == dt.datetime(2026, 11, 1 + DAYS_AHEAD, tzinfo=LONDON)


def test_a_report_that_stands_after_now_is_the_next_change() -> None:
    logs = tuple(session("s0", 1, pains={"after": 7}))
    history = History(now=moment(0.5), zone=LONDON, logs=logs)
    assert ahead(history) == min(e.at for e in logs if e.at > history.now)
