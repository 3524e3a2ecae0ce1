"""How a handout is printed: chosen by whoever prints it, no part of what was prescribed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAPERS: Final = ("A4", "Letter")
STANDARD: Final = "standard"
COMPACT: Final = "compact"
PICTURES_ONLY: Final = "pictures"
HANDOUT_KINDS: Final = (STANDARD, COMPACT, PICTURES_ONLY)


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """``kind``: all of it, one page, or pictures only. An empty ``paper`` is the practice's own."""

    kind: str = STANDARD
    large: bool = False
    chart: bool = True
    paper: str = ""

    @property
    def code(self) -> str:
        """What a kept handout is found by; empty for how every version is printed at first."""
        said = (
            self.kind if self.kind != STANDARD else "",
            "" if self.chart else "no-chart",
            self.paper,
        )
        return "+".join(word for word in said if word)
