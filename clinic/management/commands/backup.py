"""``manage.py backup``: everything in one encrypted file, once or again and again."""

import logging
from argparse import ArgumentParser
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic.backups.archive import ArchiveError, new_key, recipient
from clinic.backups.backup import DumpError, back_up, drop_old, name_of
from clinic.storehouse import place

logger = logging.getLogger(__name__)
HOUR_SECONDS = 3600
FAULTS = (ArchiveError, DumpError, psycopg.Error, OSError)


class Command(BaseCommand):
    """The site goes on meanwhile. Says sizes and counts, never a name."""

    help = "Write everything into one encrypted file. --make-key makes the key that opens it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, for whom, how often."""
        parser.add_argument("path", help="a new file, or a folder in which files are named by time")
        parser.add_argument(
            "--recipient", action="append", metavar="age1…", help="who may open it; may be repeated"
        )
        parser.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N")
        parser.add_argument("--every", type=int, metavar="SECONDS", help="keep running, this often")
        parser.add_argument(
            "--make-key", action="store_true", help="write a new secret key to PATH, and no backup"
        )

    def handle(
        self,
        *args: Any,
        path: str,
        keep: int | None,
        every: int | None,
        make_key: bool,
        **options: Any,
    ) -> None:
        """Check who may read it before anything is written."""
        target = Path(path)
        if make_key:
            self.make_key(target)
            return
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        if not recipients:
            raise CommandError("Say who may open it: --recipient or BACKUP_RECIPIENTS.")
        if every and not target.is_dir():
            raise CommandError("With --every the path is a folder.")
        try:
            for text in recipients:
                recipient(text)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        if every:
            self.again_and_again(target, recipients, keep, every)
        try:
            self.once(target, recipients, keep)
        except FAULTS as error:
            raise CommandError(f"No backup has been made: {error}") from error

    def make_key(self, path: Path) -> None:
        """A secret key in a file that only its owner reads; the public half is printed."""
        text, public = new_key()
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise CommandError(f"{path} cannot be made: {error.strerror}.") from error
        path.write_text(text)
        self.stdout.write(f"Keep {path} away from this server. Whoever has it reads every backup.")
        self.stdout.write(f"BACKUP_RECIPIENTS={public}")

    def once(self, target: Path, recipients: list[str], keep: int | None) -> None:
        """One backup, and the oldest gone once it is there."""
        path = target / name_of(timezone.now()) if target.is_dir() else target
        if path.exists():
            raise CommandError(f"{path} is there already.")
        made = back_up(path, recipients)
        self.stdout.write(f"{made.path}: {made.rows} rows, {made.bytes / 1e6:.1f} MB.")
        if place.is_named():
            self.stdout.write("Handouts in the bucket are not in it: copy that as well.")
        if keep and target.is_dir():
            drop_old(target, keep)

    def again_and_again(
        self, folder: Path, recipients: list[str], keep: int | None, every: int
    ) -> None:
        """Until the process is ended; what could not be done is tried again within the hour."""
        pause = Event()
        while True:
            try:
                self.once(folder, recipients, keep)
                pause.wait(every)
            except FAULTS as error:
                # What a program of PostgreSQL says may name a table, never what is in it.
                logger.error("No backup has been made: %s", error)
                pause.wait(min(every, HOUR_SECONDS))
