"""Finding a name that was typed from memory: without accents, in any case, with a slip."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz, process, utils

CLOSE_ENOUGH = 78
"""Similarity, in percent, from which a misspelt name is still offered."""
OFFERED = 50
"""How many close names are offered at most."""

_SPELLED_OUT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """The text as it is compared: lower case, without accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_SPELLED_OUT)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.replace("\x00", "").split())


def ranked(wanted: str, names: Iterable[tuple[Any, str]]) -> list[Any]:
    """Keys of the names that come close to ``wanted`` (folded), closest first."""
    choices = dict(names)
    found = process.extract(
        wanted,
        choices,
        scorer=_score,
        processor=utils.default_process,
        score_cutoff=CLOSE_ENOUGH,
        limit=OFFERED,
    )
    return [key for _name, _score, key in found]


def _score(wanted: str, name: str, *, score_cutoff: float | None = None) -> float:
    """How well the words of ``wanted`` occur in ``name``: the worst word decides, 0–100."""
    words = name.split()
    worst = min(
        (max((fuzz.ratio(part, word) for word in words), default=0.0) for part in wanted.split()),
        default=0.0,
    )
    return worst if score_cutoff is None or worst >= score_cutoff else 0.0
