"""Every way to read a query, and which entries fit it best in one of them. Pure.

Where nothing has both sides of an *or*, either is found. Only where nothing does is what is near
asked instead, where that is known of the whole query, or is it asked without its asides: *going up
stairs*. Then a word is taken for a slip of another, or one of three and more left out, or what
hurts not said: *knees hurt going downstairs*, or what is near a part of the query asked. A word
that is one is a slip only where all of the query is then a name: *calm shell*.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice, product
from typing import Final

from programs.exercises.search.bits import Bits
from programs.exercises.search.fit import STOP_WORDS, AskedPhrase, Match, to_the_point, useful
from programs.exercises.search.meanings import Phrase, meanings
from programs.exercises.search.postings import CatalogueWords
from programs.exercises.search.scoring import Fits, keep, keep_of_part
from programs.exercises.search.slips import SlipGuesses

JOINED, MEANT = 1, 5
"""What a query with two words written as one, and one with other words, count less (of 100)."""
MOST_GUESSES: Final = 12
"""Ways to put a whole query right that are tried."""
OR: Final = "or"
_PAIN: Final = "pain"
FEWEST_TO_LEAVE_ONE: Final = 3
"""Words that a query has at least, for one of them to be left out."""


class QueryReader:
    """Reads queries with the words of one catalogue."""

    def __init__(self, catalogue: CatalogueWords) -> None:
        self._catalogue = catalogue
        self._slips = SlipGuesses(catalogue)

    def found(self, typed: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What answers a query, and what was asked instead where nothing did."""
        found = self._first(typed) or self.read(typed) or self._either(typed)
        if found:
            return found, ()
        found, phrase = self._without_asides(typed)
        if not found:
            found, phrase = self._put_right(typed, query)
        if not found:
            found, phrase = self._called_nearly(typed)
        if not found:
            found, phrase = self._with_one_word_less(typed)
        if not found:
            found, phrase = self._without_complaints(typed)
        if not found:
            found, phrase = self._near(typed)
        return found, phrase

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
            for reading, instead in meanings().readings(phrase):
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

    def _without_asides(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is near to all that is asked, or has all of it but for asides."""
        told = to_the_point(typed)
        plain = meanings().without_complaints(told)
        for asked in (told, plain) if told else ():
            instead = self._near_whole.get(frozenset(asked) - STOP_WORDS)
            if instead and (found := self.read(instead)):
                return found, instead
        # What the catalogue has as a word may be no aside: it goes last.
        kept = tuple(word for word in typed if word in told or word in self._catalogue)
        for asked in dict.fromkeys((kept, told)):
            if asked and asked != typed and (found := self.read(asked)):
                return found, asked
        return Fits(), ()

    def _without_complaints(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What has all that is asked but for asides and that something is wrong."""
        told = meanings().without_complaints(to_the_point(typed))
        useless = told == typed or not {*told} - STOP_WORDS
        return (Fits() if useless else self.read(told)), told

    def _first(self, typed: Phrase) -> Fits:
        """What a phrase means before all else, and then what is called so."""
        instead = meanings().first.get(typed)
        found = self.read(instead) if instead else Fits()
        return found.take(self.read(typed), at_best=Match.WORDS) if found else found

    @cached_property
    def _near_whole(self) -> dict[frozenset[str], Phrase]:
        """What is asked instead of a query that says no more than that, asides apart."""
        near = meanings().near.items()
        told = ((frozenset(to_the_point(of)) - STOP_WORDS, ask) for of, ask in near)
        return {of: ask for of, ask in told if of}

    def _put_right(self, typed: Phrase, query: str) -> tuple[Fits, Phrase]:
        """What is found with each slip put right, and the query then; the best of a few guesses.

        Nothing where a word is in no text and can be no slip either.
        """
        best: tuple[Fits, Phrase] = (Fits(), ())
        guesses = self._slips.each_word(typed, query)
        for phrase in islice(product(*guesses), MOST_GUESSES):
            found = self.read(phrase) if phrase != typed else Fits()
            if found and (not best[0] or found.best() < best[0].best()):
                best = found, phrase
        return best

    def _called_nearly(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is called as a query of several words is but for one slip that is a word itself."""
        for at, word in enumerate(typed) if len(typed) > 1 else ():
            for other in self._slips.other_words(word):
                phrase = (*typed[:at], other, *typed[at + 1 :])
                if self._catalogue.exact.called(AskedPhrase.of(phrase, same=True)):
                    return self.read(phrase), phrase
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
            found = self.read(phrase)
            if found and (not best[0] or found.best() < best[0].best()):
                best = found, phrase
        return best

    def _near(self, typed: Phrase) -> tuple[Fits, Phrase]:
        """What is near where nothing is called so and nothing is for it."""
        for phrase in meanings().nearest(typed):
            if found := self.read(phrase):
                return found, phrase
        return Fits(), ()
