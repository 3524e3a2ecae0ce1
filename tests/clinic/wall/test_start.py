"""The site does not start as a role that could do more than the wall lets it."""

import os
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection

from tests.clinic.server.processes import python

pytestmark = pytest.mark.django_db(transaction=True)
#: Roles are the whole server's, which several runs of the suite may share.
ROLE = f"too_strong_{os.getpid()}"
START = "import clinic.wsgi; print('it would serve')"


def started_as(role: str) -> tuple[int, list[str]]:
    """What a start as this role ends with: its status, and what it said about it."""
    to = connection.settings_dict
    place = f"{to['NAME']}?host={quote(to['HOST'], safe='')}&port={to['PORT']}"
    done = python(
        "-c",
        START,
        DEBUG="0",
        SECRET_KEY="no-key-of-anybody-but-long-enough-to-be-taken-for-one-0123456789",
        ALLOWED_HOSTS="physio.example",
        DATABASE_URL=f"postgres://{role}@/{place}",
    )
    lines = (done.stdout + done.stderr).splitlines()
    return done.returncode, [line for line in lines if line.startswith(("Homeward:", "it would"))]


@pytest.fixture
def role(request: pytest.FixtureRequest) -> Iterator[str]:
    """A role of the application's powers, and one more."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN IN ROLE homeward_app {request.param}")
    yield ROLE
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE {ROLE}")


def test_it_starts_as_the_role_that_may_not() -> None:
    assert started_as("homeward_app") == (0, ["it would serve"])


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("SUPERUSER", "is a superuser"),
        ("BYPASSRLS", "bypasses row-level security"),
        ("CREATEROLE", "may create roles or databases"),
    ],
    indirect=["role"],
)
def test_it_does_not_start_as_one_that_could(role: str, why: str) -> None:
    status, (said,) = started_as(role)
    assert status == 1
    assert said.startswith(f"Homeward: the role in DATABASE_URL {why}, so that nothing would")
