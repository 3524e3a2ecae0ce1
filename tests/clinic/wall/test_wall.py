"""The database shows no row of another practice, whatever the code above it forgets.

What is made by hand in a test is made as the owner of the tables; requests and jobs are behind the
wall. Charlie's rows are there in every test.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic import audit, wall
from clinic.models import AuditEntry, Membership, Practice, User
from clinic.wall import passages, policies, powers, tables
from patients.models import Case, Patient, ScreenAnswer
from programs.access.models import PatientAccess
from tests import factories
from tests.programs.portal.conftest import issue_for

pytestmark = pytest.mark.django_db
OWNED = sorted({*tables.OWNED, *tables.MIXED})


def ask(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def practices_seen(table: str) -> set[int]:
    """Whose rows of a table are seen now."""
    column = "id" if table == "clinic_practice" else "practice_id"
    return {key for (key,) in ask(f"SELECT DISTINCT {column} FROM {table}") if key}  # noqa: S608


def a_case_of(practice: Practice, owner: User) -> Case:
    """A case with something in many of the tables that hang on it."""
    patient = factories.PatientFactory(practice=practice, created_by=owner)
    case = factories.CaseFactory(patient=patient)
    factories.ConditionFactory(case=case)
    factories.SurgeryFactory(case=case)
    factories.AnswerFactory(case=case)
    factories.AlertFactory(case=case)
    case.functional_goals.create(words="Walk to the shop")
    issue_for(case, owner)
    audit.record(practice=practice, actor=owner, action="case.open", target=case)
    return case


@pytest.fixture
def mine(practice: Practice, alice: User) -> Case:
    return a_case_of(practice, alice)


@pytest.fixture
def theirs(other_practice: Practice, charlie: User) -> Case:
    return a_case_of(other_practice, charlie)


# --- Every table has its policy -------------------------------------------------------------------


def test_every_owned_table_has_row_security_and_a_policy() -> None:
    secured = ask(
        "SELECT relname FROM pg_class c WHERE relrowsecurity AND EXISTS "
        "(SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive) "
        "AND relnamespace = current_schema()::regnamespace"
    )
    assert sorted(name for (name,) in secured) == OWNED


def test_every_table_of_a_case_is_narrowed_to_it() -> None:
    """What a patient of the practice may see beyond their own case is this, and no more."""
    wide = [name for name in OWNED if (name, "of_the_case") not in policies.policies()]
    assert wide == [
        "clinic_practice",
        "clinic_practicelogo",
        "programs_exercise",
        "programs_exercisepicture",
        # Drawings of the catalogue and the logo, as versions of the practice have them.
        "programs_frozenpicture",
        # How the practice keeps a rule: what judges the patient's program for them as well.
        "programs_maderule",
        "programs_ownrule",
    ]


@pytest.mark.usefixtures("mine", "theirs")
def test_closed_shows_nothing_of_anybody() -> None:
    with wall.closed():
        assert {table: practices_seen(table) for table in OWNED if practices_seen(table)} == {}


def test_within_a_practice_only_its_rows_are_seen(mine: Case, theirs: Case) -> None:
    both = {mine.practice_id, theirs.practice_id}
    filled = [table for table in OWNED if practices_seen(table) == both]
    assert len(filled) >= 14
    with wall.within(mine.practice_id):
        assert [table for table in filled if practices_seen(table) != {mine.practice_id}] == []


def test_a_patients_page_sees_one_case(mine: Case, alice: User) -> None:
    other = a_case_of(mine.practice, alice)
    with wall.within(mine.practice_id, case=mine.pk):
        assert list(Case.objects.all()) == [mine]
        assert list(Patient.objects.all()) == [mine.patient]
        assert set(ScreenAnswer.objects.values_list("case", flat=True)) == {mine.pk}
        assert set(PatientAccess.objects.values_list("case", flat=True)) == {mine.pk}
        assert not AuditEntry.objects.exists()
        assert not Membership.objects.exists()
    with wall.within(mine.practice_id):
        assert set(Case.objects.all()) == {mine, other}


# --- Scoping taken away ---------------------------------------------------------------------------


def everybodys(model: Any) -> Callable[[Practice], Any]:
    return lambda practice: model.objects.all()


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that forgot every filter on the practice: its doors lead to everybody's rows."""
    for name, model in (("patients", Patient), ("cases", Case), ("memberships", Membership)):
        monkeypatch.setattr(Practice, name, property(everybodys(model)))


