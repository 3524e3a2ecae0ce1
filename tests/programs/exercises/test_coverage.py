"""The tables of ``docs/coverage.md`` name only what is in the catalogue."""

import re
from pathlib import Path

from tests.programs.shipped import shipped_definitions

PAGE = Path(__file__).parents[3] / "docs" / "coverage.md"


def test_every_entry_that_is_named_exists() -> None:
    rows = [row for row in PAGE.read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    named = {slug for row in rows for slug in re.findall(r"`([a-z-]+)`", row)}
    assert len(named) > 80
    assert named - {entry.slug for entry in shipped_definitions()} == set()
