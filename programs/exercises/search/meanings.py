"""Phrases that say the same, from ``catalogue/search/meanings.toml``. Pure.

A query that holds one of them, two words of it written as one or not, is asked again with each of
the others in its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from programs.exercises.search.normal import words

_FILE: Final = Path(__file__).parents[2] / "catalogue" / "search" / "meanings.toml"
MOST_READINGS: Final = 40
"""Ways to read one query that are tried; the rest is ignored."""
Phrase = tuple[str, ...]


class MeaningsError(ValueError):
    """The file names a phrase twice, or a group says nothing; the message names it."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """Which phrases stand for which others, in the form they are compared in.

    ``known``: every word of them, none of which is a slip of another. ``near``: what is asked
    instead of a phrase that nothing fits. ``parts``: of the body. ``complaints``: words that say
    only that something is wrong. ``levels``: words that say which part of a part of the body.
    ``asides``: words that say when, how hard it is or in which colour. ``first``: what a phrase
    means before all else, whatever is called so.
    """

    others: Mapping[Phrase, tuple[Phrase, ...]]
    longest: int
    known: frozenset[str]
    near: Mapping[Phrase, Phrase] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    complaints: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    first: Mapping[Phrase, Phrase] = field(default_factory=dict)

    def part_of(self, query: Phrase) -> Phrase:
        """The part of the body that a query complains of; empty where it says more, or less."""
        part = self.without_complaints(query)
        return part if part != query and self.is_part(part) else ()

    def without_complaints(self, query: Phrase) -> Phrase:
        """The query without the words that say only that something is wrong."""
        return tuple(word for word in query if word not in self.complaints)

    def without_asides(self, query: Phrase) -> Phrase:
        """The query without the words that say when, or how hard it is."""
        return tuple(word for word in query if word not in self.asides)

    def is_part(self, phrase: Phrase) -> bool:
        """Whether all words name a part of the body, and which part of it."""
        named = {*phrase} - self.levels
        return bool(named) and self.parts >= named

    def nearest(self, query: Phrase) -> Iterator[Phrase]:
        """What to ask instead of a query that nothing fits, for its longest phrase first."""
        for length in range(len(query), 0, -1):
            for at in range(len(query) - length + 1):
                if query[at : at + length] in self.near:
                    yield self.near[query[at : at + length]]

    def readings(self, query: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
        """The query with one phrase in it said differently, and that phrase; longer ones first."""
        seen = {query}
        for length in range(min(self.longest, len(query)), 0, -1):
            for at in range(len(query) - length + 1):
                for other in self.others.get(query[at : at + length], ()):
                    reading = query[:at] + other + query[at + length :]
                    if reading not in seen and len(seen) <= MOST_READINGS:
                        seen.add(reading)
                        yield reading, other


@cache
def meanings() -> Meanings:
    """The project's own, read once in a process."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return read_meanings(
        table["same"],
        table["near"],
        table["parts"],
        table["complaints"],
        table["levels"],
        table["asides"],
        table["first"],
    )


def read_meanings(
    groups: Sequence[Sequence[str]],
    near: Sequence[Mapping[str, Any]] = (),
    parts: Sequence[str] = (),
    complaints: Sequence[str] = (),
    levels: Sequence[str] = (),
    asides: Sequence[str] = (),
    first: Sequence[Mapping[str, Any]] = (),
) -> Meanings:
    """Groups of phrases. Raises :class:`MeaningsError` where a group has fewer than two."""
    others: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        phrases = list(dict.fromkeys(tuple(words(phrase)) for phrase in group))
        if len(phrases) < 2 or not all(phrases):
            raise MeaningsError(f"{', '.join(group)!r}: a group needs two different phrases")
        joined = [("".join(phrase),) for phrase in phrases if len(phrase) == 2]
        for phrase in (*phrases, *joined):
            known = others.setdefault(phrase, {})
            known.update(dict.fromkeys(p for p in phrases if p != phrase))
    longest = max(map(len, others), default=0)
    instead, before = _asked(near), _asked(first)
    every = frozenset(word for phrase in (*others, *instead) for word in phrase)
    body = frozenset(word for part in parts for word in words(part))
    wrong = frozenset(word for complaint in complaints for word in words(complaint))
    beside = frozenset(word for aside in asides for word in words(aside))
    same = {p: tuple(o) for p, o in others.items()}
    levelled = frozenset(levels)
    return Meanings(same, longest, every, instead, body, wrong, levelled, beside, before)


def _asked(rows: Sequence[Mapping[str, Any]]) -> dict[Phrase, Phrase]:
    """Phrase → what is asked for it."""
    return {tuple(words(phrase)): tuple(words(row["ask"])) for row in rows for phrase in row["of"]}
