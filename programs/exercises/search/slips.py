"""What somebody may have meant who typed a word that nothing has. Pure.

``spelling`` says which words are near another one; here it is asked of the catalogue's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from programs.exercises.search.fit import FILLERS, STOP_WORDS
from programs.exercises.search.meanings import Phrase, meanings
from programs.exercises.search.normal import stem, words
from programs.exercises.search.postings import CatalogueWords
from programs.exercises.search.spelling import is_a_word, may_be_a_slip, meant, near

GUESSES_A_WORD: Final = 4
"""Words tried in place of one slip."""
SHORTEST_SLIP, ABBREVIATION = 3, 4
"""Letters that a slip beside other words has, and that an abbreviation in capitals may have."""
PLURAL: Final = "s"
"""What falls away from a word that is one, and stays on a slip of it: *kness* is *knees*."""


class SlipGuesses:
    """Slips of the words of one catalogue."""

    def __init__(self, catalogue: CatalogueWords) -> None:
        self._catalogue = catalogue

    def each_word(self, typed: Phrase, query: str) -> list[list[str]]:
        """For each word itself, or what it may be a slip of; nothing where it can be none either.

        ``query``: as it was typed, where capitals say what is an abbreviation.
        """
        written = {words(w)[0]: w for w in query.replace("-", " ").split() if words(w)}
        alone = sum(word not in FILLERS for word in typed) == 1
        guesses: list[list[str]] = []
        for word in typed:
            if self.known(word) or not self._may_be_a_slip(word, written, alone=alone):
                guesses.append([word])
            else:
                guesses.append(self._likeliest(word))
        return guesses

    def known(self, word: str) -> bool:
        """Whether it is no slip: the catalogue has it, it says the same as others, or little."""
        known = (self._catalogue, STOP_WORDS, FILLERS, meanings().known)
        return any(word in words_of for words_of in known)

    def _may_be_a_slip(self, word: str, written: Mapping[str, str], *, alone: bool) -> bool:
        """Three letters on their own, or four capitals, are an abbreviation: DVT is not DKTC."""
        as_typed = written.get(word, word)
        if len(word) < SHORTEST_SLIP + alone or (len(word) <= ABBREVIATION and as_typed.isupper()):
            return False
        return may_be_a_slip(as_typed, is_a_word)

    def _likeliest(self, word: str) -> list[str]:
        """Words of the catalogue that this may be a slip of: the nearest, the commonest first.

        A word with more slips is no guess where one has fewer: *roudning* is no *running*.
        """
        close = dict(meant(word, self._meant))
        if word.endswith(PLURAL):
            for token, slips in meant(word[:-1], self._meant):
                close[token] = min(slips, close.get(token, slips))
        # The stemmer takes "claming" for what one does who *clames*.
        for token in (stem(word), stem(word).removesuffix("e")):
            if self._catalogue.is_written(token):
                close.setdefault(token, 1)
        for length in (len(word), len(word) + 1):
            for start, slips in meant(word, self._beginnings.get(length, [])):
                for token, _ in self._catalogue.starting_with(start):
                    if self._catalogue.is_written(token):
                        close.setdefault(token, slips + 1)
        ranked = sorted(close, key=lambda t: (close[t], -self._catalogue.of(t).bit_count(), t))
        nearest = [t for t in ranked if close[t] == close[ranked[0]]]
        return nearest[:GUESSES_A_WORD]

    def parts_of(self, word: str) -> Phrase:
        """Two words of the catalogue that one consists of which is none itself; else the word."""
        if not (self.known(word) or is_a_word(word)):
            for at in range(SHORTEST_SLIP, len(word) - SHORTEST_SLIP + 1):
                first, second = word[:at], word[at:]
                if self._catalogue.is_written(first) and self._catalogue.is_written(second):
                    return first, second
        return (word,)

    def other_words(self, word: str) -> list[str]:
        """Words of the catalogue near one that may be a word as well."""
        return [token for token, _ in near(word, self._meant) if token != word]

    @cached_property
    def _meant(self) -> list[str]:
        """Words of the catalogue, and those that say the same as some of them."""
        return sorted({*self._catalogue.written, *meanings().known})

    @cached_property
    def _beginnings(self) -> dict[int, list[str]]:
        """By length, the distinct beginnings of that length of the longer words."""
        found: dict[int, set[str]] = {}
        for token in self._catalogue.written:
            for length in range(1, len(token)):
                found.setdefault(length, set()).add(token[:length])
        return {length: sorted(starts) for length, starts in found.items()}
