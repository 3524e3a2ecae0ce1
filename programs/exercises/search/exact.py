"""Which entries are called what, and which are for what, looked up by the whole phrase. Pure.

A query is asked in many readings, and most entries that have the words fit a reading in no special
way: whoever scores them all need not ask each.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, TypeVar

from programs.exercises.search.fit import AskedPhrase, EntryPhrases
from programs.exercises.search.meanings import Phrase

Places = AbstractSet[int]
"""Entries by their place in the catalogue."""
_NOBODY: Final[frozenset[int]] = frozenset()
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class ExactPhrases:
    """Whole phrases with the entries that have them; read once.

    ``_called``: every name, written as one. ``_about``: what an entry is for and where it is done;
    ``_about_words``: the same in any order. ``_parts``: of the body, without what only talks.
    """

    _called: dict[str, set[int]] = field(default_factory=dict)
    _about: dict[Phrase, set[int]] = field(default_factory=dict)
    _about_words: dict[frozenset[str], set[int]] = field(default_factory=dict)
    _parts: dict[Phrase, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[EntryPhrases]) -> ExactPhrases:
        """Of every entry of a catalogue, in its order."""
        made = cls()
        for at, entry in enumerate(entries):
            _note(made._called, entry.written_as_one, at)
            _note(made._about, entry.about, at)
            _note(made._about_words, entry.about_words, at)
            _note(made._parts, () if entry.talk else entry.parts, at)
        return made

    def special(self, asked: AskedPhrase) -> Places:
        """Entries that are called what is asked, or are about it, or are for it."""
        found = (
            self._called.get(asked.as_one, _NOBODY),
            self._about.get(asked.phrase, _NOBODY),
            self._about_words.get(asked.needed, _NOBODY),
        )
        return _NOBODY.union(*found)

    def called(self, asked: AskedPhrase) -> Places:
        """Entries that are called what is asked."""
        return self._called.get(asked.as_one, _NOBODY)

    def of_part(self, part: Phrase) -> Places:
        """Entries for a part of the body that are more than talk."""
        return self._parts.get(part, _NOBODY)


def _note(by_phrase: dict[P, set[int]], phrases: Iterable[P], at: int) -> None:
    for phrase in phrases:
        by_phrase.setdefault(phrase, set()).add(at)
