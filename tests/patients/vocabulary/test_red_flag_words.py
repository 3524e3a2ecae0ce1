"""A red flag asks and says the same, wherever a person meets it."""

from __future__ import annotations

import re

import textstat

from patients.vocabulary import RED_FLAGS, TOGETHER, RedFlag, Route, routes_of
from programs.portal.warning_signs.words import ASKED, line_of
from programs.prescriptions.safety_words import RED_FLAG_WORDS, red_flag_lines
from tests.every_row import every

LITTLE = frozenset(
    {"a", "an", "the", "and", "or", "do", "does", "did", "is", "are"}
    | {"have", "has", "had", "you", "your", "it", "its", "with", "about"}
    | {"get", "gets", "getting", "to", "go", "goes", "starts", "new", "newly"}
)
"""Words that only turn a question about today into a sign to watch for."""


def meaning(text: str) -> list[str]:
    """What a sentence names, in order: the beginnings of its words, so that endings may differ."""
    words = re.findall(r"[a-z]+", text.lower().replace("cannot", "can not"))
    return sorted({word[:3] for word in words if word not in LITTLE})


@every("flag", RED_FLAGS.values())
def test_the_question_and_the_sign_name_the_same(flag: RedFlag) -> None:
    assert meaning(flag.question) == meaning(flag.sign)
    assert (flag.question[-1], flag.sign[-1]) == ("?", ".")


@every("flag", RED_FLAGS.values())
def test_both_are_short_and_plain(flag: RedFlag) -> None:
    for text in (flag.question, *flag.sign.splitlines()):
        assert len(text.split()) <= 18
        assert textstat.flesch_kincaid_grade(text) <= 6.5


def test_all_questions_together_are_plain() -> None:
    together = " ".join(f.question for f in RED_FLAGS.values())
    assert textstat.flesch_kincaid_grade(together) <= 6


def test_paper_and_the_patients_page_print_the_sign() -> None:
    # A sign of two things stands on two lines of the paper, and in one on the page.
    one_line = {code: flag.sign.replace("\nYou", " Or: you") for code, flag in RED_FLAGS.items()}
    assert one_line == RED_FLAG_WORDS
    assert {code: line_of(code).words for code in ASKED} == {code: one_line[code] for code in ASKED}
    signs = {line for flag in RED_FLAGS.values() for line in flag.sign.splitlines()}
    assert {line.text for line in red_flag_lines(pregnant=True)} <= signs


@every(
    ("code", "names"),
    [
        ("rf_immunosuppression_iv_drug", ["ill", "fever", "immune system"]),
        ("rf_fever_infection", ["this pain", "infection", "last weeks"]),
        ("rf_major_trauma", ["this pain", "lately"]),
        ("rf_cancer_history", ["this pain is new"]),
    ],
)
def test_a_question_is_as_narrow_as_what_it_sets_off(code: str, names: list[str]) -> None:
    flag = RED_FLAGS[code]
    said = flag.sign.lower()
    assert [name for name in names if name not in said] == []


def test_cancer_with_pain_of_a_certain_kind_is_urgent_together() -> None:
    cancer = "rf_cancer_history"
    assert routes_of([cancer]) == {cancer: Route.SOON}
    assert routes_of([cancer, "rf_foot_drop"]) == {
        cancer: Route.SOON,
        "rf_foot_drop": Route.SAME_DAY,
    }
    for other in ("rf_weight_loss", "rf_night_pain_unrelenting"):
        assert routes_of([other]) == {other: Route.SOON}
        assert routes_of([cancer, other]) == dict.fromkeys([cancer, other], Route.SAME_DAY)
    assert routes_of([cancer], ["thoracic_pain"]) == {cancer: Route.SAME_DAY}
    assert routes_of(["rf_weight_loss"], ["thoracic_pain"]) == {"rf_weight_loss": Route.SOON}
    assert [group.source for group in TOGETHER] == ["NG234"]
    # What is faster alone stays as fast.
    saddle = routes_of([cancer, "rf_saddle_numbness", "rf_weight_loss"])
    assert saddle["rf_saddle_numbness"] is Route.EMERGENCY
