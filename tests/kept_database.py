"""A migrated, empty database that every run's own starts as a copy of.

Running all migrations takes several seconds for each worker; copying what they made takes a tenth
of one. The copy is kept in the tests' own server under a name that says what it was made from: the
bytes of the migrations and of the wall that they build, and Django's version. Whoever comes first
makes it, the others wait. In a fresh checkout it is made while the workers collect
(``made_ahead``).
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.utils import CursorWrapper

from clinic import wall
from clinic.server import lazy_states
from clinic.server.lazy_states import built_when_asked
from clinic.server.room import with_room
from clinic.wall.owner import put_up_the_wall

PREFIX = "kept_homeward_"


def kept_database(home: Path) -> str:
    """The name of the database to copy; ``home``: a folder of the server it is kept in."""
    name = PREFIX + made_from()
    home.mkdir(parents=True, exist_ok=True)
    with alone(home / "kept.lock"):
        found = _kept()
        if name not in found:
            # The older ones are of migrations that have changed since.
            for old in found:
                run(f'DROP DATABASE "{old}"')
            _make(name)
    return name


@contextmanager
def copied_after() -> Iterator[None]:
    """Afterwards the database of this run is as at its start: what was done to its tables is gone.

    Numbers go on beyond the highest there was, also of tables that are away meanwhile: rows that
    are kept from before bring theirs along.
    """
    connection = connections["default"]
    name, template = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["TEMPLATE"]
    before = highest_number()
    yield
    highest = max(before, highest_number())
    connection.close()
    run(f'DROP DATABASE "{name}" WITH (FORCE)')
    run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    numbers_above(highest)
    # Rights of the database itself are not copied.
    put_up_the_wall()


def end_other_sessions() -> None:
    """Be alone with the database of this run: whoever else has a session begins a new one.

    The site that browsers are shown keeps one for each of its threads.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def highest_number() -> int:
    """Of all that the tables' own counters have given to rows."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT coalesce(max(last_value), 1) FROM pg_sequences")
        found: int = cursor.fetchone()[0]
        return found


def numbers_above(least: int) -> None:
    """Rows that are made from now on have numbers above this one."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT setval(seqrelid::regclass, greatest(%s, pg_sequence_last_value(seqrelid)))"
            " FROM pg_sequence",
            [least],
        )


@contextmanager
def made_ahead(home: Path) -> Iterator[None]:
    """Where no server was in ``home`` yet, a process makes the database and holds it meanwhile.

    What goes wrong there is found again by the first worker, which says so.
    """
    if (home / "data").exists():
        yield
        return
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL
    ) as process:
        yield
        # The end of what it reads tells it to go.
        process.communicate()


def made_from() -> str:
    digest = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda c: c.label):
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label}/{file.name}\0".encode())
            digest.update(file.read_bytes())
    for file in [*sorted(Path(wall.__file__).parent.glob("*.py")), Path(lazy_states.__file__)]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _make(name: str) -> None:
    """Migrate under another name, so that what was broken off is never taken for whole."""
    unfinished = f"{name}_unfinished"
    run(f'DROP DATABASE IF EXISTS "{unfinished}"')
    run(f'CREATE DATABASE "{unfinished}"')
    connection = connections["default"]
    meant = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        with built_when_asked():
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = meant
    run(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def _kept() -> list[str]:
    with _server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIX}"])
        return [name for (name,) in cursor.fetchall()]


def run(statement: str) -> None:
    """One statement to the tests' own server, in no database of ours."""
    with _server() as cursor:
        cursor.execute(statement)


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    with connections["default"]._nodb_cursor() as cursor:
        yield cursor


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else in here, in whatever process; ``path``: the file that says so."""
    with closing(path.open("ab")) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    django.setup()
    with_room(kept_database)(settings.VAR_DIR / "postgres-tests")
    sys.stdin.read()
