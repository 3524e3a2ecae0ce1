"""Another address to sign in with: the new mailbox says yes, the old one is told, sessions end."""

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, User
from tests.clock import NOW, SetClock
from tests.factories import PASSWORD
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db
URL, HOME = reverse("change_address"), reverse("dashboard")
NEW = "alice.archer@example.org"


def ask(client: Client, address: str = NEW) -> Any:
    """Show once more that it is oneself, then say the new address."""
    asked = client.get(URL, follow=True).request["PATH_INFO"]
    if asked == reverse("account_reauthenticate"):
        client.post(f"{asked}?next={URL}", {"password": PASSWORD})
    return client.post(URL, {"address": address}, follow=True)


def link() -> str:
    """The one in the letter to the new address."""
    (letter,) = [letter for letter in mail.outbox if letter.to == [NEW]]
    found = re.search(r"http://127\.0\.0\.1:8000(/account/address/\S+)", str(letter.body))
    assert found
    return found[1]


def sign_in(email: str) -> Client:
    client = Client()
    client.post(reverse("sign_in"), {"username": email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


def test_a_yes_in_the_new_mailbox_changes_it_and_ends_every_session(
    alice: User, alice_client: Client, client: Client
) -> None:
    old, other = alice.email, sign_in(alice.email)
    assert f"A letter is on its way to {NEW}." in ask(alice_client).content.decode()
    told = [(letter.to, letter.subject) for letter in mail.outbox]
    assert told == [
        ([NEW], "Confirm your new address"), ([old], "Somebody asked for another address"),
    ]  # fmt: skip
    # Looking is no yes: some mail programs open every link.
    assert f"Sign in to Homeward with {NEW} from now on?" in main_text(client.get(link()))
    assert is_in(other)
    mail.outbox, url = mail.outbox[:1], link()
    assert "Sign in with your new address" in client.post(url, follow=True).content.decode()
    assert [(letter.to, letter.subject) for letter in mail.outbox[1:]] == [
        ([old], "Your address has been changed")
    ]
    assert [is_in(one) for one in (alice_client, other, sign_in(old), sign_in(NEW))] == [
        False, False, False, True,
    ]  # fmt: skip
    entry = AuditEntry.objects.get(action="account.address")
    assert (entry.actor_id, entry.practice_id) == (alice.pk, alice.memberships.get().practice_id)
    assert NEW not in str(entry.details)
    again = client.post(url)
    assert (again.status_code, "no longer works" in main_text(again)) == (404, True)


def test_whoever_sits_down_at_an_open_page_needs_the_password(alice_client: Client) -> None:
    asked = alice_client.post(URL, {"address": NEW})
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_a_taken_address_is_told_to_its_reader_alone(
    alice: User, alice_client: Client, bob: User, client: Client
) -> None:
    taken = User.objects.filter(pk=bob.pk)
    taken.update(email=NEW)
    assert f"A letter is on its way to {NEW}." in ask(alice_client).content.decode()
    refused = client.post(link())
    assert refused.status_code == 409
    assert "Another account signs in with this address already." in main_text(refused)
    assert (is_in(sign_in(alice.email)), is_in(sign_in(NEW))) == (True, True)
    assert User.objects.get(pk=alice.pk).email == alice.email


@pytest.mark.parametrize("ended", ["a new password", "elsewhere", "a day", "changed", "closed"])
def test_the_link_ends(
    alice: User, alice_client: Client, client: Client, clock: SetClock, ended: str
) -> None:
    ask(alice_client)
    url = link()
    if ended == "a new password":
        alice.set_password("quite another horse")
        alice.save()
    elif ended == "elsewhere":
        alice_client.post(reverse("end_other_sessions"))
    elif ended == "a day":
        clock(NOW + dt.timedelta(days=1, minutes=1))
    elif ended == "changed":
        url = url[:-3] + "x/"
    else:
        User.objects.filter(pk=alice.pk).update(is_active=False)
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    assert User.objects.get(pk=alice.pk).email != NEW


def test_letters_to_one_address_are_few(alice_client: Client) -> None:
    ask(alice_client)
    again = ask(alice_client)
    assert again.status_code == 429
    assert len([letter for letter in mail.outbox if letter.to == [NEW]]) == 1


def test_without_a_mail_server_it_says_so(alice_client: Client, settings: LazySettings) -> None:
    settings.DEVELOPMENT = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "This server sends no e-mail" in main_text(ask(alice_client))
    assert User.objects.filter(email=NEW).count() == 0
