"""The catalogue as it ships, for tests that look at real content without a database."""

import tomllib
from pathlib import Path
from typing import Any

from programs.exercises.definition import Definition, parse_definition
from tests.paths import CATALOGUE


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def shipped_definitions() -> list[Definition]:
    """Every entry, by file name; other tables beside them, such as the list of sources, are not."""
    tables = (read(path) for path in sorted(CATALOGUE.glob("*.toml")))
    return [parse_definition(table) for table in tables if "slug" in table]
