"""The site does not start as a role that could do more than the wall lets it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clinic.wall.powers import refuse_a_hole_in_the_wall
from tests.clinic.server.processes import python
from tests.clinic.wall.rows import connected

pytestmark = pytest.mark.django_db(transaction=True)
#: Roles are the whole server's, which several runs of the suite may share.
ROLE = f"too_strong_{os.getpid()}"
START = "import clinic.wsgi; print('it would serve')"
READ = f"""
import sys
import django
django.setup()
import clinic.urls
print("it would have read the press:", "weasyprint" in sys.modules)
{START}
print("it would have read the press:", "programs.prescriptions.handout.pdf" in sys.modules)
"""


def started_as(role: str, start: str = START) -> tuple[int, list[str]]:
    """What a start as this role ends with: its status, and what it said about it."""
    to = connection.settings_dict
    place = f"{to['NAME']}?host={quote(to['HOST'], safe='')}&port={to['PORT']}"
    done = python(
        "-c",
        start,
        DJANGO_SETTINGS_MODULE="clinic.settings",
        DEBUG="0",
        SECRET_KEY="no-key-of-anybody-but-long-enough-to-be-taken-for-one-0123456789",
        ALLOWED_HOSTS="physio.example",
        DATABASE_URL=f"postgres://{role}@/{place}",
    )
    lines = (done.stdout + done.stderr).splitlines()
    return done.returncode, [line for line in lines if line.startswith(("Homeward:", "it would"))]


@contextmanager
def a_role(power: str) -> Iterator[str]:
    """A role of the application's powers, and one more."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN IN ROLE homeward_app {power}")
    try:
        yield ROLE
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP ROLE {ROLE}")


def test_it_starts_as_the_role_that_may_not() -> None:
    """And has read what prints before workers are forked, which no command reads in advance."""
    status, said = started_as("homeward_app", READ)
    press = "it would have read the press:"
    assert (status, said) == (0, [f"{press} False", "it would serve", f"{press} True"])


REFUSED = {
    "SUPERUSER": "is a superuser",
    "BYPASSRLS": "bypasses row-level security",
    "CREATEROLE": "may create roles or databases",
}


def test_it_does_not_start_as_one_that_could() -> None:
    """A start asks what is asked here: as one role it is started, as each it is refused."""
    for power, why in REFUSED.items():
        sentence = f"the role in DATABASE_URL {why}, so that nothing would"
        with a_role(power) as role:
            with connected(USER=role), pytest.raises(ImproperlyConfigured, match=f"^{sentence}"):
                refuse_a_hole_in_the_wall()
            if power == "CREATEROLE":
                status, (said,) = started_as(role)
                assert status == 1
                assert said.startswith(f"Homeward: {sentence}")
