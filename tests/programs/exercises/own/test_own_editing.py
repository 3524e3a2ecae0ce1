"""Editing and retiring an exercise of a practice's own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, User
from clinic.parsing.errors import DefinitionError
from programs.exercises.library import library_for
from programs.exercises.models import Exercise
from tests.programs.exercises.own.conftest import write
from tests.programs.exercises.own.writing import sent_by

pytestmark = pytest.mark.django_db


def edit(client: Client, exercise: Exercise, **changes: Any) -> Any:
    url = reverse("own_exercise_edit", args=[exercise.pk])
    return client.post(url, {**sent_by(client.get(url)), **changes})


def test_an_edit_is_saved_and_audited(
    bob_client: Client, alice_client: Client, practice: Practice
) -> None:
    made = write(bob_client, practice)
    answer = edit(alice_client, made, name="Heel slides")
    assert answer.headers["Location"] == reverse("catalogue_entry", args=[made.pk])
    made.refresh_from_db()
    assert (made.name, made.definition().author) == (
        "Heel slides",
        "Bob Brown, changed by Alice Archer",
    )
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["exercise.create", "exercise.change"]
    assert library_for(practice).definitions[made.slug].name == "Heel slides"


def test_saving_without_a_change_writes_nothing(bob_client: Client, practice: Practice) -> None:
    made = write(bob_client, practice)
    edit(bob_client, made)
    assert AuditEntry.objects.count() == 1


def test_a_stale_edit_is_told_and_a_second_save_replaces(
    bob_client: Client, alice_client: Client, practice: Practice
) -> None:
    made = write(bob_client, practice)
    url = reverse("own_exercise_edit", args=[made.pk])
    mine = {**sent_by(bob_client.get(url)), "feel": "My words."}
    edit(alice_client, made, feel="Her words.")
    answer = bob_client.post(url, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Alice Archer saved it" in page
    assert "My words." in page
    made.refresh_from_db()
    assert made.definition().feel == "Her words."
    assert bob_client.post(url, sent_by(answer)).status_code == 302
    made.refresh_from_db()
    assert made.definition().feel == "My words."


def test_retiring_and_bringing_back(bob_client: Client, practice: Practice) -> None:
    made = write(bob_client, practice)
    for _ in range(2):
        bob_client.post(reverse("own_exercise_retire", args=[made.pk]))
    assert made.slug not in library_for(practice).current
    assert made.slug in library_for(practice).definitions
    bob_client.post(reverse("own_exercise_restore", args=[made.pk]))
    assert made.slug in library_for(practice).current
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["exercise.create", "exercise.retire", "exercise.restore"]


def test_the_pages_take_few_queries(
    bob_client: Client, practice: Practice, django_assert_num_queries: Any
) -> None:
    made = write(bob_client, practice)
    url = reverse("own_exercise_edit", args=[made.pk])
    bob_client.get(url)
    with django_assert_num_queries(EDIT_QUERIES):
        bob_client.get(url)


EDIT_QUERIES = 7


def test_data_that_is_no_exercise_is_never_stored(bob: User, practice: Practice) -> None:
    from programs.exercises.own.actions import create_own

    with pytest.raises(DefinitionError):
        create_own(practice=practice, actor=bob, data={"slug": "own-x", "name": "x"})
    assert not practice.exercises.exists()
