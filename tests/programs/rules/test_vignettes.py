"""Patients as a physiotherapist meets them, and what the rules must say about each.

The verdicts were written down from the sources before the program was asked. Each vignette names
only what its story is about; every exercise it does not name is left to the other tests.
"""

from __future__ import annotations

import pytest

from programs.rules.engine import assess_case
from programs.rules.facts import parse_case
from tests.programs.rules.cases import CONTENT, verdicts
from tests.programs.rules.vignettes.cast import Json, Vignette, yes
from tests.programs.rules.vignettes.direction import DIRECTION
from tests.programs.rules.vignettes.health import HEALTH
from tests.programs.rules.vignettes.weeks import WEEKS

VIGNETTES = [*DIRECTION, *HEALTH, *WEEKS]


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v.story)
def test_the_rules_say_what_a_physiotherapist_expects(vignette: Vignette) -> None:
    expected = {
        exercise: verdict
        for verdict, exercises in vignette.expected.items()
        for exercise in exercises.split()
    }
    found = verdicts(parse_case(vignette.case))
    assert {exercise: found[exercise] for exercise in expected} == expected


@pytest.mark.parametrize(
    ("case", "stopped", "urgent", "refer"),
    [
        ({"red_flags": {"rf_saddle_numbness": "yes"}}, True, ["R67"], []),
        ({"red_flags": {"rf_foot_drop": "yes"}}, True, ["R61"], []),
        ({"red_flags": {"rf_weight_loss": "yes"}}, False, [], ["RF4"]),
        ({"red_flags": {"rf_inflammatory_pattern": "yes"}}, False, [], ["RF7"]),
        ({"red_flags": {"rf_saddle_numbness": "unknown"}}, False, [], []),
        (yes("dvt_suspected"), True, ["P-21"], []),
        (yes("hypertension_uncontrolled"), False, [], ["P-16"]),
    ],
    ids=str,
)
def test_what_sends_the_patient_elsewhere(
    case: Json, stopped: bool, urgent: list[str], refer: list[str]
) -> None:
    found = assess_case(CONTENT.rules, parse_case(case))
    assert (found.stopped, [r.rule for r in found.urgent], [r.rule for r in found.refer]) == (
        stopped,
        urgent,
        refer,
    )
