"""The reviewed rules about logs: complete, plain, and silent at prescribing."""

from __future__ import annotations

from typing import Any

import pytest
import textstat

from clinic.parsing.errors import DefinitionError
from patients.response import ResponseSettings
from patients.response.situations import FOR_PATIENT, SITUATIONS
from programs.rules.book_tables import parse_rule
from programs.rules.case_level import assess_case
from programs.rules.engine import judge
from programs.rules.facts import CaseFacts
from programs.sessions.guide import guide, item_of
from tests.every_row import every
from tests.programs.sessions.asking import CONTENT

LOG_RULES = [r for r in CONTENT.rules if r.level == "log"]
LONGEST_SENTENCE = 20
GRADE = 6.0


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


def test_rules_about_logs_say_nothing_at_prescribing() -> None:
    case = assess_case(LOG_RULES, CaseFacts())
    assert (case.urgent, case.refer, case.notes) == ((), (), ())
    for slug, definition in CONTENT.definitions.items():
        found = judge(LOG_RULES, CaseFacts(), slug, definition.traits, "")
        assert (found.reasons, found.notes) == ((), ()), slug


@every("code", sorted(FOR_PATIENT))
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


@every(
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
