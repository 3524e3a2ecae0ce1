"""What question 8 shows first: little of the list, and nearly all that is so of real exercises."""

from __future__ import annotations

from itertools import chain
from typing import Any

from programs.exercises.own.asked import SO, SO_LABELS
from programs.exercises.own.follows import NOT_IN, follows
from programs.exercises.own.likely import LIKELY_FOR, LIKELY_IN, LIKELY_MOVING, likely
from programs.exercises.own.quick_form import QuickExerciseForm
from programs.exercises.own.quick_shown import SoGroups
from programs.exercises.own.trait_words import PURPOSE_LABELS
from programs.rules.traits import POSITIONS
from tests.programs.exercises.own.describing import told, truths
from tests.programs.exercises.own.test_own_taken import ENTRIES

MOST_LINES = 19


def form(**initial: Any) -> QuickExerciseForm:
    return QuickExerciseForm(initial=initial, names=frozenset(), holder="")


def codes(groups: SoGroups) -> list[str]:
    return [code for _, rows in groups for code, *_ in rows]


def test_what_is_so_of_built_in_exercises_is_nearly_all_likely_and_few_lines_are() -> None:
    named = hit = whole = 0
    for t in ENTRIES.values():
        answers = told(t)
        follow = follows(answers).yes
        so = truths(t) - follow
        first = likely(t.phase, t.position, answers.moves) - NOT_IN.get(t.position, frozenset())
        named, hit, whole = named + len(so), hit + len(so & first), whole + (so <= first)
        assert len(first | so | follow) <= MOST_LINES
    assert hit / named > 0.85
    assert whole / len(ENTRIES) > 0.8


def test_the_tables_speak_of_nothing_that_is_not_asked() -> None:
    tables = (LIKELY_IN, LIKELY_FOR, LIKELY_MOVING)
    assert set(chain(*chain(*(table.values() for table in tables)))) <= set(SO_LABELS)
    assert (set(LIKELY_IN), set(LIKELY_FOR) - set(PURPOSE_LABELS)) == (set(POSITIONS), set())


def test_every_line_stands_once_first_or_in_the_rest_under_its_heading() -> None:
    page = form(phase="stretch", position="sitting", moves=["neck:flexion"], so=["uphill", "cold"])
    first, rest = page.so_first, page.so_rest
    assert codes(first) == [
        *("head_lift", "neck_works", "head_tipped_back", "head_position_change"),
        *("legs_bear", "uphill", "back_works", "cold", "nerve_glides", "nerve_pulled"),
    ]
    assert sorted(codes(first) + codes(rest)) == sorted(
        set(SO_LABELS) - NOT_IN["sitting"] | {"uphill"}
    )
    assert page.so_left == len(codes(rest))
    titles = [title for title, _ in SO]
    for groups in (first, rest):
        assert [title for title, _ in groups] == [t for t in titles if t in dict(groups)]


def test_before_anything_is_chosen_the_whole_list_is_the_rest() -> None:
    assert (form().so_first, codes(form().so_rest)) == ([], list(SO_LABELS))
