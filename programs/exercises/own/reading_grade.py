"""How hard words are to read: a hint for whoever writes for patients, never a verdict.

Pure. The Flesch-Kincaid grade counts words a sentence and syllables a word (Kincaid et al. 1975,
Navy Research Branch Report 8-75). Syllables are counted by groups of vowels, which is right for
most words and close for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

GOAL: Final = 6
LONGEST_SENTENCE: Final = 15
_MOST: Final = 16
"""The highest grade told; above it the measure means nothing."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"[^.!?]+")
_VOWELS: Final = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The school grade of a text, and its sentences with more than fifteen words."""

    grade: int
    long: tuple[str, ...]

    @property
    def is_easy(self) -> bool:
        """Grade 6 or below, and no long sentence."""
        return self.grade <= GOAL and not self.long


def read_lines(lines: Iterable[str]) -> Reading | None:
    """Read lines of text, each a sentence or more; ``None`` where there is no word."""
    sentences = [s.strip() for line in lines for s in _SENTENCE.findall(line)]
    counted = [(s, words) for s in sentences if (words := _WORD.findall(s))]
    total = sum(len(words) for _, words in counted)
    if not total:
        return None
    beats = sum(syllables(word) for _, words in counted for word in words)
    grade = 0.39 * total / len(counted) + 11.8 * beats / total - 15.59
    long = tuple(s for s, words in counted if len(words) > LONGEST_SENTENCE)
    return Reading(min(_MOST, max(0, round(grade))), long)


def syllables(word: str) -> int:
    """Roughly how many syllables a word has, at least one."""
    plain = word.lower()
    count = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee", "ie", "oe"))
    past = plain.endswith("ed") and not plain.endswith(("ted", "ded"))
    return max(1, count - (1 if (silent or past) and count > 1 else 0))
