"""Phrases that say the same, from ``catalogue/search/meanings.toml``. Pure.

A query that holds one of them, two words of it written as one or not, is asked again with each of
the others in its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from programs.exercises.search.normal import words

_FILE: Final = Path(__file__).parents[2] / "catalogue" / "search" / "meanings.toml"
_WHILE: Final = frozenset({"when", "while", "during", "whenever", "if"})
_AFTER: Final = frozenset({"after", "from", "by"})
"""Words that a time or an activity follows; the latter speak of one only before what is done."""
WHERE: Final = frozenset({"in", "on", "at"})
"""Words that a place or a time follows, where what is felt has been said before."""
_ACTING: Final = "ing"
_WRITTEN_AS_ONE: Final = 2
"""Words of a phrase that may be written as one."""
MOST_READINGS: Final = 40
"""Ways to read one query that are tried; the rest is ignored."""
Phrase = tuple[str, ...]


class MeaningsError(ValueError):
    """The file names a phrase twice, or a group says nothing; the message names it."""


@dataclass(frozen=True)
class Meanings:
    """Which phrases stand for which others, in the form they are compared in.

    ``known``: every word of them, none of which is a slip of another. ``near``: what is asked
    instead of a phrase that nothing fits. ``parts``: of the body. ``complaints``: words that say
    only that something is wrong. ``levels``: words that say which part of a part of the body.
    ``asides``: words that say when, how hard it is or in which colour. ``first``: what a phrase
    means before all else, whatever is called so. ``moments``: words that say at what time of day.
    ``nothing``: the words of what no exercise is for, whatever stands near it.
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
    moments: frozenset[str] = frozenset()
    nothing: frozenset[frozenset[str]] = frozenset()

    def part_of(self, query: Phrase) -> Phrase:
        """The part of the body that a query complains of; empty where it says more, or less."""
        part = self.without_complaints(query)
        return part if part != query and self.is_part(part) else ()

    def without_complaints(self, query: Phrase) -> Phrase:
        """The query without the words that say only that something is wrong."""
        return tuple(word for word in query if word not in self.complaints)

    def without_asides(self, query: Phrase) -> Phrase:
        """The query without the words that say when, or how hard it is."""
        return tuple(word for word in query if word not in self.asides | self.moments)

    def without_moments(self, query: Phrase) -> Phrase:
        """The query without the words that say at what time of day."""
        return tuple(word for word in query if word not in self.moments)

    def is_part(self, phrase: Phrase) -> bool:
        """Whether all words name a part of the body, and which part of it."""
        named = {*phrase} - self.levels
        return bool(named) and self.parts >= named

    def nearest(self, query: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
        """A phrase of a query that nothing fits and what to ask instead, the longest first."""
        for length in range(len(query), 0, -1):
            for at in range(len(query) - length + 1):
                phrase = query[at : at + length]
                if phrase in self.near:
                    yield phrase, self.near[phrase]

    def before_any(self, query: Phrase) -> Iterator[Phrase]:
        """What is said before each word that may begin a time, a place or an activity."""
        for at, word in enumerate(query):
            if at and (word in _WHILE | _AFTER | WHERE or word.endswith(_ACTING)):
                yield query[:at]

    def before_a_circumstance(self, query: Phrase) -> Phrase:
        """What is felt, without when or where: *hip pain* of *hip pain when walking*, *sore neck*
        of *sore neck in bed*, *knee sore* of *knee sore kneeling*; empty where no part of the body
        is named before, and where no time, place or activity is told."""
        for at, (word, follows) in enumerate(zip(query, (*query[1:], ""), strict=True)):
            acting = word in _AFTER and follows.endswith(_ACTING)
            if follows and (word in _WHILE or acting):
                return query[:at] if self.parts & {*query[:at]} else ()
            doing = word.endswith(_ACTING) and word not in self.complaints | self.asides
            if (word in WHERE or doing) and self.part_of(query[:at]):
                return query[:at]
        return ()

    @cached_property
    def in_any_order(self) -> Mapping[frozenset[str], Phrase]:
        """Phrases of several words that mean the same as others, by their words."""
        return {frozenset(phrase): phrase for phrase in self.others if len(phrase) > 1}

    def joined(self, query: Phrase) -> Iterator[Phrase]:
        """The query with two neighbours written as one, where only that is known to mean more."""
        for at, pair in enumerate(pairwise(query)):
            if (word := ("".join(pair),)) in self.others and pair not in self.others:
                yield query[:at] + word + query[at + 2 :]

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
        table["moments"],
        table["nothing"],
    )


def read_meanings(
    groups: Sequence[Sequence[str]],
    near: Sequence[Mapping[str, Any]] = (),
    parts: Sequence[str] = (),
    complaints: Sequence[str] = (),
    levels: Sequence[str] = (),
    asides: Sequence[str] = (),
    first: Sequence[Mapping[str, Any]] = (),
    moments: Sequence[str] = (),
    nothing: Sequence[str] = (),
) -> Meanings:
    """Groups of phrases. Raises :class:`MeaningsError` where a group has fewer than two."""
    others: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        phrases = list(dict.fromkeys(tuple(words(phrase)) for phrase in group))
        if len(phrases) < 2 or not all(phrases):
            raise MeaningsError(f"{', '.join(group)!r}: a group needs two different phrases")
        joined = [("".join(phrase),) for phrase in phrases if len(phrase) == _WRITTEN_AS_ONE]
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
    then = frozenset(word for moment in moments for word in words(moment))
    never = frozenset(frozenset(words(sign)) for sign in nothing)
    return Meanings(
        same, longest, every, instead, body, wrong, levelled, beside, before, then, never
    )


def _asked(rows: Sequence[Mapping[str, Any]]) -> dict[Phrase, Phrase]:
    """Phrase → what is asked for it."""
    asked = {tuple(words(phrase)): tuple(words(row["ask"])) for row in rows for phrase in row["of"]}
    joined = {
        ("".join(phrase),): ask for phrase, ask in asked.items() if len(phrase) == _WRITTEN_AS_ONE
    }
    return joined | asked
