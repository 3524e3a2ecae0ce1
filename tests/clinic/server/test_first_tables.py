"""A new database gets its tables in a quicker way than Django's own: they are the same ones."""

import pytest

from tests.kept_database import copied_after
from tests.plain_tables import FILE
from tests.tables_told import tables_told


@pytest.mark.django_db(transaction=True)
def test_they_are_what_all_migrations_make_one_after_the_other() -> None:
    # As they were made: a test that went back and forth puts a column behind the others.
    with copied_after():
        pass
    written = FILE.read_text().splitlines()
    differing = sorted({*tables_told()} ^ {*written})
    assert differing == [], "after a new migration run: make tables"
