"""Signing in through a practice's own directory, which vouches for its own domains only."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from clinic.models import SignedIn, User
from clinic.server.directories import SignInDirectory, sign_in_directories
from tests.clinic.accounts.factors.directory import Directory, directory

pytestmark = pytest.mark.django_db
HOME = reverse("dashboard")
BACK = reverse("openid_connect_callback", args=["own"])


def use(settings: Any, *named: SignInDirectory) -> None:
    """Have the site know these directories."""
    given = [replace(one, client_id="homeward", secret="directory secret") for one in named]
    settings.OIDC_DIRECTORIES = given
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [one.app() for one in given]}
    }


@pytest.fixture
def own(settings: Any) -> Iterator[Directory]:
    with directory() as server:
        use(settings, SignInDirectory("own", "Harbour directory", ("example.org",), server.address))
        yield server


def came_back(
    client: Client, own: Directory, code: str = "right", code_of: str = "own", **person: Any
) -> Any:
    """Go to the directory, and come back with a code of its."""
    own.person = {"sub": "42", "email_verified": True, **person}
    away = client.get(reverse("openid_connect_login", args=[code_of]))
    assert away.headers["Location"].startswith(f"{own.address}/authorize?")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=[code_of])
    return client.get(back, {"code": code, "state": asked["state"][0]})


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


def test_of_two_directories_each_vouches_for_its_own_people(
    client: Client, own: Directory, alice: User, charlie: User, settings: Any
) -> None:
    charlie.email = "charlie@hillside.example"
    charlie.save()
    hill = SignInDirectory("hill", "Hillside", ("hillside.example",), own.address)
    use(settings, *settings.OIDC_DIRECTORIES, hill)
    page = client.get(reverse("sign_in")).content.decode()
    assert [page.count(f"/sign-in/directory/{code}/") for code in ("own", "hill")] == [1, 1]
    assert came_back(client, own, code_of="hill", email="alice@example.org").status_code == 403
    assert not is_in(client)
    assert (
        came_back(client, own, code_of="hill", email="charlie@hillside.example").status_code == 302
    )
    assert SignedIn.objects.get().user == charlie


def test_the_directories_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "NAME": "Harbour",
        "SERVER": "https://id.example",
        "CLIENT_ID": "h",
        "DOMAINS": "A.example",
    }
    for prefix, domain in (("OIDC", "A.example"), ("OIDC_HILL", "b.example, c.example")):
        for key, value in {**said, "DOMAINS": domain}.items():
            monkeypatch.setenv(f"{prefix}_{key}", value)
    monkeypatch.setenv("OIDC_MORE", "hill")
    found = [(one.code, one.domains) for one in sign_in_directories()]
    assert found == [("own", ("a.example",)), ("hill", ("b.example", "c.example"))]
    monkeypatch.setenv("OIDC_HILL_DOMAINS", "a.example")
    with pytest.raises(ImproperlyConfigured, match="Two directories vouch for one domain"):
        sign_in_directories()
    monkeypatch.setenv("OIDC_HILL_DOMAINS", "")
    with pytest.raises(ImproperlyConfigured, match="A directory needs OIDC_HILL_NAME"):
        sign_in_directories()
    monkeypatch.setenv("OIDC_MORE", "own")
    with pytest.raises(ImproperlyConfigured, match="each once, such as hill"):
        sign_in_directories()


def test_a_wrong_code_and_an_invented_state_open_nothing(
    client: Client, own: Directory, alice: User
) -> None:
    answer = came_back(client, own, code="wrong", email="alice@example.org")
    assert "Sign-in did not work" in answer.content.decode()
    stolen = Client().get(BACK, {"code": "right", "state": "invented"})
    assert stolen.status_code == 403
    assert not is_in(client)
