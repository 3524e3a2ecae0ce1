"""A test whose rows others could see leaves none behind, kept ones neither."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from clinic.models import Practice, User
from patients.models import ScreenAnswer
from tests import factories
from tests.emptying import OF_THE_MODELS, empty_all
from tests.kept_database import copied_after


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_but_what_the_models_say(practice: Practice, alice: User) -> None:
    case = factories.CaseFactory(patient__practice=practice)
    factories.AnswerFactory(case=case)
    said = ContentType.objects.count(), Permission.objects.count()
    assert ScreenAnswer.objects.exists()
    empty_all()
    tables = set(connection.introspection.django_table_names(only_existing=True)) - OF_THE_MODELS
    assert len(tables) > 50
    with connection.cursor() as cursor:
        counts = " UNION ALL ".join(
            f"SELECT '{table}' FROM {table}"  # noqa: S608
            for table in sorted(tables)
        )
        cursor.execute(counts)
        assert cursor.fetchall() == []
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
    assert (ContentType.objects.count(), Permission.objects.count()) == said
    assert min(said) > 50


@pytest.mark.django_db(transaction=True)
def test_a_fresh_copy_is_empty_and_numbers_go_on(practice: Practice) -> None:
    number = factories.VisitNoteFactory(pk=900).pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('patients_visitnote_id_seq', %s)", [number])
        with copied_after():
            # As where a migration goes back to before it.
            cursor.execute("DROP TABLE patients_visitnote CASCADE")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_database_privilege('homeward_app', current_database(), 'TEMP')")
        assert cursor.fetchone() == (False,)
    assert not Practice.objects.exists()
    assert factories.PracticeFactory(name="Hillside Clinic").pk > practice.pk
    assert factories.VisitNoteFactory().pk > number
