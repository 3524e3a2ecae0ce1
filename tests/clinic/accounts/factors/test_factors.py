"""The second factor: set up, asked for, recovered from, required by a practice, not guessed."""

import datetime as dt
import re
from base64 import b64decode
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, User
from patients.models import Patient
from tests.clock import NOW, SetClock
from tests.factories import PASSWORD
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db
SIGN_IN, HOME = reverse("sign_in"), reverse("dashboard")
SECURITY, STEP = reverse("mfa_index"), reverse("mfa_authenticate")


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def again(client: Client, url: str) -> Any:
    """Open a page that asks first whether it is you."""
    asked = client.get(url, follow=True)
    if asked.request["PATH_INFO"] == reverse("account_reauthenticate"):
        client.post(f"{asked.request['PATH_INFO']}?next={url}", {"password": PASSWORD})
        asked = client.get(url)
    return asked


def set_up(client: Client) -> str:
    """Turn the app on; gives its secret."""
    page = again(client, reverse("mfa_activate_totp")).content.decode()
    drawn = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert drawn
    square = b64decode(drawn[1]).decode()
    assert 'xmlns="http://www.w3.org/2000/svg"' in square
    assert re.search(r'fill="#(?:fff|ffffff|white)"', square), "black on white, also by night"
    secret = re.search(r"<code>(\w+)</code>", page)
    assert secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1])})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret[1]


def password(client: Client, user: User, **more: str) -> Any:
    return client.post(SIGN_IN, {"username": user.email, "password": PASSWORD, **more})


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


def test_an_app_is_set_up_and_asked_for(
    alice_client: Client,
    alice: User,
    clock: SetClock,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(alice_client)
    (letter,) = [m for m in mail.outbox if m.subject == "An authenticator app has been added"]
    assert letter.to == [alice.email]
    # The secret is not to be read in the database.
    assert secret not in str(list(Authenticator.objects.values()))
    client = Client()
    assert password(client, alice).headers["Location"] == STEP
    assert not is_in(client)
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    clock(NOW.replace(minute=32))
    assert client.post(STEP, {"code": code_of(secret)}).status_code == 302
    assert is_in(client)


def test_a_code_is_good_for_once_whichever_process_is_asked(
    alice_client: Client, alice: User, clock: SetClock
) -> None:
    secret = set_up(alice_client)
    clock(NOW + dt.timedelta(minutes=5))
    code, first, second = code_of(secret), Client(), Client()
    for client in (first, second):
        password(client, alice)
    first.post(STEP, {"code": code})
    cache.clear()  # Another process knows nothing of it.
    again_used = second.post(STEP, {"code": f"{code[:3]} {code[3:]}"})
    assert "That code has been used. Wait for the next one." in main_text(again_used)
    assert (is_in(first), is_in(second)) == (True, False)
    clock(NOW + dt.timedelta(minutes=6))
    second.post(STEP, {"code": code_of(secret)})
    assert is_in(second)


def test_a_recovery_code_works_once(alice_client: Client, alice: User) -> None:
    set_up(alice_client)
    page = alice_client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(codes) == 10
    first, second = Client(), Client()
    password(first, alice)
    first.post(STEP, {"code": codes[0]})
    password(second, alice)
    second.post(STEP, {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)
    file = alice_client.get(reverse("mfa_download_recovery_codes"))
    assert codes[1] in file.content.decode()
    assert codes[0] not in file.content.decode()


def test_codes_are_not_guessed(alice_client: Client, alice: User, clock: SetClock) -> None:
    secret = set_up(alice_client)
    stranger = Client()
    password(stranger, alice)
    tries = [stranger.post(STEP, {"code": f"{n:06}"}).status_code for n in range(6)]
    assert tries == [200] * 5 + [429]
    clock(NOW.replace(minute=35))
    assert stranger.post(STEP, {"code": code_of(secret)}).status_code == 429


def test_the_step_alone_opens_nothing(client: Client, alice: User) -> None:
    assert client.get(STEP).headers["Location"] == SIGN_IN
    assert client.post(STEP, {"code": "123456"}).headers["Location"] == SIGN_IN


def test_what_was_typed_before_comes_along(
    alice_client: Client, alice: User, clock: SetClock
) -> None:
    secret = set_up(alice_client)
    client = Client()
    new = {"full_name": "Ann O'Neil", "date_of_birth": "1950-02-03"}
    lost = client.post(reverse("patient_create"), new)
    typed = re.search(r'name="typed" value="([^"]+)"', lost.content.decode())
    assert typed
    kept = typed[1].replace("&quot;", '"').replace("&#x27;", "'")
    step = password(client, alice, typed=kept, next=reverse("patient_create"))
    assert "One more step" in step.content.decode()
    assert 'name="typed"' in step.content.decode()
    clock(NOW.replace(minute=32))
    sent = client.post(STEP, {"code": code_of(secret), "typed": kept})
    assert "You are signed in again" in sent.content.decode()
    assert f'action="{reverse("patient_create")}"' in sent.content.decode()
    assert "Ann O&#x27;Neil" in sent.content.decode()
    assert not Patient.objects.exists()


def test_a_practice_can_ask_for_it_before_anything_else(
    bob_client: Client, bob: User, practice: Practice
) -> None:
    practice.needs_second_factor = True
    practice.save()
    asked = bob_client.get(HOME, follow=True)
    assert asked.request["PATH_INFO"] == SECURITY
    assert "Harbour Physiotherapy asks everybody for a second factor." in main_text(asked)
    part = bob_client.get(HOME, headers={"hx-request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, SECURITY)
    assert (
        bob_client.post(reverse("patient_create"), {"full_name": "Ann"}).headers["Location"]
        == SECURITY
    )
    set_up(bob_client)
    assert is_in(bob_client)


def test_another_practice_does_not_ask(
    charlie_client: Client, practice: Practice, other_practice: Practice
) -> None:
    practice.needs_second_factor = True
    practice.save()
    assert is_in(charlie_client)


def test_the_app_is_removed_again(alice_client: Client, alice: User) -> None:
    set_up(alice_client)
    alice_client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
    assert password(Client(), alice).headers["Location"] == "/"


def test_a_borrowed_session_changes_nothing_without_the_password(alice_client: Client) -> None:
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        asked = alice_client.get(reverse(name))
        assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    url = reverse("account_reauthenticate")
    tries = [alice_client.post(url, {"password": f"wrong {n}"}).status_code for n in range(6)]
    assert tries == [200] * 5 + [429]


def test_a_passkey_page_holds_no_script_of_its_own(alice_client: Client) -> None:
    page = again(alice_client, reverse("mfa_add_webauthn")).content.decode()
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)


def test_an_address_is_confirmed_where_there_is_a_mail_server(
    client: Client, alice: User, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    assert password(client, alice).headers["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client)
    (letter,) = mail.outbox
    link = re.search(r"http://127\.0\.0\.1:8000(/sign-in/address/\S+/)", letter.body)
    assert link
    assert "alice@example.org" in client.get(link[1]).content.decode()
    client.post(link[1])
    password(client, alice)
    assert is_in(client)


def test_nobody_signs_up(client: Client) -> None:
    for path in ("/sign-up/", "/signup/", "/accounts/signup/", "/account/signup/"):
        assert client.post(path, {"email": "eve@example.org"}).status_code in {302, 404}
    assert not User.objects.exists()
