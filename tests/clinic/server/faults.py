"""A database that is away or takes no writes, for real and for the time of a block."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from clinic.server.away import server_error


@contextmanager
def away() -> Iterator[None]:
    """Whoever connects is turned away."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "no_such_database"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


@contextmanager
def read_only() -> Iterator[None]:
    """As on a standby: what writes is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def no_room_for_letters() -> Iterator[None]:
    """As on a full disk: no new letter is taken."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE clinic_postedletter ADD CONSTRAINT no_room CHECK (id < 0)")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE clinic_postedletter DROP CONSTRAINT no_room")


def told_by_the_database(number: str, path: str = "/", method: str = "GET") -> HttpResponse:
    """What a request is answered that the database refuses with this number of its own."""
    request = RequestFactory().generic(method, path)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{number}'; END $$")
    except DatabaseError:
        return server_error(request)
    raise AssertionError("the database took it")
