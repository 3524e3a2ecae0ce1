"""Whoever types what a clinic says finds the exercise among the first three."""

import tomllib
from pathlib import Path

import pytest

from programs.exercises.search import SearchIndex, search_entry
from tests.programs.shipped import shipped_definitions

INDEX = SearchIndex(search_entry(entry) for entry in shipped_definitions())
ASKED = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))["asked"]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked["query"])
def test_it_is_among_the_first_three(asked: dict[str, list[str]]) -> None:
    keys = INDEX.search(str(asked["query"])).keys
    assert not asked["any"] or {*keys[:3]} & {*asked["any"]}, keys[:5]
    assert not keys or keys[0] not in asked["never_first"]
