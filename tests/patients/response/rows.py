"""Rows of the response contract: a history, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from patients.response import LogEntry, Place
from tests.patients.response.histories import (
    log,
    session,
)

BOTH = Place(4, 4)
FLAG = "rf_bilateral_leg_new"


def calm(name: str, day: float) -> list[LogEntry]:
    """A session with little pain, in the back alone."""
    return session(name, day, pains={"before": 2, "after": 2, "settled": 2}, ranks={"before": 1})


def weak(day: float, place: Place | None = None, phase: str = "before", **more: Any) -> LogEntry:
    return log("w", day, phase, kinds="weakness", place=place, **more)


def bend(**pains: int) -> list[LogEntry]:
    """A back bend with the leg as bad at each check as before it."""
    checks = [p for p in ("during", "after", "settled") if p in pains]
    ranks: dict[str, int | Place] = {"before": 5, **dict.fromkeys(checks, 5)}
    return session("b", 0, item="ext", pains={"before": 4, **pains}, ranks=ranks)


@dataclass(frozen=True)
class Row:
    """One history and what it means. ``proposals`` and ``trend`` None: told by other rows."""

    name: str
    logs: Iterable[LogEntry]
    outcome: str
    alerts: list[str] = field(default_factory=list)
    proposals: list[str] | None = None
    items: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    trend: str | None = None
    more: dict[str, Any] = field(default_factory=dict)
