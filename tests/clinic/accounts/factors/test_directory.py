"""Signing in through a practice's own directory, which vouches for its own domains only."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import SignedIn, User
from tests.clinic.accounts.factors.directory import Directory, directory

pytestmark = pytest.mark.django_db
HOME = reverse("dashboard")
BACK = reverse("openid_connect_callback", args=["own"])


@pytest.fixture
def own(settings: Any) -> Iterator[Directory]:
    with directory() as server:
        settings.OIDC_NAME = "Harbour directory"
        settings.OIDC_DOMAINS = ["example.org"]
        app = {
            "provider_id": "own",
            "name": "Harbour directory",
            "client_id": "homeward",
            "secret": "directory secret",
            "settings": {"server_url": server.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield server


def came_back(client: Client, own: Directory, code: str = "right", **person: Any) -> Any:
    """Go to the directory, and come back with a code of its."""
    own.person = {"sub": "42", "email_verified": True, **person}
    away = client.get(reverse("openid_connect_login", args=["own"]))
    assert away.headers["Location"].startswith(f"{own.address}/authorize?")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(BACK, {"code": code, "state": asked["state"][0]})


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


def test_the_sign_in_page_leads_there(client: Client, own: Directory) -> None:
    page = client.get(reverse("sign_in")).content.decode()
    assert "Sign in through\n      <bdi>Harbour directory</bdi>" in page


def test_without_a_directory_nothing_leads_there(client: Client) -> None:
    assert "Sign in through" not in client.get(reverse("sign_in")).content.decode()
    assert client.get(reverse("openid_connect_login", args=["own"])).status_code == 404


def test_somebody_with_an_account_is_in(client: Client, own: Directory, alice: User) -> None:
    answer = came_back(client, own, email="alice@example.org")
    assert (answer.status_code, is_in(client)) == (302, True)
    assert SignedIn.objects.get().user == alice
    # And again, by the name that the directory has for her.
    later = Client()
    came_back(later, own, email="alice@example.org")
    assert is_in(later)


@pytest.mark.parametrize(
    "person",
    [
        {"email": "nobody@example.org"},
        {"email": "alice@example.org", "email_verified": False},
        {"email": "alice@other.example"},
        {},
    ],
)
def test_nobody_else_is(client: Client, own: Directory, alice: User, person: Any) -> None:
    answer = came_back(client, own, **person)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert "You have no account here yet" in answer.content.decode()
    assert User.objects.count() == 1


def test_a_directory_vouches_for_its_own_domains_alone(
    client: Client, own: Directory, charlie: User
) -> None:
    """The directory of one practice says that somebody is Charlie, who belongs to another."""
    charlie.email = "charlie@hillside.example"
    charlie.save()
    assert came_back(client, own, email="charlie@hillside.example").status_code == 403
    assert not is_in(client)


def test_a_wrong_code_and_an_invented_state_open_nothing(
    client: Client, own: Directory, alice: User
) -> None:
    answer = came_back(client, own, code="wrong", email="alice@example.org")
    assert "Sign-in did not work" in answer.content.decode()
    stolen = Client().get(BACK, {"code": "right", "state": "invented"})
    assert stolen.status_code == 403
    assert not is_in(client)
