"""The whole catalogue assessed for one case, remembered for a while.

A search asks for the same case's verdicts with every key pressed. The answer depends on nothing
but the catalogue, the facts and the practice's limits, so these are the key: a changed answer on
the safety screen never meets an old verdict.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import Final

from programs.exercises.definition import Definition
from programs.exercises.library import Library
from programs.rules.book import SEVERITY
from programs.rules.engine import Assessment
from programs.rules.facts import CaseFacts, RuleSettings

REMEMBERED: Final = 16
"""Cases kept; at 5,000 exercises one of them takes about a megabyte."""

NEVER: Final = max(SEVERITY.values()) + 1
"""Where what is never prescribed stands in the order."""
FEW_REMEMBERED: Final = 2000
"""Live programs whose items are kept assessed."""

Few = dict[tuple[str, str], Assessment]


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
    def best_first(self) -> list[str]:
        """The current catalogue by verdict, then in its own order."""
        return sorted(self._library.current, key=self.severity.__getitem__)


def severities(
    definitions: Mapping[str, Definition], found: Mapping[str, Iterable[Assessment]]
) -> dict[str, int]:
    """Slug → how bad its better side is; what is never prescribed comes last of all."""
    return {
        slug: min(SEVERITY[a.verdict] for a in sides) if definitions[slug].prescribable else NEVER
        for slug, sides in found.items()
    }


_kept: OrderedDict[tuple[object, ...], tuple[Library, Assessed]] = OrderedDict()
_few: OrderedDict[tuple[object, ...], tuple[Library, Few]] = OrderedDict()
_lock = Lock()


def assess_catalogue(library: Library, facts: CaseFacts, settings: RuleSettings) -> Assessed:
    """Slug → the assessment of each side, left first. Do not change the result."""
    key = (id(library), _key(facts), settings)
    with _lock:
        if key in _kept and _kept[key][0] is library:
            _kept.move_to_end(key)
            return _kept[key][1]
    found: dict[str, list[Assessment]] = {}
    for assessment in library.engine.assess(facts, settings):
        found.setdefault(assessment.exercise, []).append(assessment)
    assessed = Assessed(library, {slug: tuple(sides) for slug, sides in found.items()})
    with _lock:
        _kept[key] = (library, assessed)
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return assessed


def assess_some(
    library: Library, facts: CaseFacts, settings: RuleSettings, slugs: Iterable[str]
) -> dict[tuple[str, str], Assessment]:
    """(slug, side) → assessment of a few entries, remembered like a whole catalogue's."""
    wanted = tuple(sorted(set(slugs)))
    key = (id(library), _key(facts), settings, wanted)
    with _lock:
        if key in _few and _few[key][0] is library:
            _few.move_to_end(key)
            return _few[key][1]
    found = {(a.exercise, a.side): a for a in library.engine.assess(facts, settings, wanted)}
    with _lock:
        _few[key] = (library, found)
        while len(_few) > FEW_REMEMBERED:
            _few.popitem(last=False)
    return found


def _key(facts: CaseFacts) -> tuple[object, ...]:
    """Everything a rule may ask, in a form that can be looked up."""
    return (
        facts.conditions,
        frozenset(facts.findings.items()),
        facts.surgeries,
        facts.pregnancy_weeks,
        facts.age,
        facts.directional_preference,
        facts.irritability,
        facts.resources,
        frozenset(facts.red_flags.items()),
    )
