"""A table judged in one test tells each row that fails, and is never empty."""

import pytest

from tests.every_row import every


def test_each_row_that_fails_is_told_and_the_others_are_tried() -> None:
    tried = []

    @every(("number", "word"), [(1, "one"), (2, "zwei"), (3, "drei"), (4, "four")])
    def is_short(number: int, word: str, longest: int) -> None:
        tried.append(number)
        if word == "drei":
            pytest.fail("it is no English")
        assert len(word) < longest

    with pytest.raises(BaseExceptionGroup) as told:
        is_short(longest=4)
    assert tried == [1, 2, 3, 4]
    assert [error.__notes__ for error in told.value.exceptions] == [
        ["in the row number=2, word='zwei'"],
        ["in the row number=3, word='drei'"],
        ["in the row number=4, word='four'"],
    ]


def test_what_is_no_fault_of_a_row_ends_the_test() -> None:
    @every("word", ["one"])
    def is_broken_off(word: str) -> None:
        raise KeyboardInterrupt(word)

    with pytest.raises(KeyboardInterrupt):
        is_broken_off()


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="tests nothing"):
        every("word", [])


@every("letter", "abc")
def test_a_fixture_is_given_beside_the_row(letter: str, request: pytest.FixtureRequest) -> None:
    assert request.node.name == "test_a_fixture_is_given_beside_the_row"
    assert letter in "abc"
