"""Every way to read a query, and which entries fit it best in one of them. Pure.

Where nothing has both sides of an *or*, either is found. Only where nothing does, or no more than
its words somewhere, is what is near asked instead: see ``instead``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from programs.exercises.search.bits import Bits
from programs.exercises.search.fit import STOP_WORDS, AskedPhrase, Match, to_the_point, useful
from programs.exercises.search.instead import OtherWays, fits_well, plain
from programs.exercises.search.meanings import Phrase, meanings
from programs.exercises.search.postings import CatalogueWords
from programs.exercises.search.scoring import Fits, keep, keep_of_part

JOINED, MEANT = 1, 5
"""What a query with two words written as one, and one with other words, count less (of 100)."""
OR: Final = "or"
_PAIN: Final = "pain"


class QueryReader:
    """Reads queries with the words of one catalogue."""

    def __init__(self, catalogue: CatalogueWords) -> None:
        self._catalogue = catalogue
        self._other_ways = OtherWays(catalogue, self.read)

    def found(self, typed: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What answers a query, and what was asked instead where nothing did."""
        if any(self._for_nothing(words) for words in (typed, *meanings().before_any(typed))):
            return Fits(), ()
        found = self._first(typed) or self.read(typed) or self._either(typed)
        # What only has the words somewhere is less than what is known to be near.
        if found and not fits_well(found) and (near := meanings().near.get(typed)):
            return self.read(near).take(found, at_best=Match.BEGUN), near
        if found:
            return self._with_any_time(found, typed), ()
        return self._other_ways.found(typed, query)

    def _for_nothing(self, typed: Phrase) -> bool:
        """Whether it is what no exercise is for, asides apart."""
        told = (frozenset(plain(words)) for words in (typed, to_the_point(typed)))
        return not meanings().nothing.isdisjoint(told)

    def _with_any_time(self, found: Fits, typed: Phrase) -> Fits:
        """The same, and behind it what is for a complaint at any time and place.

        When it hurts is not what it is: *hip aches at night* asks for the hip. Where entries say
        that they help the part, one that only has the words comes behind those.
        """
        felt = meanings().before_a_circumstance(typed)
        if fits_well(found) or not (felt or meanings().moments & {*typed}):
            return found
        complaint = plain(to_the_point(felt or typed))
        if not meanings().part_of(complaint):
            return found
        helping = self._catalogue.exact.helping(self._part_in(complaint))
        told = found.only(helping) if helping else found
        at_any_time = self.read(complaint)
        return told.take_behind(at_any_time, found) if told else at_any_time.take_behind(found)

    def read(self, typed: Phrase) -> Fits:
        """The best of every way to read these words, with their fillers and without.

        Who names a part of the body that hurts looks for what is done for that part.
        """
        told = useful(typed)
        part = self._part_in(tuple(word for word in told if word not in STOP_WORDS))
        found, sure = Fits(), self._catalogue.exact.training(part)
        for phrase in dict.fromkeys((typed, told)):
            # What is called exactly that comes before what is called so without the fillers.
            self._keep(found, sure, phrase, less=0 if phrase == typed else JOINED)
            for joined in self._joined(phrase):
                self._keep(found, sure, joined, less=2 * JOINED)
            for way in (phrase, *meanings().joined(phrase)):
                for reading, instead in meanings().readings(way):
                    self._keep(found, sure, reading, instead, less=MEANT)
        if part:
            self._keep_of_part(found, sure, told, part)
        return found

    def _part_in(self, told: Phrase) -> Phrase:
        """The part of the body that a query names alone, or complains of; empty where it does not.

        It is called as the catalogue calls it: *lower back* is the low back, *bum* the buttock.
        """
        part = meanings().part_of(told)
        plain = meanings().without_complaints(told)
        if plain == told and not meanings().is_part(told):
            return ()
        ways = (plain, *(reading for reading, _ in meanings().readings(plain)))
        return next((way for way in ways if self._catalogue.exact.training(way)), part)

    def _keep_of_part(self, found: Fits, sure: Bits, told: Phrase, part: Phrase) -> None:
        """Add what is done for a part of the body, and what is for pain there."""
        alone = meanings().is_part(tuple(word for word in told if word not in STOP_WORDS))
        if told != part:  # else they were scored as typed
            keep_of_part(found, self._catalogue, part, sure, alone=alone)
        complaint = (*part, _PAIN)
        if {*complaint} == {*told} - STOP_WORDS:
            return
        self._keep(found, sure, complaint, less=MEANT if alone else JOINED)
        for reading, instead in () if alone else meanings().readings(complaint):
            self._keep(found, sure, reading, instead, less=MEANT)

    def _joined(self, typed: Phrase) -> Iterator[Phrase]:
        """The query with two neighbours written as one, where the catalogue has that word."""
        for at in range(len(typed) - 1):
            word = typed[at] + typed[at + 1]
            if word in self._catalogue:
                yield (*typed[:at], word, *typed[at + 2 :])

    def _keep(
        self, found: Fits, sure: Bits, phrase: Phrase, instead: Phrase = (), *, less: float = 0
    ) -> None:
        """Add what this reading finds. ``less``: what it counts less than the query as typed.

        ``instead``: what stands in it for a phrase that was typed. That has to stand in one text:
        three words from three places do not mean what they mean together.
        """
        having = self._catalogue.having(phrase, frozenset(instead))
        if having.all:
            asked = AskedPhrase.of(phrase, same=not instead)
            keep(found, self._catalogue, asked, having, less=less, sure=sure)

    def _either(self, typed: Phrase) -> Fits:
        """What either side of an *or* finds; nothing where one of them finds nothing."""
        if OR not in typed[1:-1]:
            return Fits()
        at = typed.index(OR, 1)
        one, other = self.read(typed[:at]), self.read(typed[at + 1 :])
        return one.take(other) if one and other else Fits()

    def _first(self, typed: Phrase) -> Fits:
        """What a phrase means before all else, and then what is called so."""
        instead = meanings().first.get(typed)
        found = self.read(instead) if instead else Fits()
        return found.take(self.read(typed), at_best=Match.WORDS) if found else found
