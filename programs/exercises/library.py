"""The catalogue in use: what a process has read from the rows, kept until they change."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from cachetools import LRUCache, cached
from django.db import connection

from clinic import wall
from clinic.models import Practice
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import Definition
from programs.exercises.models import Exercise, Rule, Starter
from programs.exercises.rulebook.made import made_rules
from programs.exercises.rulebook.own import rules_here
from programs.exercises.rulebook.signed import signed_by, with_signature
from programs.exercises.search import SearchIndex, search_entries
from programs.exercises.starters import StarterDefinition, parse_starter
from programs.rules.book import RuleDefinition
from programs.rules.book_tables import parse_rule
from programs.rules.engine import Engine
from programs.rules.traits import PURPOSES, Traits

_KEPT: Final = 8
"""Libraries a process keeps: the shared one and those of practices with own exercises."""
_ORDER: Final = tuple(PURPOSES)


class _Version(NamedTuple):
    """Names the content: the last load, and the practice's own entries and rules if it has any.

    ``signed``: the last signature that somebody of the practice gave or took back. A practice
    with any of these is named with them, so that no other practice is given them; those without
    share the catalogue.
    """

    load: tuple[int, str] | None
    practice: int | None = None
    own: tuple[tuple[Any, ...], ...] = ()
    own_rules: str = ""
    signed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Everything a practice can prescribe, ready to judge and to search.

    A library is equal to itself alone, so that what was worked out from it is kept by it.
    ``definitions`` holds retired entries too, because old programs name them; ``current`` holds
    the slugs that can still be added, in catalogue order. ``ids``: slug → primary key.
    """

    version: _Version
    definitions: Mapping[str, Definition]
    current: tuple[str, ...]
    ids: Mapping[str, int]
    by_id: Mapping[int, Definition]
    engine: Engine
    search: SearchIndex[str]
    rules: Mapping[str, RuleDefinition]
    """As they hold in the practice; ``written``: as they come, each with its content's digest.

    Among both are those that the practice wrote itself.
    """
    written: Mapping[str, RuleDefinition]
    written_digests: Mapping[str, str]
    starters: Mapping[str, StarterDefinition]
    sources: Mapping[str, str]
    digests: Mapping[int, str]
    """By primary key: names the content of an entry, and so of its drawings."""

    def contents(self, keys: Iterable[int]) -> dict[str, Definition]:
        """These entries by the digest of their content, as far as they are here."""
        return {self.digests[pk]: self.by_id[pk] for pk in keys if pk in self.by_id}


def library_for(practice: Practice) -> Library:
    """The practice's library; one small query unless something has changed."""
    return _read(_version(practice), practice)


def library_from(found: Any, practice: Practice) -> Library:
    """The same of what ``programs_library`` gave for the practice; no query when it is known."""
    return _read(_version_in(found, practice), practice)


def read_ahead() -> Library:
    """Read what every practice has before the first request asks for it."""
    with wall.closed():
        load, _, _ = _said(_asked(None))
        return _read(_Version(tuple(load) if load else None), None)


def _asked(practice: int | None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programs_library(%s)", [practice])
        return cursor.fetchone()[0]


def _said(found: Any) -> Any:
    return json.loads(found) if isinstance(found, str) else found


def _version(practice: Practice) -> _Version:
    return _version_in(_asked(practice.pk), practice)


def _version_in(found: Any, practice: Practice) -> _Version:
    load, signed, rows = _said(found)
    own = tuple(tuple(row) for row in rows or ())
    alone = practice.pk if own or practice.own_rules or signed else None
    return _Version(tuple(load) if load else None, alone, own, practice.own_rules, signed or 0)


@cached(LRUCache(_KEPT), key=lambda version, practice: version, condition=threading.Condition())
def _read(version: _Version, practice: Practice | None) -> Library:
    """Read from the rows by one thread, while others that want the same version wait for it."""
    if version.practice is None or practice is None:
        return _catalogue(version)
    # Everybody's catalogue takes a second to make ready; what is a practice's own is little.
    shared = _read(_Version(version.load), practice)
    mine = _in_order((row, row.definition()) for row in Exercise.objects.filter(practice=practice))
    ids = {**shared.ids, **{d.slug: row.pk for row, d in mine}}
    everything = {**shared.definitions, **{d.slug: d for _, d in mine}}
    retired = {d.slug for row, d in mine if row.retired_at is not None}
    retired |= shared.definitions.keys() - set(shared.current)
    definitions = {d.slug: d for d in sorted(everything.values(), key=_place)}
    current = tuple(slug for slug in definitions if slug not in retired)
    digests = shared.written_digests
    signed = signed_by(practice) if version.signed else {}
    made = made_rules(practice)
    comes = [*((rule, digests[code]) for code, rule in shared.written.items()), *made]
    written = [
        (with_signature(rule, signed.get((rule.id, digest))), digest) for rule, digest in comes
    ]
    rules = rules_here(practice, written)
    return replace(
        shared,
        version=version,
        definitions=definitions,
        current=current,
        ids=ids,
        by_id={ids[slug]: d for slug, d in definitions.items()},
        engine=shared.engine.over(_traits(definitions), rules).warm(),
        search=SearchIndex(
            search_entries((definitions[slug] for slug in current), shared.starters.values())
        )
        if mine
        else shared.search,
        rules={rule.id: rule for rule in rules},
        written={**shared.written, **{rule.id: rule for rule, _ in made}},
        written_digests={**digests, **{rule.id: digest for rule, digest in made}},
        digests={**shared.digests, **{row.pk: row.digest for row, _ in mine}},
    )


def _catalogue(version: _Version) -> Library:
    """What every practice has."""
    sources = built_in().sources
    rows = _in_order((row, row.definition()) for row in Exercise.objects.filter(practice=None))
    definitions = {d.slug: d for _, d in rows}
    rows_of_rules = Rule.objects.filter(retired_at=None).order_by("slug")
    rules = [
        (parse_rule(data, sources), digest)
        for data, digest in rows_of_rules.values_list("data", "digest")
    ]
    by_rule = {rule.id: rule for rule, _ in rules}
    rows_of_starters = Starter.objects.filter(retired_at=None).order_by("id")
    starters = [
        parse_starter(data, definitions) for data in rows_of_starters.values_list("data", flat=True)
    ]
    current = tuple(d.slug for row, d in rows if row.retired_at is None)
    return Library(
        version=version,
        definitions=definitions,
        current=current,
        ids={d.slug: row.pk for row, d in rows},
        by_id={row.pk: d for row, d in rows},
        engine=Engine(list(by_rule.values()), _traits(definitions)).warm(),
        search=SearchIndex(search_entries((definitions[slug] for slug in current), starters)),
        rules=by_rule,
        written=by_rule,
        written_digests={rule.id: digest for rule, digest in rules},
        starters={starter.slug: starter for starter in starters},
        sources=sources,
        digests={row.pk: row.digest for row, _ in rows},
    )


def _traits(definitions: Mapping[str, Definition]) -> dict[str, Traits]:
    return {slug: d.traits for slug, d in definitions.items()}


def _in_order(rows: Iterable[tuple[Exercise, Definition]]) -> list[tuple[Exercise, Definition]]:
    return sorted(rows, key=lambda pair: _place(pair[1]))


def _place(definition: Definition) -> tuple[int, str]:
    """Where an entry stands in the catalogue."""
    return _ORDER.index(definition.traits.phase), definition.name.casefold()
