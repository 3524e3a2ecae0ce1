"""Joining a practice needs the person's own yes, and tells nobody who has an account."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Invitation, Membership, Practice, Role, User
from tests.clock import NOW, SetClock
from tests.factories import PASSWORD, UserFactory
from tests.patients.pages import main_text

TEAM = reverse("team")
DORA = {"full_name": "Dora Dale", "email": "Dora@example.org", "role": "clinician"}
NEW = {"full_name": "Dora Dale", "new_password1": PASSWORD, "new_password2": PASSWORD}
pytestmark = pytest.mark.django_db


def invited(owner: Client, **changes: str) -> str:
    """The path of the link that the owner is shown, since the tests' server sends no e-mail."""
    page = owner.post(TEAM, {**DORA, **changes}, follow=True)
    return str(page.context["sent"]["link"]).removeprefix("http://127.0.0.1:8000")


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def headline(response: Any) -> str:
    page = response.content.decode()
    return page[page.index("<h1>") + 4 : page.index("</h1>")]


def test_somebody_new_joins_with_a_password_of_their_own(
    alice_client: Client, practice: Practice, client: Client
) -> None:
    link = invited(alice_client)
    page = main_text(client.get(link))
    assert "At least 10 characters, not only digits, and nothing that is easy to guess." in page
    assert "The same once more" in page
    assert not User.objects.filter(email="dora@example.org").exists()
    (letter,) = mail.outbox
    assert letter.to == ["dora@example.org"]
    assert letter.subject == "Invitation from Harbour Physiotherapy, Whitby"
    assert link in letter.body
    assert headline(client.get(link)) == "Join <bdi>Harbour Physiotherapy, Whitby</bdi>?"
    assert said(client.post(link, NEW, follow=True)) == [
        "You are in. Sign in with your new password."
    ]
    client.post(reverse("sign_in"), {"username": "DORA@example.org", "password": PASSWORD})
    assert client.get(reverse("dashboard")).context["practice"] == practice
    assert client.get(link).status_code == 404


def test_somebody_with_an_account_is_no_member_until_they_say_yes(
    alice_client: Client,
    charlie_client: Client,
    charlie: User,
    practice: Practice,
    other_practice: Practice,
) -> None:
    link = invited(alice_client, email=charlie.email, full_name="C. Cole")
    assert not practice.memberships.filter(user=charlie).exists()
    assert "Charlie" not in alice_client.get(TEAM).content.decode()
    page = charlie_client.post(link, {"join": ""}, follow=True)
    assert said(page) == [
        "You can now work in Harbour Physiotherapy, Whitby. Switch to it in your menu."
    ]
    # Where Charlie works, and where the next patient lands, is as before.
    assert page.context["practice"] == other_practice
    assert practice.memberships.active().filter(user=charlie, role=Role.CLINICIAN).exists()
    again = Client()
    again.force_login(charlie)
    assert again.get(reverse("dashboard")).context["practice"] == other_practice
    actions = AuditEntry.objects.filter(practice=practice).order_by("pk")
    assert [(entry.action, entry.actor_label) for entry in actions] == [
        ("team.invite", "Alice Archer"),
        ("team.join", "Charlie Cole"),
    ]


@pytest.mark.parametrize("email", ["charlie@example.org", "nobody@example.org"])
def test_an_address_with_an_account_and_one_without_look_the_same(
    alice_client: Client,
    charlie: User,
    client: Client,
    email: str,
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(33):
        alice_client.post(TEAM, {**DORA, "email": email})
    page = alice_client.get(TEAM)
    assert page.context["sent"]["name"] == "Dora Dale"
    link = page.context["sent"]["link"]
    assert [letter.body.replace(link, "LINK") for letter in mail.outbox] == [
        "Hello Dora Dale,\n\n"
        "Alice Archer invites you to join Harbour Physiotherapy, Whitby on Homeward, "
        "as: clinician.\n"
        "Nothing happens unless you say yes. The link works for seven days:\n\nLINK\n\n"
        "You do not know this practice? Then leave this letter, or say no there.\n\n"
    ]
    opened = client.get(link.removeprefix("http://127.0.0.1:8000")).content.decode()
    assert "I have an account here" in opened
    assert "I am new here" in opened
    assert "Charlie" not in opened


def test_a_closed_account_is_not_told_either(alice_client: Client) -> None:
    UserFactory(email="old@example.org", full_name="Old Oliver", is_active=False)
    assert invited(alice_client, email="old@example.org").startswith("/invitation/")


def test_the_link_makes_no_second_account_and_changes_no_password(
    alice_client: Client, charlie: User, practice: Practice, client: Client
) -> None:
    """Alice has the link in her hands: it opens nothing of Charlie's."""
    link = invited(alice_client, email=charlie.email)
    answer = client.post(link, {**NEW, "new_password1": "quite another", "new_password2": "x"})
    assert answer.status_code == 200
    other = "quite another long one"
    answer = client.post(link, {**NEW, "new_password1": other, "new_password2": other})
    assert answer.context["form"].non_field_errors() == [
        "There is an account with this e-mail address. Sign in with it, then open the link again."
    ]
    charlie.refresh_from_db()
    assert (charlie.check_password(PASSWORD), charlie.full_name) == (True, "Charlie Cole")
    assert not practice.memberships.filter(user=charlie).exists()


def test_somebody_else_cannot_answer_it(
    alice_client: Client, charlie_client: Client, practice: Practice
) -> None:
    link = invited(alice_client)
    assert "This invitation is for another address" in charlie_client.get(link).content.decode()
    charlie_client.post(link, {"join": ""})
    assert practice.memberships.count() == 1


def test_a_new_invitation_ends_the_one_before(alice_client: Client, client: Client) -> None:
    first, second = invited(alice_client), invited(alice_client, role="owner")
    assert client.get(first).status_code == 404
    assert client.post(first, NEW).status_code == 404
    assert client.get(second).status_code == 200
    waiting = Invitation.objects.waiting().get()
    alice_client.post(reverse("renew_invitation", args=[waiting.pk]))
    assert client.get(second).status_code == 404
    assert Invitation.objects.filter(outcome="replaced").count() == 2
    assert Invitation.objects.waiting().get().role == Role.OWNER


def test_two_practices_ask_the_same_person(
    alice_client: Client, charlie_client: Client, client: Client
) -> None:
    first, second = invited(alice_client), invited(charlie_client)
    assert client.get(first).status_code == 200
    assert client.get(second).status_code == 200


def test_it_ends_after_a_week(
    alice_client: Client, alice: User, client: Client, clock: SetClock
) -> None:
    link = invited(alice_client)
    clock(NOW + dt.timedelta(days=6, hours=23))
    assert client.get(link).status_code == 200
    clock(NOW + dt.timedelta(days=7, minutes=1))
    assert client.get(link).status_code == 404
    assert client.post(link, NEW).status_code == 404
    alice_client.force_login(alice)
    assert "too old" in alice_client.get(TEAM).content.decode()


def test_a_no_needs_no_account(alice_client: Client, client: Client) -> None:
    link = invited(alice_client)
    assert headline(client.post(link, {"decline": ""})) == "You have said no"
    assert client.get(link).status_code == 404
    assert not User.objects.filter(email="dora@example.org").exists()


def test_it_is_taken_back(alice_client: Client, client: Client) -> None:
    link = invited(alice_client)
    waiting = Invitation.objects.waiting().get()
    page = alice_client.post(reverse("withdraw_invitation", args=[waiting.pk]), follow=True)
    assert said(page) == ["The invitation of Dora Dale has been taken back."]
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "y" * 43])
def test_an_address_that_was_never_sent_says_the_same(client: Client, token: str) -> None:
    answer = client.get(reverse("invitation", args=[token]))
    assert (answer.status_code, headline(answer)) == (404, "This invitation no longer works")


