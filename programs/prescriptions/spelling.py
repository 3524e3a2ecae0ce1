"""The one place that knows who writes ``programme``. Pure.

Patients read the word as their country writes it; clinicians' pages have one spelling.
"""

from __future__ import annotations

from typing import Final

_PROGRAMME: Final = frozenset(["AU", "GB", "GG", "IE", "IM", "IN", "JE", "NZ", "ZA"])
"""Where a plan of exercises is a programme."""


def program_word(country: str) -> str:
    """``programme`` or ``program``, by the two letters of a practice's country."""
    return "programme" if country in _PROGRAMME else "program"


def default_title(country: str) -> str:
    """What a program is called until somebody calls it otherwise."""
    return f"Home exercise {program_word(country)}"
