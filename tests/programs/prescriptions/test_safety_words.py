"""What every handout says: complete, and plain enough."""

import re

import textstat

from patients.vocabulary import RED_FLAGS, Route
from programs.exercises.sides import fill_sides
from programs.prescriptions.safety_words import (
    ONLY_ASKED,
    PRINTED_ROUTES,
    RED_FLAG_WORDS,
    red_flag_lines,
    stop_rules,
)

LIMITS = {"amber_max": 5, "settle_minutes": 5}


def test_no_warning_sign_is_forgotten() -> None:
    assert list(RED_FLAG_WORDS) == list(RED_FLAGS)


def test_warning_signs_are_printed_most_urgent_first() -> None:
    lines = red_flag_lines(pregnant=True)
    order = [str(route) for route in PRINTED_ROUTES]
    assert [line.route for line in lines] == sorted(
        [
            str(f.route)
            for c, f in RED_FLAGS.items()
            if f.route != Route.REFER and c != "rf_cancer_history"
            for _ in f.sign.splitlines()
        ],
        key=order.index,
    )


def test_the_signs_of_pregnancy_are_for_the_pregnant() -> None:
    text = RED_FLAG_WORDS["rf_pregnancy_warning"]
    assert text in [line.text for line in red_flag_lines(pregnant=True)]
    assert text not in [line.text for line in red_flag_lines(pregnant=False)]
    assert frozenset({"rf_cancer_history"}) == ONLY_ASKED


def test_every_sentence_is_short_and_the_whole_is_at_reading_grade_6_or_below() -> None:
    lines = [*RED_FLAG_WORDS.values(), *stop_rules(**LIMITS)]
    sentences = [part for line in lines for part in re.split(r"(?<=[.]) ", line)]
    assert [part for part in sentences if len(part.split()) > 18] == []
    assert textstat.flesch_kincaid_grade(" ".join(lines)) <= 6


def test_stop_rules_name_the_limits_of_the_practice() -> None:
    rules = stop_rules(amber_max=4, settle_minutes=1)
    assert rules[0] == "Stop if the pain goes above 4 out of 10."
    assert rules[1].endswith("is still there after 1 minute.")


def test_stop_rules_are_those_of_the_regions_of_the_program() -> None:
    def named(*about: str) -> list[str]:
        text = " ".join(stop_rules(**LIMITS, about=about))
        return [word for word in ("leg", "arm", "joint") if f" {word} " in text.replace(".", " ")]

    assert named("low_back") == ["leg"]
    assert named("knee", "operated") == ["joint"]
    assert named("neck") == ["arm"]
    assert named("neck", "shoulder") == ["arm", "joint"]
    # Somebody with a bad back and a bad neck watches both.
    assert named("low_back", "neck") == ["leg", "arm"]


def test_sides_are_filled_in() -> None:
    assert fill_sides("Bend your {side} knee over the {other}.", "left") == (
        "Bend your left knee over the right."
    )
    assert fill_sides("Lie down.", "") == "Lie down."
