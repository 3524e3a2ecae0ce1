"""Live and ready: two plain answers, by any name, for whoever balances the load."""

import pytest
from django.db import connection
from django.test import Client, override_settings

BY_ADDRESS = {"HTTP_HOST": "10.0.0.7:8000"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz/", "/healthz", "/readyz/", "/readyz"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_it_answers_by_any_name_without_a_redirect(path: str, method: str) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["physio.example"]):
        answer = getattr(Client(), method)(path, **BY_ADDRESS)
    assert (answer.status_code, answer.content) == (200, b"" if method == "head" else b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_it_lives_without_a_database_and_is_not_ready() -> None:
    """No database mark: a query fails this test, as a missing database fails the answer."""
    assert Client().get("/healthz/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_it_is_not_ready_without_its_database() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "no_such_database"
    try:
        answer = Client().get("/readyz/")
        alive = Client().get("/healthz/")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")
    assert alive.status_code == 200


def test_nothing_else_is_taken_there() -> None:
    answer = Client().post("/healthz/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
