"""A test whose rows others could see leaves none behind, kept ones neither."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from clinic.models import Practice, User
from patients.models import ScreenAnswer
from tests import factories
from tests.emptying import OF_THE_MODELS, empty_all


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
