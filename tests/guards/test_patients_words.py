"""Words that trip an old or a tired reader stand nowhere that a patient reads."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from clinic.emergency_places import EMERGENCY_PLACES, place, placed
from patients.vocabulary import RED_FLAGS
from programs.portal.session.page import PAUSED_WORDS
from programs.prescriptions.safety_words import RED_FLAG_WORDS, by_name, red_flag_lines
from tests.every_row import every

ROOT = Path(__file__).parents[2]
FOLDERS = (
    *("templates/programs/portal", "templates/programs/reminders", "static/programs/portal"),
    *("templates/programs/prescriptions/handout", "programs/portal", "programs/reminders"),
)
FIRST_EDITION = ROOT / "templates/programs/prescriptions/handout/first"
"""What was issued with it prints the same bytes for ever."""
SPOKEN = ("steps", "feel", "avoid", "stop", "caption", "transient_when", "name")
"""What of a catalogue entry a patient reads."""
TRIPS = {
    r"\bnewly\b": "new: or suddenly",
    r"\btummy\b": "belly, everywhere",
    r"\btail bone\b": "tailbone, everywhere",
    r"\btrunk\b": "upper body",
    r"\bribs? (down|flare)": "without lifting your chest",
    r"if your program gives": "the number of the dose",
    r"\bnobody may be\b": "Nobody watches this page.",
    r"\bit goes further\b": "the pain moves further",
    r"\bwhat i told you\b": "my diary",
    r"\bemergency room\b": "by country",
    r"\bif it is all right\b": "if it matches your paper",
    r"\bdoes not do as it should\b": "gives way",
    r"\benough, go on\b": "that is enough",
    r"\bdo this part again\b": "once more from here",
    r"\byour clinician\b": "the clinician's name",
    r"in every position": "however you lie",
    r"(?<![\w./-])programm?e?s?\b(?![./-])": "{% program_word %}, by country, or page",
}
"""What is not said, and what is said instead."""
SEEN = {
    ".html": re.compile(r"\bid=\"[^\"]*\"|url\([^)]*\)|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL),
    ".js": re.compile(r"^\s*(//|/?\*).*$", re.MULTILINE),
    ".css": re.compile(r".*", re.DOTALL),
}
"""What of a file nobody reads on the page."""
NAMED_LATER = {PAUSED_WORDS, *EMERGENCY_PLACES.values()}
"""Whoever is meant is put in by ``by_name``, and a place is called by its country."""


def spoken(value: Any, key: str = "") -> Iterator[str]:
    """The sentences of an entry that are for the patient."""
    if isinstance(value, str) and key in SPOKEN:
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from spoken(each, key)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from spoken(each, name)


def written_in(code: str) -> str:
    """The sentences that a program holds; what explains it to us is none of them."""
    tree = ast.parse(code)
    lone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return "\n".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in lone
        if " " in node.value and node.value not in NAMED_LATER
    )


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Where a text stands, and the text."""
    return tuple(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.is_relative_to(FIRST_EDITION):
                continue
            if path.suffix in SEEN:
                whole = re.sub(
                    r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL
                )
                yield str(path.relative_to(ROOT)), SEEN[path.suffix].sub(" ", whole)
            elif path.suffix == ".py":
                yield str(path.relative_to(ROOT)), written_in(path.read_text())
    for path in sorted((ROOT / "programs/catalogue").glob("*.toml")):
        yield path.name, "\n".join(spoken(tomllib.loads(path.read_text())))
    for code, flag in RED_FLAGS.items():
        yield code, f"{flag.question}\n{flag.sign}"


@every("trips", TRIPS)
def test_no_word_that_trips_a_reader(trips: str) -> None:
    found = [(where, hit[0]) for where, text in texts() for hit in re.finditer(trips, text, re.I)]
    assert found == [], f"say instead: {TRIPS[trips]}"


def test_a_sign_of_two_things_is_printed_as_two() -> None:
    lines = [line.text for line in red_flag_lines(pregnant=False)]
    assert "You feel ill or have fever, and you inject drugs." in lines
    assert "You feel ill or have fever, and your immune system is weak." in lines
    assert [text for text in lines if "\n" in text] == []
    assert RED_FLAG_WORDS["rf_immunosuppression_iv_drug"] == (
        "You feel ill or have fever, and your immune system is weak. "
        "Or: you feel ill or have fever, and you inject drugs."
    )


def test_who_is_meant_is_named() -> None:
    said = "Your therapist will look at it. If you get worse, call your therapist."
    assert by_name(said, "Bob Brown") == (
        "Bob Brown will look at it. If you get worse, call Bob Brown."
    )
    assert by_name(said, "") == said


def test_where_to_go_in_an_emergency_is_called_as_people_there_call_it() -> None:
    assert EMERGENCY_PLACES == {"999": "A&E", "911": "an emergency room"}


def test_what_a_log_means_calls_that_place_so_too() -> None:
    """The rules say *an emergency room*; a patient in London was told so beside 999."""
    rules = tomllib.loads((ROOT / "programs/catalogue/rules/response.toml").read_text("utf-8"))
    clauses = [clause for rule in rules["rule"] for clause in rule["clause"]]
    said = [clause[key] for clause in clauses for key in ("patient", "arm") if key in clause]
    sent = [text for text in said if "emergency" in text.replace("emergency number", "")]
    assert len(sent) > 4
    for number, name in (("999", "A&E"), ("911", "an emergency room"), ("112", place("112"))):
        assert all(f"go to {name}" in placed(text, number) for text in sent)
    assert {placed(text, "999") for text in said if text not in sent} <= {*said}


def test_no_rule_calls_that_place_as_one_country_does() -> None:
    """Whoever shows a rule's words puts the place in; R67 sent people to a department."""
    files = sorted((ROOT / "programs/catalogue/rules").glob("*.toml"))
    elsewhere = re.compile(r"emergency (department|ward)|A&E|casualty", re.I)
    assert [path.name for path in files if elsewhere.search(path.read_text("utf-8"))] == []
