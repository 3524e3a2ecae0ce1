"""What a search answers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple

from programs.exercises.search.fit import K, Match


class Hit(NamedTuple, Generic[K]):
    """One entry found. ``score`` (0–100) orders hits of the same match."""

    key: K
    match: Match
    score: float


@dataclass(frozen=True, slots=True)
class Hits(Generic[K]):
    """What was found, best first. ``corrected``: the query that was asked instead, else empty.

    ``near``: where nothing was found, words of the query that find something by themselves.
    """

    found: tuple[Hit[K], ...]
    corrected: str = ""
    near: tuple[str, ...] = ()

    @property
    def keys(self) -> list[K]:
        """The entries, best first."""
        return [hit.key for hit in self.found]
