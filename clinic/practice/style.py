"""What pages are made of, read from the style sheet that gives it its names. Pure."""

import re
from dataclasses import dataclass

_DAY = re.compile(r"^  --(hw-[\w-]+): (.+?); /\* (.+?) \*/$", re.MULTILINE)
_NIGHT = re.compile(r"^    --(hw-[\w-]+): (.+?);$", re.MULTILINE)
_KINDS = {"text": "letters", "space": "spaces", "gap": "spaces"}
_MEASURES = {"radius", "touch", "measure"}


@dataclass(frozen=True, slots=True)
class Token:
    """A named value: ``night`` is empty where it is the same as by day."""

    name: str
    day: str
    night: str
    meaning: str

    @property
    def kind(self) -> str:
        """``colours``, ``letters``, ``spaces`` or ``measures``."""
        first = self.name.removeprefix("hw-").split("-")[0]
        return "measures" if first in _MEASURES else _KINDS.get(first, "colours")


def tokens(sheet: str) -> list[Token]:
    """Every name of the style sheet in its order."""
    night = dict(_NIGHT.findall(sheet))
    return [
        Token(name, day, night.get(name, ""), words) for name, day, words in _DAY.findall(sheet)
    ]


def by_kind(sheet: str) -> dict[str, list[Token]]:
    """The same, by what they are for."""
    found: dict[str, list[Token]] = {}
    for token in tokens(sheet):
        found.setdefault(token.kind, []).append(token)
    return found
