"""What is asked instead of a query that nothing answers, in several ways. Pure.

What is near to the whole query is asked first, where that is known, or the query without its
asides: *going up stairs*. Then a band or a weight is left out beside a name, a word is parted or
taken for a slip of another, the place left out: *calf stretch in bed*, one of three and more left
out, or what hurts not said: *knees hurt going downstairs*, or what is near a part of the query
asked. A word that is one is a slip only where all of the query is then a name: *calm shell*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, reduce
from itertools import islice, product
from operator import or_
from typing import Final

from programs.exercises.search.fit import STOP_WORDS, AskedPhrase, Match, to_the_point, useful
from programs.exercises.search.meanings import WHERE, Phrase, meanings
from programs.exercises.search.normal import stem
from programs.exercises.search.postings import CatalogueWords
from programs.exercises.search.scoring import Fits
from programs.exercises.search.slips import SlipGuesses

MOST_GUESSES: Final = 12
"""Ways to put a whole query right that are tried."""
FEWEST_TO_LEAVE_ONE: Final = 3
"""Words that a query has at least, for one of them to be left out."""
LOAD: Final = frozenset({"band", "weight", "resist"})
"""What an exercise may be made harder with, by the stem of the word."""


class OtherWays:
    """Ways to ask for something else than what was typed. ``read``: finds what fits some words."""

    def __init__(self, catalogue: CatalogueWords, read: Callable[[Phrase], Fits]) -> None:
        self._catalogue = catalogue
        self._read = read
        self._slips = SlipGuesses(catalogue)

    def found(self, typed: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What the first way finds that finds something, and what was asked then."""
        for way in (
            self._without_asides,
            self._without_load,
            self._in_any_order,
            self._parted,
            lambda words: self._put_right(words, query),
            self._called_nearly,
            lambda words: self._before_a_place(words, fewest=2),
            self._with_one_word_less,
            self._without_complaints,
            self._near,
            lambda words: self._before_a_place(words, fewest=1),
        ):
            found, phrase = way(typed)
            if found:
                return found, phrase
        return Fits(), ()

    def _without_asides(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is near to all that is asked, or fits it well but for asides, or fits it at all."""
        if (instead := self._instead_of_all(typed)) and (found := self._read(instead)):
            return found, instead
        ways = [
            (found, asked)
            for asked in self._with_fewer_asides(typed)
            if asked and asked != typed and (found := self._read(asked))
        ]
        well = [way for way in ways if fits_well(way[0])]
        if not well and (complaint := to_the_point(meanings().before_a_circumstance(typed))):
            found, near = self._near(typed)
            if found and fits_well(found):
                return found, near
            complaint = self._instead_of_all(complaint) or complaint
            if found := self._read(complaint):
                return found, complaint
        return next(iter(well or ways), (Fits(), ()))

    def _with_fewer_asides(self, typed: Phrase) -> Iterator[Phrase]:
        """The query without what is said by the way, what may say something last."""
        told = to_the_point(typed)
        # What the catalogue has as a word may be no aside.
        kept = tuple(word for word in typed if word in told or word in self._catalogue)
        at_any_time = meanings().without_moments(kept)
        yield kept
        if not meanings().is_part(plain(at_any_time)):
            yield at_any_time
        if kept == at_any_time or not meanings().is_part(plain(told)):
            yield told
        not_wrong = meanings().without_complaints(told)
        if meanings().parts.isdisjoint(not_wrong):
            yield not_wrong

    def _instead_of_all(self, typed: Phrase) -> Phrase:
        """What is asked instead of all that is typed, asides and complaints apart, in any order."""
        if typed in meanings().near:
            return meanings().near[typed]
        told = to_the_point(typed)
        for asked in (told, meanings().without_complaints(told)) if told else ():
            if instead := self._near_whole.get(frozenset(asked) - STOP_WORDS):
                return instead
        return meanings().in_any_order.get(frozenset(told) - STOP_WORDS, ())

    def _in_any_order(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is known by other words in another order: *mobilise ankle*, ankle mobility."""
        for reading, _ in meanings().readings(to_the_point(typed)):
            phrase = meanings().in_any_order.get(frozenset(reading) - STOP_WORDS, reading)
            if phrase != reading and (found := self._read(phrase)):
                return found, phrase
        return Fits(), ()

    def _without_load(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is called so, where nothing called so has a band or a weight: *purple band clam*."""
        told = plain(to_the_point(typed))
        named = tuple(word for word in told if not _is_load((word,)))
        for at in range(len(told) - 1):
            if _is_load(told[at : at + 2]):
                named = (*told[:at], *told[at + 2 :])
        if named == told or not self._catalogue.exact.called(AskedPhrase.of(named, same=True)):
            return Fits(), ()
        return self._read(named), named

    def _parted(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is found with words parted that are written as one: *kneestrength*."""
        parted = tuple(part for word in typed for part in self._slips.parts_of(word))
        return (self._read(parted) if parted != typed else Fits()), parted

    def _without_complaints(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What has all that is asked but for asides and that something is wrong."""
        told = meanings().without_complaints(to_the_point(typed))
        timed = told != typed and meanings().without_moments(typed) != typed
        useless = told == typed or not {*told} - STOP_WORDS or (timed and meanings().is_part(told))
        return (Fits() if useless else self._read(told)), told

    @cached_property
    def _near_whole(self) -> dict[frozenset[str], Phrase]:
        """What is asked instead of a query that says no more than that, asides apart."""
        near = meanings().near.items()
        told = ((plain(of), plain(to_the_point(of)), ask) for of, ask in near)
        # A part of the body that is left of several words is not what they named.
        whole = (
            (left, ask) for of, left, ask in told if of == left or not meanings().is_part(left)
        )
        return {frozenset(left): ask for left, ask in whole if left}

    def _put_right(self, typed: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What is found with each slip put right, and the query then; the best of a few guesses.

        Nothing where a word is in no text and can be no slip either.
        """
        best: tuple[Fits, Phrase] = (Fits(), ())
        for asked in dict.fromkeys((typed, to_the_point(typed))):
            guesses = self._slips.each_word(asked, query)
            for phrase in islice(product(*guesses), MOST_GUESSES):
                found = self._read(phrase) if phrase not in (typed, asked) else Fits()
                if found and (not best[0] or found.best() < best[0].best()):
                    best = found, phrase
            if best[0]:
                break
        return best

    def _called_nearly(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is called as a query of several words is but for one slip that is a word itself."""
        for at, word in enumerate(typed) if len(typed) > 1 else ():
            for other in self._slips.other_words(word):
                phrase = (*typed[:at], other, *typed[at + 1 :])
                if self._catalogue.exact.called(AskedPhrase.of(phrase, same=True)):
                    return self._read(phrase), phrase
        return Fits(), ()

    def _with_one_word_less(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What all words but one find best, where the catalogue knows each; of equals, the last.

        A part of the body and a thing stay: who types *lift my arm* has no use for a leg.
        """
        told = useful(typed)
        telling = [at for at, word in enumerate(told) if word not in STOP_WORDS]
        best: tuple[Fits, Phrase] = (Fits(), ())
        if len(telling) < FEWEST_TO_LEAVE_ONE or not all(self._slips.known(w) for w in told):
            return best
        for at in reversed(telling):
            if told[at] in meanings().parts or self._catalogue.needing(told[at]):
                continue
            phrase = (*told[:at], *told[at + 1 :])
            found = self._read(phrase) if to_the_point(phrase) else Fits()
            if found and (not best[0] or found.best() < best[0].best()):
                best = found, phrase
        return best

    def _near(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is near where nothing is called so and nothing is for it.

        A part of the body beside what it is near to is of that part: for a *stroke arm* no balance.
        """
        for near, instead in meanings().nearest(typed):
            parts = [word for word in typed if word not in near and word in meanings().parts]
            found = self._read(instead)
            others = [~self._catalogue.having((part,)).all for part in parts]
            if found.all & ~reduce(or_, others, 0):
                return found.only(~reduce(or_, others, 0)), instead
        return Fits(), ()

    def _before_a_place(self, typed: Phrase, fewest: int) -> tuple[Fits, Phrase]:
        """What fits well that is said before where it is done: *calf stretch in bed*.

        ``fewest``: words that say it; one may be a position that is in many names.
        """
        for at, word in enumerate(typed):
            told = plain(to_the_point(typed[:at])) if word in WHERE else ()
            if len(told) >= fewest and not meanings().is_part(told) and (found := self._read(told)):
                return (found, told) if fits_well(found) else (Fits(), ())
        return Fits(), ()


def plain(phrase: Phrase) -> Phrase:
    """The words that say something."""
    return tuple(word for word in phrase if word not in STOP_WORDS)


def fits_well(found: Fits) -> bool:
    """Whether the best of it is more than the words somewhere in an entry."""
    return found.best()[0] < Match.WORDS


def _is_load(phrase: Phrase) -> bool:
    """Whether it is a band or a weight, or says that one is used."""
    known = meanings().others.get(phrase, ())
    ways = (phrase, *known) if known or len(phrase) == 1 else ()
    return any(stem(word) in LOAD for way in ways for word in way[-1:])
