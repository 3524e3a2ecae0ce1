"""``manage.py export_handout PROGRAM_ID --output FILE``: a printed program for scripts."""

from __future__ import annotations

import sys
import uuid
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic import audit, wall
from clinic.wall import passages
from programs.access.models import PatientAccess
from programs.prescriptions.handout.handout import kept
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.prescription import PrescriptionError


class _OneLineParser(CommandParser):
    """Says what is wrong in one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"export_handout: {message}\n")
        sys.exit(2)


class Command(BaseCommand):
    """Write the PDF of an issued program to a file."""

    help = "Write the printed handout of an issued program to a PDF file."
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The usual parser, with one-line errors."""
        # --version means the version of the program here, not of Django.
        parser = super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)
        parser.__class__ = _OneLineParser
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Which program, where to, and how large."""
        parser.add_argument("program_id", metavar="PROGRAM_ID", type=_identifier)
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--large-print", action="store_true", help="16 pt instead of 12 pt")
        parser.add_argument(
            "--version", type=int, metavar="N", help="version to print; default: the latest"
        )

    def handle(
        self,
        *,
        program_id: uuid.UUID,
        output: Path,
        large_print: bool,
        version: int | None,
        **options: Any,
    ) -> None:
        """Write the file, or end with one line that says why not."""
        practice = passages.practice_of_program(program_id)
        if practice is None:
            raise CommandError(f"There is no program {program_id}.")
        with wall.within(practice):
            self.write(program_id, output, large_print, version)

    def write(
        self, program_id: uuid.UUID, output: Path, large_print: bool, version: int | None
    ) -> None:
        """Print one version, within the practice that issued it."""
        issued = _issued(program_id, version)
        access = (
            PatientAccess.objects.of_patients().usable().filter(case__programs=program_id).first()
        )
        if access is None:
            raise CommandError("The patient's link has ended. Renew it on the case page first.")
        try:
            handout = kept(issued, access, PrintOptions(large=large_print))
        except PrescriptionError as error:
            raise CommandError(f"Version {issued.version} cannot be read: {error}.") from error
        try:
            output.write_bytes(handout.whole())
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}.") from error
        audit.record(
            practice=issued.practice,
            actor=None,
            action="prescription.handout",
            target=issued,
            version=issued.version,
            large=large_print,
        )
        self.stdout.write(f"Wrote version {issued.version} to {output}.")


def _identifier(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no program id") from None


def _issued(program_id: uuid.UUID, version: int | None) -> IssuedPrescription:
    """The version asked for, or the latest; a clear error where there is none."""
    versions = IssuedPrescription.objects.filter(program=program_id).order_by("-version")
    latest = versions.first()
    if latest is None:
        raise CommandError("This program has not been issued yet.")
    if version is None:
        return latest
    issued = versions.filter(version=version).first()
    if issued is None:
        raise CommandError(f"There is no version {version}; the latest is {latest.version}.")
    return issued
