"""What the application's role may not do, and the few questions it may ask across practices."""

import pytest
from django.db import DatabaseError, ProgrammingError, transaction

from clinic import wall
from clinic.wall import powers
from clinic.wall.passage_list import PASSAGES
from patients.models import Case, ScreenAnswer
from tests.clinic.wall.rows import ask
from tests.every_row import every
from tests.undone import undone

pytestmark = pytest.mark.django_db


@every(
    "statement",
    [
        "TRUNCATE patients_alert CASCADE",
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "COPY clinic_practice FROM PROGRAM 'true'",
        "ALTER TABLE patients_case DISABLE ROW LEVEL SECURITY",
        "DROP POLICY of_the_practice ON patients_case",
        "DELETE FROM patients_case",
        "DELETE FROM clinic_auditentry",
        "UPDATE clinic_auditentry SET action = 'x'",
        "UPDATE programs_issuedprescription SET digest = ''",
        "UPDATE programs_rule SET version = 1",
        "SELECT * FROM pg_authid",
    ],
)
def test_the_application_may_not(statement: str, mine: Case) -> None:
    with (
        undone(),
        wall.within(mine.practice_id),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
    ):
        ask(statement)


def test_it_writes_no_row_of_another_practice(mine: Case, theirs: Case) -> None:
    answer = {"kind": "finding", "code": "vertigo", "answer": "no"}
    with wall.within(mine.practice_id):
        with pytest.raises(DatabaseError), transaction.atomic():
            ScreenAnswer.objects.create(case_id=theirs.pk, **answer)
        with pytest.raises(DatabaseError), transaction.atomic():
            ScreenAnswer.objects.create(case=theirs, **answer)
        assert Case.objects.filter(pk=theirs.pk).update(title="Mine now") == 0


def test_its_role_has_no_fault() -> None:
    with wall.closed():
        assert powers.faults() == []


def test_the_owner_would_be_a_fault() -> None:
    assert "is a superuser" in powers.faults()


def test_what_may_be_asked_across_practices() -> None:
    assert list(PASSAGES) == [
        "wall_case_of_token",
        "wall_case_of_code",
        "wall_cases_of_devices",
        "wall_case_of_letter",
        "wall_case_of_calendar",
        "wall_practice_of_program",
        "wall_practice_of_invitation",
        "wall_practices",
        "wall_practices_with_alert_mail",
        "wall_practices_with_reminders",
        "wall_practices_with_reminder_mail",
        "wall_practices_with_answers",
        "wall_practices_with_checks",
        "wall_practices_with_files",
        "wall_erase_patient",
        "wall_erase_photographs",
    ]
    with_owners_rights = ask(
        "SELECT proname FROM pg_proc WHERE prosecdef "
        "AND pronamespace = current_schema()::regnamespace"
    )
    assert sorted(name for (name,) in with_owners_rights) == sorted(PASSAGES)
