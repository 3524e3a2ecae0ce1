"""Whoever guesses at a password is slowed down, and shuts nobody else out for long."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic.models import Guess, User
from tests.clinic.accounts.guesses import same_again
from tests.clock import NOW, SetClock
from tests.factories import PASSWORD
from tests.waiting import PATIENCE_S

URL = reverse("sign_in")
MINUTE = dt.timedelta(minutes=1)


def attempt(client: Client, email: str, password: str, **extra: Any) -> int:
    """The answer's status; signed out again, so that the next is a try again."""
    answer = client.post(URL, {"username": email, "password": password}, **extra)
    if answer.status_code == 302:
        client.post(reverse("sign_out"))
    return int(answer.status_code)


def guess_from_everywhere(email: str, tries: int) -> list[int]:
    """The answers to the first and the last; those between left what the first one left."""
    first = attempt(Client(REMOTE_ADDR="203.0.0.1"), email, "wrong")
    same_again(tries - 2)
    return [first, attempt(Client(REMOTE_ADDR="203.0.0.2"), email, "wrong")]


@pytest.mark.django_db
def test_five_wrong_passwords_pause_sign_in_to_the_account_from_there(
    client: Client, alice: User, bob: User
) -> None:
    assert [attempt(client, "ALICE@example.org", "wrong") for _ in range(5)] == [200] * 5
    paused = client.post(URL, {"username": "alice@example.org", "password": PASSWORD})
    assert paused.status_code == 429
    assert "Wait 15 minutes, then try again." in " ".join(paused.content.decode().split())
    assert 890 <= int(paused["Retry-After"]) <= 900
    assert attempt(client, bob.email, PASSWORD) == 302
    assert attempt(Client(), alice.email, PASSWORD, REMOTE_ADDR="192.0.2.7") == 302


@pytest.mark.django_db
def test_the_pause_ends_after_a_quarter_of_an_hour(
    client: Client, alice: User, clock: SetClock
) -> None:
    for _ in range(5):
        attempt(client, alice.email, "wrong")
    clock(NOW + 14 * MINUTE)
    assert attempt(client, alice.email, PASSWORD) == 429
    clock(NOW + 16 * MINUTE)
    assert attempt(client, alice.email, PASSWORD) == 302


@pytest.mark.django_db
def test_a_right_password_wipes_the_slate(client: Client, alice: User) -> None:
    for _ in range(3):
        assert [attempt(client, alice.email, "wrong") for _ in range(4)] == [200] * 4
        assert attempt(client, alice.email, PASSWORD) == 302


@pytest.mark.django_db
def test_one_password_tried_on_many_names_pauses_the_place_but_not_its_known_devices(
    client: Client, alice: User, bob: User
) -> None:
    """The Wi-Fi of a practice: one device of it guesses, the others are those of its clinicians."""
    ours = Client()
    attempt(ours, alice.email, PASSWORD)
    assert attempt(client, "nobody1@example.org", "Spring 2026!") == 200
    same_again(48)
    assert attempt(client, "nobody50@example.org", "Spring 2026!") == 200
    assert attempt(client, bob.email, PASSWORD) == 429
    assert attempt(ours, alice.email, PASSWORD) == 302
    assert attempt(Client(), bob.email, PASSWORD, REMOTE_ADDR="192.0.2.7") == 302


@pytest.mark.django_db
def test_guessing_from_everywhere_ends_and_leaves_the_owner_a_way_in(
    alice: User, clock: SetClock
) -> None:
    ours = Client()
    attempt(ours, alice.email, PASSWORD)
    assert guess_from_everywhere(alice.email, 60) == [200, 200]
    places = [Client(REMOTE_ADDR=f"203.0.1.{n}") for n in range(3)]
    assert [attempt(place, alice.email, "wrong") for place in places] == [429] * 3
    # Told once, however often they go on.
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([alice.email], "Somebody is guessing at your password")
    assert attempt(Client(REMOTE_ADDR="192.0.2.9"), alice.email, PASSWORD) == 429
    assert attempt(ours, alice.email, PASSWORD) == 302
    clock(NOW + dt.timedelta(days=1, minutes=1))
    assert attempt(Client(REMOTE_ADDR="192.0.2.9"), alice.email, PASSWORD) == 302


