"""``manage.py assess CASE.json [--exercise SLUG]...``: the rules from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from programs.assessment import assess
from programs.content import ContentError, built_in
from programs.rules.facts import FactsError

BAD_INPUT = 2


class _OneLineParser(CommandParser):
    """Says what is wrong in one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}\n")
        sys.exit(BAD_INPUT)


class Command(BaseCommand):
    """Reads one case, prints one JSON object; bad input ends with status 2 and one line."""

    help = "Judge exercises for one case: JSON in, JSON out. Needs the catalogue, no patient."
    requires_system_checks: ClassVar[list[str]] = []
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The usual parser, with one-line errors."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = _OneLineParser
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """The case's file and the entries wanted."""
        parser.add_argument("case", metavar="CASE.json", help='a file, or "-" for standard input')
        parser.add_argument(
            "--exercise", action="append", metavar="SLUG", help="only this entry; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or one line on standard error."""
        try:
            data = _read(options["case"])
            content = built_in()
            entries = {slug: d.traits for slug, d in content.definitions.items()}
            text = assess(data, content.rules, entries, only=options["exercise"])
        except (FactsError, OSError, ContentError) as error:
            sys.stderr.write(" ".join(f"assess: {error}".split()) + "\n")
            sys.exit(BAD_INPUT)
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()


def _read(name: str) -> bytes:
    """The bytes of a file or of standard input; the error names the file."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be read"
        raise OSError(f"{name}: {reason}") from error
