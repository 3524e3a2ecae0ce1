"""The hint about hard words: close to the published measure, and calm about odd text."""

import pytest

from programs.exercises.catalogue_files import built_in
from programs.exercises.own.reading_grade import Reading, read_lines, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("back", 1),
        ("knee", 1),
        ("slide", 1),
        ("pushed", 1),
        ("treated", 2),
        ("muscle", 2),
        ("shoulder", 2),
        ("gently", 2),
        ("abdomen", 3),
        ("rotation", 3),
        ("extremity", 4),
        ("hmm", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_words_in_short_sentences_are_easy() -> None:
    found = read_lines(["Lie on your back.", "Bend one knee. Then rest."])
    assert found is not None
    assert found.is_easy


def test_long_sentences_are_named() -> None:
    long = "Move " + "and move " * 8 + "again"
    found = read_lines([f"{long}. Rest."])
    assert found is not None
    assert (found.long, found.is_easy) == ((long,), False)


def test_hard_words_raise_the_grade() -> None:
    assert read_lines(["Externally rotate your contralateral extremity."]) == Reading(16, ())


@pytest.mark.parametrize("lines", [[], [""], ["..."], ["12 34"], ["{}"], ["?!"]])
def test_without_words_there_is_no_grade(lines: list[str]) -> None:
    assert read_lines(lines) is None


def test_the_built_in_words_are_easy() -> None:
    grades = {}
    for slug, d in built_in().definitions.items():
        found = read_lines([*d.steps, d.feel, *d.avoid, *d.stop])
        assert found is not None
        grades[slug] = found.grade
    assert max(grades.values()) <= 6
