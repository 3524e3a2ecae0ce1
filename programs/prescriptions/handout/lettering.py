"""The sizes of a handout's words, and how far they give way once pictures are small. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from programs.prescriptions.handout.measure import MM_PER_PT


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of a page's words, in points and millimetres."""

    body: float
    name: float
    number: float
    caption: float
    line: float
    """Height of a line of the body, in parts of its size."""
    label: float
    """Words in the boxes of a dose, around the number."""
    row: float = 1.28
    """Height of a row of such boxes, in parts of its number."""
    large: bool = False
    close: str = ""
    """The class that says in the style sheet how close lines stand; none where they need not."""

    @property
    def line_mm(self) -> float:
        """The same in millimetres."""
        return self.body * self.line * MM_PER_PT

    @property
    def box_mm(self) -> float:
        """Height of a row of dose boxes."""
        return self.number * self.row * MM_PER_PT


NORMAL_TYPE: Final = Type(body=12, name=14.5, number=17, caption=11, line=1.22, label=12)
LARGE_TYPE: Final = Type(
    body=16, name=18.5, number=18, caption=14.5, line=1.2, label=16, large=True
)
_LINE: Final = 1.13
CLOSER: Final = "tight"
"""The class of what stands in closer lines."""
TIGHT_TYPE: Final = replace(
    NORMAL_TYPE, number=14, caption=10.5, label=11, line=_LINE, close=CLOSER
)
SMALL_TYPE: Final = replace(
    TIGHT_TYPE, body=11, name=13.5, number=13, caption=10, label=10.5, close="tight small"
)
LARGE_TIGHT_TYPE: Final = replace(LARGE_TYPE, name=17, row=1.14, line=_LINE, close=CLOSER)
LARGE_TIGHTEST_TYPE: Final = replace(LARGE_TIGHT_TYPE, line=1.09, close="tight tightest")


def types_for(large: bool) -> tuple[Type, ...]:
    """The sizes on cards, from the one that is wished for to the last that may be.

    Large print stays as large as it was chosen for; only its lines and boxes come closer, then
    its pictures shrink on, and at last lines come as close as letters allow.
    """
    if large:
        return (LARGE_TYPE, LARGE_TIGHT_TYPE, LARGE_TIGHT_TYPE, LARGE_TIGHTEST_TYPE)
    return (NORMAL_TYPE, TIGHT_TYPE, SMALL_TYPE)
