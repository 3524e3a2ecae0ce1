"""A cushion that the knees hold.

Pure. What ``at`` and ``size`` of a thing mean stands beside each.
"""

from __future__ import annotations

from typing import Final

from programs.figures import body as b
from programs.figures.forms import Form, SolidPart
from programs.figures.geometry import (
    Frame,
    add,
    along,
    cross,
    length,
    mix,
    scale,
    sub,
    unit,
)
from programs.figures.pose import Prop
from programs.figures.shapes import Egg, Slab, Solid
from programs.figures.skeleton import Skeleton

SMALL_CUSHION: Final = (9.0, 6.2)
"""Half the length and half the breadth of a cushion that knees hold."""


def knee_cushion(prop: Prop, body: Skeleton) -> list[Form]:
    """A cushion between the knees, as thick as the room. ``size``: how far below the knees."""
    right, left = (body.points[f"knee_{side}"] for side in b.BODY_SIDES)
    aside = unit(sub(left, right))
    low = mix(body.points["ankle_right"], body.points["ankle_left"], 0.5)
    high = mix(body.points["hip_right"], body.points["hip_left"], 0.5)
    knees = mix(right, left, 0.5)
    down = unit(add(unit(sub(low, knees)), unit(sub(high, knees))))
    long = unit(cross(aside, down))
    half = max(1.2, length(sub(left, right)) / 2 - b.RADII["knee"] * 0.8)
    middle = along(knees, down, prop.size or 3.0)
    axes = Frame(long, aside, scale(down, -1))
    size, breadth = SMALL_CUSHION
    core = Slab(middle, axes, (size - 0.5, half, breadth - 0.5), soft=half * 0.75)
    plump = Egg(middle, axes, (size - 1.0, half * 1.2, breadth - 1.0))
    return [_soft("cushion", [core, plump], melt=1.0)]


def _soft(name: str, solids: list[Solid], melt: float = 0.4) -> Form:
    return Form(name, "paper", [SolidPart(solids, melt=melt)], thing=True)
