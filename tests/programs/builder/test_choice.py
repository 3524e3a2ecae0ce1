"""From the catalogue into a program: an entry leads to the search of a draft that judges it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.test import Client
from django.urls import reverse

from clinic.models import Practice, Role, User
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program
from tests import factories
from tests.programs.builder.test_builder_page import text

Queries = Callable[[int], AbstractContextManager[object]]


def choice(slug: str) -> str:
    return reverse("program_choice", args=[Exercise.objects.get(slug=slug).pk])


def other(practice: Practice, name: str, by: User, draft_open: bool = True) -> Program:
    patient = factories.PatientFactory(practice=practice, full_name=name, created_by=by)
    case = factories.CaseFactory(patient=patient)
    return factories.ProgramFactory(case=case, draft_open=draft_open)


def test_the_entry_leads_to_the_clinician_s_drafts_and_each_to_its_own_search(
    draft: Program, practice: Practice, alice_client: Client, bob: User
) -> None:
    other(practice, "Somebody of Bob’s", bob)
    address = choice("dead-bug")
    entry = alice_client.get(address.removesuffix("add/")).content.decode()
    assert f'href="{address}"' in entry
    page = alice_client.get(address).content.decode()
    links = re.findall(r'href="(/programs/[^"]+)"', page)
    assert links == [f"{reverse('program', args=[draft.pk])}?q=Dead+bug#results"]
    assert "Somebody of Bob’s" not in page
    assert "Dead bug" in text(alice_client.get(links[0]))
    assert not draft.items.exists(), "looking adds nothing"


def test_anybody_of_the_practice_is_found_by_name_and_nobody_of_another(
    draft: Program, alice_client: Client, practice: Practice, bob: User, charlie: User
) -> None:
    running = other(practice, "Peter Fischer", bob, draft_open=False)
    elsewhere = charlie.memberships.get().practice
    other(elsewhere, "Peter Faraway", charlie)
    words = text(alice_client.get(choice("dead-bug"), {"q": "Peter"}))
    assert "Peter Fischer" in words
    assert "Amend it first" in words
    assert "Faraway" not in words
    assert (
        reverse("program", args=[running.pk])
        in alice_client.get(choice("dead-bug"), {"q": "Peter"}).content.decode()
    )
    assert "No program of such a patient." in text(
        alice_client.get(choice("dead-bug"), {"q": "Nobody"})
    )


def test_what_is_never_given_cannot_be_chosen(
    draft: Program, alice_client: Client, bob_client: Client, bob: User
) -> None:
    assert alice_client.get(choice("psoas-release")).status_code == 302
    bob.memberships.update(role=Role.READ_ONLY)
    assert bob_client.get(choice("dead-bug")).status_code == 403


def test_as_many_queries_for_one_draft_as_for_many(
    draft: Program,
    practice: Practice,
    alice: User,
    alice_client: Client,
    django_assert_num_queries: Queries,
) -> None:
    address = choice("dead-bug")
    for more in (0, 3):
        for _ in range(more):
            factories.ProgramFactory(case__patient__practice=practice, changed_by=alice)
        alice_client.get(address)
        with django_assert_num_queries(7):
            alice_client.get(address)
