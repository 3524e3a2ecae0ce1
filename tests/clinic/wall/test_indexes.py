"""No index of a table that grows is held twice, and none holds what nearly no row has."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from clinic.wall import tables
from patients.models import SymptomLog
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
# As many rows as people who work there: nothing is won.
GROWING = sorted(tables.OWNED.keys() - {"clinic_membership"})
TWICE = """
SELECT short.indexrelid::regclass::text
FROM pg_index short JOIN pg_index long ON long.indrelid = short.indrelid
    AND long.indexrelid <> short.indexrelid
WHERE short.indrelid = ANY (%s::regclass[]) AND NOT short.indisunique
    AND short.indpred IS NULL AND long.indpred IS NULL
    AND long.indkey::text LIKE short.indkey::text || ' %%'
"""


def test_no_index_begins_another() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [GROWING])
        assert cursor.fetchall() == []


@pytest.mark.parametrize("table", ["patients_symptomlog", "programs_exerciselog"])
def test_what_corrects_nothing_is_in_no_key_of_corrections(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = %s::regclass",
            [f"{table}_corrects_id_key"],
        )
        assert cursor.fetchall() == [("(corrects_id IS NOT NULL)",)]


def test_a_log_is_corrected_once() -> None:
    case, now = CaseFactory(), timezone.now()
    first, second, third = (
        SymptomLog(case=case, client_id=f"{n:032}", session=f"{n:032}", phase="before", at=now,
                   received_at=now, pain=n)
        for n in range(1, 4)
    )  # fmt: skip
    first.save()
    second.corrects = first
    second.save()
    third.corrects = first
    key = "patients_symptomlog_corrects_id_key"
    with pytest.raises(IntegrityError, match=key), transaction.atomic():
        third.save()
