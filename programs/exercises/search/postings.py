"""The words of the catalogue, and which entries have them. Pure.

An entry is named by its place in the catalogue (``at``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import Final, NamedTuple

from programs.exercises.search.bits import Bits, bits_of
from programs.exercises.search.closeness import Names
from programs.exercises.search.exact import ExactPhrases
from programs.exercises.search.fit import STOP_WORDS, EntryPhrases, K, SearchEntry
from programs.exercises.search.meanings import Phrase
from programs.exercises.search.normal import stem, words
from programs.exercises.search.texts import TextWords

LONGEST_ENDING: Final = 4
"""Letters that words of one stem may differ by."""
STEMMED, BEGUN = 0.95, 0.7
"""What a word of the same stem, and the beginning of a word, count against the word itself."""
SHORTEST_PART: Final = 3
"""Letters of a word that begins another one, where more words follow."""


class WordFound(NamedTuple):
    """Entries by how well they have a word (0–1), each once, and those that have it only begun."""

    values: Mapping[float, Bits]
    begun: Bits
    all: Bits


class Having(NamedTuple):
    """Entries that have every word of a phrase.

    ``totals``: by the sum of the best match of each word (0–1), each once. ``words``: how many that
    are. ``begun``: among others, the entries that have some word only begun. ``all``: all of them.
    """

    totals: Mapping[float, Bits]
    words: int
    begun: Bits
    all: Bits


_NONE: Final = Having({}, 1, 0, 0)
WORDS_KEPT: Final = 128
"""Words asked lately whose entries are kept: a query is read in many ways of the same few words."""


class CatalogueWords:
    """Every word of every entry; read once, looked up often. It never changes."""

    def __init__(self, entries: Iterable[SearchEntry[K]]) -> None:
        listed = tuple(entries)
        phrases = [EntryPhrases.of(entry) for entry in listed]
        self.everybody: Bits = (1 << len(listed)) - 1
        self.exact = ExactPhrases(phrases)
        self.names = Names(entry.told for entry in phrases)
        self.texts = TextWords((*entry.told, *entry.about) for entry in phrases)
        self.named = TextWords(entry.told for entry in phrases)
        self._postings: dict[str, dict[float, array[int]]] = {}
        self._shown: dict[str, str] = {}
        self._needs: dict[str, set[int]] = {}
        for at, entry in enumerate(listed):
            self._read(at, entry)
            for word in (word for text in entry.needs for word in words(text)):
                self._needs.setdefault(stem(word), set()).add(at)
        self._with = lru_cache(WORDS_KEPT)(self._look_up)
        self._vocabulary = sorted(self._postings)
        self.written = sorted(self._shown)
        """Words that stand in a text; none that only two neighbours make together."""
        self._stems: dict[str, list[str]] = {}
        for token in self._vocabulary:
            self._stems.setdefault(stem(token), []).append(token)

    def _read(self, at: int, entry: SearchEntry[K]) -> None:
        weights: dict[str, float] = {}
        for text, weight in entry.texts():
            typed = words(text)
            # "curl-up" is also found as "curlup", "deadbug" as "dead bug" by joining what is typed.
            for token in (*typed, *(a + b for a, b in pairwise(typed))):
                weights[token] = max(weight, weights.get(token, 0.0))
            for whole in text.replace("-", " ").split():
                for token in words(whole):
                    shown = whole.strip(".,;:()").lower()
                    self._shown[token] = min(self._shown.get(token, shown), shown, key=len)
        for token, weight in weights.items():
            self._postings.setdefault(token, {}).setdefault(weight, array("I")).append(at)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def of(self, word: str) -> Bits:
        """Entries that have exactly this word."""
        return bits_of([at for places in self._postings.get(word, {}).values() for at in places])

    def needing(self, word: str) -> Bits:
        """Entries that cannot do without what is called so."""
        return bits_of(self._needs.get(stem(word), ()))

    def is_written(self, word: str) -> bool:
        """Whether it stands so in a text."""
        return word in self._shown

    def shown(self, phrase: Iterable[str]) -> tuple[str, ...]:
        """Words as they are written in the catalogue."""
        return tuple(self._shown.get(word, word) for word in phrase)

    def having(self, phrase: Phrase, said: frozenset[str] = frozenset()) -> Having:
        """Entries that have every word, with the best match of each.

        ``said``: words that nobody typed, and so none that is only begun; they stand in one text.
        """
        told = dict.fromkeys(phrase)
        needed = [word for word in told if word not in STOP_WORDS] or list(told)
        found = []
        everywhere = self.texts.together(said) if len(said) > 1 else self.everybody
        for word in needed:
            # Only the last word may be typed in part already from its first letters.
            part = word not in said and (len(word) >= SHORTEST_PART or word == phrase[-1])
            found.append(self._with(word, part))
            everywhere &= found[-1].all
            if not everywhere:
                return _NONE
        # The rarest word leaves the least to look at.
        rarest, *others = sorted(found, key=lambda had: had.all.bit_count())
        totals = {value: left for value, at in rarest.values.items() if (left := at & everywhere)}
        for had in others:
            totals = _both(totals, had.values)
        begun = reduce(or_, (had.begun for had in found))
        return Having(totals, len(needed), begun, everywhere)

    def _look_up(self, word: str, part: bool) -> WordFound:
        """Entries that have a word, or one that it may be; ``part``: also what it begins."""
        return self._found(self._tokens(word, part=part))

    def _found(self, tokens: Mapping[str, float]) -> WordFound:
        """Entries that have one of these words, each by the best; of equals, by a whole one."""
        whole: dict[float, list[int]] = {}
        begun: dict[float, list[int]] = {}
        for token, quality in tokens.items():
            into = whole if quality >= STEMMED else begun
            for weight, places in self._postings[token].items():
                into.setdefault(quality * weight, []).extend(places)
        values: dict[float, Bits] = {}
        known = only_begun = 0
        for value in sorted({*whole, *begun}, reverse=True):
            best = bits_of(whole.get(value, ())) & ~known
            worse = bits_of(begun.get(value, ())) & ~known & ~best
            only_begun |= worse
            known |= best | worse
            values[value] = best | worse
        return WordFound(values, only_begun, known)

    def _tokens(self, word: str, *, part: bool) -> dict[str, float]:
        """Words of the catalogue that ``word`` is, is of one stem with, or begins (0–1).

        ``part``: whether it may be the beginning of one.
        """
        whole = {word: 1.0} if word in self._postings else {}
        found = dict(self.starting_with(word)) if part else whole
        for token in self._stems.get(stem(word), ()):
            if abs(len(token) - len(word)) > LONGEST_ENDING:
                continue  # "sidelying" has the stem of "side"
            found[token] = max(STEMMED if token != word else 1.0, found.get(token, 0.0))
        return found

    def starting_with(self, word: str) -> Iterator[tuple[str, float]]:
        """Words of the catalogue that begin so, and how much of each that is (0–1)."""
        for at in range(bisect_left(self._vocabulary, word), len(self._vocabulary)):
            token = self._vocabulary[at]
            if not token.startswith(word):
                return
            yield token, 1.0 if token == word else BEGUN + 0.2 * len(word) / len(token)


def _both(totals: Mapping[float, Bits], values: Mapping[float, Bits]) -> dict[float, Bits]:
    """Entries of both by the sum of what they have of each."""
    summed: dict[float, Bits] = {}
    for total, some in totals.items():
        for value, others in values.items():
            if both := some & others:
                summed[total + value] = summed.get(total + value, 0) | both
    return summed
