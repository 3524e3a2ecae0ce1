"""Whatever comes where a passkey's answer belongs opens nothing and breaks nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic.accounts.factors.kept import passkeys_of
from clinic.models import User
from tests.clinic.accounts.factors.passkeys import passkey_of
from tests.factories import PASSWORD
from tests.undone import undone

pytestmark = pytest.mark.django_db
NONSENSE = ["", "x", "{}", "[]", "null", "1", '{"id": 3}', '{"rawId": "\\u0000"}', "[" * 5000,
            '{"response": {"userHandle": "MQ"}, "id": "a", "rawId": "YQ", "type": "public-key"}',
            '{"response": {"userHandle": null, "clientDataJSON": 7}, "id": {}, "rawId": []}',
            "\x00"]  # fmt: skip


def test_nonsense_signs_nobody_in(client: Client, alice: User) -> None:
    door = reverse("sign_in")
    said = {}
    for sent in NONSENSE:
        client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
        inside = client.get("/").status_code
        said[sent] = (answer.status_code, answer.headers.get("Location"), inside)
    assert said == dict.fromkeys(NONSENSE, (302, door, 302))


def test_nonsense_is_no_second_step(alice: User) -> None:
    passkey_of(alice)
    wrong = []
    for sent in NONSENSE:
        with undone():
            client = Client()
            client.post(reverse("sign_in"), {"username": alice.email, "password": PASSWORD})
            answer = client.post(reverse("mfa_authenticate"), {"credential": sent})
            inside = client.get("/").status_code
        if answer.status_code >= 500 or inside != 302:
            wrong.append((sent, answer.status_code, inside))
    assert wrong == []


def test_nonsense_is_no_new_passkey_and_no_proof(alice_client: Client, alice: User) -> None:
    again, add = reverse("account_reauthenticate"), reverse("mfa_add_webauthn")
    by_key = reverse("mfa_reauthenticate_webauthn")
    alice_client.post(f"{again}?next={add}", {"password": PASSWORD})
    said = {}
    for sent in NONSENSE:
        with undone():
            added = alice_client.post(add, {"name": "x", "credential": sent}).status_code
            got_one = passkeys_of(alice).exists()
            passkey_of(alice)
            proof = alice_client.post(by_key, {"credential": sent}).status_code
        said[sent] = (added, got_one, proof)
    assert said == dict.fromkeys(NONSENSE, (200, False, 302))
