"""What people typed, made safe to print without changing what they meant.

Pure. Letters, punctuation, emoji and every script stay as typed. Only what no page can hold is
taken out: control characters, halves of a surrogate pair and code points that are no characters.
Bullets that Word pastes as signs of its own fonts become the same bullets of everybody's.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NEW_LINE: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
    # Marks that switch the direction of whatever follows, beyond the text they stand in.
    "\u202a-\u202e\u2066-\u2069]"
)

_BULLETS: Final = str.maketrans(
    {
        "\uf0b7": "•", "\uf09f": "•", "\uf06c": "●", "\uf0a7": "▪", "\uf06e": "■", "\uf0a8": "◻",
        "\uf071": "❑", "\uf075": "◆", "\uf076": "❖", "\uf0d8": "➢", "\uf0e0": "→", "\uf0df": "←",
        "\uf0fc": "✓", "\uf0fb": "✗", "\uf0fe": "☑", "\uf0b0": "°", "\uf0b1": "±", "\uf0a3": "≤",
        "\uf0b3": "≥", "\uf0b4": "×", "\uf02d": "–", "\uf04a": "☺", "\uf04c": "☹",
    }
)  # fmt: skip
"""Symbol and Wingdings, whose signs Word puts at places without a meaning of their own."""

_LINKING: Final = re.compile(r"[.\u3002\uff0e\uff61](?=\w)|:(?=[\w/])|[/\\]+|@")
_APART: Final = {
    ".": ". ", "\u3002": ". ", "\uff0e": ". ", "\uff61": ". ",
    ":": ": ", "/": " ", "\\": " ", "@": " at ",
}  # fmt: skip
"""What holds an address together, and what stands there instead."""


def printable(text: str) -> str:
    """The text without what cannot be printed; line breaks of every kind become ``\\n``."""
    if text.isascii() and text.isprintable():
        # On one line and plain, as most texts are and every picture is: ten megabytes at a look.
        return text
    kept = _UNPRINTABLE.sub("", _NEW_LINE.sub("\n", text)).translate(_BULLETS)
    # The last two code points of every plane are no characters either.
    return "".join(c for c in kept if ord(c) & 0xFFFE != 0xFFFE) if _beyond(kept) else kept


def unlinked(text: str) -> str:
    """The text on one line, with nothing in it that a mail program would turn into a link.

    A name stays readable: ``Dr.Smith`` gets a space, ``evil.example/x`` is no address any more.
    """
    line = " ".join(printable(text).split())
    apart = _LINKING.sub(lambda found: _APART[found[0][:1]], line)
    return " ".join(apart.split())


def _beyond(text: str) -> bool:
    return bool(text) and max(text) > "\uffff"


def direction(text: str) -> str:
    """``rtl`` where the first strong letter runs right to left, else ``ltr``.

    The rule of Unicode's bidirectional algorithm that browsers apply for ``dir="auto"``.
    """
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "R" | "AL":
                return "rtl"
            case "L":
                return "ltr"
    return "ltr"
