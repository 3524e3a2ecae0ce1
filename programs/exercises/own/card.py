"""The words of an exercise as a handout has them, from what is typed so far.

Pure. Nothing here has been checked: what is missing or wrong is told where it is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from patients.vocabulary import RESOURCES
from programs.exercises.dosage import Dosage
from programs.exercises.dose_line import DoseLineError, read_line
from programs.exercises.filling import filled_steps
from programs.exercises.own.reading_grade import Reading, read_lines
from programs.exercises.sides import SIDE_WORDS, fill_sides

CARD_SIDE: Final = "right"
"""The side that a card is shown for where there is no patient."""
_MOST_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class WordsCard:
    """What a patient reads of an exercise, by the names that an issued one has.

    ``unread``: why the dose is not understood. ``kind``: advice is a tip, without numbers.
    """

    name: str
    kind: str
    side_words: str
    equipment_words: tuple[str, ...]
    steps: tuple[str, ...]
    dose_words: str
    unread: str = ""
    feel: str = ""
    avoid: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    transient_when: str = ""

    @property
    def reading(self) -> Reading | None:
        """How hard the words are to read."""
        return read_lines((*self.steps, self.feel, *self.avoid, *self.stop))


def card_of(
    texts: Mapping[str, Any],
    *,
    kind: str,
    dose: Dosage | None,
    sided: bool,
    needs: Sequence[str],
    unread: str = "",
) -> WordsCard:
    """The card of what is typed: ``texts`` by the names of their fields, lists as lines.

    ``needs``: codes of what it takes, ``helper`` among them.
    """
    side = CARD_SIDE if sided else ""

    def lines(name: str) -> tuple[str, ...]:
        found = [" ".join(line.split()) for line in _text(texts, name).splitlines()]
        return tuple(line for line in found if line)[:_MOST_LINES]

    def filled(name: str) -> tuple[str, ...]:
        return tuple(fill_sides(line, side) for line in lines(name))

    return WordsCard(
        name=" ".join(_text(texts, "name").split()),
        kind=kind,
        side_words=SIDE_WORDS[side],
        equipment_words=tuple(RESOURCES[code] for code in sorted(needs) if code in RESOURCES),
        steps=filled_steps(lines("steps"), side, dose),
        dose_words=dose.words if dose else "",
        unread=unread,
        feel=" ".join(filled("feel")),
        avoid=filled("avoid"),
        stop=filled("stop"),
        transient_when=" ".join(filled("transient_when")),
    )


def _text(texts: Mapping[str, Any], name: str) -> str:
    value = texts.get(name) or ""
    return "\n".join(value) if isinstance(value, list | tuple) else str(value)


def dose_in(line: str) -> tuple[Dosage | None, str]:
    """The dose that a line says, or why it cannot be read."""
    try:
        return (read_line(line) if line.strip() else None), ""
    except DoseLineError as error:
        return None, error.reason


def needed(equipment: Iterable[str], *, helped: bool) -> list[str]:
    """What it takes, by code, with somebody who helps."""
    return [*equipment, *(["helper"] if helped else [])]
