"""``manage.py respond``: the contract, byte for byte, and every way to get it wrong."""

from __future__ import annotations

import copy
import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.parsing.errors import DefinitionError, FactsError
from patients.response import ResponseSettings
from patients.response.situations import FOR_PATIENT, SITUATIONS
from programs.exercises.catalogue_files import built_in
from programs.rules.book import RuleDefinition
from programs.rules.book_tables import parse_rule
from programs.rules.case_level import assess_case
from programs.rules.engine import judge
from programs.rules.facts import CaseFacts
from programs.sessions.guide import guide, item_of
from programs.sessions.respond_json import respond_json
from tests.paths import ROOT
from tests.waiting import PATIENCE_S

CONTENT = built_in()
LOG_RULES = [r for r in CONTENT.rules if r.level == "log"]
LONGEST_SENTENCE = 20
GRADE = 6.0
EXAMPLE: dict[str, Any] = {
    "case": {
        "conditions": [{"code": "lumbar_radiculopathy", "side": "left"}],
        "baseline": {"pain": 5, "location": {"left": "lower_leg", "right": "none"}},
    },
    "items": [
        {
            "item": "a",
            "exercise": "standing-back-extension",
            "side": None,
            "sessions_per_week": 14,
        }
    ],
    "logs": [
        {
            "session": "s1",
            "at": "2026-11-01T08:00:00+00:00",
            "phase": "before",
            "pain": 5,
            "location": {"left": "lower_leg", "right": "none"},
        },
        {
            "session": "s1",
            "at": "2026-11-01T08:10:00+00:00",
            "phase": "after",
            "item": "a",
            "done": True,
            "pain": 6,
            "location": {"left": "thigh", "right": "none"},
            "kinds": ["tingling"],
            "red_flags": [],
        },
    ],
    "now": "2026-11-01T20:00:00+00:00",
    "time_zone": "Europe/London",
    "settings": {},
}


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The real command, with a database address that nothing answers: it needs none."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "manage.py", "respond", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=PATIENCE_S,
        check=False,
    )


def text_of(history: object) -> str:
    return respond_json(json.dumps(history).encode(), CONTENT.rules, CONTENT.definitions)


def ask(history: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(text_of(history))
    return answer


def changed(path: str, value: object) -> dict[str, Any]:
    """The example with one value replaced; the path like ``logs.0.pain``."""
    history = copy.deepcopy(EXAMPLE)
    place: Any = history
    *way, last = path.split(".")
    for key in way:
        place = place[int(key)] if key.isdigit() else place[key]
    place[last] = value
    return history


def test_the_example_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text(json.dumps(EXAMPLE))
    done = run(str(file))
    assert (done.returncode, done.stderr) == (0, b"")
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
    assert run("-", stdin=json.dumps(EXAMPLE).encode()).stdout == done.stdout
    assert run(str(file)).stdout == done.stdout


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--nonsense"], ["/nowhere/at-all.json"]])
def test_bad_arguments_end_with_2_and_one_line(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 1


def test_bad_input_ends_with_2_and_one_line() -> None:
    done = run("-", stdin=json.dumps(changed("time_zone", "Europe/Nowhere")).encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "respond: time_zone: 'Europe/Nowhere' is not allowed; "
        "allowed: a name of the IANA time zone database, like Europe/London\n"
    )


KINDS = "pain, tingling, numbness, weakness, heaviness, stiffness, burning, sharp_pinch, clicking"
PLACES = "none, back_middle, back_side, buttock, thigh, lower_leg, foot"
TIME = "a time with its offset, like 2026-11-01T08:00:00+00:00"


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("key", ["case", "items", "logs", "now", "time_zone"])
def test_the_keys_that_must_be_there(key: str) -> None:
    history = {k: v for k, v in EXAMPLE.items() if k != key}
    with pytest.raises(FactsError, match=f"^{key}: is missing"):
        text_of(history)


def test_the_same_item_twice() -> None:
    with pytest.raises(FactsError, match=r"^items\[1\]\.item: is given twice"):
        text_of(changed("items", EXAMPLE["items"] * 2))


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"now": 1, "now": 2}', b"\xff", b"NaN", b"[" * 100_000]
)
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


