"""The table of outcomes, last rows: what weeks show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from patients.response import Trend
from patients.response.pain import PainChange
from tests.every_row import every
from tests.patients.response.histories import (
    DAY0,
    STRETCH,
    answer,
    codes,
    log,
    mark,
    session,
    told,
    weeks,
)


# Rows 9 to 12: weeks.
@every(
    ("baseline", "pain", "trend"),
    [
        (8, 6, Trend.IMPROVING),
        (8, 7, Trend.NO_CLEAR_CHANGE),
        (8, 10, Trend.WORSENING),
        (8, 9, Trend.NO_CLEAR_CHANGE),
        (3, 2, Trend.IMPROVING),
        (4, 3, Trend.NO_CLEAR_CHANGE),
        (10, 8, Trend.IMPROVING),
        (0, 1, Trend.NO_CLEAR_CHANGE),
        (0, 2, Trend.WORSENING),
        (0, 0, Trend.NO_CLEAR_CHANGE),
    ],
)
def test_change_that_matters(baseline: int, pain: int, trend: Trend) -> None:
    logs = [e for n in range(3) for e in session(f"s{n}", n, pains={"before": pain, "after": 1})]
    r = answer(logs, day=7, baseline_pain=baseline)
    assert r.trend == trend
    assert codes(r)[0] == (["worsening soon"] if trend == Trend.WORSENING else [])
    assert "review None" not in codes(r)[1] or trend == Trend.WORSENING
    assert told(r)[0] == ("ease" if trend == Trend.WORSENING else "carry_on")


@every(
    ("baseline", "pains", "trend"),
    [
        (5, (3, 3, 4), Trend.IMPROVING),
        (5, (3, 4, 4), Trend.NO_CLEAR_CHANGE),
        (6, (4, 4, 4), Trend.IMPROVING),
        (6, (4, 4, 5), Trend.NO_CLEAR_CHANGE),
        (10, (8, 8, 8), Trend.IMPROVING),
        (10, (8, 8, 9), Trend.NO_CLEAR_CHANGE),
        (10, (3, 9, 9, 9), Trend.NO_CLEAR_CHANGE),
    ],
)
def test_the_mean_of_the_last_three_is_exact(
    baseline: int, pains: tuple[int, ...], trend: Trend
) -> None:
    logs = [e for n, p in enumerate(pains) for e in session(f"s{n}", n, pains={"before": p})]
    assert answer(logs, day=7, baseline_pain=baseline).trend == trend


@every(
    ("mean", "better"), [(Fraction(35, 10), True), (Fraction(36, 10), False), (Fraction(3), True)]
)
def test_exactly_30_percent(mean: Fraction, better: bool) -> None:
    assert PainChange(5, mean).better == better
    assert PainChange(5, 10 - mean).worse == better


@pytest.mark.parametrize(("day", "trend"), [(6, Trend.TOO_EARLY), (7, Trend.IMPROVING)])
def test_nothing_is_said_before_7_days(day: int, trend: Trend) -> None:
    logs = [e for n in range(3) for e in session(f"s{n}", n, pains={"before": 1})]
    assert answer(logs, day=day).trend == trend


@pytest.mark.parametrize(("count", "trend"), [(2, Trend.TOO_EARLY), (3, Trend.IMPROVING)])
def test_nothing_is_said_before_3_sessions(count: int, trend: Trend) -> None:
    logs = [e for n in range(count) for e in session(f"s{n}", n, pains={"before": 1})]
    assert answer(logs, day=7).trend == trend


@every(
    ("day", "per_week", "alerts"),
    [(27, 14, []), (28, 14, ["no_change routine"]), (28, 7, ["no_change routine"]), (28, 6, [])],
)
def test_no_change_at_28_days_and_half(day: int, per_week: int, alerts: list[str]) -> None:
    """Asked for 14 a week: 7 a week is half of it."""
    r = answer(weeks(28, per_week, 4), day=day)
    assert codes(r)[0] == alerts
    assert ("review None" in codes(r)[1]) == bool(alerts)
    assert told(r)[0] == "carry_on"


@pytest.mark.parametrize(("count", "named"), [(28, None), (27, 67)])
def test_below_exactly_70_percent_the_share_is_named(count: int, named: int | None) -> None:
    """28 of 40 sessions in 28 days, 10 a week asked for."""
    logs = [e for n in range(count) for e in session(f"s{n}", n, pains={"before": 4})]
    item = replace(STRETCH, sessions_per_week=10)
    r = answer(logs, day=28, items=(item,))
    assert codes(r)[0] == ["no_change routine"]
    assert r.alerts[0].facts.get("adherence") == named


@every(("day", "count", "asked"), [(14, 6, True), (14, 7, False), (13, 6, False), (14, 0, False)])
def test_barriers_at_14_days_under_50_percent(day: int, count: int, asked: bool) -> None:
    """7 of 14 sessions is exactly half, which is not under it."""
    logs = [e for n in range(count) for e in session(f"s{n}", n, pains={"before": 5})]
    r = answer(logs, day=day, items=(replace(STRETCH, sessions_per_week=7),))
    assert codes(r) == ([], ["ask_barriers None"] if asked else [])


def test_a_program_that_was_never_begun_asks_for_barriers() -> None:
    r = answer(day=14, started=DAY0.date())
    assert (told(r), codes(r)[1]) == (("carry_on", "no_session"), ["ask_barriers None"])


def test_no_barriers_where_it_improves_all_the_same() -> None:
    logs = [e for n in range(3) for e in session(f"s{n}", n, pains={"before": 1})]
    assert codes(answer(logs, day=14)) == ([], [])


def test_a_clinicians_word_ends_what_a_log_has_led_to() -> None:
    weak = [
        *session("a", 0, pains={"before": 2, "after": 2}),
        log("a", 0, "after", kinds="weakness"),
    ]
    assert told(answer(weak, day=1)) == ("get_help", "new_weakness")
    assert told(answer(weak, day=1, cleared=(mark("neurological_change", 0.1),))) == (
        "carry_on",
        "green_pain",
    )
    worse = session("a", 0, pains={"before": 2, "after": 2}, ranks={"before": 3, "settled": 5})
    assert told(answer(worse, day=1)) == ("stop_exercise", "lasting_spread")
    back = answer(worse, day=1, reinstated=(mark("calf", 0.1),))
    assert (told(back), back.items, back.paused) == (("carry_on", "green_pain"), (), ())
    # An earlier word is not about what came after it.
    earlier = answer(worse, day=1, reinstated=(mark("calf", -1),))
    assert (told(earlier)[0], earlier.items) == ("stop_exercise", ("calf",))
