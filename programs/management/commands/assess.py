"""``manage.py assess CASE.json [--exercise SLUG]...``: the rules from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from programs.exercises.catalogue_files import built_in
from programs.management.json_command import JsonCommand
from programs.rules.assess_json import assess


class Command(JsonCommand):
    """Reads one case, prints what the rules say of it and of every exercise."""

    help = "Judge exercises for one case: JSON in, JSON out. Needs the catalogue, no patient."
    name = "assess"
    source = "CASE.json"

    def add_arguments(self, parser: CommandParser) -> None:
        """The case's file and the entries wanted."""
        super().add_arguments(parser)
        parser.add_argument(
            "--exercise", action="append", metavar="SLUG", help="only this entry; repeatable"
        )

    def answer(self, data: bytes, options: dict[str, Any]) -> str:
        """The contract's JSON text."""
        content = built_in()
        entries = {slug: d.traits for slug, d in content.definitions.items()}
        return assess(data, content.rules, entries, only=options["exercise"])
