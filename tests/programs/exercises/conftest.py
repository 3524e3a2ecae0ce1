"""What the tests of this room share."""

import pytest

from programs.exercises.definition import Definition
from programs.exercises.starters import StarterDefinition, parse_starter
from tests.programs.shipped import CATALOGUE, read, shipped_definitions


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Definition]:
    return {entry.slug: entry for entry in shipped_definitions()}


@pytest.fixture(scope="module")
def starters(catalogue: dict[str, Definition]) -> dict[str, StarterDefinition]:
    paths = sorted((CATALOGUE / "templates").glob("*.toml"))
    return {path.stem: parse_starter(read(path), catalogue) for path in paths}
