"""Typing slips, and which words are none. Pure.

Only what is no word can be a slip of one: *plank* is a word, so it is never taken for *flank*,
however near that is. The words come from the dictionary that the system packages install
(``scripts/system-packages.sh``); without it only the safest slips are put right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

DICTIONARIES: Final = tuple(
    Path("/usr/share/dict") / name
    for name in ("american-english-small", "american-english", "british-english", "words")
)
SHORTEST: Final = 3
LONG: Final = 8
"""From this length on two slips are forgiven, before it one."""


@cache
def dictionary() -> frozenset[str]:
    """Ordinary English words in lower case; empty where no dictionary is installed."""
    for path in DICTIONARIES:
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="ignore").splitlines()
            return frozenset(line.lower() for line in lines if line.isalpha())
    return frozenset()


def may_be_a_slip(typed: str, known: Callable[[str], bool]) -> bool:
    """Whether a word, as it was typed, can be a misspelling at all. ``known``: is it a word?"""
    return len(typed) >= SHORTEST and typed.isalpha() and typed.isascii() and not known(typed)


def is_a_word(typed: str) -> bool:
    """Whether the dictionary has it, or its singular."""
    lower, ordinary = typed.lower(), dictionary()
    return lower in ordinary or (lower.endswith("s") and lower[:-1] in ordinary)


def meant(word: str, vocabulary: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Words of the vocabulary that ``word`` may be a slip of, each with its number of slips.

    Swapped neighbours are one slip. The first letter is right, or swapped with the second. Where
    there is no dictionary to tell words from slips, no letter may stand for another.
    """
    for token, slips in near(word, vocabulary):
        swapped = word[:2] == token[1::-1]
        if (word[0] == token[0] or swapped) and (dictionary() or _same_letters(word, token)):
            yield token, slips


def near(word: str, vocabulary: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Words of the vocabulary that lie one slip from another, or two where it is long."""
    most = 2 if len(word) >= LONG else 1
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
    return ((token, int(slips)) for token, slips, _ in found)


def _same_letters(word: str, token: str) -> bool:
    return len(word) != len(token) or sorted(word) == sorted(token)
