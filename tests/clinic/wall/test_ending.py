"""What is open ends with the statement or the transaction, and costs no query of its own."""

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from clinic import wall
from patients.models import Case
from tests.clinic.wall.rows import ask

pytestmark = pytest.mark.django_db


def open_now() -> tuple[str, ...]:
    (row,) = ask(
        "SELECT current_user, current_setting('homeward.practice', true), "
        "current_setting('homeward.case', true)"
    )
    return tuple(value or "" for value in row)


@pytest.mark.django_db(transaction=True)
def test_it_ends_with_the_statement_or_the_transaction() -> None:
    before = open_now()
    with wall.within(7):
        assert open_now() == ("homeward_app", "7", "")
        with transaction.atomic():
            assert open_now() == ("homeward_app", "7", "")
            with wall.within(8):
                assert open_now() == ("homeward_app", "8", "")
            assert open_now() == ("homeward_app", "7", "")
        # Straight past our cursor: nothing is left on the connection for the next who gets it.
        bare = connection.connection.pgconn.exec_(b"SELECT current_user")
        assert bare.get_value(0, 0) == before[0].encode()
    assert open_now() == before


def told_eight_and_broken_off() -> None:
    with transaction.atomic(), wall.within(8):
        assert open_now()[1] == "8"
        raise ZeroDivisionError


def test_it_is_told_again_after_a_rollback() -> None:
    with wall.within(7):
        with pytest.raises(ZeroDivisionError):
            told_eight_and_broken_off()
        assert open_now()[1] == "7"


def test_a_failed_statement_leaves_it_as_it_was() -> None:
    with wall.within(7):
        with pytest.raises(DatabaseError), transaction.atomic(), wall.within(8):
            ask("SELECT 1 / 0")
        assert open_now()[1] == "7"


def test_many_rows_are_read_in_pieces_within_it(mine: Case, theirs: Case) -> None:
    with wall.within(mine.practice_id):
        assert list(Case.objects.iterator(chunk_size=1)) == [mine]
    with wall.within(theirs.practice_id):
        assert list(Case.objects.iterator(chunk_size=1)) == [theirs]


def test_what_rides_along_is_no_query_of_its_own(
    mine: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with wall.within(mine.practice_id), django_assert_num_queries(1):
        assert Case.objects.count() == 1
