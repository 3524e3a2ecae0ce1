"""The database is away, or takes nothing in: people are told so, calmly, and when to try again."""

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic.models import User
from tests.clinic.server.faults import away, read_only, told_by_the_database
from tests.patients.pages import main_text


@pytest.mark.django_db(transaction=True)
def test_a_clinician_is_told_that_it_passes(alice_client: Client) -> None:
    alice_client.raise_request_exception = False
    page = reverse("patient_list") + "?q=Hannah"
    with away():
        answer = alice_client.get(page)
        sent = alice_client.post(reverse("practice_settings"), {"name": "New"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    words = main_text(answer)
    assert "Nothing that was saved is lost. This is usually over within a minute." in words
    assert f'<a href="{page}">Try again</a>' in answer.content.decode()
    assert sent.status_code == 503
    assert "look whether what you sent is there" in main_text(sent)
    assert alice_client.get(page).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_patient_is_told_in_their_words_and_whom_to_call() -> None:
    client = Client(raise_request_exception=False)
    with away():
        answer = client.get("/p/some-link/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    words = main_text(answer)
    assert "This page is having a short break" in words
    assert "Do not wait for this page. Call your practice." in words


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_saved_is_told_apart_from_what_cannot_be_read(
    alice: User, alice_client: Client
) -> None:
    alice_client.raise_request_exception = False
    alice_client.get(reverse("catalogue"))
    with read_only():
        assert alice_client.get(reverse("catalogue")).status_code == 200
        # Whoever looks at patients is put on record, which cannot be done now.
        assert alice_client.get(reverse("patient_list")).status_code == 503
        sent = alice_client.post(reverse("sign_out"))
    assert sent.status_code == 503
    assert "Nothing can be saved right now" in main_text(sent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "status", "title"),
    [
        ("53100", 503, "Nothing can be saved right now"),
        ("53300", 503, "We cannot reach the records right now"),
        ("57014", 503, "We cannot reach the records right now"),
        ("55P03", 503, "We cannot reach the records right now"),
        ("25P03", 503, "We cannot reach the records right now"),
        ("22012", 500, "Something broke at our end"),
    ],
    ids=["full", "too many", "too slow", "locked", "idle", "divided by zero"],
)
def test_each_trouble_of_the_database_has_its_page(number: str, status: int, title: str) -> None:
    answer = told_by_the_database(number)
    page = answer.content.decode()
    assert (answer.status_code, title in page) == (status, True)
    # By night it is dark, and it looks like the pages around it.
    assert ('content="light dark"' in page, "clinic/app" in page) == (True, True)


@pytest.mark.django_db
def test_the_role_that_serves_has_limits() -> None:
    """So that one statement, lock or forgotten transaction cannot hold up everybody else."""
    to = connection.settings_dict
    address = {"host": to["HOST"], "port": to["PORT"], "dbname": to["NAME"]}
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with psycopg.connect(**address, user="homeward_app") as served:
        found = [served.execute(f"SHOW {name}").fetchone() for name in names]
    assert found == [("30s",), ("10s",), ("1min",)]
