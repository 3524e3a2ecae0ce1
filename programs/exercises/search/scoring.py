"""How well the entries fit one reading of a query that have its words. Pure.

``fit`` judges one entry in full. Here all are judged, most of them in short: what is neither called
what is asked nor about it can only have the words, and is left as soon as that tells no more of it
than an earlier reading did.
"""

from __future__ import annotations

from typing import Final

from programs.exercises.search.exact import Places
from programs.exercises.search.fit import OF_WORDS, AskedPhrase, Match, closeness, judged
from programs.exercises.search.postings import CatalogueWords, Having

Fits = dict[int, tuple[Match, float]]
"""By their place in the catalogue, entries with how well they fit, and their score."""
_ABOUT: Final = Match.ABOUT
_NAMED: Final = Match.NAMED


def better(best: Fits, at: int, match: Match, score: float) -> None:
    """Keep how an entry fits a reading where none before fits it better."""
    if at not in best or (match, -score) < (best[at][0], -best[at][1]):
        best[at] = (match, score)


def keep(
    best: Fits,
    catalogue: CatalogueWords,
    asked: AskedPhrase,
    having: Having,
    *,
    less: float,
    sure: Places,
) -> None:
    """Add what a reading finds. ``less``: what it counts less than the query as typed.

    ``sure``: entries that will be found to be about what was typed, so that having its words says
    nothing more of them. What only means the same says no more of an entry that is called what was
    typed, or is about it.
    """
    special = catalogue.exact.special(asked)
    for at in special & having.totals.keys():
        if asked.same or at not in best or best[at][0] > _ABOUT:
            value, whole = having.totals[at] / having.words, at not in having.begun
            match, score = judged(catalogue.phrases[at], asked, value, whole=whole)
            better(best, at, match, score - less)
    _keep_plain(best, catalogue, asked, having, having.totals.keys() - special - sure, less)


def _keep_plain(
    best: Fits,
    catalogue: CatalogueWords,
    asked: AskedPhrase,
    having: Having,
    plain: Places,
    less: float,
) -> None:
    """Add entries that only have the words."""
    phrases, spaced, same = catalogue.phrases, asked.spaced, asked.same
    totals, words, begun = having
    alone = len(asked.needed) < 2
    whole = _NAMED if same and alone else Match.WORDS
    for at in plain:
        known = best.get(at)
        if known and known[0] <= _ABOUT:
            continue
        entry = phrases[at]
        score = OF_WORDS * (totals[at] / words)
        if spaced in entry.names[0] or (same and spaced in entry.first_words):
            score += closeness(entry, spaced, same=same)
        score -= less
        if known and known[0] <= _NAMED and known[1] >= score:
            continue
        if at in begun:
            match = Match.BEGUN
        else:
            match = whole if alone or not entry.together(asked.needed) else _NAMED
        if entry.talk and entry.only_talks(asked):
            match = max(match, Match.WORDS)
        if not known or (match, -score) < (known[0], -known[1]):
            best[at] = (match, score)
