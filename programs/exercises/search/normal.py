"""Words in the form they are compared in. Pure.

Case, accents, apostrophes and plural endings fall away, and British and American spellings become
one, so both sides of a comparison go through ``words``. The result may be no real word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import snowballstemmer

_APOSTROPHES: Final = re.compile(r"['’`´]")
_WORD: Final = re.compile(r"[^\W_]+")
_SPELLINGS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\w{3})iz(?=$|[eia])", "is"),  # mobilize, stabilization, mobiliz
        (r"(?<=\w{3})our", "or"),  # behaviour, tumour; never four or hour
        (r"(?<=^cent)re$|(?<=^lit)re$|(?<=^met)re$|(?<=^fib)re$", "er"),
        (r"^[oa]e(?=[dst])", "e"),  # oedema
        (r"(?<=\w)aem", "em"),  # haematoma, ischaemic
        (r"(?<=orthop)ae", "e"),
        (r"ogramme$", "ogram"),
        (r"^grey$", "gray"),
        (r"^disk$", "disc"),
        (r"^practis", "practic"),
    )
)
_ACHES: Final = ("daches", "kaches", "haches")
"""Endings of aches of the head, the back, the stomach: more than one *ache*, unlike *reaches*."""
_stemmer = snowballstemmer.stemmer("english")


def words(text: str) -> list[str]:
    """The words of a text in the form they are compared in."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [_compared(word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What *stretch*, *stretches* and *stretching* have in common."""
    return str(_stemmer.stemWord(word))


@lru_cache(maxsize=20_000)
def _compared(word: str) -> str:
    return _one_spelling(_singular(word))


def _singular(word: str) -> str:
    if len(word) == 3 and word[2] == "s" and word[1] not in "aeious":
        return word[:2]  # sit-ups
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "is", "us")):
        return word
    if word.endswith("ves") and len(word) > 4:
        return f"{word[:-3]}f"
    if word == "aches" or word.endswith(_ACHES):
        return word[:-1]
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def _one_spelling(word: str) -> str:
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word
