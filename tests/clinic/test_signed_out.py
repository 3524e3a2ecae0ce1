"""The session ended while a form was open: what was typed is sent after signing in again."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, User
from clinic.typed import Typed, read_typed
from patients.models import Patient
from tests.every_row import every
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db
NEW = reverse("patient_create")
SIGN_IN = reverse("sign_in")
ANN = {"full_name": "Ann O'Neil", "date_of_birth": "1950-02-03", "clinician_notes": 'Says "<ouch>"'}


def fields(page: str) -> dict[str, str]:
    form = re.findall(r"<form.*?</form>", page[page.index("<main") :], re.S)[0]
    found = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def test_a_form_waits_while_one_signs_in(
    client: Client, alice: User, practice: Practice, password: str
) -> None:
    asked = client.post(NEW, {**ANN, "whose": practice.pk})
    assert asked.status_code == 401
    assert "What you typed was not saved yet, and is not lost" in main_text(asked)
    wrong = client.post(
        SIGN_IN,
        {**fields(asked.content.decode()), "username": alice.email, "password": "not the one"},
    )
    kept = fields(wrong.content.decode())
    assert "typed" in kept
    signed = client.post(SIGN_IN, {**kept, "username": alice.email, "password": password})
    assert signed.status_code == 200
    assert 'Says "<ouch>"' in main_text(signed)
    page = signed.content.decode()
    assert f'<form method="post" action="{NEW}"' in page
    assert not Patient.objects.exists()
    assert client.post(NEW, fields(page)).status_code == 302
    patient = Patient.objects.get()
    assert (patient.full_name, patient.clinician_notes) == ("Ann O'Neil", 'Says "<ouch>"')


def test_without_a_form_one_is_back_where_one_was_going(
    client: Client, alice: User, practice: Practice, password: str
) -> None:
    asked = client.get(NEW)
    assert asked.headers["Location"] == f"{SIGN_IN}?next={NEW}"
    data = {"username": alice.email, "password": password, "next": NEW}
    assert client.post(SIGN_IN, data).headers["Location"] == NEW


def test_a_part_of_a_page_is_left_as_it_is(client: Client) -> None:
    answer = client.post(NEW, ANN, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.headers["HX-Trigger"] == "clinic:signed-out"


def test_the_page_gets_a_new_token_once_one_is_signed_in(
    client: Client, alice_client: Client
) -> None:
    token = json.loads(alice_client.get(reverse("form_token")).content)["token"]
    assert len(token) > 30
    assert client.get(reverse("form_token")).status_code == 302


def test_no_password_is_carried(client: Client) -> None:
    page = client.post(NEW, {**ANN, "new_password1": "very secret"}).content.decode()
    assert "very secret" not in page
    out = client.post(reverse("change_password"), {"old_password": "very secret"})
    assert out.status_code == 302


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_a_form_is_sent_on_to_this_site_only(
    client: Client, alice: User, practice: Practice, password: str, where: str
) -> None:
    typed = Typed([("full_name", "Ann")]).as_json()
    data = {"username": alice.email, "password": password, "next": where, "typed": typed}
    page = client.post(SIGN_IN, data).content.decode()
    assert "evil" not in page
    assert f'action="{reverse("dashboard")}"' in page


@every(
    "text",
    ["", "x", "[]", "{}", '{"fields": 3, "files": false}', '{"fields": [[1, 2]], "files": false}',
     '{"fields": [["a"]], "files": false}', '{"fields": [["a", "\\ud800"]], "files": false}',
     "[" * 100_000, "x" * 400_001],
)  # fmt: skip
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    assert read_typed(text) is None


def test_what_was_typed_goes_there_and_back() -> None:
    typed = Typed([("a", "ü\n<b>"), ("a", ""), ("whose", "3")], files=True)
    assert read_typed(typed.as_json()) == typed
