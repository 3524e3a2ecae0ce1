"""Signing in and out, throttling, passwords by e-mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.guesses.counting import guess_key
from clinic.middleware import SEEN_KEY
from clinic.models import Guess, PostedLetter, User
from clinic.post import send_post
from tests.clock import NOW, SetClock

URL = reverse("sign_in")
pytestmark = pytest.mark.django_db


def sent_to(response: Any) -> str:
    return str(response.url)


def letters() -> list[Any]:
    """What has been mailed."""
    return mail.outbox


def attempt(client: Client, email: str, password: str, **extra: Any) -> Any:
    return client.post(URL, {"username": email, "password": password}, **extra)


def test_a_member_signs_in_and_out(client: Client, alice: User, password: str) -> None:
    response = attempt(client, " Alice@Example.org", password)
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").status_code == 200
    # Loading its address again, as after a slow answer, leads on and signs nobody out.
    assert client.get(reverse("sign_out")).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert sent_to(client.post(reverse("sign_out"))) == URL
    assert client.get("/").status_code == 302


def test_the_session_gets_a_new_name_at_sign_in(client: Client, alice: User, password: str) -> None:
    client.get(URL)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    attempt(client, alice.email, password)
    assert client.cookies["sessionid"].value != session.session_key


def test_sign_in_leads_where_one_was_going_but_never_away(
    client: Client, alice: User, password: str
) -> None:
    data = {"username": alice.email, "password": password}
    assert sent_to(client.post(URL, {**data, "next": "/practice/"})) == "/practice/"
    client.post(reverse("sign_out"))
    assert sent_to(client.post(URL, {**data, "next": "https://evil.example/"})) == "/"


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_look_the_same(
    client: Client, alice: User, email: str
) -> None:
    response = attempt(client, email, "wrong")
    assert response.context["form"].non_field_errors() == [
        "That e-mail address and password do not go together. Try again."
    ]
    assert response.context["form"]["username"].value() == email


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9:50123", "203.0.113.9"),
        (1, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "fe80::1%eth0", "fe80::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "unknown", "127.0.0.1"),
        (1, "9" * 400, "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    client: Client, alice: User, settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    attempt(client, alice.email, "wrong", HTTP_X_FORWARDED_FOR=forwarded)
    assert Guess.objects.filter(key=guess_key("sign-in-place", address)).count() == 1


def test_a_caller_without_an_address_breaks_nothing(client: Client, alice: User) -> None:
    """As behind a proxy on the same machine that speaks over a file."""
    assert attempt(client, alice.email, "wrong", REMOTE_ADDR="").status_code == 200
    assert Guess.objects.filter(key=guess_key("sign-in-place", "0.0.0.0")).exists()  # noqa: S104


def test_a_forgotten_password_is_set_anew(client: Client, alice: User) -> None:
    sent = client.post(reverse("forgot_password"), {"email": "ALICE@example.org"})
    assert sent_to(sent) == reverse("forgot_password_sent")
    (letter,) = letters()
    assert letter.subject == "Set your Homeward password"
    assert f"http://127.0.0.1:8000{reverse('set_password', args=['x', 'y'])[:13]}" in letter.body


def test_a_slow_mail_server_does_not_tell_who_has_an_account(
    client: Client, alice: User, settings: Any
) -> None:
    """The request writes the letter down and never asks the server."""
    settings.MAIL_SERVER_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "clinic.post.QueuedBackend"
    sent = client.post(reverse("forgot_password"), {"email": alice.email})
    assert sent_to(sent) == reverse("forgot_password_sent")
    assert (letters(), PostedLetter.objects.count()) == ([], 1)
    assert send_post(timezone.now) == {"sent": 1}
    assert [letter.to for letter in letters()] == [[alice.email]]


def test_asking_again_sends_nothing_for_a_while(
    client: Client, alice: User, clock: SetClock
) -> None:
    for _ in range(3):
        sent = client.post(reverse("forgot_password"), {"email": alice.email})
        assert sent_to(sent) == reverse("forgot_password_sent")
    assert len(letters()) == 1
    clock(NOW + timedelta(minutes=6))
    client.post(reverse("forgot_password"), {"email": alice.email})
    assert len(letters()) == 2


def test_asking_for_an_unknown_address_looks_the_same(client: Client, alice: User) -> None:
    sent = client.post(reverse("forgot_password"), {"email": "nobody@example.org"})
    assert sent_to(sent) == reverse("forgot_password_sent")
    assert letters() == []


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("short", "This password is too short. It must contain at least 10 characters."),
        ("password1234", "This password is too common."),
        ("8203847561", "This password is entirely numeric."),
        ("alice archer", "The password is too similar to the name."),
    ],
)
def test_a_weak_password_is_refused(
    alice_client: Client, password: str, new: str, message: str
) -> None:
    data = {"old_password": password, "new_password1": new, "new_password2": new}
    response = alice_client.post(reverse("change_password"), data)
    assert response.context["form"].errors == {"new_password2": [message]}


def test_a_changed_password_ends_other_sessions(
    alice: User, alice_client: Client, password: str
) -> None:
    other = Client()
    other.force_login(alice)
    new = "a longer secret thing"
    data = {"old_password": password, "new_password1": new, "new_password2": new}
    assert sent_to(alice_client.post(reverse("change_password"), data)) == "/account/"
    assert alice_client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_clicks_keep_a_session_alive_without_a_write_each(alice_client: Client) -> None:
    alice_client.get("/")
    assert "sessionid" not in alice_client.get("/").cookies
    session = alice_client.session
    session[SEEN_KEY] = session[SEEN_KEY] - 601
    session.save()
    renewed = alice_client.get("/").cookies["sessionid"]
    assert renewed["max-age"] == 12 * 3600
