"""The catalogue as it ships, as the search reads it: once in a process, when a test first asks."""

from functools import cache

from programs.exercises.search import SearchEntry, SearchIndex, search_entry
from tests.programs.shipped import shipped_definitions


@cache
def catalogue_entries() -> list[SearchEntry[str]]:
    """Every exercise in the order of its file's name."""
    return [search_entry(entry) for entry in shipped_definitions()]


@cache
def whole_catalogue() -> SearchIndex[str]:
    """All of them, without templates."""
    return SearchIndex(catalogue_entries())
