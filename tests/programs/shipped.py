"""The catalogue as it ships, for tests that look at real content without a database.

A promise about the whole catalogue is one test that walks it once and collects every fault under
its file and key, so that one run shows all that is wrong, however long the catalogue gets.
"""

import tomllib
from pathlib import Path
from typing import Any

from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import Definition
from tests.paths import CATALOGUE

__all__ = ["CATALOGUE", "read", "shipped_definitions"]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def shipped_definitions() -> list[Definition]:
    """Every entry in the order of its file's name, read and checked once in a process."""
    return sorted(built_in().definitions.values(), key=lambda entry: entry.slug)
