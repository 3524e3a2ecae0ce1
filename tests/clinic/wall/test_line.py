"""A line to the database: whether it stands is heard, and not asked of the server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from clinic.models import Invitation, User
from tests import factories
from tests.waiting import until

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Iterator[Any]:
    """A line of its own, as each thread has one."""
    other: Any = connection.copy()
    other.connect()
    yield other
    other.close()


def test_a_line_that_stands_is_asked_nothing(line: Any) -> None:
    with CaptureQueriesContext(line) as asked:
        assert line.is_usable()
    assert len(asked) == 0


def test_one_that_the_server_has_closed_is_let_go(line: Any) -> None:
    pid = line.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    until(lambda: not line.is_usable(), "the line is heard to be closed")
    line.health_check_enabled, line.health_check_done = True, False
    line.close_if_health_check_failed()
    with line.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_transaction_begins_with_its_first_statement(line: Any, tmp_path: Path) -> None:
    """In one message; and what is in it is undone as a whole."""
    with (tmp_path / "sent").open("w") as sent:
        line.connection.pgconn.trace(sent.fileno())
        line.set_autocommit(False)
        with line.cursor() as cursor:
            cursor.execute("CREATE TABLE begun (n int)")
            cursor.execute("INSERT INTO begun VALUES (%s) RETURNING n", [7])
            assert cursor.fetchone() == (7,)
            assert line.connection.info.transaction_status == TransactionStatus.INTRANS
        line.rollback()
        line.set_autocommit(True)
        line.connection.pgconn.untrace()
    assert (tmp_path / "sent").read_text().count("\tQuery\t") == 3
    with line.cursor() as cursor:
        cursor.execute("SELECT to_regclass('begun')")
        assert cursor.fetchone() == (None,)


def test_a_first_statement_that_fails_leaves_nothing_begun(line: Any) -> None:
    line.set_autocommit(False)
    with pytest.raises(DataError), line.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert line.connection.info.transaction_status == TransactionStatus.INERROR
    assert not line.is_usable()
    line.rollback()
    with line.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert line.connection.info.transaction_status == TransactionStatus.INTRANS
    line.rollback()


def test_one_that_was_never_open_is_none() -> None:
    assert not connection.copy().is_usable()


def test_who_comes_along_with_a_row_comes_without_the_hash_of_their_password(alice: User) -> None:
    factories.MembershipFactory(user=alice)
    with CaptureQueriesContext(connection) as asked:
        (membership,) = alice.memberships.filter(user=alice).select_related("user")[:1]
    assert "password" not in asked[0]["sql"]
    assert membership.user.get_deferred_fields() == {"password"}
    assert (membership.user.full_name, membership.user.password) == (
        alice.full_name,
        alice.password,
    )
    assert User.objects.get(pk=alice.pk).get_deferred_fields() == set()
    assert "password" not in str(Invitation.objects.select_related("invited_by").query)
