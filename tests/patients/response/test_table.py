"""The table of outcomes, row by row, with the values on each side of every limit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from patients.response import Outcome, Place, ResponseSettings, Trend
from patients.response.pain import PainChange
from patients.vocabulary import RED_FLAGS
from tests.patients.response.histories import (
    DAY0,
    STRETCH,
    answer,
    codes,
    left,
    log,
    mark,
    session,
    told,
    weeks,
)


# Nothing yet.
def test_no_log_at_all() -> None:
    r = answer()
    assert told(r) == ("carry_on", "no_session")
    assert (r.trend, r.paused, codes(r)) == (Trend.TOO_EARLY, (), ([], []))


def test_a_session_opened_and_not_done_is_no_session() -> None:
    opened = [log("s", 0, "before", pain=9, place=left(5))]
    skipped = [*opened, log("s", 0, "after", item="calf", done=False, pain=9, place=left(6))]
    assert told(answer(opened)) == ("carry_on", "no_session")
    assert told(answer(skipped)) == ("carry_on", "no_session")


def test_done_counts_where_nobody_said_so_but_the_after_was_told() -> None:
    assert told(answer([log("s", 0, "after", item="calf", pain=2)])) == ("carry_on", "green_pain")


# Row 1: red flags.
@pytest.mark.parametrize("code", RED_FLAGS)
def test_every_red_flag_by_its_route(code: str) -> None:
    r = answer([log("s", 0, "before", red_flags=code)])
    expected = {
        "emergency": (("get_help", "red_flag_emergency"), ["red_flag emergency"]),
        "same_day": (("get_help", "red_flag_same_day"), ["red_flag same_day"]),
        "soon": (("ease", "red_flag_soon"), ["red_flag soon"]),
        "refer": (("ease", "red_flag_soon"), ["red_flag soon"]),
    }
    assert (told(r), codes(r)[0]) == expected[RED_FLAGS[code].route]
    assert r.alerts[0].facts["red_flag"] == code


def test_a_red_flag_stays_until_it_is_cleared() -> None:
    flag = log("s1", 0, "after", item="calf", done=True, red_flags="rf_foot_drop")
    logs = [flag, *session("s2", 30, pains={"after": 1})]
    assert told(answer(logs)) == ("get_help", "red_flag_same_day")
    assert told(answer(logs, cleared=(mark("rf_saddle_numbness", 2),)))[0] == "get_help"
    assert told(answer(logs, cleared=(mark("rf_foot_drop", 2),))) == ("carry_on", "green_pain")
    again = [*logs, log("s3", 31, "before", red_flags="rf_foot_drop")]
    assert told(answer(again, cleared=(mark("rf_foot_drop", 2),)))[0] == "get_help"


def test_a_flag_at_the_moment_of_its_clearing_still_counts() -> None:
    flag = log("s1", 1, "before", red_flags="rf_foot_drop")
    cleared = replace(mark("rf_foot_drop", 1), at=flag.at)
    assert told(answer([flag], cleared=(cleared,)))[0] == "get_help"


def test_a_red_flag_counts_although_a_later_log_replaced_its_own() -> None:
    first = log("s", 0, "after", 10, item="calf", done=True, red_flags="rf_major_trauma")
    corrected = log("s", 0, "after", 20, item="calf", done=True, pain=1)
    assert told(answer([first, corrected])) == ("get_help", "red_flag_emergency")


def test_the_safety_screen_counts_too() -> None:
    flags = frozenset({"rf_dvt_pattern"})
    r = answer(screen_flags=flags)
    assert (told(r), codes(r)[0]) == (("get_help", "red_flag_same_day"), ["red_flag same_day"])
    assert told(answer(screen_flags=flags, cleared=(mark("rf_dvt_pattern", 0),)))[0] == "carry_on"


# Row 2: weakness and numbness.
def test_new_weakness() -> None:
    r = answer([log("s", 0, "after", item="calf", done=True, kinds="weakness", pain=1)])
    assert told(r) == ("get_help", "new_weakness")
    assert codes(r) == (["neurological_change same_day"], ["screen_red_flags None"])


def test_new_weakness_in_a_session_that_was_not_done() -> None:
    assert told(answer([log("s", 0, "before", kinds="weakness")]))[0] == "get_help"


@pytest.mark.parametrize(
    ("day", "outcome"), [(1, "carry_on"), (6, "carry_on"), (7, "carry_on"), (8, "get_help")]
)
def test_weakness_that_was_cleared_is_known_for_7_days(day: int, outcome: str) -> None:
    first = log("s1", 0, "before", kinds="weakness")
    again = log("s2", day, "after", item="calf", done=True, kinds="weakness", pain=1)
    cleared = (mark("neurological_change", 0.5),)
    assert told(answer([first, again], cleared=cleared))[0] == outcome
    assert told(answer([first, again]))[0] == "get_help"


def test_weakness_known_to_the_clinician_no_longer_calls_for_help() -> None:
    logs = [
        log("s1", 0, "before", kinds="weakness"),
        log("s2", 2, "after", item="calf", done=True, kinds="weakness", pain=1),
    ]
    r = answer(logs, cleared=(mark("neurological_change", 1),))
    assert (told(r), codes(r)) == (("carry_on", "green_pain"), ([], []))


@pytest.mark.parametrize(
    ("was", "now", "spreads"),
    [
        (left(4), left(4), False),
        (left(4), left(5), True),
        (left(5), left(4), False),
        (Place(5, 0), Place(5, 3), True),
        (Place(5, 0), Place(5, 2), False),
    ],
)
def test_numbness_at_least_one_rank_down(was: Place, now: Place, spreads: bool) -> None:
    r = answer(
        [
            log("s", 0, "before", kinds="numbness", place=was),
            log("s", 0, "after", item="flex", done=True, kinds="numbness", place=now, pain=1),
        ]
    )
    assert r.outcome == (Outcome.STOP_EXERCISE if spreads else Outcome.CARRY_ON)
    assert r.paused == (("flex",) if spreads else ())
    if spreads:
        assert told(r) == ("stop_exercise", "numbness_spreads")
        assert codes(r) == (["neurological_change same_day"], ["screen_red_flags None"])


def test_numbness_that_appears_after_an_answer_without_it() -> None:
    logs = [
        log("s", 0, "before", kinds="pain", place=left(4)),
        log("s", 0, "after", item="flex", done=True, kinds="numbness", place=left(4)),
    ]
    assert told(answer(logs)) == ("stop_exercise", "numbness_spreads")
    unasked = [replace(logs[0], kinds=None), logs[1]]
    assert told(answer(unasked))[0] == "carry_on"


def test_weakness_outranks_numbness_whose_item_is_paused_all_the_same() -> None:
    logs = [
        log("s", 0, "before", kinds="numbness", place=left(4)),
        log("s", 0, "after", item="ext", done=True, kinds="numbness weakness", place=left(6)),
    ]
    r = answer(logs)
    assert (told(r), r.items, r.paused) == (("get_help", "new_weakness"), (), ("ext",))


# Row 3: both legs.
@pytest.mark.parametrize(
    ("was", "now", "new"),
    [
        (Place(4, 3), Place(4, 4), True),
        (Place(4, 4), Place(6, 6), False),
        (Place(4, 0), Place(4, 3), False),
        (Place(0, 0), Place(5, 5), True),
    ],
)
def test_symptoms_newly_in_both_legs(was: Place, now: Place, new: bool) -> None:
    logs = [
        log("s", 0, "before", place=was),
        log("s", 0, "during", item="calf", done=True, place=now),
    ]
    r = answer(logs, baseline_place=was)
    assert codes(r) == ((["both_legs same_day"], ["screen_red_flags None"]) if new else ([], []))
    if new:
        assert told(r) == ("ease", "both_legs")


def test_both_legs_with_nothing_known_before_count_as_new() -> None:
    r = answer([log("s", 0, "before", place=Place(5, 5))])
    assert (told(r), codes(r)[0]) == (("ease", "both_legs"), ["both_legs same_day"])
    known = answer([log("s", 0, "before", place=Place(5, 5))], baseline_place=Place(4, 4))
    assert codes(known)[0] == []


# Rows 4 and 5: further down.
def test_further_down_past_the_window_stops_the_item_named() -> None:
    logs = [
        log("s", 0, "before", place=left(4)),
        log("s", 0, "after", item="ext", done=True, place=left(4)),
        log("s", 0, "after", 11, item="flex", done=True, place=left(4)),
        log("s", 0, "settled", 20, item="ext", place=left(5)),
    ]
    r = answer(logs)
    assert (told(r), r.items, r.paused) == (
        ("stop_exercise", "lasting_spread"),
        ("ext",),
        ("ext",),
    )
    assert r.trend == Trend.PERIPHERALISING
    assert codes(r) == (
        ["peripheralising soon"],
        ["extension_not_tolerated ext", "review_direction ext"],
    )
    assert r.alerts[0].item == "ext"
    assert r.proposals[0].facts["flexion_items"] == ["flex"]


def test_further_down_past_the_window_stops_all_that_was_done_where_none_is_named() -> None:
    logs = [
        log("s", 0, "before", place=left(4)),
        log("s", 0, "after", item="flex", done=True, place=left(4)),
        log("s", 0, "after", 11, item="calf", done=True, place=left(4)),
        log("s", 0, "after", 12, item="ext", done=False),
        log("s", 0, "settled", 20, place=left(5)),
    ]
    r = answer(logs)
    assert (r.items, r.paused) == (("flex", "calf"), ("flex", "calf"))
    assert codes(r)[1] == ["review_direction flex", "review_direction calf"]
    assert (r.alerts[0].item, r.alerts[0].facts["items"]) == (None, ["flex", "calf"])


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        (14.9, ("ease", "unchecked_spread")),
        (15, ("stop_exercise", "lasting_spread")),
        (15.1, ("stop_exercise", "lasting_spread")),
    ],
)
def test_the_window_ends_at_exactly_5_minutes(minutes: float, outcome: tuple[str, str]) -> None:
    logs = [
        log("s", 0, "before", place=left(4)),
        log("s", 0, "after", 10, item="calf", done=True, place=left(5)),
        log("s", 0, "settled", minutes, item="calf", place=left(5)),
    ]
    assert told(answer(logs)) == outcome


def test_the_window_is_the_practice_s() -> None:
    logs = session("s", 0, ranks={"before": 4, "after": 5, "settled": 5})
    ten = ResponseSettings(after_effect_minutes=10)
    assert told(answer(logs, settings=ten)) == ("ease", "unchecked_spread")


def test_a_check_typed_in_later_is_believed() -> None:
    logs = [
        log("s", 0, "before", place=left(4)),
        log("s", 0, "after", 10, item="calf", done=True, place=left(5)),
        log("s", 0, "settled", 10, item="calf", place=left(5)),
    ]
    assert told(answer(logs))[0] == "stop_exercise"


@pytest.mark.parametrize("phase", ["during", "after"])
def test_further_down_in_passing(phase: str) -> None:
    r = answer(session("s", 0, ranks={"before": 4, phase: 5, "settled": 4}))
    assert (told(r), r.paused, codes(r)) == (("ease", "passing_spread"), (), ([], []))
    allowed = answer(session("s", 0, item="ext", ranks={"before": 4, phase: 5, "settled": 4}))
    spoken = "expected_spread" if phase == "during" else "passing_spread"
    assert told(allowed) == ("ease", spoken)


def test_a_number_that_rises_in_a_hold_is_expected() -> None:
    pains = {"before": 4, "during": 8, "after": 3}
    ranks: dict[str, int | Place] = {"before": 4, "during": 4, "settled": 4}
    assert told(answer(session("s", 0, item="ext", pains=pains, ranks=ranks))) == (
        "carry_on",
        "green_pain",
    )
    assert told(answer(session("s", 0, item="flex", pains=pains, ranks=ranks))) == (
        "ease",
        "red_during",
    )


def test_further_down_the_next_day() -> None:
    settled = session("s", 0, ranks={"before": 4, "settled": 4, "next_day": 5})
    unasked = session("s", 0, ranks={"before": 4, "after": 4, "next_day": 5})
    assert told(answer(settled)) == ("ease", "late_spread")
    assert told(answer(unasked)) == ("stop_exercise", "lasting_spread")


def test_without_a_before_the_last_known_place_is_compared() -> None:
    logs = [
        *session("s1", 0, ranks={"before": 2, "settled": 2}),
        log("s2", 1, "after", item="calf", done=True),
        log("s2", 1, "settled", place=left(4)),
    ]
    assert told(answer(logs, baseline_place=left(5))) == ("stop_exercise", "lasting_spread")
    better = [replace(logs[-1], place=left(1)), *logs[:-1]]
    assert answer(better).trend == Trend.TOO_EARLY


def test_a_held_back_bend_that_stays_up() -> None:
    pains = {"before": 4, "during": 6, "settled": 5}
    ranks: dict[str, int | Place] = {"before": 4, "during": 4, "settled": 4}
    r = answer(session("s", 0, item="ext", pains=pains, ranks=ranks))
    assert (told(r), r.paused) == (("stop_exercise", "extension_persists"), ("ext",))
    assert codes(r) == (["extension_not_tolerated soon"], ["extension_not_tolerated ext"])
    calm = answer(session("s", 0, item="ext", pains={**pains, "settled": 4}, ranks=ranks))
    assert calm.paused == ()


# Row 6: centralising.
@pytest.mark.parametrize("check", ["settled", "next_day", "after"])
def test_up_the_leg_is_good_news_whatever_the_number(check: str) -> None:
    pains = {"before": 5, "after": 9, "next_day": 9}
    r = answer(session("s", 0, item="ext", pains=pains, ranks={"before": 5, check: 4}))
    assert (told(r), r.trend) == (("carry_on", "centralising"), Trend.CENTRALISING)
    assert codes(r) == ([], ["set_preference_extension ext"])


def test_up_the_leg_and_down_again_is_not_centralising() -> None:
    stays = session("s", 0, item="flex", ranks={"before": 5, "settled": 4, "next_day": 4})
    back = session("s", 0, item="flex", ranks={"before": 5, "settled": 4, "next_day": 5})
    assert codes(answer(stays))[1] == ["set_preference_flexion flex"]
    assert (answer(back).trend, codes(answer(back))) == (Trend.TOO_EARLY, ([], []))


def test_the_next_session_is_a_check_too() -> None:
    first = session("s1", 0, item="ext", ranks={"before": 5, "settled": 4})
    stays = session("s2", 1, item="ext", ranks={"before": 4, "settled": 4})
    back = session("s2", 1, item="ext", ranks={"before": 5, "settled": 5})
    assert answer([*first, *stays]).trend == Trend.CENTRALISING
    assert answer([*first, *back]).trend == Trend.TOO_EARLY


def test_no_direction_is_proposed_that_is_known_or_cannot_be_told() -> None:
    up = session("s", 0, item="ext", ranks={"before": 5, "settled": 4})
    assert codes(answer(up, preference="extension"))[1] == []
    both = [*up, log("s", 0, "after", 11, item="flex", done=True, place=left(5))]
    assert codes(answer(both))[1] == []
    assert codes(answer(session("s", 0, ranks={"before": 5, "settled": 4})))[1] == []


def test_up_the_leg_never_outranks_a_sign_or_a_flag() -> None:
    up = session("s", 0, item="ext", ranks={"before": 5, "settled": 4})
    weak = [*up, log("s", 0, "settled", 16, item="ext", place=left(4), kinds="weakness")]
    assert told(answer(weak)) == ("get_help", "new_weakness")


# Rows 7 and 8: the number.
@pytest.mark.parametrize(
    ("after", "told_"),
    [
        (0, ("carry_on", "green_pain")),
        (3, ("carry_on", "green_pain")),
        (4, ("carry_on", "amber_pain")),
        (5, ("carry_on", "amber_pain")),
        (6, ("ease", "red_pain")),
        (10, ("ease", "red_pain")),
        (None, ("carry_on", "no_number")),
    ],
)
def test_the_bands(after: int | None, told_: tuple[str, str]) -> None:
    assert told(answer([log("s", 0, "after", item="calf", done=True, pain=after)])) == told_


def test_the_bands_are_the_practice_s() -> None:
    limits = ResponseSettings(pain_green_max=1, pain_amber_max=2)
    r = answer([log("s", 0, "after", item="calf", done=True, pain=3)], settings=limits)
    assert told(r) == ("ease", "red_pain")


@pytest.mark.parametrize(
    ("morning", "told_"),
    [
        (1, ("carry_on", "green_pain")),
        (2, ("carry_on", "green_pain")),
        (3, ("ease", "next_day_pain")),
        (4, ("ease", "next_day_pain")),
    ],
)
def test_the_next_day_by_exactly_2_points(morning: int, told_: tuple[str, str]) -> None:
    assert told(answer(session("s", 0, pains={"before": 1, "after": 1, "next_day": morning}))) == (
        told_
    )


def test_amber_that_has_not_settled() -> None:
    calm = session("s", 0, pains={"before": 4, "after": 5, "next_day": 4})
    green = session("s", 0, pains={"before": 2, "after": 5, "next_day": 3})
    still = session("s", 0, pains={"before": 4, "after": 5, "next_day": 5})
    assert told(answer(calm)) == told(answer(green)) == ("carry_on", "amber_pain")
    assert told(answer(still)) == ("ease", "not_settled")


def test_two_red_sessions_in_a_row() -> None:
    red = session("s1", 0, pains={"after": 6})
    morning = session("s2", 1, pains={"before": 3, "after": 3, "next_day": 5})
    fine = session("s3", 3, pains={"after": 2})
    assert codes(answer(red)) == ([], [])
    r = answer([*red, *morning])
    assert told(r) == ("ease", "two_red")
    assert codes(r) == (["two_red_days soon"], ["ease_dose None"])
    assert codes(answer([*red, *fine, *session("s4", 4, pains={"after": 6})])) == ([], [])


# Rows 9 to 12: weeks.
@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("day", "count", "asked"), [(14, 6, True), (14, 7, False), (13, 6, False), (14, 0, False)]
)
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
