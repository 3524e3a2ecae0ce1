"""The solved body of a frame: how high its head rests follows from what lies under it."""

from __future__ import annotations

from programs.figures.limbs import solve
from programs.figures.pose import FigureFrame
from programs.figures.props import PILLOW
from programs.figures.skeleton import Skeleton


def head_height(frame: FigureFrame) -> float:
    """How high the head rests: on the highest pillow near the floor, else on the floor."""
    tops = [0.0]
    for prop in frame.props:
        if prop.kind == "pillow" and len(prop.at) < 3 and prop.at and abs(prop.at[0]) > 25:
            tops.append(2 * (prop.size or PILLOW) - 1.2)
    return max(tops)


def body_of(frame: FigureFrame) -> Skeleton:
    """The solved body of a frame."""
    return solve(frame.pose, head_height(frame))
