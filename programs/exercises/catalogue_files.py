"""Reads the catalogue's files: exercises, rules, starting templates and sources.

Pure. Everything is checked before anything is returned, and every problem is listed with its file,
key and reason, so that a load is all or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from clinic.parsing.digests import digest_of
from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import read_toml
from programs.exercises.definition import Definition, check_references, parse_definition
from programs.exercises.starters import StarterDefinition, parse_starter
from programs.rules.book import RuleDefinition
from programs.rules.book_tables import check_rules, parse_rule
from programs.rules.traits import PURPOSES, SOURCES

CATALOGUE: Final = Path(__file__).parents[1] / "catalogue"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


class ContentError(ValueError):
    """The files cannot be loaded; ``problems`` lists every reason found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True, slots=True)
class Content:
    """The whole catalogue, checked. The ``raw`` tables are what is stored."""

    definitions: Mapping[str, Definition]
    rules: tuple[RuleDefinition, ...]
    starters: Mapping[str, StarterDefinition]
    sources: Mapping[str, str]
    unused_codes: Mapping[str, str]
    raw_exercises: Mapping[str, dict[str, Any]]
    raw_rules: Mapping[str, dict[str, Any]]
    raw_starters: Mapping[str, dict[str, Any]]

    @property
    def digest(self) -> str:
        """SHA-256 over all content; equal content gives an equal digest."""
        return digest_of([dict(self.raw_exercises), dict(self.raw_rules), dict(self.raw_starters)])


def read_content(folder: Path = CATALOGUE) -> Content:
    """Read and check every file; raise :class:`ContentError` listing all problems."""
    problems: list[Problem] = []
    sources = _sources(folder, problems)
    exercises = _tables(folder, "*.toml", problems)
    definitions = _definitions(exercises, problems)
    rules, raw_rules, unused = _rules(folder, sources, problems)
    raw_starters = _tables(folder, "templates/*.toml", problems)
    # Templates name exercises, so they are read against a whole catalogue only.
    starters = {} if problems else _starters(raw_starters, definitions, problems)
    if problems:
        raise ContentError(problems)
    return Content(
        definitions=MappingProxyType(definitions),
        rules=tuple(rules),
        starters=MappingProxyType(starters),
        sources=MappingProxyType(sources),
        unused_codes=MappingProxyType(unused),
        raw_exercises=MappingProxyType({t["slug"]: t for t in exercises.values()}),
        raw_rules=MappingProxyType(raw_rules),
        raw_starters=MappingProxyType({t["slug"]: t for t in raw_starters.values()}),
    )


@lru_cache(maxsize=1)
def built_in() -> Content:
    """The project's own catalogue, read once in a process."""
    return read_content()


def _tables(folder: Path, pattern: str, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """Every matching file's table by its path below ``folder``, in name order."""
    out = {}
    for path in sorted(folder.glob(pattern)):
        name = path.relative_to(folder).as_posix()
        try:
            out[name] = read_toml(path.read_bytes())
        except DefinitionError as error:
            problems.append(Problem(name, error.key, error.reason))
        except OSError as error:
            problems.append(Problem(name, "file", f"cannot be read as TOML: {error}"))
    return out


def _definitions(
    tables: Mapping[str, dict[str, Any]], problems: list[Problem]
) -> dict[str, Definition]:
    parsed: list[tuple[str, Definition]] = []
    for name, table in tables.items():
        try:
            definition = parse_definition(table)
        except DefinitionError as error:
            problems.append(Problem(name, error.key, error.reason))
            continue
        if f"{definition.slug}.toml" != name:
            problems.append(Problem(name, "slug", "must equal the file's name"))
        parsed.append((name, definition))
    files = {d.slug: name for name, d in parsed}
    unread = {Path(name).stem for name in tables} - set(files)
    for slug, key, reason in check_references([d for _, d in parsed], unread):
        problems.append(Problem(files[slug], key, reason))
    order = list(PURPOSES)
    ordered = sorted((d for _, d in parsed), key=lambda d: (order.index(d.traits.phase), d.slug))
    return {d.slug: d for d in ordered}


def _sources(folder: Path, problems: list[Problem]) -> dict[str, str]:
    files = _tables(folder, "rules/sources.toml", problems)
    table = files.get("rules/sources.toml", {}).get("sources", {})
    for code in SOURCES:
        if code not in table:
            problems.append(Problem("rules/sources.toml", code, "is missing"))
    return {str(k): str(v) for k, v in table.items()}


def _rules(
    folder: Path, sources: Mapping[str, str], problems: list[Problem]
) -> tuple[list[RuleDefinition], dict[str, dict[str, Any]], dict[str, str]]:
    files = _tables(folder, "rules/*.toml", problems)
    files.pop("rules/sources.toml", None)
    unused = files.pop("rules/unused.toml", {}).get("unused", {})
    rules, raw, where = [], {}, {}
    for name, table in files.items():
        for row in table.get("rule", []):
            try:
                rule = parse_rule(row, sources)
            except DefinitionError as error:
                problems.append(Problem(name, error.key, error.reason))
                continue
            rules.append(rule)
            raw[rule.id], where[rule.id] = row, name
        for key in table.keys() - {"rule"}:
            problems.append(Problem(name, key, "is not a known key"))
    for rule_id, key, reason in check_rules(rules):
        problems.append(Problem(where[rule_id], f"rule {rule_id}.{key}", reason))
    return sorted(rules, key=lambda r: r.id), raw, dict(unused)


def _starters(
    tables: Mapping[str, dict[str, Any]],
    definitions: Mapping[str, Definition],
    problems: list[Problem],
) -> dict[str, StarterDefinition]:
    out: dict[str, StarterDefinition] = {}
    for name, table in tables.items():
        try:
            starter = parse_starter(table, definitions)
        except DefinitionError as error:
            problems.append(Problem(name, error.key, error.reason))
            continue
        if starter.slug in out:
            problems.append(Problem(name, "slug", "is used by two files"))
        out[starter.slug] = starter
    return out
