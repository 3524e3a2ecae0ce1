"""The whole catalogue assessed for one case, remembered for a while.

A search asks for the same case's verdicts with every key pressed. The answer depends on nothing
but the catalogue, the facts and the practice's limits, so these are the key: a changed answer on
the safety screen never meets an old verdict. Two cases with equal facts and limits have the same
answer, which names no patient; a practice with own exercises has a library of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from threading import Lock
from typing import Final

from cachetools import LRUCache, cached

from programs.exercises.definition import Definition
from programs.exercises.library import Library
from programs.rules.book import SEVERITY
from programs.rules.engine import Assessment
from programs.rules.facts import CaseFacts, RuleSettings

REMEMBERED: Final = 16
"""Cases kept; at 5,000 exercises one of them takes about a megabyte."""

_NEVER: Final = max(SEVERITY.values()) + 1
"""Where what is never prescribed stands in the order."""
_SUITS: Final = SEVERITY["ok"]
FEW_REMEMBERED: Final = 2000
"""Live programs whose items are kept assessed."""


class Assessed(dict[str, tuple[Assessment, ...]]):
    """Slug → the assessment of each side, left first; what a search sorts by is kept beside it."""

    def __init__(self, library: Library, found: dict[str, tuple[Assessment, ...]]) -> None:
        super().__init__(found)
        self._library = library

    @cached_property
    def severity(self) -> dict[str, int]:
        """How bad each entry is for the case, by slug."""
        return severities(self._library.definitions, self)

    @cached_property
    def against(self) -> dict[str, int]:
        """How much speaks against each entry, by slug."""
        return speaking_against(self.severity)

    @cached_property
    def best_first(self) -> list[str]:
        """The current catalogue by verdict, then in its own order."""
        return sorted(self._library.current, key=self.severity.__getitem__)


def severities(
    definitions: Mapping[str, Definition], found: Mapping[str, Iterable[Assessment]]
) -> dict[str, int]:
    """Slug → how bad its better side is; what is never prescribed comes last of all."""
    return {
        slug: min(SEVERITY[a.verdict] for a in sides) if definitions[slug].prescribable else _NEVER
        for slug, sides in found.items()
    }


def speaking_against(severity: Mapping[str, int]) -> dict[str, int]:
    """The same where something is searched for: what is preferred stands with what suits.

    What is good for the back of a patient says nothing of the shoulder that is asked for.
    """
    return {slug: max(how_bad, _SUITS) for slug, how_bad in severity.items()}


def assess_catalogue(library: Library, facts: CaseFacts, settings: RuleSettings) -> Assessed:
    """Slug → the assessment of each side, left first. Do not change the result."""
    return _assessed(library, facts, settings)


@cached(
    LRUCache(REMEMBERED),
    key=lambda library, facts, settings: (library, _key(facts), settings),
    lock=Lock(),
)
def _assessed(library: Library, facts: CaseFacts, settings: RuleSettings) -> Assessed:
    found: dict[str, list[Assessment]] = {}
    for assessment in library.engine.assess(facts, settings):
        found.setdefault(assessment.exercise, []).append(assessment)
    return Assessed(library, {slug: tuple(sides) for slug, sides in found.items()})


def assess_some(
    library: Library, facts: CaseFacts, settings: RuleSettings, slugs: Iterable[str]
) -> dict[tuple[str, str], Assessment]:
    """(slug, side) → assessment of a few entries, remembered like a whole catalogue's."""
    return _few(library, facts, settings, tuple(sorted(set(slugs))))


@cached(
    LRUCache(FEW_REMEMBERED),
    key=lambda library, facts, settings, slugs: (library, _key(facts), settings, slugs),
    lock=Lock(),
)
def _few(
    library: Library, facts: CaseFacts, settings: RuleSettings, slugs: tuple[str, ...]
) -> dict[tuple[str, str], Assessment]:
    return {(a.exercise, a.side): a for a in library.engine.assess(facts, settings, slugs)}


def _key(facts: CaseFacts) -> tuple[object, ...]:
    """Everything a rule may ask, in a form that can be looked up; a fact added later is in it."""
    values = (getattr(facts, field.name) for field in fields(facts))
    return tuple(frozenset(v.items()) if isinstance(v, Mapping) else v for v in values)
