"""Rows from before get their practice, kept rows too, and lose nothing there and back."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.models import Practice
from clinic.wall import columns
from clinic.wall.guards import filling, refusing
from tests import factories
from tests.clinic.wall.rows import ask
from tests.migrating import migrate, to_the_latest
from tests.programs.portal.conftest import issue_for

BEFORE = [("patients", "0011_cases_remember_when"), ("programs", "0011_handout_of_an_address")]
HALF = [("patients", "0012_practice_on_every_row"), ("programs", "0011_handout_of_an_address")]
LATER = ["practice_id", "save_id", "helper"]
KEPT = ["patients_screenanswer", "patients_caserevision", "programs_issuedprescription"]
pytestmark = pytest.mark.django_db(transaction=True)


def kept() -> dict[str, list[tuple[Any, ...]]]:
    """What the kept tables hold, without the practice and what came later."""
    return {
        table: ask(f"SELECT to_jsonb(t) - ARRAY{LATER} FROM {table} t ORDER BY id")  # noqa: S608
        for table in KEPT
    }


@pytest.fixture
def filled(practice: Practice, other_practice: Practice) -> None:
    for owner in (practice, other_practice):
        case = factories.CaseFactory(patient__practice=owner)
        factories.AnswerFactory.create_batch(5, case=case)
        issue_for(case, case.clinician)


@pytest.mark.long
@pytest.mark.usefixtures("filled", "goes_back")
def test_there_and_back_and_there_also_where_it_was_broken_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns, "PAGES", 1)
    stood = kept()
    migrate(BEFORE)
    assert kept() == stood
    migrate(HALF)
    with connection.cursor() as cursor:
        # One index was left half built, and one table is filled already.
        cursor.execute(
            "CREATE UNIQUE INDEX condition_once_new ON patients_casecondition "
            "(case_id, code, side, practice_id)"
        )
        cursor.execute("ALTER TABLE patients_screenanswer DISABLE TRIGGER ALL")
        cursor.execute(
            "UPDATE patients_screenanswer a SET practice_id = c.practice_id "
            "FROM patients_case c WHERE c.id = a.case_id"
        )
        assert cursor.rowcount == 10
        cursor.execute("ALTER TABLE patients_screenanswer ENABLE TRIGGER ALL")
    to_the_latest()
    assert kept() == stood
    wrong = ask(
        "SELECT count(*) FROM patients_screenanswer a JOIN patients_case c ON c.id = a.case_id "
        "WHERE a.practice_id IS DISTINCT FROM c.practice_id"
    )
    assert wrong == [(0,)]
    assert ask("SELECT to_regclass('condition_once_new')") == [(None,)]


@pytest.mark.usefixtures("filled")
def test_kept_rows_stay_kept() -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ask("UPDATE patients_screenanswer SET code = 'vertigo' RETURNING id")


@pytest.mark.usefixtures("filled")
def test_while_rows_are_filled_nothing_else_of_them_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE patients_screenanswer ALTER practice_id DROP NOT NULL")
        cursor.execute("ALTER TABLE patients_screenanswer DISABLE TRIGGER ALL")
        cursor.execute("UPDATE patients_screenanswer SET practice_id = NULL")
        cursor.execute("ALTER TABLE patients_screenanswer ENABLE TRIGGER ALL")
        cursor.execute(filling("patients_refuse_change"))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ask("UPDATE patients_screenanswer SET practice_id = 1, code = 'vertigo' RETURNING id")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patients_screenanswer a SET practice_id = c.practice_id "
            "FROM patients_case c WHERE c.id = a.case_id"
        )
        cursor.execute("ALTER TABLE patients_screenanswer ALTER practice_id SET NOT NULL")
        cursor.execute(refusing("patients_refuse_change"))
    assert ask("SELECT count(*) FROM patients_screenanswer WHERE practice_id IS NULL") == [(0,)]
