"""A table judged in one test hides no row that fails."""

import pytest

from tests.every_row import every


def test_each_row_that_fails_is_told_with_its_values() -> None:
    tried = []

    @every(("one", "other"), [(1, 1), (2, 3), (4, 4), (5, 6), (0, 7)])
    def equal(one: int, other: int) -> None:
        tried.append(one)
        if not one:
            pytest.fail("one is nothing")
        with pytest.raises(ZeroDivisionError):
            _ = 1 / (one - other)

    with pytest.raises(BaseExceptionGroup, match="3 of 5 rows of equal fail") as told:
        equal()
    assert tried == [1, 2, 4, 5, 0]
    notes = ["in the row one=2, other=3", "in the row one=5, other=6", "in the row one=0, other=7"]
    assert [error.__notes__ for error in told.value.exceptions] == [[note] for note in notes]


@every("letter", "abc")
def test_a_fixture_is_given_beside_the_row(letter: str, request: pytest.FixtureRequest) -> None:
    assert request.node.name == "test_a_fixture_is_given_beside_the_row"
    assert letter in "abc"


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="without rows"):
        every("letter", "")
