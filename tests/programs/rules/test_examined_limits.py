"""Some 300 cases on both sides of every limit, written from the documents before the rules spoke.

Each line of ``examined.toml``: a case as ``manage.py assess`` reads it, and verdict → exercises.
"""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from programs.rules.case_json import parse_case
from programs.rules.engine import Assessment, judge
from programs.rules.movements import Movement
from tests.every_row import every
from tests.programs.rules.cases import CONTENT, TRAITS, case, engine

ROWS = tomllib.loads(Path(__file__).with_name("examined.toml").read_text(encoding="utf-8"))["rows"]
BOTH_SIDES = ("left", "right")
OF_CONTENTS = {
    rule.id
    for rule in CONTENT.rules
    if rule.level == "exercise"
    and (match := re.fullmatch(r"(R|P-)(\d+)[a-z]?", rule.id))
    and int(match[2]) >= {"R": 80, "P-": 40}[match[1]]
}
VERDICTS = {
    "bad": "contraindicated",
    "adapt": "adapt",
    "care": "caution",
    "fine": "ok",
    "good": "preferred",
}


def test_the_rules_say_what_the_documents_say() -> None:
    wrong = {
        json.dumps(row["case"]): told for at, row in enumerate(ROWS) if (told := _differences(at))
    }
    assert wrong == {}


def _differences(at: int) -> dict[str, str]:
    """Exercise → what it should have got and got; both sides where a line names neither."""
    expected = _expected(ROWS[at])
    found = {f"{a.exercise}/{a.side}" if a.side else a.exercise: a.verdict for a in _judged(at)}
    return {
        exercise: f"{verdict}, not {found[exercise]}"
        for exercise, verdict in expected.items()
        if found[exercise] != verdict
    }


@cache
def _judged(at: int) -> list[Assessment]:
    """The exercises that a line names, by its place; two tests look at each."""
    named = {exercise.split("/")[0] for exercise in _expected(ROWS[at])}
    return engine().assess(parse_case(ROWS[at]["case"]), only=named)


def _expected(row: dict[str, Any]) -> dict[str, str]:
    return {
        place: VERDICTS[key]
        for key, exercises in row.items()
        if key != "case"
        for exercise in exercises.split()
        for place in _places(exercise)
    }


def _places(exercise: str) -> tuple[str, ...]:
    """The exercise with its sides, where it has any and none is named."""
    sided = "/" not in exercise and TRAITS[exercise].sided
    return tuple(f"{exercise}/{side}" for side in BOTH_SIDES) if sided else (exercise,)


def test_a_line_says_one_verdict_of_an_exercise() -> None:
    for row in ROWS:
        named = [e for key, text in row.items() if key != "case" for e in text.split()]
        assert len(named) == len(set(named)), row["case"]


def test_each_rule_of_the_contents_speaks_in_one_line_and_not_in_one_beside_it() -> None:
    """Of the same exercise; R80 to R106 and P-40 to P-71 as far as they judge exercises."""
    spoke: dict[str, set[str]] = defaultdict(set)
    silent: dict[str, set[str]] = defaultdict(set)
    for at in range(len(ROWS)):
        told: dict[str, set[str]] = defaultdict(set)
        for a in _judged(at):
            told[a.exercise] |= {reason.rule for reason in (*a.reasons, *a.notes)}
        for exercise, rules in told.items():
            for rule in OF_CONTENTS:
                (spoke if rule in rules else silent)[rule].add(exercise)
    # P-57 is said of traction to everybody, so there it is never silent.
    assert {rule for rule in OF_CONTENTS if not spoke[rule] & silent[rule]} == {"P-57"}


@every("side", ["left", "right", "bilateral", "unspecified"])
def test_tipping_the_head_back_a_little_is_adapted_whichever_side_is_sore(side: str) -> None:
    """No entry that comes with the project does, but one that a practice writes may."""
    own = dataclasses.replace(
        TRAITS["neck-rotation"], movements=(Movement("neck", "extension", "mid", "repeated"),)
    )
    told = judge(CONTENT.rules, case("cervical_radiculopathy", side), "own", own, "")
    assert told.verdict == "adapt"


def test_who_works_the_upper_side_lies_on_the_other() -> None:
    """The rule about lying on a sore shoulder reads the treated side so."""
    for slug, entry in CONTENT.definitions.items():
        if entry.traits.position == "side_lying" and entry.traits.sided:
            side = "side" if "trunk_side" in entry.traits.contact else "other"
            assert entry.steps[0].startswith(f"Lie on your {{{side}}} side"), slug
