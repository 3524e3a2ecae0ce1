"""A session's row does not open the session: what opens it is in the cookie alone."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, alice: User, password: str) -> Client:
    client.post(reverse("sign_in"), {"username": alice.email, "password": password})
    assert client.get("/").status_code == 200
    return client


def test_no_table_holds_the_key_of_a_session(signed_in: Client) -> None:
    key = signed_in.cookies["sessionid"].value
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{key}%"])  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_what_the_row_holds_opens_nothing(signed_in: Client) -> None:
    row = Session.objects.get()
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get("/").status_code == 302
    assert signed_in.get("/").status_code == 200


def test_signing_out_removes_the_row(signed_in: Client) -> None:
    signed_in.post(reverse("sign_out"))
    assert not Session.objects.exists()
    assert signed_in.get("/").status_code == 302
