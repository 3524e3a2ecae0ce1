"""How like two names are, so that a slip of the key still finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest
from itertools import pairwise
from math import ceil, floor
from typing import TypeVar

from rapidfuzz import fuzz, process

from patients.identity import names

CLOSE_ENOUGH = 78
"""Similarity, in percent, from which a misspelt name is still offered."""
SHORTEST_HALF = 3
"""A word that is written as two is looked for by a half of so many letters."""
OFFERED = 50
"""How many close names are offered at most."""

Key = TypeVar("Key")


def ranked(wanted: str, known: Iterable[tuple[Key, str]]) -> list[Key]:
    """Keys of the names that come close to ``wanted`` (both folded), closest first.

    Each word of ``wanted`` needs a word that is like it; the worst of them decides. Two words that
    stand side by side may have been meant as one, in either name.
    """
    rows = [(key, _with_joined(name.split())) for key, name in known]
    ways = _ways(wanted.split())
    words = {word for _key, row in rows for word in row}
    likeness = {part: _likeness(part, words) for way in ways for part in way}
    liked = set().union(*likeness.values())
    found = []
    for key, row in rows:
        if liked.isdisjoint(row):
            continue
        worst = max(
            min(max((likeness[part].get(word, 0.0) for word in row), default=0.0) for part in way)
            for way in ways
        )
        if worst:
            found.append((worst, key))
    return [key for _worst, key in nlargest(OFFERED, found, key=lambda pair: pair[0])]


def meant(words: str) -> list[list[set[str]]]:
    """The ways to read folded words: of each, its parts; of each part, the pieces to look for.

    A part is found by a word like it. It may also stand in a name as two words: then one of the two
    is as like the piece of it before or behind some place as the whole is, or more.
    """
    return [[_pieces(part) for part in way] for way in _ways(words.split())]


def lengths_like(words: Iterable[str]) -> tuple[int, int]:
    """The shortest and the longest word that can be close enough to one of these."""
    lengths = [len(word) for word in words]
    share = CLOSE_ENOUGH / (200 - CLOSE_ENOUGH)
    return ceil(min(lengths) * share), floor(max(lengths) / share)


def like(wanted: Collection[str], known: Sequence[str]) -> dict[str, set[str]]:
    """For each of these words, those of the known ones that are close enough to it."""
    import numpy as np

    parts = sorted(wanted)
    if not known or not parts:
        return {part: set() for part in parts}
    scores = process.cdist(
        parts, known, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, dtype=np.float32
    )
    return {
        part: {known[int(place)] for place in np.flatnonzero(row)}
        for part, row in zip(parts, scores, strict=True)
    }


def _pieces(part: str) -> set[str]:
    halves = [half for cut in range(1, len(part)) for half in (part[:cut], part[cut:])]
    return {part, *(half for half in halves if len(half) >= SHORTEST_HALF)}


def near(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: each word of one is like a word of the other.

    The other may have more words. An initial is like a name that begins with it.
    """
    if names.same(one, other):
        return True
    mine, theirs = one.split(), other.split()
    return bool(mine and theirs) and (_is_within(mine, theirs) or _is_within(theirs, mine))


def _is_within(words: Sequence[str], others: Sequence[str]) -> bool:
    there = _with_joined(others)
    return any(all(_is_like(part, there) for part in way) for way in _ways(words))


def _is_like(part: str, words: Sequence[str]) -> bool:
    return any(
        word[0] == part[0]
        if min(len(word), len(part)) == 1
        else fuzz.ratio(part, word) >= CLOSE_ENOUGH
        for word in words
    )


def _with_joined(words: Sequence[str]) -> list[str]:
    return [*words, *(a + b for a, b in pairwise(words))]


def _ways(words: Sequence[str]) -> list[list[str]]:
    """The words as they are, and with two that stand side by side written as one."""
    joined = [[*words[:i], words[i] + words[i + 1], *words[i + 2 :]] for i in range(len(words) - 1)]
    return [list(words), *joined]


def _likeness(part: str, words: Collection[str]) -> dict[str, float]:
    """How like ``part`` each of the words is, 0–100; those too far off are left out."""
    near_words = process.extract(
        part, list(words), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=None
    )
    return {word: score for word, score, _place in near_words}
