"""The database shows no row of another practice, whatever the code above it forgets.

What is made by hand in a test is made as the owner of the tables; requests and jobs are behind the
wall. Charlie's rows are there in every test.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic import wall
from clinic.models import AuditEntry, Membership, Practice, User
from clinic.wall import policies, tables
from patients.models import Case, Patient, ScreenAnswer
from programs.access.models import PatientAccess
from tests import factories
from tests.clinic.wall.rows import a_case_of, ask

pytestmark = pytest.mark.django_db
OWNED = sorted({*tables.OWNED, *tables.MIXED})


def practices_seen(table: str) -> set[int]:
    """Whose rows of a table are seen now."""
    column = "id" if table == "clinic_practice" else "practice_id"
    return {key for (key,) in ask(f"SELECT DISTINCT {column} FROM {table}") if key}  # noqa: S608


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
