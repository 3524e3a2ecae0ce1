"""Lines of a card that begin with what they are, said once: ``Stop if it pinches``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

OPENERS: Final = ("Do not", "Never", "Stop", "Pause")
"""How a line may begin that needs no name before it."""
LEGEND: Final = (
    "In the pictures: an arrow = move this way; an arrow with a bar = press; slanting lines = you "
    "feel it here; a clock = hold; a wavy arrow = breathe; R and L = your right and left."
)
"""What the signs of the drawings mean, once for the whole handout."""


def named(name: str, lines: Sequence[str]) -> tuple[str, str]:
    """The bold beginning and the rest: ``name`` only where the first line says nothing like it."""
    text = " ".join(lines)
    opener = next((word for word in OPENERS if text.startswith(f"{word} ")), "")
    return (opener, text.removeprefix(f"{opener} ")) if opener else (name, text)
