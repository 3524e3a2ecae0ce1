"""What a worker reads before it is asked: everybody's catalogue, and nobody's own."""

from typing import Any

import pytest
from django.test import Client

from clinic import wall
from clinic.models import Practice
from programs.exercises import library
from programs.exercises.library import library_for, read_ahead
from tests.programs.exercises.own.conftest import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


@pytest.fixture(autouse=True)
def _nothing_read() -> None:
    kept: Any = library._read.cache
    kept.clear()


def test_only_whether_it_changed_is_asked_afterwards(
    practice: Practice, django_assert_num_queries: Any
) -> None:
    read_ahead()
    with wall.within(practice.pk), django_assert_num_queries(1):
        found = library_for(practice)
    assert len(found.current) > 150
    assert len(found.rules) > 150


def test_a_practice_with_own_entries_gets_them_on_top(
    practice: Practice, alice_client: Client
) -> None:
    write(alice_client, practice)
    read_ahead()
    with wall.within(practice.pk):
        mine = library_for(practice)
    shared = library._read(library._Version(mine.version.load), None)
    assert len(mine.current) == len(shared.current) + 1
