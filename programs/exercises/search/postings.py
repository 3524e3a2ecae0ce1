"""The words of the catalogue, and which entries have them. Pure.

An entry is named by its place in the catalogue (``at``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from programs.exercises.search.exact import ExactPhrases
from programs.exercises.search.fit import STOP_WORDS, EntryPhrases, K, SearchEntry
from programs.exercises.search.meanings import Phrase
from programs.exercises.search.normal import stem, words

LONGEST_ENDING: Final = 4
"""Letters that words of one stem may differ by."""
STEMMED, BEGUN = 0.95, 0.7
"""What a word of the same stem, and the beginning of a word, count against the word itself."""
SHORTEST_PART: Final = 3
"""Letters of a word that begins another one, where more words follow."""


class WordFound(NamedTuple):
    """Entries with how well they have a word (0–1), and those that have it only begun."""

    values: Mapping[int, float]
    begun: AbstractSet[int]


class Having(NamedTuple):
    """Entries that have every word of a phrase.

    ``totals``: the sum of the best match of each word (0–1). ``words``: how many that are.
    ``begun``: among others, the entries that have some word only begun.
    """

    totals: Mapping[int, float]
    words: int
    begun: AbstractSet[int]


_NONE: Final = Having({}, 1, frozenset())
WORDS_KEPT: Final = 128
"""Words asked lately whose entries are kept: a query is read in many ways of the same few words."""


class CatalogueWords:
    """Every word of every entry; read once, looked up often. It never changes."""

    def __init__(self, entries: Iterable[SearchEntry[K]]) -> None:
        self.phrases: list[EntryPhrases] = []
        self._postings: dict[str, dict[int, float]] = {}
        self._shown: dict[str, str] = {}
        self._needs: dict[str, set[int]] = {}
        self._in_one_text: dict[frozenset[str], frozenset[int]] = {}
        for at, entry in enumerate(entries):
            self.phrases.append(EntryPhrases.of(entry))
            for text, weight in entry.texts():
                self._read(at, text, weight)
            for word in (word for text in entry.needs for word in words(text)):
                self._needs.setdefault(stem(word), set()).add(at)
        self.exact = ExactPhrases.of(self.phrases)
        self._with = lru_cache(WORDS_KEPT)(self._look_up)
        self._vocabulary = sorted(self._postings)
        self.written = sorted(self._shown)
        """Words that stand in a text; none that only two neighbours make together."""
        self._stems: dict[str, list[str]] = {}
        for token in self._vocabulary:
            self._stems.setdefault(stem(token), []).append(token)

    def _read(self, at: int, text: str, weight: float) -> None:
        typed = words(text)
        # "curl-up" is also found as "curlup", and "deadbug" as "dead bug" by joining what is typed.
        for token in (*typed, *(a + b for a, b in pairwise(typed))):
            weights = self._postings.setdefault(token, {})
            weights[at] = max(weight, weights.get(at, 0.0))
        for whole in text.replace("-", " ").split():
            for token in words(whole):
                shown = whole.strip(".,;:()").lower()
                self._shown[token] = min(self._shown.get(token, shown), shown, key=len)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def of(self, word: str) -> Collection[int]:
        """Entries that have exactly this word."""
        return self._postings.get(word, {})

    def needing(self, word: str) -> set[int]:
        """Entries that cannot do without what is called so."""
        return self._needs.get(stem(word), set())

    def _in_one_text_of(self, needed: frozenset[str]) -> frozenset[int]:
        """Entries of which one text has all of these words; asked only of what means the same."""
        known = self._in_one_text.get(needed)
        if known is None:
            first, *others = sorted((self.of(word) for word in needed), key=len)
            anywhere = (at for at in first if all(at in having for having in others))
            known = frozenset(at for at in anywhere if self.phrases[at].together(needed))
            self._in_one_text[needed] = known
        return known

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
        for word in needed:
            # Only the last word may be typed in part already from its first letters.
            part = word not in said and (len(word) >= SHORTEST_PART or word == phrase[-1])
            found.append(self._with(word, part))
            if not found[-1].values:
                return _NONE
        # The rarest word leaves the least to look at.
        rarest, *others = sorted((word.values for word in found), key=len)
        totals = rarest
        if len(said) > 1:
            totals = {at: rarest[at] for at in self._in_one_text_of(said) if at in rarest}
        for values in others:
            totals = {at: total + values[at] for at, total in totals.items() if at in values}
        begun = frozenset().union(*(word.begun for word in found if word.begun))
        return Having(totals, len(needed), begun)

    def _look_up(self, word: str, part: bool) -> WordFound:
        """Entries that have a word, or one that it may be; ``part``: also what it begins."""
        return self._found(self._tokens(word, part=part))

    def _found(self, tokens: Mapping[str, float]) -> WordFound:
        """Entries that have one of these words, each by the best."""
        if [*tokens.values()] == [1.0]:
            return WordFound(self._postings[next(iter(tokens))], frozenset())
        best: dict[int, float] = {}
        begun: set[int] = set()
        known = best.get
        for token, quality in tokens.items():
            note = begun.discard if quality >= STEMMED else begun.add
            for at, weight in self._postings[token].items():
                value = quality * weight
                if value > known(at, -1.0):
                    best[at] = value
                    note(at)
        return WordFound(best, begun)

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
