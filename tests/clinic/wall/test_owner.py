"""What makes tables or fills them works as their owner, and says so to anybody else."""

import os
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from clinic.wall.owner import as_owner
from tests.clinic.server.processes import run_here
from tests.clinic.wall.rows import connected

pytestmark = pytest.mark.django_db(transaction=True)
#: A database is the whole server's, which several runs of the suite may share.
ASCII = f"ascii_{os.getpid()}"
STRANGER = "this works only as the role that owns the tables; name it in MIGRATION_DATABASE_URL"


@pytest.mark.parametrize("command", ["migrate", "load_catalogue"])
def test_whoever_owns_nothing_is_told_before_anything_is_done(command: str) -> None:
    with connected(USER="homeward_app"), pytest.raises(ImproperlyConfigured, match=STRANGER):
        call_command(command, verbosity=0)


def test_a_person_reads_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with connected(USER="homeward_app"), pytest.raises(SystemExit) as ended:
        run_here(["manage.py", "load_catalogue"])
    # Python prints it, and ends with 1.
    assert str(ended.value).startswith(f"Homeward: {STRANGER}")
    assert len(str(ended.value).splitlines()) == 1
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def ascii_database() -> Iterator[str]:
    """A database that keeps bytes and asks nobody what they mean."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE DATABASE {ASCII} ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc "
            "LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
    yield ASCII
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {ASCII}")


def test_a_database_that_keeps_text_in_another_way_is_refused(ascii_database: str) -> None:
    with (
        connected(NAME=ascii_database),
        pytest.raises(ImproperlyConfigured, match="keeps text as SQL_ASCII"),
    ):
        call_command("migrate", verbosity=0)


def test_the_owner_may() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
