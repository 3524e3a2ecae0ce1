"""Which entries have several words together in one of their texts. Pure.

Three words from three places do not mean what they mean together.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from programs.exercises.search.bits import Bits, bits_of
from programs.exercises.search.meanings import Phrase

SETS_KEPT: Final = 1024
"""Sets of words whose entries are kept: what a phrase means is the same in every query."""
EVERYBODY: Final[Bits] = -1


class TextWords:
    """Every distinct text of a catalogue by its words; read once, looked up often.

    ``_having``: word → the texts it stands in. ``_entries``: text → the entries that have it.
    """

    def __init__(self, texts: Iterable[Iterable[Phrase]]) -> None:
        numbers: dict[Phrase, int] = {}
        self._entries: list[array[int]] = []
        self._having: dict[str, array[int]] = {}
        for at, phrases in enumerate(texts):
            for text in dict.fromkeys(phrases):
                number = numbers.setdefault(text, len(numbers))
                if number == len(self._entries):
                    self._entries.append(array("I"))
                    for word in dict.fromkeys(text):
                        self._having.setdefault(word, array("I")).append(number)
                self._entries[number].append(at)
        self.together = lru_cache(SETS_KEPT)(self._together)
        """Entries of which one text has all of these words; every entry where there are none."""

    def _together(self, needed: frozenset[str]) -> Bits:
        if not needed:
            return EVERYBODY
        rarest, *others = sorted((self._having.get(word, ()) for word in needed), key=len)
        found = set(rarest).intersection(*others) if rarest else rarest
        return bits_of([at for text in found for at in self._entries[text]])
