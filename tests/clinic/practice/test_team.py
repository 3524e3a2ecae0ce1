"""The team page: who is in, who was, and the link that lets a new member in."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Membership, Practice, Role, User
from tests.factories import MembershipFactory, UserFactory

URL = reverse("team")
DORA = {"full_name": "Dora Dale", "email": "Dora@example.org", "role": "clinician"}
pytestmark = pytest.mark.django_db


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_new_member_sets_a_password_by_the_link_and_signs_in(
    alice_client: Client, practice: Practice, client: Client, password: str
) -> None:
    page = alice_client.post(URL, DORA, follow=True)
    assert said(page) == ["Dora Dale is now in the team."]
    link = page.context["invitation"]["link"]
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["dora@example.org"]
    assert alice_client.get(URL).context["invitation"] is None

    path = link.removeprefix("http://127.0.0.1:8000")
    form = client.get(path, follow=True)
    new = {"new_password1": password, "new_password2": password}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert said(done) == ["Your password is set. Sign in with it now."]
    assert "This link no longer works" in client.get(path).content.decode()
    client.post(reverse("sign_in"), {"username": "DORA@example.org", "password": password})
    assert client.get(reverse("dashboard")).context["practice"] == practice


def test_somebody_with_an_account_elsewhere_gets_no_link(
    alice_client: Client, charlie: User, practice: Practice
) -> None:
    page = alice_client.post(URL, {**DORA, "email": charlie.email}, follow=True)
    assert said(page) == ["Charlie Cole is now in the team."]
    assert page.context["invitation"] is None
    assert mail.outbox == []
    assert practice.memberships.active().filter(user=charlie).count() == 1


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"full_name": ""}, {"full_name": ["This field is required."]}),
        ({"email": "dora"}, {"email": ["Enter a valid email address."]}),
        ({"email": "alice@example.org"}, {"email": ["This person is already a member."]}),
        ({"email": "old@example.org"}, {"email": ["The account with this address is closed."]}),
        ({"role": "boss"},
         {"role": ["Select a valid choice. boss is not one of the available choices."]}),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_the_field(
    alice_client: Client, changes: dict[str, str], errors: dict[str, list[str]]
) -> None:
    UserFactory(email="old@example.org", is_active=False)
    response = alice_client.post(URL, {**DORA, **changes})
    assert response.context["form"].errors == errors
    assert response.context["form"]["full_name"].value() == {**DORA, **changes}["full_name"]
    assert Membership.objects.count() == 1


def test_a_member_is_ended_and_let_in_again(
    alice_client: Client, bob_client: Client, bob_membership: Membership
) -> None:
    assert bob_client.get(reverse("dashboard")).status_code == 200
    alice_client.post(reverse("end_membership", args=[bob_membership.pk]))
    out = bob_client.get(reverse("dashboard"))
    assert (out.status_code, out.templates[0].name) == (403, "clinic/no_practice.html")

    alice_client.post(reverse("restore_membership", args=[bob_membership.pk]))
    assert bob_client.get(reverse("dashboard")).status_code == 200
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["team.end", "team.add"]


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


def test_a_fresh_link_is_for_members_without_a_password(
    alice_client: Client, practice: Practice, bob_membership: Membership
) -> None:
    waiting = MembershipFactory(practice=practice, user=UserFactory(password=None))
    page = alice_client.post(reverse("renew_invitation", args=[waiting.pk]), follow=True)
    assert re.fullmatch(
        r"http://127\.0\.0\.1:8000/set-password/\w+/[\w-]+/", page.context["invitation"]["link"]
    )
    page = alice_client.post(reverse("renew_invitation", args=[bob_membership.pk]), follow=True)
    assert said(page) == ["Bob Brown has a password already."]


def test_the_link_of_somebody_who_waits_elsewhere_is_not_shown(
    alice_client: Client, charlie_client: Client, practice: Practice, client: Client
) -> None:
    """Charlie would set the password of Alice's new colleague, and see Alice's patients."""
    first = alice_client.post(URL, DORA, follow=True).context["invitation"]["link"]
    path = first.removeprefix("http://127.0.0.1:8000")
    assert client.get(path, follow=True).redirect_chain[-1][0].endswith("/new/")

    page = charlie_client.post(URL, DORA, follow=True)
    assert page.context["invitation"]["link"] == ""
    assert "Dora Dale has no password yet" in page.content.decode()
    dora = User.objects.get(email="dora@example.org")
    hers = dora.memberships.exclude(practice=practice).get()
    renewed = charlie_client.post(reverse("renew_invitation", args=[hers.pk]), follow=True)
    assert renewed.context["invitation"]["link"] == ""
    # The link that somebody may have kept from before opens nothing either.
    assert "This link no longer works" in client.get(path).content.decode()


def test_with_a_mail_server_the_link_goes_to_the_address_alone(
    alice_client: Client, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    page = alice_client.post(URL, DORA, follow=True)
    assert page.context["invitation"] == {"name": "Dora Dale", "link": "", "mailed": True}
    assert "A link is on its way to Dora Dale" in page.content.decode()
    assert "/set-password/" in mail.outbox[0].body


def test_a_name_on_two_lines_makes_one_subject(alice_client: Client, practice: Practice) -> None:
    practice.name = "Harbour\r\nBcc: eve@example.org"
    practice.save()
    alice_client.post(URL, DORA)
    assert mail.outbox[0].subject == "Your account at Harbour Bcc: eve@example.org"


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
    with django_assert_num_queries(6):
        alice_client.get(URL)