def test_a_weak_password_is_refused(alice_client: Client, client: Client) -> None:
    link = invited(alice_client)
    answer = client.post(
        link, {**NEW, "new_password1": "dora dale 1", "new_password2": "dora dale 1"}
    )
    assert answer.context["form"].errors == {
        "new_password2": ["The password is too similar to the name."]
    }


def test_a_name_carries_no_link_and_no_second_line_into_a_letter(
    alice_client: Client, alice: User, practice: Practice
) -> None:
    practice.name = "Win\r\nBcc: eve@evil.example https://evil.example/now"
    practice.save()
    alice.full_name = "www.evil.example"
    alice.save()
    invited(alice_client, full_name="Dora, see evil.example/prize")
    (letter,) = mail.outbox
    name = "Win Bcc: eve at evil. example https: evil. example now, Whitby"
    assert letter.subject == f"Invitation from {name}"
    assert letter.body.splitlines()[:3] == [
        "Hello Dora, see evil. example prize,",
        "",
        f"www. evil. example invites you to join {name} on Homeward, as: clinician.",
    ]


def test_with_a_mail_server_the_link_goes_to_the_address_alone(
    alice_client: Client, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    page = alice_client.post(TEAM, DORA, follow=True)
    assert page.context["sent"] == {"name": "Dora Dale", "link": "", "mailed": True}
    assert "An invitation is on its way to <bdi>Dora Dale</bdi>" in page.content.decode()
    assert "/invitation/" in mail.outbox[0].body


def test_in_production_nobody_holds_a_link_for_somebody_else(
    alice_client: Client, settings: Any
) -> None:
    settings.DEVELOPMENT = False
    page = alice_client.post(TEAM, DORA, follow=True)
    assert "The letter has been printed where the server runs" in main_text(page)
    assert b"/invitation/" not in page.content
    assert "/invitation/" in mail.outbox[0].body


def test_where_one_starts_is_ones_own_to_choose(
    charlie_client: Client,
    charlie: User,
    alice_client: Client,
    practice: Practice,
    other_practice: Practice,
) -> None:
    # A name that would stand first in any list.
    practice.name = "AAA Physiotherapy"
    practice.save()
    charlie_client.post(invited(alice_client, email=charlie.email), {"join": ""})
    page = charlie_client.get(reverse("account"))
    assert page.context["form"]["practice"].value() == str(other_practice.pk)
    charlie_client.post(reverse("account"), {"practice": practice.pk})
    later = Client()
    later.force_login(charlie)
    assert later.get(reverse("dashboard")).context["practice"] == practice
    # A practice that Charlie does not work in is none to choose.
    assert Membership.objects.filter(user=charlie).count() == 2
    refused = charlie_client.post(reverse("account"), {"practice": "0"})
    assert "practice" in refused.context["form"].errors


@pytest.mark.parametrize("how", ["ended", "demoted"])
def test_what_a_former_owner_sent_lets_nobody_in(
    alice_client: Client, bob: User, bob_membership: Membership, client: Client, how: str
) -> None:
    bob_membership.role = Role.OWNER
    bob_membership.save()
    owner = Client()
    owner.force_login(bob)
    link, hers = invited(owner), invited(alice_client, email="emil@example.org")
    if how == "ended":
        alice_client.post(reverse("end_membership", args=[bob_membership.pk]))
    else:
        url = reverse("change_role", args=[bob_membership.pk])
        alice_client.post(url, {"role": "clinician"})
    assert client.get(link).status_code == 404
    assert client.get(hers).status_code == 200
