"""How large the things around a body are: pillows, balls, rollers and machines.

What ``at`` and ``size`` of a prop mean stands beside each in ``things.py``; all in hundredths of
body height.
"""

from __future__ import annotations

from typing import Final

from programs.figures.pose import Prop
from programs.figures.skeleton import Skeleton

BALL: Final = 18.5
"""Radius of a 65 cm exercise ball beside an adult of 1.75 m."""
ROLLER: Final = 4.2
SMALL_BALL: Final = 2.3
PILLOW, PILLOW_LONG, PILLOW_WIDE = 2.5, 8.5, 12.0
"""Half a pillow's thickness, its length along x and its breadth."""
PEDAL: Final = 2.2
"""How far a pedal's axle lies below the middle of the ball of the foot."""
DECK: Final = 34.0
"""Half the length of a treadmill's deck."""


def bike_of(prop: Prop) -> tuple[float, float, float]:
    """Where a bike's crank is along x and up, and how high its saddle."""
    x, z, saddle = (*prop.at, *(14.0, 16.0, 46.0)[len(prop.at) :])
    return x, z, saddle


def pedal_of(found: Skeleton, side: str) -> tuple[float, float]:
    """Where the pedal under a foot is, along x and up."""
    place = found.frames[f"foot_{side}"].place(found.points[f"ball_{side}"], 0.0, 0.0, -PEDAL)
    return place[0], place[2]
