"""A directory that is away, drips or talks nonsense: a page says so soon, and the site goes on."""

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.accounts.factors import elsewhere
from clinic.accounts.factors.asking import LONGEST_ANSWER
from clinic.models import User
from clinic.server.directories import SignInDirectory
from tests.clinic.accounts.factors.directory import Directory, directory
from tests.clinic.accounts.factors.test_directory import came_back, is_in, use
from tests.dripping import drip_encrypted, drip_the_body, drip_the_head, dripping

pytestmark = pytest.mark.django_db
THERE = reverse("openid_connect_login", args=["own"])
SECONDS = 1


@pytest.fixture(autouse=True)
def _soon(settings: Any) -> None:
    settings.DIRECTORY_SECONDS = SECONDS


@pytest.fixture
def own(settings: Any) -> Iterator[Directory]:
    with directory() as server:
        use(settings, SignInDirectory("own", "Harbour", ("example.org",), server.address))
        yield server


def did_not_work(answer: Any) -> bool:
    """Whether this is the calm page."""
    words = "Sign-in did not work" in answer.content.decode()
    return words and answer.status_code == 403


@pytest.mark.parametrize(
    ("answer", "scheme"),
    [(drip_the_head, "http"), (drip_the_body, "http"), (drip_encrypted, "https")],
)
def test_one_that_drips_is_hung_up_on(
    client: Client, settings: Any, answer: Any, scheme: str
) -> None:
    with dripping(answer) as (address, left):
        there = address.replace("http:", f"{scheme}:")
        use(settings, SignInDirectory("own", "Harbour", ("example.org",), there))
        assert did_not_work(client.get(THERE))
    assert set(left) == {b""}


@pytest.mark.parametrize("what", ["token_endpoint", "userinfo_endpoint"])
def test_each_question_of_a_sign_in_has_its_end(
    client: Client, own: Directory, alice: User, what: str
) -> None:
    with dripping(drip_the_body) as (address, left):
        own.says = {what: f"{address}/slow"}
        assert did_not_work(came_back(client, own, email="alice@example.org"))
    assert (set(left), is_in(client)) == ({b""}, False)


def test_one_that_is_away(client: Client, settings: Any) -> None:
    with directory() as gone:
        use(settings, SignInDirectory("own", "Harbour", ("example.org",), gone.address))
    assert did_not_work(client.get(THERE))


@pytest.mark.parametrize(
    "says",
    [
        {"token_endpoint": None, "authorization_endpoint": 7},
        {"authorization_endpoint": "x" * LONGEST_ANSWER},
        {"token_endpoint_auth_methods_supported": None},
        {"token_endpoint": "not an address"},
        {"userinfo_endpoint": ["a", "list"]},
    ],
    ids=["no addresses", "too long", "no ways", "no address", "a list"],
)
def test_nonsense_signs_nobody_in(
    client: Client, own: Directory, alice: User, says: dict[str, Any]
) -> None:
    own.says = says
    away = client.get(THERE)
    if away.status_code == 302:
        own.person = {"sub": "42", "email": "alice@example.org", "email_verified": True}
        state = away.headers["Location"].partition("state=")[2].partition("&")[0]
        back = reverse("openid_connect_callback", args=["own"])
        away = client.get(back, {"code": "right", "state": state})
    assert did_not_work(away)
    assert not is_in(client)


def test_a_person_that_is_none(client: Client, own: Directory, alice: User) -> None:
    own.says = {"userinfo_endpoint": f"{own.address}/.well-known/openid-configuration"}
    answer = came_back(client, own, email="alice@example.org")
    assert (answer.status_code, is_in(client)) == (403, False)


def test_waiting_for_it_leaves_threads_to_the_site(
    client: Client, own: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = BoundedSemaphore(1)
    monkeypatch.setattr(elsewhere, "_waiting", taken)
    monkeypatch.setattr(elsewhere, "_PATIENCE_SECONDS", 0.01)
    with taken:
        assert did_not_work(client.get(THERE))
    assert client.get(THERE).status_code == 302
