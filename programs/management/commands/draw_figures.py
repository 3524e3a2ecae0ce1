"""``manage.py draw_figures [SLUG…]``: draws what changed, and keeps it beside the catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.exercises.catalogue_files import ContentError, built_in
from programs.figures.contact import hand_on_trunk
from programs.figures.kept import (
    DRAWINGS_FOLDER,
    Row,
    digest_of,
    pack,
    read_index,
    stamp_of,
    write_index,
)
from programs.figures.people import FIGURE_PEOPLE, person_for
from programs.figures.portraits import draw_portraits
from programs.figures.pose import FigureFrame

BAR = 30


class Command(BaseCommand):
    """Draws entries whose poses, person or engine changed; the rest stays as it is."""

    help = "Draw the figures that changed, and keep them beside the catalogue."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Which entries, who shows them, and how many at once."""
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these entries")
        parser.add_argument(
            "--portraits", action="store_true", help="only the pictures that people are chosen by"
        )
        parser.add_argument("--all", action="store_true", help="also what did not change")
        parser.add_argument(
            "--person", choices=sorted(FIGURE_PEOPLE), help="who shows these entries"
        )
        parser.add_argument(
            "--output",
            type=Path,
            default=DRAWINGS_FOLDER,
            metavar="DIR",
            help="where they are kept",
        )
        parser.add_argument(
            "--jobs", type=int, default=os.cpu_count() or 1, help="how many are drawn at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, keep, forget what has left the catalogue, and say how much."""
        if options["portraits"]:
            self.stdout.write(f"{draw_portraits()} portraits drawn")
            return
        posed = _posed()
        if unknown := [slug for slug in options["slugs"] if slug not in posed]:
            raise CommandError(f"'{unknown[0]}' has no figure in the catalogue")
        folder: Path = options["output"]
        folder.mkdir(exist_ok=True)
        rows = read_index(folder)
        asked = dict.fromkeys(options["slugs"] or posed, options["person"])
        people = {s: asked.get(s) or _person(s, rows, frames) for s, frames in posed.items()}
        todo = [
            slug
            for slug in (options["slugs"] or sorted(posed))
            if options["all"]
            or _is_old(rows.get(slug), posed[slug], people[slug], folder / _file(slug))
        ]
        drawn = _drawn(todo, posed, people, options["jobs"])
        for done, (slug, content, faults) in enumerate(drawn, 1):
            (folder / _file(slug)).write_bytes(content)
            frames = posed[slug]
            digest = digest_of(frames)
            rows[slug] = Row(digest, stamp_of(digest, people[slug]), people[slug])
            write_index(folder, rows)
            self._tell(done, len(todo), slug)
            for fault in faults:
                self.stderr.write(f"{slug}: on the way {fault}")
        for slug in sorted(set(rows) - set(posed)):
            del rows[slug]
            (folder / _file(slug)).unlink(missing_ok=True)
        write_index(folder, rows)
        size = sum(file.stat().st_size for file in folder.glob("*.json.gz"))
        self.stdout.write(f"{len(todo)} drawn, {len(rows)} kept, {size / 1e6:.1f} MB")

    def _tell(self, done: int, total: int, slug: str) -> None:
        if not self.stderr.isatty():
            return
        full = BAR * done // total
        bar = "#" * full + "." * (BAR - full)
        self.stderr.write(f"\r[{bar}] {done} of {total} {slug:<45}", ending="")
        if done == total:
            self.stderr.write("")


def _posed() -> dict[str, tuple[FigureFrame, ...]]:
    try:
        definitions = built_in().definitions
    except ContentError as error:
        raise CommandError(str(error)) from error
    return {slug: d.figures for slug, d in definitions.items() if d.figures}


def _person(slug: str, rows: Mapping[str, Row], frames: tuple[FigureFrame, ...]) -> str:
    """Who shows it already; else whose turn it is."""
    row = rows.get(slug)
    held = any(hand_on_trunk(frame.pose) for frame in frames)
    return row.person if row and row.person in FIGURE_PEOPLE else person_for(slug, held=held)


def _file(slug: str) -> str:
    return f"{slug}.json.gz"


def _is_old(row: Row | None, frames: tuple[FigureFrame, ...], person: str, file: Path) -> bool:
    return row is None or row.stamp != stamp_of(digest_of(frames), person) or not file.exists()


def _drawn(
    slugs: list[str],
    posed: Mapping[str, tuple[FigureFrame, ...]],
    people: Mapping[str, str],
    jobs: int,
) -> Iterator[tuple[str, bytes, list[str]]]:
    """Each drawing as it is finished, and what its movement passes through.

    How many processes draw changes nothing of it.
    """
    if not slugs:
        return
    workers = max(1, min(jobs, len(slugs)))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_draw, posed[slug], people[slug]): slug for slug in slugs}
        for future in as_completed(waiting):
            yield waiting[future], *future.result()


def _draw(frames: tuple[FigureFrame, ...], person: str) -> tuple[bytes, list[str]]:
    from programs.figures.fitting import fitted
    from programs.figures.poses import barred, moves
    from programs.figures.proportions import USUAL_LENGTHS
    from programs.figures.rendering import render

    own = fitted(frames, person)
    kept = pack(render(frames, person, own=own))
    # Lengths of somebody's own are fitted only where the movement holds; the usual may not.
    return kept, barred(frames) if own == USUAL_LENGTHS and moves(frames) else []
