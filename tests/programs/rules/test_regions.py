"""One patient for whom each rule of the limbs, the neck and the operations speaks, and one beside.

The verdicts were written down from the sources before the program was asked.
"""

from __future__ import annotations

import tomllib

from programs.exercises.catalogue_files import CATALOGUE
from programs.rules.case_json import parse_case
from programs.rules.engine import judge
from tests.programs.rules.cases import CONTENT
from tests.programs.rules.facts import Json
from tests.programs.rules.imagined import IMAGINED
from tests.programs.rules.stories import STORIES

RULES = {rule.id: rule for rule in CONTENT.rules}


def said(rule: str, case: Json, exercise: str) -> str:
    """What one rule says of ``slug`` or ``slug/side``; empty where it is silent."""
    slug, _, side = exercise.partition("/")
    found = judge([RULES[rule]], parse_case(case), slug, IMAGINED[slug], side)
    return next((r.verdict for r in (*found.reasons, *found.notes)), "")


def test_a_rule_speaks_where_it_should_and_not_beside() -> None:
    wrong = {}
    for rule, case, exercise, verdict, other_case, other_exercise in STORIES:
        found = said(rule, case, exercise), said(rule, other_case, other_exercise)
        if found != (verdict, ""):
            wrong[rule, exercise, str(case)] = found
    assert wrong == {}


def test_every_rule_of_these_files_has_its_story() -> None:
    files = ("limbs", "neck_arms", "operations", "whole_person")
    written = {
        rule["id"]
        for name in files
        for rule in tomllib.loads((CATALOGUE / "rules" / f"{name}.toml").read_text())["rule"]
        if rule.get("level", "exercise") == "exercise"
    }
    assert written <= {story[0] for story in STORIES}
