"""``manage.py move_files``: files from the database to the bucket, back, or only compared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from clinic import file_moves, wall
from clinic.storehouse import place
from clinic.wall import passages

_ALL: Final = 1 << 62


class Command(BaseCommand):
    """May be run while the site serves, broken off and run again. Says counts and digests."""

    help = (
        "Move handouts and photographs to the bucket that FILES_BUCKET names, or back into the "
        "database; or look whether each is there with the bytes it had."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which way."""
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--to", choices=["bucket", "database"])
        way.add_argument("--check", action="store_true", help="only look; an error where one fails")

    def handle(self, *args: Any, to: str | None, check: bool, **options: Any) -> None:
        """One practice after the other, a hundred files at a time."""
        if not place.is_named():
            raise CommandError("FILES_BUCKET names no bucket.")
        if to == "database" and place.takes_files():
            raise CommandError("Set FILES_STAY=1 first, or run_due takes them to the bucket again.")
        counts: Counter[str] = Counter()
        tries = place.Tries()
        for practice, _ in passages.practices():
            with wall.within(practice):
                self.one(practice, to, counts, tries)
        counts["not there" if check else "failed"] = tries.failed
        said = ", ".join(f"{name}: {n}" for name, n in sorted(counts.items()) if n)
        self.stdout.write(said or "Nothing was to be done.")
        if tries.given_up:
            raise CommandError(f"The bucket does not answer: {tries.last}. Run this again.")
        if tries.failed:
            raise CommandError(
                "Not all files are there."
                if check
                else f"Not all files were moved, the last for {tries.last}. Run this again."
            )

    def one(self, practice: int, to: str | None, counts: Counter[str], tries: place.Tries) -> None:
        """What was asked for, in one practice; without ``to`` it only looks."""
        if to is None:
            for trouble in file_moves.missing(practice, counts, tries):
                self.stdout.write(trouble)
        elif to == "bucket":
            file_moves.take_there(practice, counts, _never, _ALL, tries)
        else:
            file_moves.bring_back(practice, counts, _never, _ALL, tries)
            file_moves.clear_up(practice, counts, _never, tries)


def _never() -> bool:
    return False
