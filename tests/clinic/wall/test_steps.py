"""Steps of a migration that hold a strong lock only for as long as it takes to note a name."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from clinic.wall import columns


@pytest.mark.django_db
def test_no_row_is_read_under_the_lock_that_requires_the_practice() -> None:
    """PostgreSQL says so itself: what was checked before proves that there is no null."""
    said: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filled AS SELECT 1::bigint AS practice_id")
        told_by: Any = connection.connection
        hear = lambda notice: said.append(notice.message_primary)  # noqa: E731
        told_by.add_notice_handler(hear)
        cursor.execute("SET LOCAL client_min_messages = debug1")
        columns.require("filled").forward(SimpleNamespace(connection=connection))
        told_by.remove_notice_handler(hear)
        cursor.execute(
            "SELECT attnotnull, (SELECT count(*) FROM pg_constraint c "
            "WHERE c.conrelid = a.attrelid AND contype = 'c') "
            "FROM pg_attribute a WHERE attrelid = 'filled'::regclass AND attname = 'practice_id'"
        )
        assert cursor.fetchone() == (True, 0)
    proof = "sufficient to prove that it does not contain nulls"
    assert any(proof in message for message in said)
