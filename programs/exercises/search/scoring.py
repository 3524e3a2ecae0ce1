"""How well the entries fit one reading of a query that have its words, all at once. Pure.

Entries that fit alike, by the same words, are one set of bits, however many they are: a query costs
as much as there are ways to fit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from programs.exercises.search.bits import Bits
from programs.exercises.search.closeness import Nearness
from programs.exercises.search.fit import (
    FIRST_FOR,
    FOR_IT,
    HELPS,
    MADE_FOR,
    OF_WORDS,
    REGION,
    AskedPhrase,
    Match,
)
from programs.exercises.search.meanings import Phrase
from programs.exercises.search.postings import CatalogueWords, Having

Ranked = tuple[Match, float, Bits]
Scored = Iterator[tuple[float, Bits]]
_LAST: Final = max(Match)
A_STEP: Final = 100
"""All that a score can be: what counts less by this is behind."""


class Fits:
    """Entries by how well they fit, of every reading; each counts by the best of its own.

    ``settled``: entries that were found to be called what is asked, or about it.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Match, float], Bits] = {}
        self.settled: Bits = 0
        self.all: Bits = 0

    def __bool__(self) -> bool:
        return self.all != 0

    def add(self, match: Match, score: float, entries: Bits) -> None:
        """Entries that fit so well."""
        if entries:
            self._found[match, score] = self._found.get((match, score), 0) | entries
            self.all |= entries
            if match <= Match.ABOUT:
                self.settled |= entries

    def ranked(self, without: Bits = 0) -> Iterator[Ranked]:
        """The best first, each entry once."""
        left = self.all & ~without
        for (match, score), entries in sorted(self._found.items(), key=lambda row: _place(row[0])):
            if best := entries & left:
                yield match, score, best
                left ^= best

    def only(self, entries: Bits) -> Fits:
        """The same of these entries."""
        fits = Fits()
        for match, score, some in self.ranked(~entries):
            fits.add(match, score, some)
        return fits

    def best(self) -> tuple[Match, float]:
        """How good the best of them is; the smaller the better."""
        return min(map(_place, self._found))

    def take(self, other: Fits, at_best: Match = Match.CALLED) -> Fits:
        """Add what something else found, as no better than this."""
        for match, score, entries in other.ranked():
            self.add(max(match, at_best), score, entries)
        return self

    def take_behind(self, *others: Fits) -> Fits:
        """Add what each of these found, last and in its own order: one after the other."""
        steps = 0
        for other in others:
            for match, score, entries in other.only(~self.all).ranked():
                self.add(_LAST, score - A_STEP * (steps + match), entries)
            steps += len(Match)
        return self


def _place(fit: tuple[Match, float]) -> tuple[Match, float]:
    return fit[0], -fit[1]


def keep(
    fits: Fits,
    catalogue: CatalogueWords,
    asked: AskedPhrase,
    having: Having,
    *,
    less: float,
    sure: Bits,
) -> None:
    """Add what a reading finds. ``less``: what it counts less than the query as typed.

    ``sure``: entries that will be found to be about what was typed, so that having its words says
    nothing more of them. What only means the same says no more of an entry that is called what was
    typed, or is about it.
    """
    called, about = catalogue.exact.called(asked), catalogue.exact.about(asked)
    plain = having.all & ~(called | about | sure | fits.settled)
    near = catalogue.names.steps(asked.spaced, asked.same)
    talks = _only_talks(catalogue, asked)
    special = having.all & (called | about)
    if not asked.same:
        special &= ~fits.settled
    if special:
        match = Match.CALLED if asked.same else Match.ABOUT
        for score, entries in _nearer(_by_words(having, special & called), near):
            quiet = talks if match is not Match.CALLED else 0
            _add(fits, match, score - less, entries, quiet)
        _keep_about(fits, catalogue, asked, having, special & ~called, near, talks, less)
    if plain:
        _keep_plain(fits, catalogue, asked, having, plain, near, talks, less)


