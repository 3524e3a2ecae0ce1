"""A query that is put together once says what it would say if it were put together anew."""

from typing import Any

import pytest
from django.db.models import QuerySet

from clinic.models import Practice
from clinic.said_once import ANY_NUMBER, ANY_TEXT, SaidOnce
from tests.factories import PracticeFactory


def _named(pk: int, name: str) -> QuerySet[Any, Any]:
    return Practice.objects.filter(pk=pk).exclude(name=name).values_list("pk", "name")


@pytest.mark.django_db
def test_each_asking_has_its_own_values() -> None:
    said = SaidOnce(_named, ANY_NUMBER, ANY_TEXT)
    one, two = PracticeFactory(name="100 % well"), PracticeFactory(name="Other")
    for practice in (one, two, one):
        assert said.rows(practice.pk, "Nobody") == [(practice.pk, practice.name)]
        assert said.rows(practice.pk, practice.name) == []
        assert said.rows_of("pk", [one.pk], practice.pk, "Nobody") == [
            (one.pk, one.name) for _ in range(practice == one)
        ]


def test_a_value_that_is_asked_nowhere_is_a_mistake() -> None:
    said = SaidOnce(lambda pk: Practice.objects.values_list("pk"), ANY_NUMBER)
    with pytest.raises(AssertionError, match="does not ask about"):
        said.rows(1)
