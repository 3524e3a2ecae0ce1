"""The solved body of a frame: how high its head rests follows from what lies under it."""

from __future__ import annotations

from typing import Final

from programs.figures.body import BODY_SIDES
from programs.figures.limbs import solve
from programs.figures.pose import FigureFrame
from programs.figures.proportions import USUAL_LENGTHS, Lengths
from programs.figures.props import PILLOW
from programs.figures.skeleton import Skeleton


def head_height(frame: FigureFrame) -> float:
    """How high the head rests: on the highest pillow near the floor, else on the floor."""
    tops = [0.0]
    for prop in frame.props:
        if prop.kind == "pillow" and len(prop.at) < 3 and prop.at and abs(prop.at[0]) > 25:
            tops.append(2 * (prop.size or PILLOW) - 1.2)
    return max(tops)


LEVEL: Final = 12.0
"""Units that a hip may be above an ankle, and a back from a wall, to rest there."""


def legs_out(found: Skeleton) -> bool:
    """Whether both legs lie straight out at the height of the hips."""
    return all(
        found.points[f"hip_{side}"][2] - found.points[f"ankle_{side}"][2] < LEVEL
        for side in BODY_SIDES
    )


def leans_on_wall(frame: FigureFrame, found: Skeleton) -> bool:
    """Whether the back is against a wall."""
    chest = found.points["shoulder_right"][0]
    return any(
        prop.kind == "wall" and prop.at and prop.at[0] < 0 and chest - prop.at[0] < LEVEL
        for prop in frame.props
    )


def body_of(frame: FigureFrame, own: Lengths = USUAL_LENGTHS) -> Skeleton:
    """The solved body of a frame; ``own``: whose."""
    return solve(frame.pose, head_height(frame), own)
