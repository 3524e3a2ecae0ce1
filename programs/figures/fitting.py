"""Whose body takes a pose: somebody's own wherever it holds, else one nearer to the usual.

Poses are made for the usual body. A shorter arm may not reach a wall, a longer leg may pass through
a chair. So every frame and the way between frames is solved for the person, and checked by what
refuses a pose that cannot be (``checks.py``); what fails is tried nearer to the usual.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Final

from programs.figures.checks import problems
from programs.figures.pose import FigureFrame
from programs.figures.poses import barred, moves
from programs.figures.proportions import OWN_LENGTHS, USUAL_LENGTHS, Lengths, part_way

SHARES: Final = (1.0, 0.75, 0.5, 0.25)
"""How much of somebody's own lengths is tried, in this order; each stiffly, then giving way."""


def fitted(
    frames: tuple[FigureFrame, ...],
    person: str,
    before_each: Callable[[], None] = lambda: None,
) -> Lengths:
    """The lengths with which somebody takes all poses of an entry."""
    for share, gives in product(SHARES, (False, True)):
        before_each()
        own = part_way(OWN_LENGTHS[person], share, gives=gives)
        if holds(frames, own):
            return own
    return USUAL_LENGTHS


def holds(frames: tuple[FigureFrame, ...], own: Lengths) -> bool:
    """Whether a body of these lengths can take all poses, and passes through nothing between."""
    if any(problems(frame, own) for frame in frames):
        return False
    return not moves(frames) or not barred(frames, own)
