"""What judges an odd request sees every row that is written."""

import pytest

from clinic.models import AuditEntry, Practice
from tests.factories import PracticeFactory
from tests.fuzz.judging import Kept
from tests.undone import undone


@pytest.mark.django_db
def test_every_row_that_is_written_is_seen(practice: Practice) -> None:
    going = PracticeFactory()
    kept = Kept()
    assert kept.changed() == set()
    with undone():
        made = PracticeFactory()
        assert kept.changed() == {Practice._meta.db_table}
    assert kept.changed() == set(), "it was undone"
    again = Practice.objects.filter(pk=practice.pk)
    for write in (made.save, lambda: again.update(name="Another"), lambda: going.delete()):
        with undone():
            write()
            assert kept.changed() == {Practice._meta.db_table}
            assert kept.changed() == {Practice._meta.db_table}, "and still is"


@pytest.mark.django_db
def test_notes_that_are_taken_anyway_change_nothing(practice: Practice) -> None:
    kept = Kept()
    AuditEntry.objects.create(practice=practice, action="patient.opened")
    assert kept.changed() == set()
