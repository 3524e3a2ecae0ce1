"""Finds and ranks entries for what somebody types: half words, everyday words, slips. Pure.

How well an entry matches comes in steps (:class:`Match`), so that what is called exactly that comes
before what only mentions it, and whoever shows the hits can put them in another order inside a
step. Every word of the query must match somewhere in an entry. Where nothing has both sides of an
*or*, either is found. Only where nothing does is a word taken for a slip of another, or one of
three and more left out, or what is near asked instead, and then the answer says so. Where that
finds nothing either, the parts of the body are named that the query holds. What follows a *without*
or a *no* must not match.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, pairwise, product
from typing import Final, Generic

from programs.exercises.search.fit import (
    STOP_WORDS,
    AskedPhrase,
    EntryPhrases,
    K,
    Match,
    SearchEntry,
    judged,
)
from programs.exercises.search.hits import Hit, Hits
from programs.exercises.search.meanings import Phrase, meanings
from programs.exercises.search.negation import NEGATIONS, split
from programs.exercises.search.normal import stem, words
from programs.exercises.search.spelling import is_a_word, may_be_a_slip, meant

LONGEST_QUERY: Final = 200
"""Characters of a query that are read; the rest is ignored."""
MOST_QUERY_WORDS: Final = 16
JOINED, MEANT = 1, 5
"""What a query with two words written as one, and one with other words, count less (of 100)."""
LONGEST_ENDING: Final = 4
"""Letters that words of one stem may differ by."""
STEMMED, BEGUN = 0.95, 0.7
"""What a word of the same stem, and the beginning of a word, count against the word itself."""
GUESSES_A_WORD, MOST_GUESSES = 4, 12
"""Words tried in place of one slip, and ways to put a whole query right."""
SHORTEST_PART: Final = 3
"""Letters of a word that begins another one, where more words follow."""
SHORTEST_SLIP, ABBREVIATION = 3, 4
"""Letters that a slip beside other words has, and that an abbreviation in capitals may have."""
OR: Final = "or"
FEWEST_TO_LEAVE_ONE: Final = 3
"""Words that a query has at least, for one of them to be left out."""
FILLERS: Final = frozenset(
    {"exercise", "help", "patient", "physio", "physiotherapy", "workout"}
    | {"best", "good", "how", "some", "what"}
)
"""Words that say nothing about which exercise: a query is read with and without them."""


class SearchIndex(Generic[K]):
    """A catalogue made searchable; build it once, search it often. It never changes."""

    def __init__(self, entries: Iterable[SearchEntry[K]]) -> None:
        self._keys: list[K] = []
        self._phrases: list[EntryPhrases] = []
        self._postings: dict[str, dict[int, float]] = {}
        self._shown: dict[str, str] = {}
        self._needs: dict[str, set[int]] = {}
        for at, entry in enumerate(entries):
            self._keys.append(entry.key)
            self._phrases.append(EntryPhrases.of(entry))
            for text, weight in entry.texts():
                self._read(at, text, weight)
            for word in (word for text in entry.needs for word in words(text)):
                self._needs.setdefault(stem(word), set()).add(at)
        self._vocabulary = sorted(self._postings)
        self._real = sorted(self._shown)
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

    def search(self, query: str, limit: int | None = None) -> Hits[K]:
        """What matches, best first, equals in catalogue order.

        A query without a letter or digit gives the whole catalogue in its order, with score 0.
        """
        typed = tuple(words(query[:LONGEST_QUERY])[:MOST_QUERY_WORDS])
        if not typed:
            everything = (Hit(key, Match.BEGUN, 0.0) for key in self._keys[:limit])
            return Hits(tuple(everything))
        asked, left_out = (typed, ()) if self._says_so(typed) else split(typed)
        found, corrected = self._found(asked, query)
        if left_out:
            having = {at for w in left_out for at in (*self._having((w,)), *self._need(w))}
            found = {at: fit for at, fit in found.items() if at not in having}
        if not found:
            return Hits((), near=self._parts_of(asked))
        ranked = sorted(found, key=lambda at: (found[at][0], -found[at][1], self._length(at), at))
        hits = (Hit(self._keys[at], found[at][0], round(found[at][1], 3)) for at in ranked[:limit])
        return Hits(tuple(hits), corrected)

    def _found(self, typed: Phrase, query: str) -> tuple[dict[int, tuple[Match, float]], str]:
        """What answers a query, and what was asked instead where nothing did."""
        if not typed:
            return dict.fromkeys(range(len(self._keys)), (Match.BEGUN, 0.0)), ""
        found = self._read_all(typed) or self._either(typed)
        if found:
            return found, ""
        found, phrase = self._put_right(typed, query)
        if not found:
            found, phrase = self._with_one_word_less(typed)
        if not found:
            found, phrase = self._near(typed)
        return found, " ".join(self._shown.get(word, word) for word in phrase)

    def _either(self, typed: Phrase) -> dict[int, tuple[Match, float]]:
        """What either side of an *or* finds; nothing where one of them finds nothing."""
        if OR not in typed[1:-1]:
            return {}
        at = typed.index(OR, 1)
        sides = self._read_all(typed[:at]), self._read_all(typed[at + 1 :])
        if not all(sides):
            return {}
        one, other = sides
        worst = (max(Match), 0.0)
        return {
            key: min(one.get(key, worst), other.get(key, worst), key=lambda fit: (fit[0], -fit[1]))
            for key in {**one, **other}
        }

    def _near(self, typed: Phrase) -> tuple[dict[int, tuple[Match, float]], Phrase]:
        """What is near where nothing is called so and nothing is for it."""
        for phrase in meanings().nearest(typed):
            if found := self._read_all(phrase):
                return found, phrase
        return {}, ()

    def _parts_of(self, typed: Phrase) -> tuple[str, ...]:
        """Parts of the body that a query names, for which there is something."""
        parts = [word for word in dict.fromkeys(typed) if word in meanings().parts]
        return tuple(self._shown.get(word, word) for word in parts if self._read_all((word,)))

    def _says_so(self, typed: Phrase) -> bool:
        """Whether an entry itself says *no* or *without*, as in what is asked: "no bouncing"."""
        saying = {at for word in NEGATIONS & {*typed} for at in self._postings.get(word, ())}
        return not saying.isdisjoint(self._having(typed)) if saying else False

    def _need(self, word: str) -> set[int]:
        return self._needs.get(stem(word), set())

    def _with_one_word_less(self, typed: Phrase) -> tuple[dict[int, tuple[Match, float]], Phrase]:
        """What all words but one find, the last first, where the catalogue knows each of them."""
        useful = tuple(w for w in typed if w not in FILLERS and w not in STOP_WORDS)
        if len(useful) >= FEWEST_TO_LEAVE_ONE and all(map(self._known, useful)):
            for at in reversed(range(len(useful))):
                phrase = (*useful[:at], *useful[at + 1 :])
                if found := self._read_all(phrase):
                    return found, phrase
        return {}, ()

    def _length(self, at: int) -> int:
        """Words of the name: of two that are called the same, the plainer one comes first."""
        return self._phrases[at].names[0].count(" ")

    def _read_all(self, typed: Phrase) -> dict[int, tuple[Match, float]]:
        """The best of every way to read the query, with its fillers and without."""
        best: dict[int, tuple[Match, float]] = {}
        useful = tuple(w for w in typed if w not in FILLERS) or typed
        for phrase in dict.fromkeys((typed, useful)):
            # What is called exactly that comes before what is called so without the fillers.
            self._keep(best, phrase, less=0 if phrase == typed else JOINED)
            for joined in self._joined(phrase):
                self._keep(best, joined, less=2 * JOINED)
            for reading, instead in meanings().readings(phrase):
                self._keep(best, reading, instead, less=MEANT)
        return best

    def _joined(self, typed: Phrase) -> Iterator[Phrase]:
        """The query with two neighbours written as one, where the catalogue has that word."""
        for at in range(len(typed) - 1):
            word = typed[at] + typed[at + 1]
            if word in self._postings:
                yield (*typed[:at], word, *typed[at + 2 :])

    def _keep(
        self,
        best: dict[int, tuple[Match, float]],
        phrase: Phrase,
        instead: Phrase = (),
        *,
        less: float = 0,
    ) -> None:
        """Add what this reading finds. ``less``: what it counts less than the query as typed.

        ``instead``: what stands in it for a phrase that was typed. That has to stand in one text:
        three words from three places do not mean what they mean together.
        """
        asked = AskedPhrase.of(phrase, same=not instead)
        needed = frozenset(instead)
        for at, (value, whole) in self._having(phrase).items():
            if instead and (
                (at in best and best[at][0] <= Match.ABOUT)
                or not self._phrases[at].together(needed)
            ):
                continue
            match, score = judged(self._phrases[at], asked, value, whole=whole)
            score -= less
            if at not in best or (match, -score) < (best[at][0], -best[at][1]):
                best[at] = (match, score)

    def _having(self, phrase: Phrase) -> dict[int, tuple[float, bool]]:
        """Entries that have every word: the mean of its best matches (0–1), and whether whole."""
        told = dict.fromkeys(phrase)
        needed = [word for word in told if word not in STOP_WORDS] or list(told)
        # Only the last word may be typed in part already from its first letters.
        tokens = [
            self._tokens(word, part=len(word) >= SHORTEST_PART or word == phrase[-1])
            for word in needed
        ]
        if not all(tokens):
            return {}
        # The rarest word leaves the least to look at.
        tokens.sort(key=lambda found: sum(len(self._postings[token]) for token in found))
        total: dict[int, tuple[float, bool]] = {}
        for number, found in enumerate(tokens):
            best: dict[int, tuple[float, bool]] = {}
            for token, quality in found.items():
                for at, weight in self._postings[token].items():
                    if number and at not in total:
                        continue
                    if quality * weight > best.get(at, (0.0, False))[0]:
                        best[at] = quality * weight, quality >= STEMMED
            if number:
                best = {
                    at: (value + total[at][0], whole and total[at][1])
                    for at, (value, whole) in best.items()
                }
            total = best
            if not total:
                break
        return {at: (value / len(needed), whole) for at, (value, whole) in total.items()}

    def _tokens(self, word: str, *, part: bool) -> dict[str, float]:
        """Words of the catalogue that ``word`` is, is of one stem with, or begins (0–1).

        ``part``: whether it may be the beginning of one.
        """
        whole = {word: 1.0} if word in self._postings else {}
        found = dict(self._starting_with(word)) if part else whole
        for token in self._stems.get(stem(word), ()):
            if abs(len(token) - len(word)) > LONGEST_ENDING:
                continue  # "sidelying" has the stem of "side"
            found[token] = max(STEMMED if token != word else 1.0, found.get(token, 0.0))
        return found

    def _starting_with(self, word: str) -> Iterator[tuple[str, float]]:
        for at in range(bisect_left(self._vocabulary, word), len(self._vocabulary)):
            token = self._vocabulary[at]
            if not token.startswith(word):
                return
            yield token, 1.0 if token == word else BEGUN + 0.2 * len(word) / len(token)

    def _put_right(
        self, typed: Phrase, query: str
    ) -> tuple[dict[int, tuple[Match, float]], Phrase]:
        """What is found with each slip put right, and the query then; the best of a few guesses.

        Nothing where a word is in no text and can be no slip either.
        """
        written = {words(w)[0]: w for w in query.replace("-", " ").split() if words(w)}
        alone = sum(word not in FILLERS for word in typed) == 1
        guesses: list[list[str]] = []
        for word in typed:
            if self._known(word) or not self._may_be_a_slip(word, written, alone=alone):
                guesses.append([word])
            else:
                guesses.append(self._likeliest(word))
        best: tuple[dict[int, tuple[Match, float]], Phrase] = ({}, ())
        for phrase in islice(product(*guesses), MOST_GUESSES):
            found = self._read_all(phrase) if phrase != typed else {}
            if found and (not best[0] or _first(found) < _first(best[0])):
                best = found, phrase
        return best

    def _known(self, word: str) -> bool:
        known = (self._postings, STOP_WORDS, FILLERS, meanings().known)
        return any(word in words_of for words_of in known)

    def _may_be_a_slip(self, word: str, written: Mapping[str, str], *, alone: bool) -> bool:
        """Three letters on their own, or four capitals, are an abbreviation: DVT is not DKTC."""
        as_typed = written.get(word, word)
        if len(word) < SHORTEST_SLIP + alone or (len(word) <= ABBREVIATION and as_typed.isupper()):
            return False
        return may_be_a_slip(as_typed, is_a_word)

    def _likeliest(self, word: str) -> list[str]:
        """Words of the catalogue that this may be a slip of: the nearest, the commonest first.

        A word with more slips is no guess where one has fewer: *roudning* is no *running*.
        """
        near = dict(meant(word, self._meant))
        for length in (len(word), len(word) + 1):
            for start, slips in meant(word, self._beginnings.get(length, [])):
                for token, _ in self._starting_with(start):
                    if token in self._shown:
                        near.setdefault(token, slips + 1)
        ranked = sorted(near, key=lambda t: (near[t], -len(self._postings.get(t, ())), t))
        nearest = [t for t in ranked if near[t] == near[ranked[0]]]
        return nearest[:GUESSES_A_WORD]

    @cached_property
    def _meant(self) -> list[str]:
        """Words of the catalogue, and those that say the same as some of them."""
        return sorted({*self._real, *meanings().known})

    @cached_property
    def _beginnings(self) -> dict[int, list[str]]:
        """By length, the distinct beginnings of that length of the longer words."""
        found: dict[int, set[str]] = {}
        for token in self._real:
            for length in range(1, len(token)):
                found.setdefault(length, set()).add(token[:length])
        return {length: sorted(starts) for length, starts in found.items()}


def _first(found: Mapping[int, tuple[Match, float]]) -> tuple[Match, float]:
    """How good the best of what was found is; the smaller the better."""
    return min((match, -score) for match, score in found.values())
