"""The command ``respond``: what it takes, and what it says of what it cannot take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.parsing.errors import FactsError
from programs.sessions.respond_json import respond_json
from tests.every_row import every
from tests.programs.commands import here, started
from tests.programs.sessions.asking import CONTENT, EXAMPLE, changed, text_of


def test_the_example_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text(json.dumps(EXAMPLE))
    done = started("respond", "-", stdin=file.read_bytes())
    again = here("respond", str(file))
    assert (done.returncode, done.stderr) == (again.returncode, again.stderr) == (0, b"")
    assert json.loads(done.stdout) == {
        "patient": {
            "outcome": "carry_on",
            "items": [],
            "reason": "This is a good sign: it is moving up, toward your back. "
            "Your back may hurt a bit more for now. Carry on.",
            "rules": ["L02"],
        },
        "trend": "centralising",
        "paused": [],
        "alerts": [],
        "proposals": [
            {
                "code": "set_preference_extension",
                "item": "a",
                "facts": {"session": "s1", "rank_before": 5, "rank_after": 4},
                "rules": ["R21"],
            }
        ],
    }
    assert again.stdout == done.stdout


@every("arguments", [[], ["a", "b"], ["--nonsense"], ["/nowhere/at-all.json"]])
def test_bad_arguments_end_with_2_and_one_line(arguments: list[str]) -> None:
    done = here("respond", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 1


def test_bad_input_ends_with_2_and_one_line() -> None:
    done = here("respond", "-", stdin=json.dumps(changed("time_zone", "Europe/Nowhere")).encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "respond: time_zone: 'Europe/Nowhere' is not allowed; "
        "allowed: a name of the IANA time zone database, like Europe/London\n"
    )


KINDS = "pain, tingling, numbness, weakness, heaviness, stiffness, burning, sharp_pinch, clicking"
PLACES = "none, back_middle, back_side, buttock, thigh, lower_leg, foot"
TIME = "a time with its offset, like 2026-11-01T08:00:00+00:00"


@every(
    ("path", "value", "line"),
    [
        (
            "more",
            1,
            "more: unknown key; allowed: case, items, logs, now, time_zone, settings, started, "
            "reinstated, cleared",
        ),
        ("case", [], "case: must be an object"),
        ("case.findings", {"gout": "yes"}, "case.findings.gout: unknown code; allowed: "),
        ("case.baseline.pain", 11, "allowed: a whole number from 0 to 10"),
        ("case.baseline.pain", True, "case.baseline.pain: True is not allowed; allowed: a whole"),
        (
            "case.baseline.worst",
            1,
            "case.baseline.worst: unknown key; allowed: pain, location, walking, kinds",
        ),
        ("case.baseline.kinds", ["ache"], "case.baseline.kinds[0].kind: 'ache' is not allowed"),
        ("case.baseline.kinds", "weakness", "case.baseline.kinds: must be a list"),
        (
            "case.baseline.kinds",
            [{"kind": "weakness", "side": "both"}],
            "kinds[0].side: 'both' is not allowed; allowed: left, right, bilateral",
        ),
        ("case.baseline.walking", {"left": "thigh"}, "case.baseline.walking.right: is missing"),
        ("items.0.versions", {}, "items[0].versions: must be a list"),
        (
            "items.0.versions",
            [{"since": "1 Nov", "sessions_per_week": 7}],
            "items[0].versions[0].since: '1 Nov' is not allowed; allowed: a day like 2026-11-01",
        ),
        (
            "items.0.versions",
            [{"since": "2026-11-01", "sessions_per_week": 7}] * 2,
            "items[0].versions[1].since: '2026-11-01' is not allowed",
        ),
        (
            "items.0.versions",
            [{"since": "2026-11-01"}],
            "items[0].versions[0].sessions_per_week: is missing",
        ),
        (
            "case.baseline.location",
            {"left": "thigh"},
            f"location.right: is missing; allowed: {PLACES}",
        ),
        ("items", {}, "items: must be a list"),
        ("items.0.exercise", "yoga", "items[0].exercise: 'yoga' is not allowed; allowed: "),
        ("items.0.side", "up", "items[0].side: 'up' is not allowed; allowed: left, right"),
        ("items.0.sessions_per_week", None, "is missing; allowed: a whole number from 0 to 84"),
        ("items.0.sessions_per_week", 1.5, "items[0].sessions_per_week: 1.5 is not allowed"),
        ("items.0.item", "", "items[0].item: '' is not allowed; allowed: a text of 1 to 100"),
        ("logs.0.session", None, "logs[0].session: is missing; allowed: a text of 1 to 100"),
        (
            "logs.0.session",
            "a\ud83d",
            r"logs[0].session: 'a\ud83d' is not allowed",
        ),
        ("logs.0.at", "2026-11-01T08:00:00", f"is not allowed; allowed: {TIME}"),
        ("logs.0.at", "yesterday", f"logs[0].at: 'yesterday' is not allowed; allowed: {TIME}"),
        ("logs.0.at", 5, f"logs[0].at: 5 is not allowed; allowed: {TIME}"),
        (
            "logs.0.at",
            "2026-11-01T20:00:01+00:00",
            "logs[0].at: is after now; allowed: a time up to now",
        ),
        ("logs.0.phase", "later", "allowed: before, during, after, settled, next_day"),
        (
            "logs.0.pain",
            -1,
            "logs[0].pain: -1 is not allowed; allowed: a whole number from 0 to 10",
        ),
        ("logs.0.location", "thigh", "logs[0].location: must be an object"),
        (
            "logs.0.location.left",
            "knee",
            f"logs[0].location.left: 'knee' is not allowed; allowed: {PLACES}",
        ),
        ("logs.1.kinds", ["ache"], f"logs[1].kinds[0]: 'ache' is not allowed; allowed: {KINDS}"),
        ("logs.1.kinds", "pain", "logs[1].kinds: must be a list"),
        (
            "logs.1.red_flags",
            ["rf_none"],
            "logs[1].red_flags[0]: 'rf_none' is not allowed; allowed: rf_",
        ),
        ("logs.1.done", 1, "logs[1].done: 1 is not allowed; allowed: true, false, null"),
        ("logs.1.item", "b", "logs[1].item: 'b' is not allowed; allowed: a"),
        ("logs.1.mood", "good", "logs[1].mood: unknown key; allowed: session, at, phase, item"),
        ("now", None, f"now: is missing; allowed: {TIME}"),
        ("time_zone", "../London", "time_zone: '../London' is not allowed; allowed: a name"),
        ("time_zone", "localtime", "time_zone: 'localtime' is not allowed; allowed: a name"),
        ("time_zone", 3, "time_zone: 3 is not allowed; allowed: a name"),
        (
            "settings",
            {"fusion_weeks": 3},
            "settings.fusion_weeks: unknown key; allowed: pain_green_max",
        ),
        ("settings", {"pain_green_max": 5}, "allowed: less than pain_amber_max (5)"),
        ("settings", {"after_effect_minutes": 0}, "allowed: a whole number from 1 to 60"),
        ("settings", {"review_weeks_min": 5}, "allowed: no more than review_weeks_max (4)"),
        (
            "started",
            "2026-11-02",
            "started: '2026-11-02' is not allowed; allowed: a day up to today",
        ),
        (
            "reinstated",
            [{"item": "b", "at": "2026-11-01T08:00:00Z"}],
            "reinstated[0].item: 'b' is not",
        ),
        (
            "cleared",
            [{"red_flag": "x", "at": "2026-11-01T08:00:00Z"}],
            "cleared[0].red_flag: 'x' is not",
        ),
        ("cleared", [{"red_flag": "both_legs"}], f"cleared[0].at: is missing; allowed: {TIME}"),
    ],
)
def test_what_is_wrong_is_named(path: str, value: object, line: str) -> None:
    with pytest.raises(FactsError) as error:
        text_of(changed(path, value))
    assert line in str(error.value)
    assert "\n" not in str(error.value)


@every("key", ["case", "items", "logs", "now", "time_zone"])
def test_the_keys_that_must_be_there(key: str) -> None:
    history = {k: v for k, v in EXAMPLE.items() if k != key}
    with pytest.raises(FactsError, match=f"^{key}: is missing"):
        text_of(history)


def test_the_same_item_twice() -> None:
    with pytest.raises(FactsError, match=r"^items\[1\]\.item: is given twice"):
        text_of(changed("items", EXAMPLE["items"] * 2))


@every("data", [b"", b"[]", b"{", b'{"now": 1, "now": 2}', b"\xff", b"NaN", b"[" * 100_000])
def test_what_is_no_history(data: bytes) -> None:
    with pytest.raises(FactsError):
        respond_json(data, CONTENT.rules, CONTENT.definitions)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
@settings(max_examples=60)
def test_whatever_stands_in_a_log_is_answered_or_named(value: object) -> None:
    for key in ("at", "phase", "item", "done", "pain", "location", "kinds", "red_flags"):
        line = ""
        try:
            text_of(changed(f"logs.1.{key}", value))
        except FactsError as error:
            line = str(error)
        assert "\n" not in line
