"""The command ``respond``: what follows from a history."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from programs.sessions.respond_json import respond_json
from tests.every_row import every
from tests.programs.sessions.asking import CONTENT, EXAMPLE, changed, text_of


def ask(history: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(text_of(history))
    return answer


def test_an_empty_history() -> None:
    answer = ask({**EXAMPLE, "case": {}, "items": [], "logs": []})
    assert answer == {
        "patient": {
            "outcome": "carry_on",
            "items": [],
            "reason": "Start when you are ready. Tell us here how you feel before and after. "
            "Pause if the pain moves further down your leg.",
            "rules": ["L10"],
        },
        "trend": "too_early",
        "paused": [],
        "alerts": [],
        "proposals": [],
    }


def test_a_stop_reinstated_and_a_flag_cleared() -> None:
    settled = {
        "session": "s1",
        "at": "2026-11-01T08:15:00+00:00",
        "phase": "settled",
        "item": "a",
        "location": {"left": "foot", "right": "none"},
        "red_flags": ["rf_foot_drop"],
    }
    history = changed("logs", [*EXAMPLE["logs"], settled])
    stopped = ask(history)
    assert (stopped["patient"]["outcome"], stopped["paused"]) == ("get_help", ["a"])
    assert [(a["code"], a["urgency"], a["rules"]) for a in stopped["alerts"]] == [
        ("red_flag", "same_day", ["L01"]),
        ("peripheralising", "soon", ["L03"]),
    ]
    assert [(p["code"], p["rules"]) for p in stopped["proposals"]] == [
        ("extension_not_tolerated", ["R23"]),
        ("review_direction", ["R23"]),
    ]
    later = "2026-11-01T12:00:00+01:00"
    history["cleared"] = [{"red_flag": "rf_foot_drop", "at": later}]
    cleared = ask(history)
    assert (cleared["patient"]["outcome"], cleared["patient"]["items"]) == ("stop_exercise", ["a"])
    history["reinstated"] = [{"item": "a", "at": later}]
    assert ask(history)["paused"] == []


def test_the_start_may_say_what_is_known() -> None:
    weak = {**EXAMPLE["logs"][1], "location": {"left": "lower_leg", "right": "thigh"}}
    weak = {**weak, "kinds": ["weakness"], "pain": 2}
    history = changed("logs", [weak])
    found = ask(history)
    assert found["patient"]["outcome"] == "get_help"
    assert [(a["code"], a["urgency"]) for a in found["alerts"]] == [
        ("red_flag", "emergency"),
        ("neurological_change", "same_day"),
        ("both_legs", "same_day"),
    ]
    assert found["alerts"][0]["facts"]["red_flag"] == "rf_bilateral_leg_new"
    baseline = history["case"]["baseline"]
    baseline["walking"] = {"left": "lower_leg", "right": "thigh"}
    for kinds in (["weakness"], ["pain", {"kind": "weakness", "side": "bilateral"}]):
        baseline["kinds"] = kinds
        calm = ask(history)
        assert (calm["patient"]["outcome"], calm["alerts"]) == ("carry_on", [])
    baseline["kinds"] = [{"kind": "weakness", "side": "left"}]
    assert [a["code"] for a in ask(history)["alerts"]] == ["red_flag"]


def test_a_version_counts_from_its_day_on() -> None:
    logs = [
        {**log, "session": f"s{n}", "at": f"2026-10-{n:02}T08:{minute}:00+00:00", "location": None}
        for n in range(1, 29)
        for minute, log in zip(("00", "10"), EXAMPLE["logs"], strict=True)
    ]
    history = {**changed("logs", logs), "now": "2026-10-29T20:00:00+00:00", "started": "2026-10-01"}
    item = {**EXAMPLE["items"][0], "sessions_per_week": 21}
    first = {"since": "2026-10-01", "sessions_per_week": 7}
    amended = {**item, "versions": [first, {"since": "2026-10-30", "sessions_per_week": 21}]}
    unamended = ask({**history, "items": [item]})
    assert "ask_barriers" in {p["code"] for p in unamended["proposals"]}
    assert "no_change" not in {a["code"] for a in unamended["alerts"]}
    found = ask({**history, "items": [amended]})
    asked = {a["code"]: a["facts"].get("sessions_asked") for a in found["alerts"]}
    assert asked["no_change"] == 28.0


def test_a_back_bend_that_stays_up_names_the_forward_bends_of_the_program() -> None:
    history = changed("logs.1.location.left", "lower_leg")
    settled = {**history["logs"][1], "at": "2026-11-01T08:20:00+00:00", "phase": "settled"}
    history["logs"].append(settled)
    history["items"].append(
        {"item": "b", "exercise": "double-knee-to-chest", "side": None, "sessions_per_week": 7}
    )
    found = ask(history)
    assert (found["patient"]["outcome"], found["paused"]) == ("stop_exercise", ["a"])
    assert found["patient"]["reason"] == (
        "Your back and leg did not calm down after this one. Stop it for now. You may do the other "
        "ones. Your therapist will look at it. Go on with the moves that bend you forward: "
        "Both knees to chest."
    )
    assert [(a["code"], a["urgency"]) for a in found["alerts"]] == [
        ("extension_not_tolerated", "soon")
    ]


def test_a_soon_flag_is_never_answered_with_carry_on() -> None:
    patient = ask(changed("logs.1.red_flags", ["rf_weight_loss"]))["patient"]
    assert patient["outcome"] == "ease"
    assert "in the next few days" in patient["reason"]
    assert "carry on" not in patient["reason"].lower()


CANCER = {"red_flags": {"rf_cancer_history": "yes"}}


@every(
    ("case", "told", "outcome", "alerts"),
    [
        ({}, "rf_weight_loss", "ease", [("rf_weight_loss", "soon")]),
        (CANCER, "rf_inflammatory_pattern", "ease", [("rf_inflammatory_pattern", "soon")]),
        (
            CANCER,
            "rf_weight_loss",
            "get_help",
            [("rf_cancer_history", "same_day"), ("rf_weight_loss", "same_day")],
        ),
    ],
)
def test_signs_that_are_urgent_together(
    case: dict[str, Any], told: str, outcome: str, alerts: list[tuple[str, str]]
) -> None:
    """Source: NG234. The one from the screen, the other from the log."""
    found = ask({**changed("logs.1.red_flags", [told]), "case": case})
    assert found["patient"]["outcome"] == outcome
    assert [(a["facts"]["red_flag"], a["urgency"]) for a in found["alerts"]] == alerts


def test_the_safety_screen_stops_here_too() -> None:
    for case in ({"red_flags": {"rf_dvt_pattern": "yes"}}, {"findings": {"dvt_suspected": "yes"}}):
        assert ask({**EXAMPLE, "case": case})["patient"]["outcome"] == "get_help"


def test_the_limits_of_the_practice_are_in_the_words() -> None:
    history = changed("logs.1.location.left", "foot")
    history["settings"] = {"after_effect_minutes": 9}
    assert ask(history)["patient"]["reason"] == (
        "It went further down. Rest now, and check again after 9 minutes. "
        "If it is still there, leave this one out and tell us here."
    )


def test_a_year_of_logs() -> None:
    begin_at = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)
    logs = [
        {
            **EXAMPLE["logs"][n % 2],
            "session": f"s{n // 2}",
            "at": (begin_at + dt.timedelta(minutes=52 * n)).isoformat(),
        }
        for n in range(10_000)
    ]
    data = json.dumps({**EXAMPLE, "logs": logs}).encode()
    judged = json.loads(respond_json(data, CONTENT.rules, CONTENT.definitions))
    assert (judged["trend"], judged["paused"], judged["alerts"]) == ("centralising", [], [])
    assert (judged["patient"]["outcome"], judged["patient"]["rules"]) == ("carry_on", ["L02"])