@pytest.mark.django_db
def test_a_new_password_by_e_mail_makes_a_new_device_known(alice: User) -> None:
    guess_from_everywhere(alice.email, 60)
    ours = Client(REMOTE_ADDR="192.0.2.9")
    ours.post(reverse("forgot_password"), {"email": alice.email})
    body = mail.outbox[-1].body
    path = body[body.index("/set-password/") :].split()[0]
    form = ours.get(path, follow=True).redirect_chain[-1][0]
    new = "quite another horse"
    ours.post(form, {"new_password1": new, "new_password2": new})
    assert attempt(ours, alice.email, new) == 302


@pytest.mark.django_db
def test_a_name_without_an_account_is_counted_and_answered_alike(alice: User) -> None:
    assert guess_from_everywhere("nobody@example.org", 60) == [200, 200]
    assert attempt(Client(REMOTE_ADDR="203.0.1.1"), "nobody@example.org", "wrong") == 429
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["x", "eyJhIjoiYiJ9:1abc:def", "9" * 5000])
def test_an_invented_device_is_a_stranger(alice: User, cookie: str) -> None:
    client = Client()
    client.cookies["known"] = cookie
    assert [attempt(client, alice.email, "wrong") for _ in range(6)] == [200] * 5 + [429]


@pytest.mark.django_db
def test_a_device_of_one_account_is_a_stranger_to_another(alice: User, bob: User) -> None:
    bobs = Client()
    attempt(bobs, bob.email, PASSWORD)
    guess_from_everywhere(alice.email, 60)
    assert attempt(bobs, alice.email, PASSWORD) == 429


@pytest.mark.django_db
def test_a_borrowed_session_guesses_the_password_five_times(alice_client: Client) -> None:
    url = reverse("change_password")
    new = {"new_password1": "quite another horse", "new_password2": "quite another horse"}
    for n in range(5):
        assert alice_client.post(url, {**new, "old_password": f"wrong {n}"}).status_code == 200
    assert alice_client.post(url, {**new, "old_password": PASSWORD}).status_code == 429


@pytest.mark.django_db
def test_a_new_password_that_is_no_good_takes_no_try(alice_client: Client) -> None:
    weak = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    for _ in range(7):
        assert alice_client.post(reverse("change_password"), weak).status_code == 200


@pytest.mark.django_db
def test_six_letters_a_day_for_a_new_password(client: Client, alice: User, clock: SetClock) -> None:
    for n in range(10):
        clock(NOW + n * 10 * MINUTE)
        client.post(reverse("forgot_password"), {"email": alice.email})
    assert len(mail.outbox) == 6


@pytest.mark.django_db
def test_five_invitations_a_day_to_one_address_from_all_practices_together(
    alice_client: Client, charlie_client: Client
) -> None:
    asked = {"full_name": "Dora", "email": "dora@example.org", "role": "clinician"}
    for client in (alice_client, charlie_client, alice_client, charlie_client, alice_client):
        assert client.post(reverse("team"), asked).status_code == 302
    page = charlie_client.post(reverse("team"), asked)
    assert page.context["form"].non_field_errors() == [
        "That is enough invitations for one day, to this address or of this practice. "
        "Try again tomorrow."
    ]
    assert len(mail.outbox) == 5


@pytest.mark.django_db
def test_links_of_invitations_are_not_tried_out(client: Client) -> None:
    links = [reverse("invitation", args=[f"{n:043}"]) for n in range(21)]
    assert [client.get(link).status_code for link in links] == [404] * 20 + [429]


@pytest.mark.django_db(transaction=True)
def test_sixteen_passwords_at_once_are_five(alice: User) -> None:
    start = Barrier(16, timeout=PATIENCE_S)

    def one(_: int) -> int:
        start.wait()
        try:
            return attempt(Client(), alice.email, "wrong")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = sorted(pool.map(one, range(16)))
    assert answers == [200] * 5 + [429] * 11
    assert Guess.objects.count() == 15
