"""Restoring a backup into an empty database, and comparing every row with what was backed up."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.db import connection
from django.utils import timezone
from psycopg import sql

from clinic.backups.address import OWNER, Address, address, command, connected
from clinic.backups.archive import ArchiveError, read_archive
from clinic.backups.backup import DumpError, last_line
from clinic.backups.contents import contents, differences, rows
from clinic.wall import policies
from clinic.wall.owner import application_role

_TABLES: Final = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"


@dataclass(frozen=True, slots=True)
class Restored:
    """A database that holds what was backed up, to the last row."""

    made_at: str
    tables: int
    rows: int


def restore(path: Path, identity: str, database: str) -> Restored:
    """Fill the empty database of this name, and compare it.

    ``ArchiveError`` where it is not empty, or is not what was backed up in the end.
    """
    target = address(OWNER, database)
    with connected(target) as opened:
        if opened.execute(_TABLES).fetchone() != (0,):
            raise ArchiveError(f"The database {database} is not empty. Choose a new one.")
    about = _fill(path, identity, target)
    with connected(target) as opened:
        found = contents(opened)
        differ = differences(about["contents"], found)
        if differ:
            raise ArchiveError(f"Not what was backed up: {', '.join(differ)}.")
        # Rights of the database itself are in no dump.
        with opened.transaction(), opened.cursor() as cursor:
            policies.build(cursor, application_role())
    tables = [name for name in found if not name.startswith("sequence ")]
    return Restored(about["made_at"], len(tables), rows(found))


def _fill(path: Path, identity: str, target: Address) -> dict[str, Any]:
    """Decrypt into ``pg_restore``; all of it, or nothing."""
    line, environment = command(
        "pg_restore", target, "--no-owner", "--exit-on-error", "--single-transaction",
    )  # fmt: skip
    kept: dict[str, Any] = {}
    with subprocess.Popen(
        line, env=environment, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    ) as filling:  # fmt: skip
        assert filling.stdin is not None and filling.stderr is not None  # noqa: S101, PT018
        sink: IO[bytes] = filling.stdin

        def begin(about: dict[str, Any]) -> IO[bytes]:
            kept.update(about)
            return sink

        try:
            with path.open("rb") as source:
                read_archive(source, identity, begin)
            sink.close()
        except BaseException as error:
            if not _stopped_reading(error):
                # Ended without its last bytes, it would take a part for the whole.
                filling.kill()
                raise
            with suppress(BrokenPipeError):
                sink.close()
        said = filling.stderr.read().decode(errors="replace")
        if filling.wait():
            raise DumpError(f"The database did not take it: {last_line(said)}")
    return kept


def _stopped_reading(error: BaseException) -> bool:
    """Whether ``pg_restore`` gave up while it was written to: then it has said why."""
    return isinstance(error, BrokenPipeError) or isinstance(error.__cause__, BrokenPipeError)


@contextmanager
def for_a_look(database: str, server: Address) -> Iterator[str]:
    """A new database of this name, which is dropped when one has looked."""
    make_database(database, server)
    try:
        yield database
    finally:
        drop_database(database, server)


def make_database(database: str, server: Address) -> None:
    """A new and empty database that the owner of the tables owns."""
    owner = address(OWNER)["user"]
    with connected(server) as opened:
        opened.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(database), sql.Identifier(owner)
            )
        )


@contextmanager
def made_for_good(database: str, server: Address) -> Iterator[None]:
    """A new database that stays, unless the block fails."""
    make_database(database, server)
    try:
        yield
    except BaseException:
        drop_database(database, server)
        raise


def drop_database(database: str, server: Address) -> None:
    """Remove a database that was made here."""
    with connected(server) as opened:
        opened.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(database)))


def take_the_place(database: str, server: Address) -> str:
    """Give it the name of the site's database, and that another; the site must stand still."""
    name = str(connection.settings_dict["NAME"])
    before = f"{name}_before_{timezone.now():%Y%m%dT%H%M%S}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.close()
    with connected(server) as opened, opened.transaction():
        opened.execute(rename.format(sql.Identifier(name), sql.Identifier(before)))
        opened.execute(rename.format(sql.Identifier(database), sql.Identifier(name)))
    return before
