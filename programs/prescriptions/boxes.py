"""Signs that no font here can draw: on paper each would be an empty box.

Pure. Which signs there are fonts for is told by the caller.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from programs.exercises.dosage import Dosage
from programs.prescriptions.sheet import Sheet

_PLACES: Final = {
    "title": "Title",
    "patient_name": "Patient's name",
    "clinician_name": "Clinician's name",
    "clinician_credentials": "Clinician's profession",
    "note": "Note",
    "practice": "Letterhead",
    "stop_rules": "When to stop",
    "red_flags": "Warning signs",
}
_PARTS: Final = {
    "name": "name",
    "steps": "steps",
    "feel": "what you should feel",
    "avoid": "avoid",
    "stop": "stop",
    "equipment_words": "what one needs",
    "cautions": "take care",
    "modification": "do it this way",
    "note": "note",
    "transient_when": "a short rise",
    "figures": "pictures",
}
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_NEVER_TEXT: Final = frozenset({"svg", "image", "motion", "logo_png"})


@dataclass(frozen=True, slots=True)
class Box:
    """A sign that cannot be printed, and where it stands."""

    sign: str
    place: str

    @property
    def code(self) -> str:
        """``U+F123``."""
        return f"U+{ord(self.sign):04X}"

    @property
    def name(self) -> str:
        """What Unicode calls it; a private sign has no name."""
        return unicodedata.name(self.sign, "a sign of one font's own").lower()


def boxes_of(sheet: Sheet, drawable: Container[int]) -> list[Box]:
    """Each sign of the sheet that would print as a box, once for each place."""
    return boxes_in(_texts(sheet), drawable)


def boxes_in(texts: Iterable[tuple[str, str]], drawable: Container[int]) -> list[Box]:
    """The same of any texts, each with the name of its place."""
    found = (
        Box(sign, place)
        for place, text in texts
        for sign in text
        if not _can_be_printed(sign, drawable)
    )
    return list(dict.fromkeys(found))


def _can_be_printed(sign: str, drawable: Container[int]) -> bool:
    """A private sign means nothing beyond its own font, whatever another font draws there."""
    kind = unicodedata.category(sign)
    if kind in _UNSEEN or _only_changes_others(sign):
        return True
    return kind != "Co" and ord(sign) in drawable


def _only_changes_others(sign: str) -> bool:
    """Whether it chooses how the sign before it looks, and is not seen itself."""
    return sign == "\u034f" or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for field, place in _PLACES.items():
        for text in _strings(getattr(sheet.prescription, field)):
            yield place, text
    for exercise in sheet.exercises:
        for field, part in _PARTS.items():
            for text in _strings(getattr(exercise.item, field)):
                yield f"{exercise.number}. {exercise.item.name}: {part}", text


def _strings(value: Any) -> Iterator[str]:
    """Every text in a value object, however deep, but for pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Dosage):
        for field in dataclasses.fields(value):
            if field.name not in _NEVER_TEXT:
                yield from _strings(getattr(value, field.name))
