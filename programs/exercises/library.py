"""The catalogue in use: what a process has read from the rows, kept until they change."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from cachetools import LRUCache, cached

from clinic.models import Practice
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import Definition
from programs.exercises.models import CatalogueLoad, Exercise, Rule, Starter
from programs.exercises.rulebook.own import rules_here
from programs.exercises.search import SearchIndex, search_entry
from programs.exercises.starters import StarterDefinition, parse_starter
from programs.rules.book import RuleDefinition
from programs.rules.book_tables import parse_rule
from programs.rules.engine import Engine
from programs.rules.traits import PURPOSES

_KEPT = 8
"""Libraries a process keeps: the shared one and those of practices with own exercises."""


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Everything a practice can prescribe, ready to judge and to search.

    A library is equal to itself alone, so that what was worked out from it is kept by it.
    ``definitions`` holds retired entries too, because old programs name them; ``current`` holds
    the slugs that can still be added, in catalogue order. ``ids``: slug → primary key.
    """

    version: str
    definitions: Mapping[str, Definition]
    current: tuple[str, ...]
    ids: Mapping[str, int]
    by_id: Mapping[int, Definition]
    engine: Engine
    search: SearchIndex[str]
    rules: Mapping[str, RuleDefinition]
    """As they hold in the practice; ``written``: as they come."""
    written: Mapping[str, RuleDefinition]
    starters: Mapping[str, StarterDefinition]
    sources: Mapping[str, str]
    digests: Mapping[int, str]
    """By primary key: names the content of an entry, and so of its drawings."""


def library_for(practice: Practice) -> Library:
    """The practice's library; two small queries unless something has changed."""
    return _read(_version(practice), practice)


def _version(practice: Practice) -> str:
    """Names the content: the last load, and the practice's own entries and rules if it has any.

    A practice with own entries is named with them, so that no other practice is given them; those
    without share the catalogue.
    """
    load = CatalogueLoad.objects.values_list("id", "digest").first()
    own = list(Exercise.objects.filter(practice=practice).values_list("id", "digest", "retired_at"))
    alone = practice.pk if own or practice.own_rules else ""
    return f"{load}|{alone}|{own}|{practice.own_rules}"


@cached(LRUCache(_KEPT), key=lambda version, practice: version, condition=threading.Condition())
def _read(version: str, practice: Practice) -> Library:
    """Read from the rows by one thread, while others that want the same version wait for it."""
    sources = built_in().sources
    rows = list(Exercise.objects.for_practice(practice))
    parsed = {row.slug: (row, row.definition()) for row in rows}
    order = list(PURPOSES)
    ordered = sorted(
        parsed.values(), key=lambda pair: (order.index(pair[0].phase), pair[1].name.casefold())
    )
    definitions = {d.slug: d for _, d in ordered}
    kept = Rule.objects.filter(retired_at=None).order_by("slug").values_list("data", "digest")
    written = {rule.id: (rule, digest) for rule, digest in ((parse_rule(data, sources), digest)
               for data, digest in kept)}  # fmt: skip
    rules = rules_here(practice, written.values())
    starters = [
        parse_starter(data, definitions)
        for data in Starter.objects.filter(retired_at=None)
        .order_by("id")
        .values_list("data", flat=True)
    ]
    current = tuple(row.slug for row, _ in ordered if row.retired_at is None)
    return Library(
        version=version,
        definitions=definitions,
        current=current,
        ids={row.slug: row.pk for row, _ in ordered},
        by_id={row.pk: d for row, d in ordered},
        engine=Engine(rules, {slug: d.traits for slug, d in definitions.items()}).warm(),
        search=SearchIndex(search_entry(definitions[slug]) for slug in current),
        rules={rule.id: rule for rule in rules},
        written={code: rule for code, (rule, _) in written.items()},
        starters={starter.slug: starter for starter in starters},
        sources=sources,
        digests={row.pk: row.digest for row, _ in ordered},
    )
