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
    {"exercise", "help", "patient", "physio", "physiotherapy", "program", "rehab", "workout"}
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

    ``names``: with spaces, the entry's own first. ``written_as_one``: the same without, since
    curl-up is curlup. ``about_words``: in any order, without stop words. ``standing``: word → the
    texts it stands in, a bit for each, the names first. ``first_words``: of every name. ``parts``:
    its regions, each with whether it helps that part. ``helps``: what it is for → its place in that
    list; ``muscles``: the same of what it works. ``talk``, ``used``: see :class:`SearchEntry`.
    """

    names: tuple[str, ...]
    written_as_one: frozenset[str]
    about: frozenset[Phrase]
    about_words: frozenset[frozenset[str]]
    standing: Mapping[str, int]
    first_words: frozenset[str]
    parts: Mapping[Phrase, bool]
    helps: Mapping[frozenset[str], int]
    muscles: Mapping[frozenset[str], int]
    talk: bool
    used: int

    def together(self, needed: frozenset[str]) -> bool:
        """Whether one text has all of these words; a single word that was found is in one."""
        return len(needed) < 2 or self._texts_with(needed) != 0

    def _texts_with(self, needed: frozenset[str]) -> int:
        """The texts that have all of these words, a bit for each; none where a word is in none."""
        found = -1
        for word in needed:
            found &= self.standing.get(word, 0)
        return found

    def first_for(self, needed: frozenset[str]) -> float:
        """What counts more where it is for this: before all else, and the more it is used."""
        if needed in self.helps:
            place = self.helps[needed]
            return sum(FIRST_FOR[place : place + 1]) + min(self.used, MOST_USED)
        place = self.muscles.get(needed, len(FIRST_FOR))
        return sum(FIRST_FOR[place : place + 1])

    def for_part(self, part: Phrase, *, alone: bool = False) -> float:
        """The score of what is for a part of the body.

        For a complaint its name says nothing of what is done. ``alone``: who types no more than the
        part may have begun a name, and else wants what is given for it most.
        """
        if not alone:
            return OF_WORDS * REGION + MADE_FOR * self.parts[part]
        much = min(self.used, MOST_USED) + FIRST_FOR[0] * self.parts[part]
        return OF_WORDS * HELPS + closeness(self, " ".join(part), same=True) + much

    def only_talks(self, asked: AskedPhrase) -> bool:
        """Whether it is advice that nobody asked for: *back pain* does not, and *hip* does not."""
        if not self.talk:
            return False
        names = (1 << len(self.names)) - 1
        return asked.phrase in self.parts or not self._texts_with(asked.needed) & names

    @classmethod
    def of(cls, entry: SearchEntry[K]) -> EntryPhrases:
        """The texts of an entry in the form they are compared in."""
        names = [tuple(words(text)) for text in (entry.name, *entry.aliases)]
        plain = [*entry.helps, *entry.regions, *entry.muscles, entry.position]
        about = [*(tuple(words(text)) for text in plain), *_parts(entry)]
        helps = [frozenset(words(text)) - STOP_WORDS for text in entry.helps]
        muscles = [frozenset(words(text)) - STOP_WORDS for text in entry.muscles]
        helped = frozenset().union(*helps)
        standing: dict[str, int] = {}
        for at, text in enumerate((*names, *about)):
            for word in text:
                standing[word] = standing.get(word, 0) | 1 << at
        return cls(
            tuple(" ".join(name) for name in names),
            frozenset("".join(name) for name in names),
            frozenset(about),
            frozenset(frozenset(text) - STOP_WORDS for text in about),
            standing,
            frozenset(name[0] for name in names if name),
            {part: helped >= {*part} - _UNSAID for part in _parts(entry)},
            _places(helps),
            {told: at for told, at in _places(muscles).items() if not told <= meanings().parts},
            entry.talk,
            entry.used,
        )


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


def closeness(texts: EntryPhrases, asked: str, *, same: bool) -> float:
    """What is added (0–40) where the whole query is a name, or starts or lies in one.

    ``same``: it is what was typed; what that may mean only begins a name by chance.
    """
    name = texts.names[0]
    if name == asked:
        return 40
    if asked in texts.names:
        return 30
    if name.startswith(asked):
        return 12
    if asked in name:
        return 8
    return 5 if same and asked in texts.first_words else 0


def judged(
    texts: EntryPhrases, asked: AskedPhrase, value: float, *, whole: bool
) -> tuple[Match, float]:
    """How an entry fits one reading, and its score. ``value``: of its words (0–1).

    Who types a complaint wants what is done for it first, and the talk about it behind.
    """
    match, score = _judged(texts, asked, value, whole=whole)
    if match is not Match.CALLED and texts.only_talks(asked):
        match = max(match, Match.WORDS)
    return match, score


def _judged(
    texts: EntryPhrases, asked: AskedPhrase, value: float, *, whole: bool
) -> tuple[Match, float]:
    score = OF_WORDS * value + closeness(texts, asked.spaced, same=asked.same)
    if asked.as_one in texts.written_as_one:
        return (Match.CALLED if asked.same else Match.ABOUT), score
    if asked.phrase in texts.parts:
        score = texts.for_part(asked.phrase, alone=True)
    score += texts.first_for(asked.needed)
    if asked.phrase in texts.about or asked.needed in texts.about_words:
        return (Match.ABOUT, score) if asked.same else (Match.NAMED, score + FOR_IT)
    if whole and (asked.same or len(asked.needed) > 1):
        return (Match.NAMED if texts.together(asked.needed) else Match.WORDS), score
    return (Match.WORDS if whole else Match.BEGUN), score
