"""Templates of a practice: everybody uses what is shared, their makers and owners change them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, User
from programs.exercises.theirs.models import OwnStarter
from programs.prescriptions.models import Program
from tests import factories
from tests.patients.pages import main_text
from tests.programs.builder.test_builder_page import url

LIST = "/exercises/templates/"


@pytest.fixture
def bobs(bob: User, draft: Program) -> OwnStarter:
    """Bob's, shared."""
    return factories.OwnStarterFactory(made_by=bob, shared=True)


@pytest.fixture
def dora_client(practice: Practice) -> Client:
    """A clinician beside Alice, the owner, and Bob."""
    client = Client()
    client.force_login(factories.MembershipFactory(practice=practice).user)
    return client


def at(starter: OwnStarter, rest: str = "") -> str:
    return f"{LIST}{starter.pk}/{rest}"


def test_a_colleague_uses_what_is_shared_and_changes_nothing_of_it(
    bobs: OwnStarter, draft: Program, dora_client: Client
) -> None:
    page = dora_client.get(LIST)
    assert "Back set 1 entry. Made by Bob Brown" in main_text(page)
    assert "Remove: Back set" not in main_text(page)
    assert f'action="{LIST}' not in page.content.decode()
    assert "Use it : Back set" in main_text(dora_client.get(url(draft)))
    for rest in ("", "remove/", "bring-back/"):
        for ask in (dora_client.get, dora_client.post):
            assert ask(at(bobs, rest), {"name": "Hers"}).status_code == 404
    bobs.refresh_from_db()
    assert (bobs.name, bobs.shared, bobs.retired_at) == ("Back set", True, None)


@pytest.mark.parametrize("who", ["bob_client", "alice_client"])
def test_its_maker_and_an_owner_rename_and_unshare_it(
    who: str, bobs: OwnStarter, draft: Program, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(who)
    page = client.post(at(bobs), {"name": " Back  and hip "}, follow=True)
    assert "“Back and hip” is saved." in main_text(page)
    bobs.refresh_from_db()
    assert (bobs.name, bobs.data["name"], bobs.shared) == ("Back and hip", "Back and hip", False)
    # An owner does not see what is one clinician's alone.
    assert ("Back and hip" in main_text(client.get(url(draft)))) is (who == "bob_client")
    entry = AuditEntry.objects.get(action="own_starter.change")
    assert entry.details == {"renamed": True, "shared": False}


def test_what_was_removed_is_brought_back_and_who_did_it_stands_on_record(
    bobs: OwnStarter, draft: Program, alice_client: Client, dora_client: Client
) -> None:
    factories.OwnStarterFactory(made_by=bobs.made_by, shared=True, name="Other set")
    page = alice_client.post(at(bobs, "remove/"), follow=True)
    assert "“Back set” is removed." in main_text(page)
    assert "Bring back : Back set" in main_text(page)
    assert "Back set" not in main_text(alice_client.get(url(draft)))
    assert "Back set" not in main_text(dora_client.get(LIST))
    record = reverse("access_record")
    line = "Alice Archer Changed Template removed: Back set"
    assert line in main_text(alice_client.get(record, {"kind": "change"}))
    alice_client.post(at(bobs, "bring-back/"))
    assert "Back set" in main_text(dora_client.get(LIST))
    # Two things one after the other are two lines.
    for row in OwnStarter.objects.all():
        alice_client.post(at(row, "remove/"))
    told = main_text(alice_client.get(record, {"kind": "change"}))
    assert "Template removed: Other set" in told
    assert "times since" not in told


def test_one_maker_has_one_template_of_a_name(bobs: OwnStarter, bob_client: Client) -> None:
    bob_client.post(at(bobs, "remove/"))
    again = factories.OwnStarterFactory(made_by=bobs.made_by)
    said = "Bob Brown has a template of this name already."
    assert said in main_text(bob_client.post(at(bobs, "bring-back/"), follow=True))
    other = factories.OwnStarterFactory(made_by=bobs.made_by, name="Hip set")
    page = bob_client.post(at(other), {"name": "Back set"})
    assert (page.status_code, said in main_text(page)) == (422, True)
    assert bob_client.post(at(other), {"name": " "}).status_code == 422
    bob_client.post(at(again), {"name": "New back set"})
    bob_client.post(at(bobs, "bring-back/"))
    assert OwnStarter.objects.filter(retired_at=None).count() == 3


def test_another_practice_s_are_not_there(
    bobs: OwnStarter, alice_client: Client, charlie: User, charlie_client: Client
) -> None:
    theirs = factories.OwnStarterFactory(made_by=charlie, name="Foreign", shared=True)
    assert "Foreign" not in main_text(alice_client.get(LIST))
    assert alice_client.get(at(theirs)).status_code == 404
    assert "Back set" not in main_text(charlie_client.get(LIST))
    assert charlie_client.post(at(bobs, "remove/")).status_code == 404


def test_one_and_many_take_as_many_queries(
    bobs: OwnStarter, alice_client: Client, django_assert_num_queries: Any
) -> None:
    alice_client.get(LIST)
    for more in ("", "ABC"):
        for name in more:
            factories.OwnStarterFactory(made_by=bobs.made_by, shared=True, name=name)
        with django_assert_num_queries(7):
            alice_client.get(LIST)
