"""A verdict's reasons."""

from __future__ import annotations

from dataclasses import dataclass

from programs.rules.book import Clause
from programs.rules.conditions import Truth


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule spoke: its verdict and words, where it comes from, and the practice's note."""

    rule: str
    version: int
    verdict: str
    reason: str
    patient: str
    modification: str
    source: str
    item: str
    evidence: str
    reviewed: bool
    facts: tuple[str, ...] = ()
    note: str = ""

    @property
    def key(self) -> str:
        """``R01@1``: what an acknowledgement or override refers to."""
        return f"{self.rule}@{self.version}"


@dataclass(frozen=True, slots=True)
class ActiveClause:
    """A clause that holds, or might, for this case, about one side (empty for none).

    ``number``: the clause's place among those that are active. ``said``: what it says where it
    touches an exercise.
    """

    number: int
    clause: Clause
    about: str
    truth: Truth
    unknown: frozenset[str]
    severity: int
    said: Reason
