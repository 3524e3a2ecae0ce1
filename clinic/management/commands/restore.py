"""``manage.py restore``: a backup into a new database, every row compared."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from clinic.backups import restore
from clinic.backups.address import server_address
from clinic.backups.archive import ArchiveError
from clinic.backups.backup import DumpError
from clinic.storehouse import place


class Command(BaseCommand):
    """Never writes into a database that has anything in it."""

    help = "Restore a backup into a new database, and compare every row with what was backed up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, with which key, into what."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="the file with the key")
        parser.add_argument(
            "--database",
            default="homeward_restored",
            help="where to; on a server of your own make it first, empty, owned by homeward_owner",
        )
        parser.add_argument(
            "--check", action="store_true", help="only look: the new database is dropped afterwards"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="embedded database only: let the site use it from now on, and keep the old one",
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        identity: Path,
        database: str,
        check: bool,
        replace: bool,
        **options: Any,
    ) -> None:
        """Restore, compare, say how it went."""
        is_embedded = getattr(connection, "server", None) is not None
        if replace and not is_embedded:
            raise CommandError("On a server of your own, name the new database in DATABASE_URL.")
        server = server_address()
        try:
            key = identity.read_text()
            if check:
                with restore.for_a_look(f"homeward_check_{os.getpid()}", server) as name:
                    done = restore.restore(file, key, name)
            elif is_embedded:
                with restore.made_for_good(database, server):
                    done = restore.restore(file, key, database)
                if replace:
                    before = restore.take_the_place(database, server)
            else:
                done = restore.restore(file, key, database)
        except (ArchiveError, DumpError, psycopg.Error, OSError) as error:
            raise CommandError(f"Not restored: {error}") from error
        self.stdout.write(
            f"{done.rows} rows in {done.tables} tables, as they were at {done.made_at}. "
            "All of them are the same."
        )
        if place.is_named():
            self.stdout.write(
                "Look with manage.py move_files --check whether the bucket has its files."
            )
        if check:
            self.stdout.write("It was only a look: nothing has been kept.")
        elif replace:
            self.stdout.write(f"The site uses it now. What was there before is in {before}.")
        else:
            self.stdout.write(f"They are in the database {database}.")
