"""One step less of an exercise.

Pure. L07 asks for one step less and no source says how big a step is.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from programs.exercises.dosage import Dosage, Span

TIME_UNITS: Final = MappingProxyType({1: 0, 5: 20, 60: 240})
"""What an eased time is counted in, in seconds, and from which time on."""
SHORTEST_S: Final = 5
"""No eased time is shorter."""


def eased(dosage: Dosage) -> Dosage | None:
    """The dose one step lower; ``None`` where it cannot be lower without being nothing.

    A step is the first of these that there is: one set fewer; a quarter fewer repetitions; a
    quarter off the timed work; a quarter off the hold; once a day fewer; one day a week fewer.
    Only one of them changes, so that everybody sees what was done. L07 asks for one step less
    and no source says how big a step is: the quarter is this project's decision.
    """
    for name, smaller in _STEPS:
        span = getattr(dosage, name)
        lower = Span(smaller(span.low), smaller(span.high)) if span is not None else span
        if lower != span:
            changed: dict[str, Any] = {name: lower}
            return replace(dosage, **changed)
    return None


def _one_fewer(number: int) -> int:
    return max(1, number - 1)


def _quarter_fewer(number: int) -> int:
    """Three quarters, rounded to the nearest, and at least one less where that is possible."""
    return max(1, min(number - 1, (3 * number + 2) // 4))


def _quarter_shorter(seconds: int) -> int:
    """Three quarters of a time, in units that people count in; never below ``SHORTEST_S``."""
    unit = max(step for step, start in TIME_UNITS.items() if seconds >= start)
    lower = unit * ((3 * seconds) // (4 * unit)) if unit > 1 else _quarter_fewer(seconds)
    return min(seconds, max(SHORTEST_S, lower))


_STEPS: Final = (
    ("sets", _one_fewer),
    ("reps", _quarter_fewer),
    ("duration_s", _quarter_shorter),
    ("hold_s", _quarter_shorter),
    ("times_per_day", _one_fewer),
    ("days_per_week", _one_fewer),
)
"""What is eased first, and how."""
