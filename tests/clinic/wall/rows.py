"""What stands behind the wall in these tests, and asking the database past every model."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from clinic import audit
from clinic.models import Practice, User
from patients.models import Case
from tests import factories
from tests.programs.portal.conftest import issue_for


def ask(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def connected(**others: str) -> Iterator[None]:
    """The connection signs in as another role meanwhile, or to another database."""
    to = connection.settings_dict
    before = {key: to[key] for key in others}
    connection.close()
    to.update(others)
    try:
        yield
    finally:
        connection.close()
        to.update(before)


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
