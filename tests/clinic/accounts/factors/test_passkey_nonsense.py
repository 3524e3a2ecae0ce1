"""Whatever comes where a passkey's answer belongs opens nothing and breaks nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic.accounts.factors.kept import passkeys_of
from clinic.models import User
from tests.clinic.accounts.factors.passkeys import passkey_of
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NONSENSE = ["", "x", "{}", "[]", "null", "1", '{"id": 3}', '{"rawId": "\\u0000"}', "[" * 5000,
            '{"response": {"userHandle": "MQ"}, "id": "a", "rawId": "YQ", "type": "public-key"}',
            '{"response": {"userHandle": null, "clientDataJSON": 7}, "id": {}, "rawId": []}',
            "\x00"]  # fmt: skip


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_signs_nobody_in(client: Client, alice: User, sent: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("sign_in"))
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_is_no_second_step(client: Client, alice: User, sent: str) -> None:
    passkey_of(alice)
    client.post(reverse("sign_in"), {"username": alice.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"credential": sent})
    assert answer.status_code < 500
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_is_no_new_passkey_and_no_proof(
    alice_client: Client, alice: User, sent: str
) -> None:
    again, add = reverse("account_reauthenticate"), reverse("mfa_add_webauthn")
    alice_client.post(f"{again}?next={add}", {"password": PASSWORD})
    assert alice_client.post(add, {"name": "x", "credential": sent}).status_code == 200
    assert not passkeys_of(alice).exists()
    passkey_of(alice)
    by_key = reverse("mfa_reauthenticate_webauthn")
    assert alice_client.post(by_key, {"credential": sent}).status_code == 302
