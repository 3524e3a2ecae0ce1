"""Patients as a physiotherapist meets them, and what the rules must say about each.

The verdicts were written down from the sources before the program was asked. Each vignette names
only what its story is about; every exercise it does not name is left to the other tests.
"""

from __future__ import annotations

from programs.rules.case_json import parse_case
from programs.rules.case_level import assess_case
from tests.every_row import every
from tests.programs.rules.cases import CONTENT, verdicts
from tests.programs.rules.vignettes.cast import Json, Vignette, conditions, yes
from tests.programs.rules.vignettes.direction import DIRECTION
from tests.programs.rules.vignettes.health import HEALTH
from tests.programs.rules.vignettes.published_body import PUBLISHED, REACH
from tests.programs.rules.vignettes.weeks import WEEKS

VIGNETTES = [*DIRECTION, *HEALTH, *WEEKS, *REACH, *PUBLISHED]


@every("vignette", VIGNETTES)
def test_the_rules_say_what_a_physiotherapist_expects(vignette: Vignette) -> None:
    expected = {
        exercise: verdict
        for verdict, exercises in vignette.expected.items()
        for exercise in exercises.split()
    }
    found = verdicts(parse_case(vignette.case))
    assert {exercise: found[exercise] for exercise in expected} == expected


def test_each_published_vignette_names_a_source_of_the_rules() -> None:
    cited = [v.source.split(": ")[-1] for v in VIGNETTES if v.source]
    assert len(PUBLISHED) == len(cited) >= 25
    assert set(cited) <= set(CONTENT.sources)
    stories = [v.story for v in VIGNETTES]
    assert len(stories) == len(set(stories)) >= 60


CANCER = "rf_cancer_history"


@every(
    ("case", "stopped", "urgent", "refer"),
    [
        # NICE NG234: with a history of cancer, pain of this kind needs advice within hours.
        ({"red_flags": {CANCER: "yes", "rf_weight_loss": "yes"}}, True, ["RF4"], []),
        ({"red_flags": {CANCER: "yes", "rf_night_pain_unrelenting": "yes"}}, True, ["RF4"], []),
        (conditions("thoracic_pain unspecified", red_flags={CANCER: "yes"}), True, ["RF4"], []),
        ({"red_flags": {CANCER: "yes"}}, False, [], ["RF4"]),
        ({"red_flags": {CANCER: "yes", "rf_weight_loss": "no"}}, False, [], ["RF4"]),
        ({"red_flags": {CANCER: "unknown", "rf_weight_loss": "yes"}}, False, [], ["RF4"]),
        (
            {"red_flags": {"rf_weight_loss": "yes", "rf_night_pain_unrelenting": "yes"}},
            False,
            [],
            ["RF4"],
        ),
        (conditions("thoracic_pain unspecified"), False, [], []),
        ({"red_flags": {"rf_saddle_numbness": "yes"}}, True, ["R67"], []),
        ({"red_flags": {"rf_foot_drop": "yes"}}, True, ["R61"], []),
        ({"red_flags": {"rf_weight_loss": "yes"}}, False, [], ["RF4"]),
        ({"red_flags": {"rf_inflammatory_pattern": "yes"}}, False, [], ["RF7"]),
        ({"red_flags": {"rf_saddle_numbness": "unknown"}}, False, [], []),
        (yes("dvt_suspected"), True, ["P-21"], []),
        (yes("hypertension_uncontrolled"), False, [], ["P-16"]),
    ],
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
