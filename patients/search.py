"""Finding a name that was typed from memory: without accents, in any case, with a slip."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from heapq import nlargest
from itertools import repeat
from typing import Any

from rapidfuzz import fuzz, process

CLOSE_ENOUGH = 78
"""Similarity, in percent, from which a misspelt name is still offered."""
SEARCHED = 450
"""Characters of a folded name that are kept and compared; folding can lengthen a name."""
OFFERED = 50
"""How many close names are offered at most."""

_SPELLED_OUT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """The text as it is compared: lower case, without accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_SPELLED_OUT)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.replace("\x00", "").split())


def ranked(wanted: str, names: Iterable[tuple[Any, str]]) -> list[Any]:
    """Keys of the names that come close to ``wanted`` (both folded), closest first.

    Each word of ``wanted`` needs a word that is like it; the worst of them decides.
    """
    rows = [(key, name.split()) for key, name in names]
    known = {word for _key, words in rows for word in words}
    likeness = [_likeness(part, known) for part in wanted.split()]
    found = []
    for key, words in rows:
        worst = min(max(map(like.get, words, repeat(0.0)), default=0.0) for like in likeness)
        if worst:
            found.append((worst, key))
    return [key for _worst, key in nlargest(OFFERED, found, key=lambda pair: pair[0])]


def _likeness(part: str, words: Collection[str]) -> dict[str, float]:
    """How like ``part`` each of the words is, 0–100; those too far off are left out."""
    near = process.extract(
        part, list(words), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=None
    )
    return {word: score for word, score, _place in near}
