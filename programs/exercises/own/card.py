"""The words of a new exercise as a handout has them, from what is typed so far.

Pure. Nothing here has been checked: what is missing or wrong is told where it is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from patients.vocabulary import RESOURCES
from programs.exercises.dose_line import LONGEST_LINE, DoseLineError, read_line
from programs.exercises.filling import filled_steps
from programs.exercises.own.reading_grade import Reading, read_lines
from programs.exercises.sides import SIDE_WORDS

_SIDE: Final = "right"
"""The side that a card is shown for where there is no patient."""
_MOST_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class WordsCard:
    """What a patient reads of an exercise. ``unread``: why the dose is not understood."""

    name: str
    side_words: str
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    dose_words: str
    unread: str

    @property
    def reading(self) -> Reading | None:
        """How hard the steps are to read."""
        return read_lines(self.steps)


def card_of(
    *, name: str, steps: str, line: str, sided: bool, needs: Sequence[str], so: Iterable[str]
) -> WordsCard:
    """The card; ``needs`` are codes of what it takes, ``line`` is the dose as it is typed."""
    dose, unread = None, ""
    try:
        dose = read_line(line[:LONGEST_LINE]) if line.strip() else None
    except DoseLineError as error:
        unread = error.reason
    lines = [" ".join(text.split()) for text in steps.splitlines() if text.strip()]
    side = _SIDE if sided else ""
    required = [*needs, *(["helper"] if "helped" in so else [])]
    return WordsCard(
        name=" ".join(name.split()),
        side_words=SIDE_WORDS[side],
        needs=tuple(RESOURCES[code] for code in required if code in RESOURCES),
        steps=filled_steps(tuple(lines[:_MOST_STEPS]), side, dose),
        dose_words=dose.words if dose else "",
        unread=unread,
    )
