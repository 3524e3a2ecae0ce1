"""A file of exercises and templates, tried against a practice's catalogue before anything is kept.

An exercise is named by its content, so that the same file brought in twice is there once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid5

from clinic.models import Practice, User
from clinic.parsing.digests import digest_of
from clinic.parsing.errors import DefinitionError
from programs.exercises.definition import Definition, parse_definition
from programs.exercises.library import Library
from programs.exercises.models import Exercise
from programs.exercises.own.actions import own_slug
from programs.exercises.starters import parse_starter
from programs.exercises.theirs.files import OwnFile

_NAMES: Final = UUID("5b0f6c0e-6d0a-4a53-9c0c-3f2f7f3b7a10")
_UNREVIEWED: Final = {"reviewed_by": "", "reviewed_on": ""}
_REFERENCES: Final = ("easier", "harder", "prerequisites")


@dataclass(frozen=True, slots=True)
class EntryProblem:
    """One thing that is wrong: in which entry, at which key, and why."""

    entry: str
    key: str
    reason: str


@dataclass(slots=True)
class Incoming:
    """What a file comes to. ``there``: names of what the practice has already."""

    exercises: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    problems: list[EntryProblem] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing new in it."""
        return not self.exercises and not self.templates


def try_file(own: OwnFile, *, practice: Practice, user: User, library: Library) -> Incoming:
    """Check every entry; nobody in this practice has reviewed what comes in."""
    return _Trial(practice, user, library).of(own)


class _Trial:
    def __init__(self, practice: Practice, user: User, library: Library) -> None:
        self.practice, self.user, self.library = practice, user, library
        self.definitions: dict[str, Definition] = dict(library.definitions)
        self.taken = {library.definitions[slug].name.casefold() for slug in library.current}
        own = Exercise.objects.filter(practice=practice).values_list("slug", "data")
        self.mine: dict[str, dict[str, Any]] = dict(own)
        self.out = Incoming()

    def of(self, own: OwnFile) -> Incoming:
        slugs = {str(t.get("slug", "")): self._slug(t) for t in own.exercises}
        for number, table in enumerate(own.exercises, 1):
            self._try(table, f"exercise {number}", lambda t: self._exercise(t, slugs))
        mine = self.practice.own_starters.filter(made_by=self.user, retired_at=None)
        kept = dict(mine.values_list("name", "data"))
        for number, table in enumerate(own.templates, 1):
            self._try(table, f"template {number}", lambda t: self._template(t, slugs, kept))
        return self.out

    def _try(self, table: dict[str, Any], fallback: str, check: Any) -> None:
        name = table.get("name")
        entry = name[:90] if isinstance(name, str) and name else fallback
        try:
            check(table)
        except DefinitionError as error:
            self.out.problems.append(EntryProblem(entry, error.key, error.reason))

    def _slug(self, table: Mapping[str, Any]) -> str:
        said = str(table.get("slug", ""))
        if self.mine.get(said) == table:
            return said
        content = json.dumps(table, sort_keys=True, default=str)
        return own_slug(uuid5(_NAMES, f"{self.practice.pk}:{content}"))

    def _exercise(self, table: dict[str, Any], slugs: Mapping[str, str]) -> None:
        slug = self._slug(table)
        data = {**table, **_UNREVIEWED, "slug": slug, **self._references(table, slugs)}
        definition = parse_definition(data)
        if slug in self.library.definitions:
            self.out.there.append(definition.name)
            return
        if definition.name.casefold() in self.taken:
            raise DefinitionError("name", "an exercise is called this already")
        self.taken.add(definition.name.casefold())
        self.definitions[slug] = definition
        self.out.exercises.append(data)

    def _references(self, table: Mapping[str, Any], slugs: Mapping[str, str]) -> dict[str, Any]:
        """Easier, harder and first: what is neither here nor in the file is left out."""
        known = {**{slug: slug for slug in self.library.definitions}, **slugs}
        return {
            key: [known[slug] for slug in table[key] if slug in known]
            for key in _REFERENCES
            if isinstance(table.get(key), list) and all(isinstance(s, str) for s in table[key])
        }

    def _template(
        self, table: dict[str, Any], slugs: Mapping[str, str], kept: Mapping[str, Any]
    ) -> None:
        data = {**table, **_UNREVIEWED, "slug": "own"}
        for key in ("item", "more"):
            if key in table:
                data[key] = list(_items(table[key], slugs))
        if isinstance(table.get("phase"), list):
            data["phase"] = [_phase(row, slugs) for row in table["phase"]]
        starter = parse_starter(data, self.definitions, own=True)
        if starter.name in kept:
            if digest_of(kept[starter.name]) != digest_of(data):
                raise DefinitionError("name", "a template of yours is called this already")
            self.out.there.append(starter.name)
            return
        if any(other["name"] == starter.name for other in self.out.templates):
            raise DefinitionError("name", "stands twice in the file")
        self.out.templates.append(data)


def _items(rows: Any, slugs: Mapping[str, str]) -> Iterator[Any]:
    for row in rows if isinstance(rows, list) else [rows]:
        slug = row.get("exercise") if isinstance(row, dict) else None
        yield {**row, "exercise": slugs.get(slug, slug)} if isinstance(slug, str) else row


def _phase(row: Any, slugs: Mapping[str, str]) -> Any:
    if not isinstance(row, dict) or "item" not in row:
        return row
    return {**row, "item": list(_items(row["item"], slugs))}
