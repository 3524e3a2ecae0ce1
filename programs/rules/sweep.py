"""Many exercises weighed at once: the arithmetic behind :class:`programs.rules.engine.Engine`.

Pure. The meaning is that of :func:`programs.rules.engine.judge`, one exercise and side ("unit")
after the other; a test compares the two. What makes it quick: the units that a clause touches are
one large number with a byte for each unit. Comparing two clauses over a whole catalogue is then
one operation, and eight of them share a byte, whose value names what was said of the unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import getitem
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from programs.rules.book import SEVERITY
from programs.rules.conditions import Truth

if TYPE_CHECKING:
    from programs.rules.verdict import ActiveClause, Reason

LEAST_TO_ASK: Final = SEVERITY["caution"]
"""An unknown answer matters where it could bring a verdict of at least this severity."""
BITS: Final = 8

_T = TypeVar("_T")


class Weighed(NamedTuple):
    """What the clauses make of a unit: reasons worst first, then by rule; notes by rule.

    ``unanswered``: unknown findings whose answer could make the verdict worse, sorted.
    """

    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    unanswered: tuple[str, ...]


Heard = Sequence[tuple["ActiveClause", int]]
"""Active clauses, each with the units it touches, as ``spread`` gives them."""


def spread(units: Iterable[int], count: int) -> int:
    """Unit numbers below ``count`` as one number with a byte for each unit, 1 where it is named."""
    each = bytearray(count)
    for i in units:
        each[i] = 1
    return int.from_bytes(each, "little")


def sweep(heard: Heard, count: int) -> list[Weighed]:
    """Weigh the active clauses of one case over ``count`` units, each distinct mix of them once."""
    # In this order the first clause of a rule that touches a unit is its worst, and the reasons
    # of a unit come out worst first, then by rule.
    ordered = sorted(heard, key=lambda h: (-h[0].severity, h[0].said.rule, h[0].number, h[0].about))
    reasons = _Planes(_said(ordered, lambda a: a.severity >= 0), count)
    notes = _Planes(_said(ordered, lambda a: a.severity < 0), count)
    unanswered = _Planes(_asked(ordered), count)
    first, second = len(reasons.columns), len(reasons.columns) + len(notes.columns)
    known: dict[tuple[int, ...], Weighed] = {}
    out = []
    for key in zip(*reasons.columns, *notes.columns, *unanswered.columns, strict=True):
        found = known.get(key)
        if found is None:
            found = known[key] = Weighed(
                reasons.named(key[:first]),
                notes.named(key[first:second]),
                unanswered.named(key[second:]),
            )
        out.append(found)
    return out or [Weighed((), (), ())] * count


def _said(ordered: Heard, wanted: Callable[[ActiveClause], bool]) -> list[tuple[int, Reason]]:
    """What holds and where, without the units in which the same rule has spoken before."""
    spoken: dict[str, int] = {}
    out = []
    for active, touched in ordered:
        if active.truth is Truth.YES and wanted(active):
            before = spoken.get(active.said.rule, 0)
            out.append((touched & ~before, active.said))
            spoken[active.said.rule] = before | touched
    return out


def _asked(ordered: Heard) -> list[tuple[int, str]]:
    """Each unknown finding with the units whose verdict its answer could make worse."""
    asked: dict[str, int] = {}
    settled = 0
    for severity in sorted({a.severity for a, _ in ordered}, reverse=True):
        if severity < LEAST_TO_ASK:
            break
        level = [(a, touched) for a, touched in ordered if a.severity == severity]
        # Units that have a verdict as bad already have nothing to ask at this level.
        for active, touched in level:
            if active.truth is Truth.YES:
                settled |= touched
        for active, touched in level:
            if active.truth is Truth.UNKNOWN:
                for code in active.unknown:
                    asked[code] = asked.get(code, 0) | (touched & ~settled)
    return [(asked[code], code) for code in sorted(asked)]


class _Planes(Generic[_T]):
    """Things said of units, eight to a byte: a column of bytes, and what each value stands for."""

    def __init__(self, said: Sequence[tuple[int, _T]], count: int) -> None:
        self.columns: list[bytes] = []
        self._meanings: list[_Meanings[_T]] = []
        for start in range(0, len(said), BITS):
            eight = said[start : start + BITS]
            column = 0
            for bit, (touched, _) in enumerate(eight):
                column |= touched << bit
            self.columns.append(column.to_bytes(count, "little"))
            self._meanings.append(_Meanings(tuple(thing for _, thing in eight)))

    def named(self, key: tuple[int, ...]) -> tuple[_T, ...]:
        """What a unit's bytes stand for, in order."""
        return tuple(chain.from_iterable(map(getitem, self._meanings, key)))


class _Meanings(dict[int, tuple[_T, ...]]):
    """Byte → the things whose bits are set, worked out when first asked for."""

    def __init__(self, things: tuple[_T, ...]) -> None:
        super().__init__()
        self.things = things

    def __missing__(self, byte: int) -> tuple[_T, ...]:
        found = tuple(thing for bit, thing in enumerate(self.things) if byte >> bit & 1)
        self[byte] = found
        return found
