"""Every table has its place, and the database keeps the practice of a row equal to its parent's.

A new table fails here until ``clinic.wall.tables`` says whose its rows are.
"""

import pytest
from django.db import IntegrityError, connection

from clinic.models import Practice
from clinic.wall import tables
from patients.models import Alert, Case, ScreenAnswer
from tests import factories
from tests.clinic.wall.rows import ask

pytestmark = pytest.mark.django_db

EVERY_TABLE = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
"""
HAS_PRACTICE = """
SELECT table_name, is_nullable FROM information_schema.columns
WHERE table_schema = current_schema() AND column_name = 'practice_id'
"""
UNIQUE_KEYS = """
SELECT t.relname, ARRAY(SELECT a.attname::text FROM pg_attribute a
                        WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                        ORDER BY a.attname)
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
WHERE i.indisunique AND NOT i.indisprimary AND t.relnamespace = current_schema()::regnamespace
"""
FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) ORDER BY a.attname)
FROM pg_constraint c WHERE c.contype = 'f' AND c.convalidated
  AND c.connamespace = current_schema()::regnamespace
"""


def test_every_table_has_its_place() -> None:
    places = [*tables.OWNED, *tables.MIXED, *tables.SHARED, *tables.FRAMEWORK]
    assert sorted(places) == sorted(name for (name,) in ask(EVERY_TABLE))


def test_the_practice_stands_on_every_owned_row() -> None:
    owned = {(table, "NO") for table in tables.OWNED if table != "clinic_practice"}
    assert set(ask(HAS_PRACTICE)) == owned | {(table, "YES") for table in tables.MIXED}


def test_a_unique_key_includes_the_practice_or_has_a_reason() -> None:
    without = {
        f"{table}.{'+'.join(columns)}"
        for table, columns in ask(UNIQUE_KEYS)
        if table in {*tables.OWNED, *tables.MIXED} and "practice_id" not in columns
    }
    assert without == set(tables.GLOBAL_KEYS)


def test_a_reference_between_owned_rows_includes_the_practice_or_has_a_reason() -> None:
    owned = {*tables.OWNED, *tables.MIXED} - {"clinic_practice"}
    found = [row for row in ask(FOREIGN_KEYS) if row[0] in owned and row[1] in owned]
    pairs = {(table, *columns) for table, _, columns in found if "practice_id" in columns}
    single = {
        f"{table}.{column}"
        for table, _, columns in found
        for column in columns
        if "practice_id" not in columns and (table, *sorted([column, "practice_id"])) not in pairs
    }
    assert single == set(tables.SINGLE_REFERENCES)


@pytest.fixture
def case(practice: Practice) -> Case:
    return factories.CaseFactory(patient__practice=practice)


def test_a_row_gets_its_parents_practice(case: Case) -> None:
    answer = factories.AnswerFactory(case=case)
    assert answer.practice_id == case.practice_id


def test_a_row_whose_parent_was_not_read_gets_it_too(case: Case) -> None:
    made = ScreenAnswer.objects.create(
        case_id=case.pk, kind="finding", code="osteoporosis", answer="no"
    )
    made.refresh_from_db()
    assert made.practice_id == case.practice_id


def test_many_rows_at_once_get_it(case: Case) -> None:
    rows = [
        ScreenAnswer(case=case, kind="finding", code=code, answer="no")
        for code in ("osteoporosis", "vertigo")
    ]
    ScreenAnswer.objects.bulk_create(rows)
    assert set(case.answers.values_list("practice", flat=True)) == {case.practice_id}


def test_a_row_of_another_practice_is_refused(case: Case, other_practice: Practice) -> None:
    factories.AlertFactory(case=case)
    connection.check_constraints()
    Alert.objects.update(practice=other_practice)
    with pytest.raises(IntegrityError):
        connection.check_constraints()
