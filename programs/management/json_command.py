"""What the commands that read and write JSON share: one input, one answer, one line of error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from clinic.parsing.errors import FactsError
from programs.exercises.catalogue_files import ContentError

BAD_INPUT = 2


class OneLineParser(CommandParser):
    """Says what is wrong in one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        """Say it and end with status 2."""
        sys.stderr.write(f"{self.prog}: {message}\n")
        sys.exit(BAD_INPUT)


class JsonCommand(BaseCommand):
    """Reads one file, prints one JSON text; bad input ends with status 2 and one line.

    A subclass names its argument in ``source`` and answers in ``answer``.
    """

    requires_system_checks = ()
    requires_migrations_checks = False
    name = ""
    source = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The usual parser, with one-line errors."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneLineParser
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", metavar=self.source, help='a file, or "-" for standard input')

    def answer(self, data: bytes, options: dict[str, Any]) -> str:
        """The text for standard output; ``FactsError`` for input that cannot be read."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or one line on standard error."""
        try:
            text = self.answer(read_input(options["file"]), options)
        except (FactsError, OSError, ContentError) as error:
            sys.stderr.write(" ".join(f"{self.name}: {error}".split()) + "\n")
            sys.exit(BAD_INPUT)
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()


def read_input(name: str) -> bytes:
    """The bytes of a file or of standard input; the error names the file."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be read"
        raise OSError(f"{name}: {reason}") from error
