"""The texts of an entry as phrases, and how well a query fits them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Generic, TypeVar

from programs.exercises.search.meanings import Phrase, meanings
from programs.exercises.search.normal import words

K = TypeVar("K")

NAME, ALIAS, HELPS, MUSCLE, REGION, PLACE = 1.0, 0.9, 0.9, 0.8, 0.6, 0.5
"""How much a match in each kind of text counts; ``PLACE`` is the position and the purpose."""
OF_WORDS: Final = 60
"""What it counts, of 100, that all words are found in a name."""
FOR_IT: Final = 10
"""What counts more for what it is for, said differently, than for a part of a longer text."""
MADE_FOR: Final = 20
"""What counts more where an entry of a part of the body also says that it helps that part."""
FIRST_FOR: Final = (6, 4, 2)
"""What counts more for what an entry is for first, second and third."""
MOST_USED: Final = 6
"""Templates that count for an entry, one each."""
STOP_WORDS: Final = frozenset(
    {"a", "an", "and", "at", "for", "from", "in", "my", "of", "on", "or", "the", "to", "with"}
    | {"your"}
)
FILLERS: Final = frozenset(
    {
        "exercise",
        "help",
        "m",
        "mm",
        "musculus",
        "patient",
        "physio",
        "physiotherapy",
        "program",
        "rehab",
        "workout",
    }
    | {"again", "best", "better", "can", "do", "good", "how", "i", "improve", "only", "some"}
    | {"what"}
)
"""Words that say nothing about which exercise: a query is read with and without them."""
_UNSAID: Final = frozenset({"low"})
"""Back pain is of the low back where nothing else is said."""
_DOSE: Final = re.compile(r"\d*x\d+|\d+(kg|lb|min|sec|rep)")
"""Sets of so many, or how heavy: *3x10*, *2kg*."""
SPANS: Final = frozenset(
    {"day", "week", "month", "kg", "kilo", "lb", "pound", "rep", "set", "minute", "second"}
)
"""With a number beside it, one of these says when or how much, not which exercise: *week 2*."""


class Match(IntEnum):
    """How well an entry fits a query, best first."""

    CALLED = 0
    """Its name or another name of it is the query."""
    ABOUT = 1
    """What it is for, its region or position is the query, or a name that means the same."""
    NAMED = 2
    """Every word stands whole in one of its names or in one thing it is for."""
    WORDS = 3
    """Every word stands whole somewhere."""
    BEGUN = 4
    """Some word is only begun, or said differently."""


def useful(typed: Phrase) -> Phrase:
    """The words that say which exercise; all of them where none does."""
    beside = zip(typed, ("", *typed), (*typed[1:], ""), strict=False)
    found = tuple(
        word
        for word, before, after in beside
        if not (
            word in FILLERS
            or _DOSE.fullmatch(word)
            or (word in SPANS and (before.isdecimal() or after.isdecimal()))
            or (word.isdecimal() and not SPANS.isdisjoint((before, after)))
        )
    )
    return found or typed


def to_the_point(typed: Phrase) -> Phrase:
    """The query without asides and numbers; empty where only stop words are left."""
    told = tuple(w for w in useful(typed) if w not in FILLERS and not w.isdecimal())
    found = meanings().without_asides(told)
    return found if {*found} - STOP_WORDS else ()


@dataclass(frozen=True, slots=True)
class SearchEntry(Generic[K]):
    """What can be searched of one exercise; regions, position and phase are labels, not codes.

    ``needs``: what it cannot do without, in words. It is read only where a query leaves that out.
    ``talk``: it is advice, or a test, and nothing to train with. ``used``: how many starting
    templates bring it; of two that fit alike, the one that is used more comes first.
    """

    key: K
    name: str
    aliases: Sequence[str] = ()
    muscles: Sequence[str] = ()
    regions: Sequence[str] = ()
    position: str = ""
    phase: str = ""
    helps: Sequence[str] = ()
    needs: Sequence[str] = ()
    talk: bool = False
    used: int = 0

    def texts(self) -> Iterator[tuple[str, float]]:
        """Every text with how much a match in it counts."""
        yield self.name, NAME
        for texts, weight in (
            (self.aliases, ALIAS),
            (self.helps, HELPS),
            (self.muscles, MUSCLE),
            (self.regions, REGION),
        ):
            for text in texts:
                yield text, weight
        yield self.position, PLACE
        yield self.phase, PLACE


@dataclass(frozen=True, slots=True)
class EntryPhrases:
    """The texts of one entry as phrases: its names, and what it is for and where it is done.

    ``told``: its names, its own first. ``about_words``: what it is about in any order, without stop
    words. ``parts``: its regions, each with whether it helps that part. ``first``: what it is for,
    or works → what counts more where that is asked, being named first and used much.
    """

    told: tuple[Phrase, ...]
    about: frozenset[Phrase]
    about_words: frozenset[frozenset[str]]
    parts: Mapping[Phrase, bool]
    first: Mapping[frozenset[str], int]
    talk: bool
    used: int

    @classmethod
    def of(cls, entry: SearchEntry[K]) -> EntryPhrases:
        """The texts of an entry in the form they are compared in."""
        plain = [*entry.helps, *entry.regions, *entry.muscles, entry.position]
        about = [*(tuple(words(text)) for text in plain), *_parts(entry)]
        helps = [frozenset(words(text)) - STOP_WORDS for text in entry.helps]
        helped = frozenset().union(*helps)
        return cls(
            tuple(tuple(words(text)) for text in (entry.name, *entry.aliases)),
            frozenset(about),
            frozenset(frozenset(text) - STOP_WORDS for text in about),
            {part: helped >= {*part} - _UNSAID for part in _parts(entry)},
            _first(entry, helps),
            entry.talk,
            entry.used,
        )


def _first(entry: SearchEntry[K], helps: Sequence[frozenset[str]]) -> dict[frozenset[str], int]:
    """What counts more where it is for this: before all else, and the more it is used."""
    muscles = [frozenset(words(text)) - STOP_WORDS for text in entry.muscles]
    works = _places(muscles).items()
    first = {told: _counts(at) for told, at in works if not told <= meanings().parts}
    much = min(entry.used, MOST_USED)
    return first | {told: _counts(at) + much for told, at in _places(helps).items()}


def _counts(place: int) -> int:
    return sum(FIRST_FOR[place : place + 1])


def _places(told: Sequence[frozenset[str]]) -> dict[frozenset[str], int]:
    """Where each stands first in a list."""
    return {words_of: place for place, words_of in reversed(list(enumerate(told)))}


def _parts(entry: SearchEntry[K]) -> Iterator[Phrase]:
    """Its regions; *ankle and foot* is the ankle and the foot."""
    for region in entry.regions:
        told = tuple(words(region))
        yield told
        for joint in told if "and" in told else ():
            if joint != "and":
                yield (joint,)


@dataclass(frozen=True, slots=True)
class AskedPhrase:
    """One reading of a query. ``same``: it is what was typed, not what that may mean."""

    phrase: Phrase
    spaced: str
    as_one: str
    needed: frozenset[str]
    same: bool

    @classmethod
    def of(cls, phrase: Phrase, *, same: bool) -> AskedPhrase:
        """A phrase in every form it is compared in."""
        needed = frozenset(phrase) - STOP_WORDS
        return cls(phrase, " ".join(phrase), "".join(phrase), needed, same)