def test_an_empty_history() -> None:
    answer = ask({**EXAMPLE, "case": {}, "items": [], "logs": []})
    assert answer == {
        "patient": {
            "outcome": "carry_on",
            "items": [],
            "reason": "Start when you are ready. Tell us here how you feel before and after. "
            "Pause if it goes further down your leg.",
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


@pytest.mark.parametrize(
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


# What the catalogue says of an exercise.
def test_the_way_an_exercise_bends() -> None:
    ways = {
        slug: (i.extends, i.flexes, i.sided, i.rise)
        for slug, d in CONTENT.definitions.items()
        for i in [item_of("x", d, 7)]
    }
    assert ways["standing-back-extension"] == (True, False, False, "during_only")
    assert ways["double-knee-to-chest"] == (False, True, False, "no")
    assert ways["wall-calf-stretch"] == (False, False, True, "no")


# The reviewed rules.
def test_every_situation_has_a_rule_and_its_words() -> None:
    found = guide(CONTENT.rules, ResponseSettings())
    assert [c for c in SITUATIONS if not found[c].rules] == []
    assert [c for c in FOR_PATIENT if not found[c].words] == []
    spoken = [c.when for r in LOG_RULES for c in r.clauses if c.when]
    assert len(spoken) == len(set(spoken))


def test_the_rules_about_logs_are_all_there() -> None:
    expected = [f"R{n}" for n in range(20, 28)]
    expected += [f"L{n:02}" for n in (*range(1, 16), 17, 18)]
    assert sorted(r.id for r in LOG_RULES) == sorted(expected)
    assert all(not r.reviewed_by for r in LOG_RULES)


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.id) for r in LOG_RULES])
def test_rules_about_logs_say_nothing_at_prescribing(rule: RuleDefinition) -> None:
    case = assess_case([rule], CaseFacts())
    assert (case.urgent, case.refer, case.notes) == ((), (), ())
    for slug, definition in CONTENT.definitions.items():
        found = judge([rule], CaseFacts(), slug, definition.traits, "")
        assert (found.reasons, found.notes) == ((), ())


@pytest.mark.parametrize("code", sorted(FOR_PATIENT))
def test_the_words_are_plain_and_promise_nothing(code: str) -> None:
    words = guide(CONTENT.rules, ResponseSettings())[code].words
    assert textstat.flesch_kincaid_grade(words) <= GRADE
    assert words[0].isupper()
    assert words.endswith(".")
    sentences = [s for s in words.replace(":", ".").split(".") if s.strip()]
    assert max(len(s.split()) for s in sentences) <= LONGEST_SENTENCE
    for promise in ("cure", "heal", "fix", "guarantee", "always", "will get better", "safe"):
        assert promise not in words.lower()


LOG_RULE = {
    "id": "L99",
    "version": 1,
    "title": "A test",
    "source": "project",
    "evidence": "inference",
    "level": "log",
}


@pytest.mark.parametrize(
    ("rule", "clause", "key"),
    [
        ({}, {"when": "no_such_thing"}, "rule L99.clause[1].when"),
        ({}, {"when": "green_pain"}, "rule L99.clause[1].patient"),
        ({}, {"verdict": "urgent"}, "rule L99.clause[1].verdict"),
        ({}, {"case": {"no_condition": True}}, "rule L99.clause[1].case"),
        ({}, {"exercise": {"flags": ["static_stretch"]}}, "rule L99.clause[1].exercise"),
        ({"level": "case"}, {"when": "no_change"}, "rule L99.clause[1].when"),
        ({"check": "few_exercises"}, {}, "rule L99.check"),
    ],
)
def test_a_rule_about_logs_is_checked(
    rule: dict[str, Any], clause: dict[str, Any], key: str
) -> None:
    plain = {"verdict": "info", "reason": "Because."}
    good = {**LOG_RULE, "clause": [{**plain, "when": "no_change"}]}
    assert parse_rule(good, {"project": ""}).clauses[0].when == "no_change"
    bad = {**LOG_RULE, **rule, "clause": [{**plain, **clause}]}
    with pytest.raises(DefinitionError) as error:
        parse_rule(bad, {"project": ""})
    assert error.value.key == key
