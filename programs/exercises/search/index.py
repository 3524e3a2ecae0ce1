"""Finds and ranks entries for what somebody types: half words, everyday words, slips. Pure.

How well an entry matches comes in steps (:class:`Match`), so that what is called exactly that comes
before what only mentions it, and whoever shows the hits can put them in another order inside a
step. Every word of the query must match somewhere in an entry. Where nothing does, ``reading`` asks
something else instead, and then the answer says so. Where that finds nothing either, the parts of
the body are named that the query holds. What follows a *without* or a *no* must not match.

What is typed is asked again with every page of it, with each filter and by the next who types the
same first letters, which find the most: answers given lately are kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from itertools import groupby, repeat
from operator import itemgetter, or_
from typing import Final, Generic

from programs.exercises.search.bits import Bits, picked
from programs.exercises.search.fit import AskedPhrase, K, Match, SearchEntry
from programs.exercises.search.hits import Hits, HitStep
from programs.exercises.search.meanings import Phrase, meanings
from programs.exercises.search.negation import NEGATIONS, split
from programs.exercises.search.normal import words
from programs.exercises.search.postings import CatalogueWords
from programs.exercises.search.reading import QueryReader
from programs.exercises.search.scoring import Fits

LONGEST_QUERY: Final = 200
"""Characters of a query that are read; the rest is ignored."""
MOST_QUERY_WORDS: Final = 16
ANSWERS_KEPT: Final = 128
"""Answers that are kept: of 5,000 entries at most 80 kB each."""


class SearchIndex(Generic[K]):
    """A catalogue made searchable; build it once, search it often. It never changes."""

    def __init__(self, entries: Iterable[SearchEntry[K]]) -> None:
        listed = tuple(entries)
        self._listed = [entry.key for entry in listed]
        ordered = sorted(listed, key=_place)
        self._keys = [entry.key for entry in ordered]
        self._catalogue = CatalogueWords(ordered)
        self._reader = QueryReader(self._catalogue)
        self._kept = lru_cache(ANSWERS_KEPT)(self._answer)

    def search(self, query: str, limit: int | None = None) -> Hits[K]:
        """What matches, best first, equals in catalogue order.

        A query without a letter or digit gives the whole catalogue in its order, with score 0.
        """
        return self._kept(query[:LONGEST_QUERY], limit)

    def forget(self) -> None:
        """Forget the answers that are kept, to see what one takes that nobody asked for before."""
        self._kept.cache_clear()

    def _answer(self, query: str, limit: int | None) -> Hits[K]:
        typed = tuple(words(query)[:MOST_QUERY_WORDS])
        if not typed:
            everything = self._listed[:limit]
            return Hits((HitStep(Match.BEGUN, everything, [0.0] * len(everything)),))
        asked, left_out = (typed, ()) if self._says_so(typed) else split(typed)
        found, instead = self._found(asked, query)
        without = self._having_any(left_out)
        if not found.all & ~without:
            return Hits(near=self._parts_of(asked))
        steps = self._steps(found, without, limit)
        return Hits(tuple(steps), " ".join(self._catalogue.shown(instead)))

    def _steps(self, found: Fits, without: Bits, limit: int | None) -> Iterator[HitStep[K]]:
        """The best ``limit`` of them, or all, in the order in which they are shown."""
        left = len(self._keys) if limit is None else max(limit, 0)
        for match, rows in groupby(found.ranked(without), key=itemgetter(0)):
            keys: list[K] = []
            scores = array("d")
            for _, score, entries in rows:
                some = picked(self._keys, entries)[: left - len(keys)]
                keys += some
                scores.extend(repeat(score, len(some)))
            left -= len(keys)
            if keys:
                yield HitStep(match, keys, scores)

    def _found(self, asked: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What answers what is asked for; everything where only something is left out."""
        if asked:
            return self._reader.found(asked, query)
        everything = Fits()
        everything.add(Match.BEGUN, 0.0, self._catalogue.everybody)
        return everything, ()

    def _says_so(self, typed: Phrase) -> bool:
        """Whether an entry itself says *no* or *without*, as in what is asked: "no bouncing"."""
        saying = reduce(or_, map(self._catalogue.of, NEGATIONS & {*typed}), 0)
        return bool(saying and saying & self._catalogue.having(typed).all)

    def _having_any(self, left_out: Phrase) -> Bits:
        """Entries with any of these words; with all of them where they say one thing together."""
        telling = meanings().without_asides(left_out)
        asked = AskedPhrase.of(telling, same=True)
        exact = self._catalogue.exact
        as_one = exact.called(asked) | exact.about(asked) if len(telling) > 1 else 0
        return as_one or reduce(or_, map(self._with, telling or left_out), 0)

    def _with(self, word: str) -> Bits:
        """Entries that have a word or need what it names."""
        return self._catalogue.having((word,)).all | self._catalogue.needing(word)

    def _parts_of(self, typed: Phrase) -> tuple[str, ...]:
        """Parts of the body that a query names, for which there is something."""
        parts = [word for word in dict.fromkeys(typed) if word in meanings().parts]
        return self._catalogue.shown(word for word in parts if self._reader.read((word,)))


def _place(entry: SearchEntry[K]) -> tuple[int, int]:
    """Of two that fit alike: what is used more, then what has the plainer name."""
    return -entry.used, len(words(entry.name))
