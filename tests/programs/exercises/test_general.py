"""What is said once for a whole program: no rule of any exercise disappears from the paper."""

import re

from programs.exercises.catalogue_files import built_in
from programs.exercises.general import general_rules
from programs.prescriptions.handout.handout import page_of
from tests.programs.samples import ACCESS, exercise_of, sample_prescription

LINES = [
    (definition.slug, line)
    for definition in built_in().definitions.values()
    for line in (*definition.avoid, *definition.stop)
]
MEANS = {
    "Do not hold your breath.": {"breath"},
    "Do not bounce.": {"bounce"},
    "Do not bounce or jerk.": {"bounce"},
    "Do not bounce or push into pain.": {"bounce", "pain"},
    "Do not bounce or pull into pain.": {"bounce", "pain"},
    "Do not push into pain.": {"pain"},
    "Do not push on into strong pain.": {"pain"},
    "Pause if pain or tingling goes down a leg.": {"leg"},
    "Pause if pain or tingling goes down your leg.": {"leg"},
    "Pause if pain or tingling goes down a leg. Stop if it goes numb.": {"leg", "numb"},
    "Pause if pain or tingling goes down the leg. Stop if it goes numb.": {"leg", "numb"},
    "Pause if pain or tingling goes down your leg. Stop if it goes numb.": {"leg", "numb"},
    "Pause if pain or tingling moves further down your leg. Stop if it goes numb.": {"leg", "numb"},
    "Stop if you feel dizzy.": {"dizzy"},
    "Stop if you feel dizzy or short of breath.": {"dizzy"},
}
"""Read by a person, a second time: what each general line asks for."""


def test_each_general_line_means_what_the_rules_say_that_stand_for_it() -> None:
    assert {line: set(codes) for line, codes in general_rules().lines.items()} == MEANS


def test_each_general_line_is_one_of_the_catalogue() -> None:
    assert set(general_rules().lines) <= {line for _, line in LINES}


def test_what_is_special_to_an_exercise_is_not_general() -> None:
    """Back pain in a back bend can be good news; being unsteady matters where one stands."""
    special = {
        "Stop if your back pain grows as you hold.",
        "Stop if your back or leg pain gets worse.",
        "Stop if you feel dizzy or unsteady.",
        "Stop if you have chest pain, feel faint or cannot catch your breath. Get help at once.",
        "Pause if pain or tingling goes down past your knee.",
        "Pause if pain or tingling goes down an arm or leg. Stop if it goes numb.",
    }
    assert special <= {line for _, line in LINES}
    assert special.isdisjoint(general_rules().lines)


def test_no_rule_of_an_exercise_disappears_from_the_paper() -> None:
    """Before: each line beside its exercise. Now: each there, or each of its rules on page 1."""
    slugs = sorted({slug for slug, _ in LINES})
    plain = {"cautions": (), "note": "", "modification": ""}
    items = tuple(exercise_of(slug, n, **plain) for n, slug in enumerate(slugs))
    rules = general_rules()
    every_time = rules.words(line for item in items for line in item.general)
    prescription = sample_prescription(items=items, every_time=every_time)
    html = re.sub(r"</?strong[^>]*>", "", page_of(prescription, ACCESS).html)
    page = " ".join(html.replace("&#x27;", "'").split())
    first, *cards = page.split('<article class="card')
    assert len(cards) == len(items) > 150
    gone = {}
    for item, card in zip(items, cards, strict=True):
        # Of the first page only what it says for this exercise: all the others stand there too.
        on_first = " ".join(words for words in rules.words(item.general) if words in first)
        for line in (*item.avoid, *item.stop):
            for words in [rules.says[code] for code in rules.lines.get(line, ())] or [line]:
                if words not in f"{on_first} {card}":
                    gone[item.exercise, line] = words
    assert gone == {}


def test_the_words_stand_in_the_order_of_the_file_and_once() -> None:
    lines = ["Do not bounce.", "Do not hold your breath.", "Do not bounce or jerk.", "Else."]
    assert general_rules().words(lines) == ("Do not hold your breath.", "Do not bounce or jerk.")
    assert general_rules().among(lines) == tuple(lines[:3])
