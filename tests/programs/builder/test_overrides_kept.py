"""An override stays as it was written; taking it back is a row of its own, with a name."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.models import User
from programs.prescriptions.models import Override, OverrideRevocation
from tests import factories
from tests.migrating import migrate, to_the_latest

BEFORE = [("programs", "0013_practice_filled")]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def override(alice: User, shipped_catalogue: None) -> Override:
    day = dt.date(2026, 11, 20)
    item = factories.ProgramItemFactory(program__case__patient__created_by=alice)
    return Override.objects.create(
        item=item, rules=["R01"], reason="Seen.", made_by=alice, made_on=day, expires_on=day
    )


def test_neither_is_changed_or_removed(override: Override, alice: User) -> None:
    row = OverrideRevocation.objects.create(override=override, revoked_by=alice)
    for kept in (override, row):
        with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
            kept.save()
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        OverrideRevocation.objects.all().delete()


@pytest.mark.usefixtures("goes_back")
def test_what_was_taken_back_before_stays_so_there_and_back(override: Override) -> None:
    moment = dt.datetime(2026, 11, 19, 8, 0, tzinfo=dt.UTC)
    migrate(BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programs_override SET revoked_at = %s", [moment])
    to_the_latest()
    (row,) = OverrideRevocation.objects.all()
    assert (row.override_id, row.revoked_at, row.revoked_by) == (override.pk, moment, None)
    assert row.practice_id == override.practice_id
    assert list(Override.objects.standing()) == []
    migrate(BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT revoked_at FROM programs_override")
        assert cursor.fetchone() == (moment,)
