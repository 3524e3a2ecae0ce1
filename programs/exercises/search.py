"""Finding an exercise by what somebody types: half words, everyday words and typing slips included.

Pure. Every word of the query must match somewhere in an entry: in full, as the beginning of a word,
as an everyday word for it, or, where nothing else is found, as a misspelling. Slips are looked up
in the vocabulary of distinct words, not entry by entry, so that a large catalogue stays quick.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

K = TypeVar("K")

LONGEST_QUERY: Final = 200
"""Characters of a query that are read; the rest is ignored."""
MOST_WORDS: Final = 16
NAME, ALIAS, MUSCLE, REGION, PLACE = 1.0, 0.9, 0.8, 0.6, 0.5
"""How much a match in each kind of text counts; ``PLACE`` is the position and the purpose."""
EVERYDAY: Final = 0.85
"""How much an everyday word counts against the word itself."""
STOP_WORDS: Final = frozenset(
    {"a", "an", "and", "at", "for", "from", "in", "my", "of", "on", "or", "the", "to", "with"}
)
_SAME_MEANING: Final = (
    "tummy belly stomach abdomen abdominal abs",
    "bum bottom buttock backside glute gluteal gluteus",
    "calf calve gastrocnemius soleus",
    "lumbar spine spinal",
    "massage release",
    "bike bicycle cycle cycling",
    "bed sleep sleeping",
    "medicine medication drug painkiller tablet pill",
    "ice icing cold",
)
_APOSTROPHES: Final = re.compile(r"['’`]")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SearchEntry(Generic[K]):
    """What can be searched of one exercise; regions, position and phase are labels, not codes."""

    key: K
    name: str
    aliases: Sequence[str] = ()
    muscles: Sequence[str] = ()
    regions: Sequence[str] = ()
    position: str = ""
    phase: str = ""

    def texts(self) -> Iterator[tuple[str, float]]:
        """Every text with how much a match in it counts."""
        yield self.name, NAME
        for texts, weight in (
            (self.aliases, ALIAS),
            (self.muscles, MUSCLE),
            (self.regions, REGION),
        ):
            for text in texts:
                yield text, weight
        yield self.position, PLACE
        yield self.phase, PLACE


class SearchIndex(Generic[K]):
    """A catalogue made searchable; build it once, search it often. It never changes."""

    def __init__(self, entries: Iterable[SearchEntry[K]]) -> None:
        self._keys: list[K] = []
        self._phrases: list[tuple[str, tuple[str, ...]]] = []
        self._postings: dict[str, dict[int, float]] = {}
        for at, entry in enumerate(entries):
            self._keys.append(entry.key)
            aliases = tuple(" ".join(words(alias)) for alias in entry.aliases)
            self._phrases.append((" ".join(words(entry.name)), aliases))
            for text, weight in entry.texts():
                for word in words(text):
                    weights = self._postings.setdefault(word, {})
                    weights[at] = max(weight, weights.get(at, 0.0))
        self._vocabulary = sorted(self._postings)
        self._beginnings: dict[int, list[str]] = {}

    def search(self, query: str, limit: int | None = None) -> list[tuple[K, float]]:
        """Keys and scores of what matches, best first, equals in catalogue order.

        A query without a letter or digit gives the whole catalogue in its order, with score 0.
        """
        typed = words(query[:LONGEST_QUERY])[:MOST_WORDS]
        if not typed:
            return [(key, 0.0) for key in self._keys[:limit]]
        needed = [word for word in typed if word not in STOP_WORDS] or typed
        scores = self._match(needed, forgiving=False) or self._match(needed, forgiving=True)
        phrase = " ".join(typed)
        ranked = sorted((-score - self._closeness(at, phrase), at) for at, score in scores.items())
        return [(self._keys[at], round(-negative, 3)) for negative, at in ranked[:limit]]

    def _match(self, needed: Sequence[str], *, forgiving: bool) -> dict[int, float]:
        """Mean of the words' best matches (0–60), for the entries that have every word."""
        total: dict[int, float] = {}
        for number, word in enumerate(needed):
            best: dict[int, float] = {}
            for token, quality in self._tokens(word, forgiving=forgiving).items():
                for at, weight in self._postings[token].items():
                    if quality * weight > best.get(at, 0.0):
                        best[at] = quality * weight
            if number:
                best = {at: best[at] + so_far for at, so_far in total.items() if at in best}
            total = best
            if not total:
                break
        return {at: 60 * value / len(needed) for at, value in total.items()}

    def _tokens(self, word: str, *, forgiving: bool) -> dict[str, float]:
        """Words of the catalogue that ``word`` may mean, each with how well it matches (0–1).

        Misspellings are only considered where nothing begins like the word, or when ``forgiving``.
        """
        found = dict(self._starting_with(word))
        for same in SAME_MEANING.get(word, ()):
            for token, quality in self._starting_with(same):
                found[token] = max(EVERYDAY * quality, found.get(token, 0.0))
        if forgiving or not found:
            for token, quality in self._misspelt(word, forgiving=forgiving):
                found[token] = max(quality, found.get(token, 0.0))
        return found

    def _starting_with(self, word: str) -> Iterator[tuple[str, float]]:
        for at in range(bisect_left(self._vocabulary, word), len(self._vocabulary)):
            token = self._vocabulary[at]
            if not token.startswith(word):
                return
            yield token, 1.0 if token == word else 0.7 + 0.25 * len(word) / len(token)

    def _misspelt(self, word: str, *, forgiving: bool) -> Iterator[tuple[str, float]]:
        """Words at most a slip or two away, whole or as far as typed; swapped letters are one.

        Three letters are too few to guess from, unless ``forgiving`` and the first one is right.
        """
        if not word.isalpha() or len(word) < (3 if forgiving else 4):
            return
        slips = 1 if len(word) < 6 else 2
        for token, distance in _near(word, self._vocabulary, slips):
            if len(word) > 3 or token[0] == word[0]:
                yield token, 0.65 - 0.1 * distance
        if len(word) > 3:
            for start, distance in _near(word, self._of_length(len(word)), slips):
                for token, _ in self._starting_with(start):
                    yield token, 0.55 - 0.1 * distance

    def _of_length(self, length: int) -> list[str]:
        """The distinct beginnings of that length of the longer words; kept once asked for."""
        if length not in self._beginnings:
            longer = {token[:length] for token in self._vocabulary if len(token) > length}
            self._beginnings[length] = sorted(longer)
        return self._beginnings[length]

    def _closeness(self, at: int, phrase: str) -> float:
        """What is added (0–40) where the whole query is, starts or lies in a name or an alias."""
        name, aliases = self._phrases[at]
        if name == phrase:
            return 40
        if phrase in aliases:
            return 20
        if name.startswith(phrase):
            return 12
        if phrase in name:
            return 8
        return 5 if any(alias.startswith(phrase) for alias in aliases) else 0


def _near(word: str, choices: Sequence[str], slips: int) -> list[tuple[str, int]]:
    """The choices at most that many slips from the word, each with its number of slips."""
    near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [(choice, int(distance)) for choice, distance, _ in near]


def words(text: str) -> list[str]:
    """The words of a text in the form they are compared in: no case, accents or plural ending."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [_singular(word) for word in _WORD.findall(plain)]


def _singular(word: str) -> str:
    """A rough singular: both sides of the comparison go through it, so it may be no real word."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ves") and len(word) > 4:
        return f"{word[:-3]}f"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def _same_meaning() -> Mapping[str, tuple[str, ...]]:
    groups = [words(group) for group in _SAME_MEANING]
    return MappingProxyType(
        {word: tuple(w for w in group if w != word) for group in groups for word in group}
    )


SAME_MEANING: Final = _same_meaning()
"""Everyday words and the anatomical ones they stand for, both ways."""