def pages(client: Client, case: Case) -> dict[str, int]:
    """How often a stranger's names stand on the pages, and what their own pages answer."""
    words = (case.patient.full_name, "Wandering Stranger")
    addresses = (reverse("patient_list"), reverse("patient_list") + "?q=Wandering", reverse("team"))
    found = {}
    for address in addresses:
        page = client.get(address)
        found[address] = sum(page.content.decode().count(word) for word in words)
    for address in (f"/cases/{case.pk}/", f"/patients/{case.patient_id}/"):
        found[address] = client.get(address).status_code
    return found


@pytest.fixture
def stranger(other_practice: Practice, charlie: User) -> Case:
    patient = factories.PatientFactory(
        practice=other_practice, created_by=charlie, full_name="Wandering Stranger"
    )
    somebody = factories.UserFactory(full_name="Wandering Stranger")
    factories.MembershipFactory(practice=other_practice, user=somebody)
    return factories.CaseFactory(patient=patient)


@pytest.mark.usefixtures("mine", "forgetful")
def test_views_that_forget_the_practice_show_no_foreign_row(
    alice_client: Client, stranger: Case
) -> None:
    found = pages(alice_client, stranger)
    assert sorted(found.values()) == [0, 0, 0, 404, 404]


@pytest.mark.usefixtures("mine", "forgetful")
def test_without_the_wall_they_would(alice_client: Client, stranger: Case, settings: Any) -> None:
    """So that the test before means something."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if m != "clinic.middleware.closed_wall"]
    found = pages(alice_client, stranger)
    assert sum(count for count in found.values() if count < 100) > 0
    assert 200 in found.values()


# --- What the application's role may not ----------------------------------------------------------


@pytest.mark.parametrize(
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
    with wall.within(mine.practice_id), pytest.raises(ProgrammingError), transaction.atomic():
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
    assert list(passages.PASSAGES) == [
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
    assert sorted(name for (name,) in with_owners_rights) == sorted(passages.PASSAGES)


# --- What is open ends with the transaction -------------------------------------------------------


def open_now() -> tuple[str, ...]:
    (row,) = ask(
        "SELECT current_user, current_setting('homeward.practice', true), "
        "current_setting('homeward.case', true)"
    )
    return tuple(value or "" for value in row)


@pytest.mark.django_db(transaction=True)
def test_it_ends_with_the_statement_or_the_transaction() -> None:
    before = open_now()
    with wall.within(7):
        assert open_now() == ("homeward_app", "7", "")
        with transaction.atomic():
            assert open_now() == ("homeward_app", "7", "")
            with wall.within(8):
                assert open_now() == ("homeward_app", "8", "")
            assert open_now() == ("homeward_app", "7", "")
        # Straight past our cursor: nothing is left on the connection for the next who gets it.
        bare = connection.connection.pgconn.exec_(b"SELECT current_user")
        assert bare.get_value(0, 0) == before[0].encode()
    assert open_now() == before


def told_eight_and_broken_off() -> None:
    with transaction.atomic(), wall.within(8):
        assert open_now()[1] == "8"
        raise ZeroDivisionError


def test_it_is_told_again_after_a_rollback() -> None:
    with wall.within(7):
        with pytest.raises(ZeroDivisionError):
            told_eight_and_broken_off()
        assert open_now()[1] == "7"


def test_a_failed_statement_leaves_it_as_it_was() -> None:
    with wall.within(7):
        with pytest.raises(DatabaseError), transaction.atomic(), wall.within(8):
            ask("SELECT 1 / 0")
        assert open_now()[1] == "7"


def test_many_rows_are_read_in_pieces_within_it(mine: Case, theirs: Case) -> None:
    with wall.within(mine.practice_id):
        assert list(Case.objects.iterator(chunk_size=1)) == [mine]
    with wall.within(theirs.practice_id):
        assert list(Case.objects.iterator(chunk_size=1)) == [theirs]


def test_what_rides_along_is_no_query_of_its_own(
    mine: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with wall.within(mine.practice_id), django_assert_num_queries(1):
        assert Case.objects.count() == 1
