"""``manage.py figure_sheet [SLUG…]``: the figures as files and as one contact sheet."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.exercises.catalogue_files import ContentError, built_in
from programs.exercises.definition import Definition
from programs.figures import Drawing, draw
from programs.figures.drawing import finished
from programs.figures.kept import Kept
from programs.figures.people import person_for
from programs.figures.sheet import WIDTH, sheet, sheet_height

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first found is taken. The shell is the same engine without the windows and menus around it,
which nobody sees and which cost as much as the pages."""
PATIENCE = 120
"""Seconds a browser may take for the picture."""


class Command(BaseCommand):
    """Lists the figures, or writes them with a sheet (HTML, and PNG where Chromium is)."""

    help = "Draw the figures of the catalogue files: SVG files and one contact sheet."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Which entries, and what to make of them."""
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these entries")
        parser.add_argument("--list", action="store_true", help="one JSON line an entry and side")
        parser.add_argument("--output", type=Path, metavar="DIR", help="where files are written")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or write and say where."""
        drawn = list(_drawn(options["slugs"]))
        if options["list"]:
            for slug, side, drawings in drawn:
                self.stdout.write(_line(slug, side, drawings))
        if options["list"] and not options["output"]:
            return
        folder = options["output"] or settings.BASE_DIR / "var" / "figures"
        try:
            self._write(folder, drawn)
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}") from error

    def _write(self, folder: Path, drawn: list[tuple[str, str, tuple[Drawing, ...]]]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for slug, side, drawings in drawn:
            for number, drawing in enumerate(drawings, 1):
                name = "-".join(filter(None, (slug, side, str(number))))
                (folder / f"{name}.svg").write_text(drawing.svg, encoding="utf-8")
        entries = [(f"{slug} {side}".strip(), drawings) for slug, side, drawings in drawn]
        page = folder / "sheet.html"
        page.write_text(sheet(entries), encoding="utf-8")
        pictured = _picture(page, sheet_height(entries))
        count = sum(len(d) for _, _, d in drawn)
        self.stderr.write(
            f"{count} figures and {'sheet.html, sheet.png' if pictured else 'sheet.html'} "
            f"in {folder}"
        )


def _drawn(slugs: list[str]) -> Iterator[tuple[str, str, tuple[Drawing, ...]]]:
    """Every entry that has figures, once a side."""
    try:
        definitions = built_in().definitions
    except ContentError as error:
        raise CommandError(str(error)) from error
    for slug in slugs:
        if slug not in definitions:
            raise CommandError(f"'{slug}' is not in the catalogue")
        if not definitions[slug].figures:
            raise CommandError(f"'{slug}' has no figure")
    for slug in sorted(slugs or definitions):
        definition = definitions[slug]
        if definition.figures:
            for side in _sides(definition):
                yield slug, side, draw(definition, side) or _drawn_now(slug, definition, side)


def _drawn_now(slug: str, definition: Definition, side: str) -> tuple[Drawing, ...]:
    """Pictures of poses that are still being worked on, and were not kept yet."""
    from programs.figures.fitting import fitted
    from programs.figures.rendering import render_pictures

    frames, person = definition.figures, person_for(slug)
    own = fitted(frames, person)
    return finished(definition, Kept(*render_pictures(frames, person, own=own)), side)


def _sides(definition: Definition) -> tuple[str, ...]:
    return ("right", "left") if definition.traits.sided else ("",)


def _line(slug: str, side: str, drawings: tuple[Drawing, ...]) -> str:
    row = {
        "slug": slug,
        "side": side or None,
        "frames": len(drawings),
        "bytes": [len(d.svg.encode()) for d in drawings],
        "captions": [d.caption for d in drawings],
        "alternatives": [d.alt for d in drawings],
    }
    return json.dumps(row, ensure_ascii=False)


def _picture(page: Path, height: int) -> bool:
    """Let Chromium make a PNG of the page; False where there is none or it fails."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return False
    target = page.with_suffix(".png")
    with tempfile.TemporaryDirectory() as profile:
        try:
            subprocess.run(
                [
                    browser,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    f"--user-data-dir={profile}",
                    f"--window-size={WIDTH},{height}",
                    f"--screenshot={target.resolve()}",
                    page.resolve().as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=PATIENCE,
            )
        except (subprocess.SubprocessError, OSError):
            return False
    return target.exists()
