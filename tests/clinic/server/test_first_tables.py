"""A new database gets its tables in a quicker way than Django's own: they are the same ones."""

import pytest

from tests.plain_tables import FILE
from tests.tables_told import tables_told


@pytest.mark.django_db
def test_they_are_what_all_migrations_make_one_after_the_other() -> None:
    written = FILE.read_text().splitlines()
    differing = sorted({*tables_told()} ^ {*written})
    assert differing == [], "after a new migration run: make tables"
