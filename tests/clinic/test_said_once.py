"""A query that is put together once says what it would say if it were put together anew."""

from typing import Any

import pytest
from django.db.models import QuerySet, Value

from clinic.models import Membership, Practice
from clinic.said_once import ANY_KEYS, ANY_NUMBER, ANY_TEXT, SaidOnce
from tests.factories import MembershipFactory, PatientFactory, PracticeFactory


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


@pytest.mark.django_db
def test_whole_rows_are_those_of_the_query_itself(alice_membership: Membership) -> None:
    """With what is read beside them, what is left out, and what is asked for in a list."""

    def members(practice: int, users: list[Any]) -> QuerySet[Any, Any]:
        rows = Membership.objects.filter(practice=practice, user__any_of=users)
        rows = rows.select_related("practice", "user").defer("practice__phone")
        return rows.annotate(next_role=Value("x")).prefetch_related("practice__patients")

    said, here = SaidOnce(members, ANY_NUMBER, ANY_KEYS), alice_membership.practice
    others = MembershipFactory(practice=here)
    PatientFactory(practice=here)
    for users in ([others.user_id], [alice_membership.user_id, others.user_id], []):
        found, anew = said.objects(here.pk, users), list(members(here.pk, users))
        assert found == anew
        assert [row.__dict__.keys() for row in found] == [row.__dict__.keys() for row in anew]
        for one, other in zip(found, anew, strict=True):
            assert one.practice.__dict__.keys() == other.practice.__dict__.keys()
            assert (one.user.email, one.next_role) == (other.user.email, "x")
            assert len(one.practice.patients.all()) == 1
    assert said.objects(here.pk + 1, [others.user_id]) == []


def test_a_value_that_is_asked_nowhere_is_a_mistake() -> None:
    said = SaidOnce(lambda pk: Practice.objects.values_list("pk"), ANY_NUMBER)
    with pytest.raises(AssertionError, match="does not ask about"):
        said.rows(1)
