"""``manage.py load_catalogue``: check all catalogue files, then store all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.wall.owner import as_owner
from programs.exercises.catalogue_files import CATALOGUE, ContentError, read_content
from programs.exercises.catalogue_load import load


class Command(BaseCommand):
    """Validates first; a problem names file, key and reason, and nothing changes."""

    help = "Load exercises, rules and templates from their TOML files: all or nothing."
    # Checked where it is released: a look at all pages' code takes longer than the work itself.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Another folder than the project's own."""
        parser.add_argument("--folder", type=Path, default=CATALOGUE, help="catalogue folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        try:
            content = read_content(folder)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        with as_owner():
            done = load(content)
        if done.nothing:
            self.stdout.write("The catalogue is up to date.")
        else:
            self.stdout.write(
                f"Catalogue loaded: {done.added} added, {done.changed} changed, "
                f"{done.retired} retired."
            )
