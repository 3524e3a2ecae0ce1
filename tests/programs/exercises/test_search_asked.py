"""Whoever types what a clinic says finds the exercise among the first three."""

import tomllib
from functools import cache
from pathlib import Path

from patients.vocabulary import CONDITIONS, SURGERIES
from programs.exercises.catalogue_files import built_in
from programs.exercises.search import SearchIndex, search_entries
from tests.programs.shipped import shipped_definitions

ASKED = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))["asked"]
SPARED = ("pacemaker", "abdominal_surgery", "tendon_injection")
"""A pacemaker, an operation of the belly and an injection are no part of the body to train."""


@cache
def with_templates() -> SearchIndex[str]:
    return SearchIndex(search_entries(shipped_definitions(), built_in().starters.values()))


def test_it_is_among_the_first_three() -> None:
    wrong = {}
    for asked in ASKED:
        keys = with_templates().search(str(asked["query"])).keys
        missed = asked["any"] and {*keys[:3]}.isdisjoint(asked["any"])
        if missed or (keys and keys[0] in asked["never_first"]):
            wrong[asked["query"]] = keys[:5]
    assert wrong == {}


def test_a_complaint_lists_what_is_done_for_it_before_what_is_said_of_it() -> None:
    talk = {entry.slug for entry in shipped_definitions() if entry.traits.kind == "advice"}
    asked = ("back pain", "sore neck", "bad knees", "hip pain", "shoulder pain", "hip", "low back")
    assert {
        q: found for q in asked if (found := talk & {*with_templates().search(q).keys[:5]})
    } == {}


def test_every_condition_and_operation_is_found_by_its_name() -> None:
    """What is in brackets behind it says it again."""
    labels = {code: condition.label for code, condition in CONDITIONS.items()}
    labels |= {code: surgery.label for code, surgery in SURGERIES.items()}
    asked = [label.partition(" (")[0] for c, label in labels.items() if not c.startswith(SPARED)]
    assert [name for name in asked if not with_templates().search(name).found] == []
