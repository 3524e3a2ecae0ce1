"""``manage.py retention``: list or erase the records whose time is over, practice by practice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from clinic import wall
from clinic.models import Practice
from clinic.wall import passages
from patients.models import ErasureReason
from patients.record.erasure import erase_patient
from programs.exchange.retention import OverdueRecord, overdue


class Command(BaseCommand):
    """Names nobody: a record is told by its number, which the owner can look up."""

    help = "List (--dry-run) or erase (--erase) records that a practice need not keep any more."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of the two must be said."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--dry-run", action="store_true", help="say what would go")
        what.add_argument("--erase", action="store_true", help="erase it for good")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each record in a transaction of its own."""
        for key, _ in passages.practices():
            with wall.within(key):
                practice = Practice.objects.get(pk=key)
                found = list(overdue(practice, timezone.now()))
                for record in found:
                    self.stdout.write(_line(record))
                    if options["erase"]:
                        erase_patient(
                            patient=record.patient, actor=None, reason=ErasureReason.RETENTION
                        )
                self.stdout.write(_summary(practice, len(found), erased=options["erase"]))


def _line(record: OverdueRecord) -> str:
    return (
        f"  {record.patient.pk}  last contact {record.last_contact}, kept until {record.kept_until}"
    )


def _summary(practice: Practice, count: int, *, erased: bool) -> str:
    if practice.keep_years is None:
        return f"{practice}: no years are set, everything is kept."
    done = "erased" if erased else "would be erased"
    return f"{practice}: {count} {'record' if count == 1 else 'records'} {done}."
