"""The words of the catalogue, and which entries have them. Pure.

An entry is named by its place in the catalogue (``at``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from programs.exercises.search.fit import STOP_WORDS, EntryPhrases, K, SearchEntry
from programs.exercises.search.meanings import Phrase
from programs.exercises.search.normal import stem, words

LONGEST_ENDING: Final = 4
"""Letters that words of one stem may differ by."""
STEMMED, BEGUN = 0.95, 0.7
"""What a word of the same stem, and the beginning of a word, count against the word itself."""
SHORTEST_PART: Final = 3
"""Letters of a word that begins another one, where more words follow."""


Seen = dict[tuple[str, bool], Mapping[int, tuple[float, bool]]]
"""A word, and whether it may be only begun → the entries that have it."""


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
            each = enumerate(self.phrases)
            known = frozenset(at for at, entry in each if entry.together(needed))
            self._in_one_text[needed] = known
        return known

    def is_written(self, word: str) -> bool:
        """Whether it stands so in a text."""
        return word in self._shown

    def shown(self, phrase: Iterable[str]) -> tuple[str, ...]:
        """Words as they are written in the catalogue."""
        return tuple(self._shown.get(word, word) for word in phrase)

    def having(
        self, phrase: Phrase, said: frozenset[str] = frozenset(), seen: Seen | None = None
    ) -> dict[int, tuple[float, bool]]:
        """Entries that have every word: the mean of its best matches (0–1), and whether whole.

        ``said``: words that nobody typed, and so none that is only begun; they stand in one text.
        ``seen``: what was found for words of other readings of the same query; what is found here
        is added.
        """
        told = dict.fromkeys(phrase)
        needed = [word for word in told if word not in STOP_WORDS] or list(told)
        found = []
        for word in needed:
            # Only the last word may be typed in part already from its first letters.
            part = word not in said and (len(word) >= SHORTEST_PART or word == phrase[-1])
            found.append(self._with(word, part, {} if seen is None else seen))
            if not found[-1]:
                return {}
        # The rarest word leaves the least to look at.
        rarest, *others = sorted(found, key=len)
        total: Mapping[int, tuple[float, bool]] = rarest
        if len(said) > 1:
            total = {at: rarest[at] for at in self._in_one_text_of(said) if at in rarest}
        for having in others:
            total = {
                at: (value + having[at][0], whole and having[at][1])
                for at, (value, whole) in total.items()
                if at in having
            }
        return {at: (value / len(needed), whole) for at, (value, whole) in total.items()}

    def _with(self, word: str, part: bool, seen: Seen) -> Mapping[int, tuple[float, bool]]:
        """Entries that have a word or one that it may be, with how well, and whether whole."""
        if (word, part) not in seen:
            best: dict[int, tuple[float, bool]] = {}
            for token, quality in self._tokens(word, part=part).items():
                whole = quality >= STEMMED
                for at, weight in self._postings[token].items():
                    if at not in best or quality * weight > best[at][0]:
                        best[at] = quality * weight, whole
            seen[word, part] = best
        return seen[word, part]

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
