"""What a search answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple

from programs.exercises.search.fit import K, Match


class Hit(NamedTuple, Generic[K]):
    """One entry found. ``score`` (0–100) orders hits of the same match."""

    key: K
    match: Match
    score: float


class HitStep(NamedTuple, Generic[K]):
    """All entries of one match, best first, with the score of each."""

    match: Match
    keys: Sequence[K]
    scores: Sequence[float]


@dataclass(frozen=True, slots=True)
class Hits(Generic[K]):
    """What was found, the best match first. ``corrected``: the query asked instead, else empty.

    It is kept, and given again to whoever asks the same. ``near``: where nothing was found, words
    of the query that find something by themselves.
    """

    steps: tuple[HitStep[K], ...] = ()
    corrected: str = ""
    near: tuple[str, ...] = ()

    @property
    def found(self) -> tuple[Hit[K], ...]:
        """Each entry with how well it fits, best first."""
        return tuple(
            Hit(key, step.match, score)
            for step in self.steps
            for key, score in zip(step.keys, step.scores, strict=True)
        )

    @property
    def keys(self) -> list[K]:
        """The entries, best first."""
        return [key for step in self.steps for key in step.keys]