def _keep_about(
    fits: Fits,
    catalogue: CatalogueWords,
    asked: AskedPhrase,
    having: Having,
    about: Bits,
    near: tuple[Nearness, ...],
    talks: Bits,
    less: float,
) -> None:
    """Add entries that are about what is asked, or for it."""
    if not about:
        return
    of_part = about & catalogue.exact.of_part(asked.phrase)
    rows = [*_nearer(_by_words(having, about & ~of_part), near)]
    rows += _for_part_alone(catalogue, asked.phrase, of_part)
    first = catalogue.exact.first_for(asked.needed)
    match, more = (Match.ABOUT, 0) if asked.same else (Match.NAMED, FOR_IT)
    for score, left in rows:
        for counts, first_for in first.items() if left else ():
            _add(fits, match, score + counts + more - less, left & first_for, talks)
            left &= ~first_for
        _add(fits, match, score + more - less, left, talks)


def _keep_plain(
    fits: Fits,
    catalogue: CatalogueWords,
    asked: AskedPhrase,
    having: Having,
    plain: Bits,
    near: tuple[Nearness, ...],
    talks: Bits,
    less: float,
) -> None:
    """Add entries that only have the words."""
    alone = len(asked.needed) < 2
    named = 0
    if not alone:
        named = plain & catalogue.texts.together(asked.needed)
    elif asked.same:
        named = plain
    named &= ~having.begun
    begun = plain & having.begun
    for score, entries in _nearer(_by_words(having, plain), near):
        _add(fits, Match.NAMED, score - less, entries & named, talks)
        _add(fits, Match.BEGUN, score - less, entries & begun, talks)
        _add(fits, Match.WORDS, score - less, entries & ~named & ~begun, 0)


def keep_of_part(
    fits: Fits, catalogue: CatalogueWords, part: Phrase, entries: Bits, *, alone: bool
) -> None:
    """Add what is for a part of the body.

    For a complaint its name says nothing of what is done. ``alone``: who types no more than the
    part may have begun a name, and else wants what is given for it most.
    """
    if alone:
        for score, some in _for_part_alone(catalogue, part, entries):
            fits.add(Match.ABOUT, score, some)
        return
    helping = catalogue.exact.helping(part)
    fits.add(Match.ABOUT, OF_WORDS * REGION + MADE_FOR * True, entries & helping)
    fits.add(Match.ABOUT, OF_WORDS * REGION, entries & ~helping)


def _for_part_alone(catalogue: CatalogueWords, part: Phrase, entries: Bits) -> Scored:
    """The scores of what is for a part of the body, where that is all that is asked."""
    near = catalogue.names.steps(" ".join(part), True)
    helping = catalogue.exact.helping(part)
    for score, some in _nearer(iter([(OF_WORDS * HELPS, entries)]), near):
        for much, used in catalogue.exact.used.items():
            yield score + (much + FIRST_FOR[0]), some & used & helping
            yield score + much, some & used & ~helping


def _only_talks(catalogue: CatalogueWords, asked: AskedPhrase) -> Bits:
    """What is advice that nobody asked for: *back pain* does not, and *hip* does not.

    Who types a complaint wants what is done for it first, and the talk about it behind.
    """
    called_so = catalogue.named.together(asked.needed)
    return catalogue.exact.talk & (catalogue.exact.of_part(asked.phrase) | ~called_so)


def _add(fits: Fits, match: Match, score: float, entries: Bits, talks: Bits) -> None:
    if talking := entries & talks:
        fits.add(max(match, Match.WORDS), score, talking)
        entries ^= talking
    fits.add(match, score, entries)


def _by_words(having: Having, entries: Bits) -> Scored:
    """What the words count, of 60, and the entries of which they do."""
    for total, some in having.totals.items():
        if found := some & entries:
            yield OF_WORDS * (total / having.words), found


def _nearer(scored: Scored, near: tuple[Nearness, ...]) -> Scored:
    """The same with what is added for the name."""
    for score, entries in scored:
        left = entries
        for more, nearest in near:
            if found := left & nearest:
                yield score + more, found
                left ^= found
        if left:
            yield score, left
