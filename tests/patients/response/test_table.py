"""The table of outcomes, first rows: red flags, nerves, both legs."""

from __future__ import annotations

from dataclasses import replace

from patients.response import Outcome, Place, Trend
from patients.vocabulary import RED_FLAGS
from tests.every_row import every
from tests.patients.response.histories import (
    answer,
    codes,
    left,
    log,
    mark,
    session,
    told,
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
@every("code", RED_FLAGS)
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


@every(("day", "outcome"), [(1, "carry_on"), (6, "carry_on"), (7, "carry_on"), (8, "get_help")])
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


@every(
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
@every(
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
