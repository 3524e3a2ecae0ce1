"""Practices of one server are not taken for each other."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from clinic.parsing.alike import likeness
from clinic.practice.actions import create_practice
from tests.clinic.practice.test_two_owners import opened

pytestmark = pytest.mark.django_db

ALIKE = [
    "HARBOUR  physiotherapy",
    "Härbour Physiothérapy",
    "Harbour-Physiotherapy.",
    "Наrbоur Рhуsiоthеrару",
    "Harb0ur Phys1otherapy",
    "Ｈａｒｂｏｕｒ Physiotherapy",
    "Harbour\u200b Physiotherapy",
]


@pytest.mark.parametrize("name", ALIKE)
def test_names_that_look_alike_are_one(name: str) -> None:
    assert likeness(name) == likeness("Harbour Physiotherapy")


@pytest.mark.parametrize("name", ["Harbor Physiotherapy", "Harbour Physio", "Hafen Physiotherapie"])
def test_names_that_do_not_are_two(name: str) -> None:
    assert likeness(name) != likeness("Harbour Physiotherapy")


def test_a_second_one_of_the_same_look_is_not_founded() -> None:
    create_practice(name="Quay Physio", owner_email="a@example.org", owner_name="A")
    with pytest.raises(ValidationError, match="looks like this one"):
        create_practice(name="QUAY PHYSI0", owner_email="b@example.org", owner_name="B")
    assert Practice.objects.count() == 1


def test_an_owner_cannot_take_the_look_of_another(
    charlie_client: Client, practice: Practice, other_practice: Practice
) -> None:
    url = reverse("practice_settings")
    answer = charlie_client.post(
        url, {**opened(charlie_client), "name": "Härbour Physiotherapy, Whitby", "city": ""}
    )
    assert answer.context["form"].errors == {
        "name": [
            "Another practice on this server looks like this one, by name and town. "
            "Add what tells them apart, such as the street."
        ]
    }
    other_practice.refresh_from_db()
    assert other_practice.name == "Hillside Clinic"
    elsewhere = {**opened(charlie_client), "name": "Harbour Physiotherapy", "city": "Leeds"}
    assert charlie_client.post(url, elsewhere).status_code == 302
