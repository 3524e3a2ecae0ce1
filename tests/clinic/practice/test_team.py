"""The team page: who is in, who was, and who has been asked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Membership, Practice, Role, User
from tests.factories import MembershipFactory

URL = reverse("team")
DORA = {"full_name": "Dora Dale", "email": "Dora@example.org", "role": "clinician"}
pytestmark = pytest.mark.django_db


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"full_name": ""}, {"full_name": ["This field is required."]}),
        ({"email": "dora"}, {"email": ["Enter a valid email address."]}),
        ({"email": "alice@example.org"}, {"email": ["This person is already a member."]}),
        ({"role": "boss"},
         {"role": ["Select a valid choice. boss is not one of the available choices."]}),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_the_field(
    alice_client: Client, changes: dict[str, str], errors: dict[str, list[str]]
) -> None:
    response = alice_client.post(URL, {**DORA, **changes})
    assert response.context["form"].errors == errors
    assert response.context["form"]["full_name"].value() == {**DORA, **changes}["full_name"]
    assert Membership.objects.count() == 1


def test_a_member_is_ended_and_joins_again_when_asked(
    alice_client: Client, bob: User, bob_client: Client, bob_membership: Membership
) -> None:
    assert bob_client.get(reverse("dashboard")).status_code == 200
    alice_client.post(reverse("end_membership", args=[bob_membership.pk]))
    assert bob_client.get(reverse("dashboard")).status_code == 302
    bob.refresh_from_db()
    bob_client.force_login(bob)
    out = bob_client.get(reverse("dashboard"))
    assert (out.status_code, out.templates[0].name) == (403, "clinic/no_practice.html")

    page = alice_client.post(reverse("restore_membership", args=[bob_membership.pk]), follow=True)
    assert bob_client.get(reverse("dashboard")).status_code == 403
    link = page.context["sent"]["link"].removeprefix("http://127.0.0.1:8000")
    bob_client.post(link, {"join": ""})
    assert bob_client.get(reverse("dashboard")).status_code == 200
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["team.end", "team.invite", "team.join"]


def test_the_last_owner_stays(
    alice_client: Client, alice_membership: Membership, bob_membership: Membership
) -> None:
    sentence = "A practice needs an owner. Make somebody else an owner first."
    ended = alice_client.post(reverse("end_membership", args=[alice_membership.pk]), follow=True)
    assert said(ended) == [sentence]
    demoted = alice_client.post(
        reverse("change_role", args=[alice_membership.pk]), {"role": "clinician"}, follow=True
    )
    assert said(demoted) == [sentence]

    promoted = alice_client.post(
        reverse("change_role", args=[bob_membership.pk]), {"role": "owner"}, follow=True
    )
    assert said(promoted) == ["Bob Brown is now: Owner."]
    alice_client.post(reverse("end_membership", args=[alice_membership.pk]))
    assert alice_client.get(URL).status_code == 403


def test_an_unknown_role_changes_nothing(alice_client: Client, bob_membership: Membership) -> None:
    page = alice_client.post(
        reverse("change_role", args=[bob_membership.pk]), {"role": "boss"}, follow=True
    )
    assert said(page) == ["Choose a role from the list."]
    bob_membership.refresh_from_db()
    assert bob_membership.role == Role.CLINICIAN


def test_a_clinician_may_not_see_the_team(bob_client: Client, alice_membership: Membership) -> None:
    assert bob_client.get(URL).status_code == 403
    assert bob_client.post(URL, DORA).status_code == 403
    ended = bob_client.post(reverse("end_membership", args=[alice_membership.pk]))
    assert ended.status_code == 403


@pytest.mark.parametrize("members", [1, 12])
def test_the_page_takes_as_many_queries_for_one_as_for_many(
    alice_client: Client, practice: Practice, members: int, django_assert_num_queries: Any
) -> None:
    MembershipFactory.create_batch(members, practice=practice)
    MembershipFactory.create_batch(members, practice=practice, is_active=False)
    alice_client.get(URL)
    with django_assert_num_queries(7):
        alice_client.get(URL)
