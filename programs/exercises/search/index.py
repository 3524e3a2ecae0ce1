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
from functools import lru_cache
from typing import Final, Generic

from programs.exercises.search.fit import K, Match, SearchEntry
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
        self._keys = [entry.key for entry in listed]
        self._catalogue = CatalogueWords(listed)
        self._reader = QueryReader(self._catalogue)
        places = sorted(range(len(listed)), key=self._place)
        self._order = [0] * len(listed)
        for place, at in enumerate(places):
            self._order[at] = place
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
            everything = self._keys[:limit]
            return Hits((HitStep(Match.BEGUN, everything, [0.0] * len(everything)),))
        asked, left_out = (typed, ()) if self._says_so(typed) else split(typed)
        found, instead = self._found(asked, query)
        if left_out:
            having = {at for word in left_out for at in self._with(word)}
            found = {at: fit for at, fit in found.items() if at not in having}
        if not found:
            return Hits(near=self._parts_of(asked))
        return Hits(tuple(self._steps(found, limit)), " ".join(self._catalogue.shown(instead)))

    def _steps(self, found: Fits, limit: int | None) -> Iterator[HitStep[K]]:
        """The best ``limit`` of them, or all, in the order in which they are shown."""
        steps: list[list[int]] = [[] for _ in Match]
        for at, (match, _) in found.items():
            steps[match].append(at)
        left = len(found) if limit is None else limit
        for match, places in zip(Match, steps, strict=True):
            # Of equals, the one that comes first in the catalogue stays first.
            places.sort(key=self._order.__getitem__)
            places.sort(key=lambda at: found[at][1], reverse=True)
            best = places[: max(left, 0)]
            left -= len(best)
            if best:
                scores = array("d", (found[at][1] for at in best))
                yield HitStep(match, [self._keys[at] for at in best], scores)

    def _found(self, asked: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What answers what is asked for; everything where only something is left out."""
        if not asked:
            return dict.fromkeys(range(len(self._keys)), (Match.BEGUN, 0.0)), ()
        return self._reader.found(asked, query)

    def _says_so(self, typed: Phrase) -> bool:
        """Whether an entry itself says *no* or *without*, as in what is asked: "no bouncing"."""
        saying = {at for word in NEGATIONS & {*typed} for at in self._catalogue.of(word)}
        return not saying.isdisjoint(self._catalogue.having(typed).totals) if saying else False

    def _with(self, word: str) -> set[int]:
        """Entries that have a word or need what it names."""
        return {*self._catalogue.having((word,)).totals, *self._catalogue.needing(word)}

    def _parts_of(self, typed: Phrase) -> tuple[str, ...]:
        """Parts of the body that a query names, for which there is something."""
        parts = [word for word in dict.fromkeys(typed) if word in meanings().parts]
        return self._catalogue.shown(word for word in parts if self._reader.read((word,)))

    def _place(self, at: int) -> tuple[int, int, int]:
        """Of two that fit alike: what is used more, then what has the plainer name."""
        entry = self._catalogue.phrases[at]
        return -entry.used, entry.names[0].count(" "), at
