"""An exercise is found from any page, in the words of the catalogue's own search."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.programs.conftest import exercise_id

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("shipped_catalogue")
def test_the_palette_finds_exercises_and_leads_to_their_page(alice_client: Client) -> None:
    page = alice_client.get(reverse("find"), {"q": "obliqe strech"})
    group = next(g for g in page.context["groups"] if g.title == "Exercises")
    first = group.entries[0]
    assert first.label == "Standing side stretch, held"
    slug = "oblique-standing-stretch"
    assert first.url == reverse("catalogue_entry", args=[exercise_id(slug)])
    assert len(group.entries) <= 5
