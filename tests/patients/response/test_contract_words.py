"""The response contract: what is said to the patient."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.response import Place, respond
from tests.patients.response.histories import (
    EXTENSION,
    FLEXION,
    GUIDE,
    STRETCH,
    answer,
    codes,
    history,
    log,
    session,
    told,
)
from tests.patients.response.rows import BOTH, FLAG, bend, calm, weak


# What is said.
def test_the_emergency_of_both_legs_is_told_as_its_red_flag() -> None:
    r = answer([weak(0, Place(5, 4))])
    assert r.alerts[0].facts == {
        "red_flag": FLAG,
        "at": "2026-11-01T08:00:00+00:00",
        "seen": "weakness or numbness that is new in both legs",
        "session": "w",
        "location_before": None,
        "location_now": {"left": 5, "right": 4},
    }
    assert told(r) == ("get_help", "both_legs_nerves")


def test_a_ticked_flag_and_the_same_sign_are_one_alert() -> None:
    logs = [weak(0, BOTH, red_flags=FLAG)]
    for more in ({}, {"screen_flags": frozenset({FLAG})}):
        alerts = [a for a in answer(logs, **more).alerts if a.code == "red_flag"]
        assert [a.facts["at"] for a in alerts] == ["2026-11-01T08:00:00+00:00"]


def test_where_the_log_gives_no_place_the_session_s_last_place_counts() -> None:
    logs = [log("w", 0, "before", place=BOTH, kinds="pain"), weak(0, None, "after")]
    assert codes(answer(logs))[0][0] == "red_flag emergency"
    other = [replace(logs[0], session="v"), logs[1]]
    assert codes(answer(other))[0][0] == "neurological_change same_day"


def test_the_words_of_a_soon_flag_are_said_beside_worse_ones() -> None:
    flag = log("f", 0, "before", red_flags="rf_weight_loss")
    r = answer([flag, *session("s", 0.1, ranks={"before": 4, "settled": 5})])
    assert r.reason == "lasting_spread. red_flag_soon."
    assert set(r.rules) == {"lasting_spread", "red_flag_soon"}
    assert answer([flag, *calm("s", 0.1)]).reason == "red_flag_soon."
    assert answer([flag, weak(0.1)]).reason == "new_weakness."


def test_a_back_bend_that_stays_up_names_the_forward_bends() -> None:
    items = (
        replace(EXTENSION, name="Back bend"),
        replace(FLEXION, name="Knee hug"),
        replace(FLEXION, id="old", name="Old bend", sessions_per_week=0),
        replace(FLEXION, id="sit", name="Bend in a chair"),
        replace(FLEXION, id="both", name="Both ways", extends=True),
        STRETCH,
    )
    r = respond(history(bend(settled=5), items=items), GUIDE)
    assert r.reason == "extension_persists. forward_bends: Knee hug, Bend in a chair."
    assert r.alerts[0].facts["flexion_items"] == ["flex", "sit"]
    none = respond(history(bend(settled=5), items=(EXTENSION, STRETCH)), GUIDE)
    assert none.reason == "extension_persists."


@pytest.mark.parametrize(
    ("day", "words"),
    [(14, "green_pain."), (15, "no_news.")],
)
def test_old_good_news_is_not_repeated(day: int, words: str) -> None:
    assert answer(session("g", 0, pains={"after": 1}), day=day).reason == words


def test_old_bad_news_is_told_with_the_question_how_it_is() -> None:
    red = session("r", 0, pains={"before": 4, "after": 8})
    assert answer(red, day=15).reason == "red_pain. no_news."
    assert answer(red, day=14).reason == "red_pain."
