"""Which entries are called what, and which are for what, looked up by the whole phrase. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from programs.exercises.search.bits import Bits, bits_of
from programs.exercises.search.fit import MOST_USED, AskedPhrase, EntryPhrases
from programs.exercises.search.meanings import Phrase

P = TypeVar("P")
_NOBODY: Final[tuple[int, ...]] = ()


class ExactPhrases:
    """Whole phrases with the entries that have them; read once.

    ``_called``: every name, written as one, since curl-up is curlup. ``_about``: what an entry is
    for and where it is done; ``_about_words``: the same in any order. ``_first``: what counts more
    where it is for that, or works it. ``_part``: of the body; ``_helped``: and it helps that part;
    ``_trained``: without what only talks. ``talk``: what only talks. ``used``: how many templates
    bring an entry → the entries.
    """

    def __init__(self, entries: Iterable[EntryPhrases]) -> None:
        self._called: dict[str, list[int]] = {}
        self._about: dict[Phrase, list[int]] = {}
        self._about_words: dict[frozenset[str], list[int]] = {}
        self._first: dict[frozenset[str], dict[int, list[int]]] = {}
        self._part: dict[Phrase, list[int]] = {}
        self._helped: dict[Phrase, list[int]] = {}
        self._trained: dict[Phrase, list[int]] = {}
        talk, used = [], dict[int, list[int]]()
        for at, entry in enumerate(entries):
            _note(self._called, {"".join(name) for name in entry.told}, at)
            _note(self._about, entry.about, at)
            _note(self._about_words, entry.about_words, at)
            for needed, more in entry.first.items():
                _note(self._first.setdefault(needed, {}), (more,), at)
            _note(self._part, entry.parts, at)
            _note(self._helped, (part for part, helps in entry.parts.items() if helps), at)
            _note(self._trained, () if entry.talk else entry.parts, at)
            _note(used, (min(entry.used, MOST_USED),), at)
            talk += [at] if entry.talk else []
        self.talk = bits_of(talk)
        self.used = {count: bits_of(places) for count, places in used.items()}

    def called(self, asked: AskedPhrase) -> Bits:
        """Entries that are called what is asked."""
        return _found(self._called, asked.as_one)

    def about(self, asked: AskedPhrase) -> Bits:
        """Entries that are about what is asked, or are for it."""
        in_any_order = _found(self._about_words, asked.needed)
        return _found(self._about, asked.phrase) | in_any_order

    def first_for(self, needed: frozenset[str]) -> dict[int, Bits]:
        """What counts more where an entry is for this → the entries; none is in two."""
        first = self._first.get(needed, {})
        return {more: bits_of(places) for more, places in first.items() if more}

    def of_part(self, part: Phrase) -> Bits:
        """Entries for a part of the body."""
        return _found(self._part, part)

    def helping(self, part: Phrase) -> Bits:
        """Those that also say that they help it."""
        return _found(self._helped, part)

    def training(self, part: Phrase) -> Bits:
        """Entries for a part of the body that are more than talk."""
        return _found(self._trained, part)


def _note(by_phrase: dict[P, list[int]], phrases: Iterable[P], at: int) -> None:
    for phrase in phrases:
        by_phrase.setdefault(phrase, []).append(at)


def _found(by_phrase: Mapping[P, list[int]], phrase: P) -> Bits:
    return bits_of(by_phrase.get(phrase, _NOBODY))
