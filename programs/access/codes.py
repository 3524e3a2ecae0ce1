"""Reading a code that a patient typed: forgiving where it is safe, kind where it is not."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from programs.access.models import CODE_ALPHABET, LINK_CODE_LENGTH

SAME: Final = MappingProxyType({"2": "Z", "5": "S", "6": "G", "8": "B", "V": "Y"})
"""What a code never holds, and the look-alike it can only have been."""

NEVER: Final = MappingProxyType(
    {
        "0": "There is no zero in our codes. Look again: it may be a D.",
        "O": "There is no letter O in our codes. Look again: it may be a D.",
        "Q": "There is no letter Q in our codes. Look again: it may be a D.",
        "1": "There is no number 1 in our codes. Look again: it may be a 7 or a J.",
        "I": "There is no letter I in our codes. Look again: it may be a J or a T.",
        "L": "There is no letter L in our codes. Look again: it may be an E or a T.",
        "U": "There is no letter U in our codes. Look again: it may be a W or a J.",
    }
)
"""What a code never holds and cannot be guessed from, with a kind word."""

_BETWEEN = re.compile(r"[\s\-‐‑‒–—―_.,:·/]+")
_INVISIBLE = frozenset({"Cf", "Mn"})
"""Kinds of signs that come along with a copied text and that nobody sees."""
_LINK = re.compile(r"/p/([A-Za-z0-9_-]{20,64})")


class CodeError(ValueError):
    """What was typed is no code; the message says what to do, in plain words."""


def read_code(text: str) -> str:
    """The code as it is stored; raise :class:`CodeError` where it cannot be one.

    Small letters, spaces and dashes do not matter, and neither does a look-alike that has only
    one meaning.
    """
    typed = _BETWEEN.sub("", visible(text)).upper()
    if not typed:
        raise CodeError("Type the code from your paper.")
    code = "".join(SAME.get(sign, sign) for sign in typed)
    for sign in code:
        if sign in NEVER:
            raise CodeError(NEVER[sign])
        if sign not in CODE_ALPHABET:
            raise CodeError("Use only the letters and numbers that are on your paper.")
    if len(code) != LINK_CODE_LENGTH:
        raise CodeError(
            f"The code has {LINK_CODE_LENGTH} letters and numbers. You typed {len(code)}. "
            "Check it again."
        )
    return code


def visible(text: str) -> str:
    """What can be seen of a text that was typed or pasted, wide signs as plain ones."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _INVISIBLE)


def token_in(text: str) -> str:
    """The token of a link that was pasted where the code goes; empty where there is none."""
    found = _LINK.search(visible(text))
    return found[1] if found else ""
