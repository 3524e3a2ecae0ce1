"""The table of outcomes, middle rows: down the leg, up the leg, and the number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.response import Place, ResponseSettings, Trend
from tests.every_row import every
from tests.patients.response.histories import (
    answer,
    codes,
    left,
    log,
    session,
    told,
)


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


@every(
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
@every("check", ["settled", "next_day", "after"])
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
@every(
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


@every(
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
