"""How a functional goal goes, in words: the change since the first score.

Pure. Scores are 0, cannot do it, to 10, as well as before. A change of 3 points in one activity, or
of 2 in the mean of several, matters; smaller ones are within what the same person answers on
another day. Source: C35, the smallest change of the Patient-Specific Functional Scale that can be
told apart with 90 % confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MATTERS_IN_ONE: Final = 3
"""Points of change, up or down, that matter in one activity."""
MATTERS_IN_MEAN: Final = 2
"""Points of change that matter in the mean of several."""


@dataclass(frozen=True, slots=True)
class GoalChange:
    """First and latest score of a goal, or the means of several; ``enough`` points matter."""

    first: Fraction
    latest: Fraction
    scores: int
    enough: int = MATTERS_IN_ONE

    @property
    def points(self) -> Fraction:
        """Up is better."""
        return self.latest - self.first

    @property
    def matters(self) -> bool:
        """Whether it is more than the same person answers on another day."""
        return abs(self.points) >= self.enough

    @property
    def words(self) -> str:
        """``3 → 6 of 10, better by 3 points: a change that matters``."""
        if self.scores < 2:
            return f"{_number(self.latest)} of 10, scored once"
        start = f"{_number(self.first)} → {_number(self.latest)} of 10"
        if not self.points:
            return f"{start}, no change"
        size = abs(self.points)
        way = "better" if self.points > 0 else "worse"
        unit = "point" if size == 1 else "points"
        matters = "a change that matters" if self.matters else "less than a change that matters"
        return f"{start}, {way} by {_number(size)} {unit}: {matters}"


def change_of(scores: Sequence[int]) -> GoalChange | None:
    """The change over the scores of one goal, in order of time; None where there is none."""
    if not scores:
        return None
    return GoalChange(Fraction(scores[0]), Fraction(scores[-1]), len(scores))


def mean_change(goals: Sequence[Sequence[int]]) -> GoalChange | None:
    """The change of the mean over goals scored at least twice; None for fewer than two of them."""
    told = [scores for scores in goals if len(scores) > 1]
    if len(told) < 2:
        return None
    first = Fraction(sum(s[0] for s in told), len(told))
    latest = Fraction(sum(s[-1] for s in told), len(told))
    return GoalChange(first, latest, 2, MATTERS_IN_MEAN)


def _number(value: Fraction) -> str:
    """Whole, or with one decimal."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"
