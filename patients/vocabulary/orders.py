"""How far a surgeon lets a joint go, and until which week. Pure.

The codes are a joint and a direction of the rules. Straightening of knee and elbow is not among
them: a joint is straight in most positions, and no trait of an exercise says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from patients.vocabulary.words import LIMITED_MOVEMENTS, LIMITED_MOVES

MOST_DEGREES: Final = 180
MOST_LIMIT_WEEKS: Final = 520
"""Upper bound for the week until which a limit holds: ten years."""


@dataclass(frozen=True, slots=True)
class MovementLimit:
    """A movement that goes no further than so many degrees.

    ``until_week``: from this week after the operation it no longer holds; ``None``: it holds until
    somebody takes it away.
    """

    movement: str
    degrees: int
    until_week: int | None = None

    @property
    def joint(self) -> str:
        """The joint, or the part of the spine."""
        return self.movement.partition("_")[0]

    @property
    def direction(self) -> str:
        """Which way it moves."""
        return self.movement.partition("_")[2]

    @property
    def until(self) -> str:
        """How long it holds, in words."""
        if self.until_week is None:
            return "until the surgeon lifts it"
        return f"until week {self.until_week}"

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands among others: the strictest of one movement comes first."""
        return self.movement, self.degrees, self.until_week or MOST_LIMIT_WEEKS

    def __str__(self) -> str:
        return f"{LIMITED_MOVEMENTS[self.movement].lower()} to {self.degrees} degrees {self.until}"

    def holds(self, weeks_ago: int | None) -> bool:
        """Whether it holds so many weeks after; an operation without a date counts as recent."""
        return self.until_week is None or weeks_ago is None or weeks_ago < self.until_week

    def move(self, side: str) -> str:
        """The movement as it is said to the patient: "bend your left knee"."""
        return LIMITED_MOVES[self.movement].format(side=side)

    @property
    def kept(self) -> dict[str, Any]:
        """The limit as a row keeps it."""
        return {
            "movement": self.movement,
            "degrees": self.degrees,
            "until_week": self.until_week,
        }


def _place(limit: MovementLimit) -> tuple[str, int, int]:
    return limit.place


def limits_of(rows: Iterable[Mapping[str, Any]]) -> tuple[MovementLimit, ...]:
    """The limits that a row keeps, in one order."""
    return tuple(sorted((MovementLimit(**row) for row in rows), key=_place))


def limits_text(limits: Sequence[MovementLimit]) -> str:
    """All of them in words; empty where there is none."""
    return "; ".join(map(str, limits))


def limits_written(limits: Iterable[MovementLimit]) -> str:
    """All of them as one text, for a snapshot; ``limits_read`` reads it."""
    return ",".join(
        f"{m.movement} {m.degrees} {'' if m.until_week is None else m.until_week}".strip()
        for m in sorted(limits, key=_place)
    )


def limits_read(text: str) -> tuple[MovementLimit, ...]:
    """What ``limits_written`` wrote."""
    rows = [part.split() for part in text.split(",") if part]
    return tuple(
        MovementLimit(movement, int(degrees), int(until[0]) if until else None)
        for movement, degrees, *until in rows
    )
