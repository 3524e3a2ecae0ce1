"""What a reader says of what is wrong: the errors, and the sentences for each who reads them.

Pure. The sentences for ``assess``, ``respond`` and a patient's device are published: programs of
others may look for them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final


class ReadError(ValueError):
    """What cannot be read: the ``key``, named from the top, and the ``reason``."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(f"{key}: {reason}")


class DefinitionError(ReadError):
    """A file of the catalogue that cannot be loaded."""


class FactsError(ReadError):
    """A case or a history that cannot be read; the reason names the allowed values."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The sentences for one who reads them.

    ``{value}`` stands for the value, ``{found}`` for the same in Python's ASCII, short and with
    "is not allowed", ``{allowed}`` for what may stand there. An empty sentence: it is refused like
    any other value. ``whole``: what the topmost table is called. ``first``: the number of the first
    row of a list. ``one_line``: names an unknown key in printable ASCII. ``null_is_absent``:
    whether null is told as missing.
    """

    error: type[ReadError]
    whole: str
    no_table: str
    unknown: str
    missing: str
    refused: str
    wrong_type: str = ""
    number: str = ""
    first: int = 0
    sorts: bool = False
    one_line: bool = False
    null_is_absent: bool = False

    def listed(self, allowed: Collection[str]) -> str:
        """The allowed values in one line, in the order this voice gives them."""
        return ", ".join(sorted(allowed) if self.sorts else allowed)


FILE: Final = Voice(
    error=DefinitionError,
    whole="file",
    no_table="must be a table",
    unknown="is not a known key",
    missing="is missing",
    refused="'{value}' is not known; allowed: {allowed}",
    wrong_type="must be of type {allowed}",
    number="must be {allowed}",
    first=1,
    sorts=True,
)
"""To the person who edits a file of the catalogue."""
CASE: Final = Voice(
    error=FactsError,
    whole="the case",
    no_table="must be an object",
    unknown="unknown key; allowed: {allowed}",
    missing="is missing; allowed: {allowed}",
    refused="{found}; allowed: {allowed}",
    number="must be {allowed}",
)
"""About a case, to the program that asks ``assess``."""
HISTORY: Final = replace(CASE, whole="the history", number="", one_line=True, null_is_absent=True)
"""About what a patient logged, to the program or the device that sent it."""


def found(value: Any) -> str:
    """What was found, short and on one line."""
    shown = ascii(value)
    return f"{shown} is not allowed" if len(shown) <= 60 else "this value is not allowed"


def one_line(value: object) -> str:
    """Printable ASCII on one line, at most 200 characters."""
    text = str(value).encode("ascii", "backslashreplace").decode()
    return "".join(c if c.isprintable() else " " for c in text)[:200]


def shown(name: str) -> str:
    """A name as it was given, in any alphabet, but without what a terminal would not print."""
    return "".join(c if c.isprintable() else one_line(c) for c in name[:200])
