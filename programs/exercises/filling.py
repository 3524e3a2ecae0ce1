"""An exercise in words for one patient: the treated side and the dose filled in. Pure."""

from __future__ import annotations

import re
from typing import Final

from programs.exercises.dosage import Dosage, seconds_words
from programs.exercises.sides import fill_sides

HOLD: Final = "{hold}"
_OPEN: Final = "the time your program says"
_SENTENCES: Final = re.compile(r"(?<=[.!?]) ")


def filled_steps(steps: tuple[str, ...], side: str, dosage: Dosage | None) -> tuple[str, ...]:
    """The steps with side and hold time; a sentence about holding goes where the dose has no hold.

    Without a dose, as in the library, the time is left to the program.
    """
    filled = (_fill_hold(fill_sides(step, side), dosage) for step in steps)
    return tuple(step for step in filled if step)


def _fill_hold(step: str, dosage: Dosage | None) -> str:
    if HOLD not in step:
        return step
    if dosage is None:
        return step.replace(HOLD, _OPEN)
    if dosage.hold_s is None:
        return " ".join(s for s in _SENTENCES.split(step) if HOLD not in s)
    return step.replace(HOLD, seconds_words(dosage.hold_s))
