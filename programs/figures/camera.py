"""Where a picture is seen from, and how world points fall on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from programs.figures.geometry import Point, Vec, dot

SCALE: Final = 10
"""Drawing units in a hundredth of body height: coordinates are written as whole numbers."""
RAISED: Final = 7.0
"""Degrees by which a level view is raised, so that a floor is a floor and not a line."""
TURNED: Final = 9.0
"""Degrees by which a plain side view is turned to the front, so that both legs are seen."""


def num(value: float) -> str:
    """A length in drawing units (at 45 mm: four hundredths of a millimetre)."""
    return str(round(value * SCALE))


def pair(p: Point) -> str:
    """A point as it stands in a path."""
    return f"{num(p[0])} {num(p[1])}"


@dataclass(slots=True)
class Camera:
    """Looks from ``around`` degrees (0 the side, 90 the front) and ``up`` degrees above."""

    around: float
    up: float
    right: Vec = (1.0, 0.0, 0.0)
    top: Vec = (0.0, 0.0, 1.0)
    near: Vec = (0.0, -1.0, 0.0)

    def __post_init__(self) -> None:
        a, e = radians(self.around), radians(self.up)
        self.right = (cos(a), sin(a), 0.0)
        self.near = (sin(a) * cos(e), -cos(a) * cos(e), sin(e))
        self.top = (-sin(a) * sin(e), cos(a) * sin(e), cos(e))

    def see(self, p: Vec) -> Point:
        """Where a world point stands in the picture; y grows downward."""
        return (dot(p, self.right), -dot(p, self.top))

    def depth(self, p: Vec) -> float:
        """How near to the camera a point is."""
        return dot(p, self.near)


def camera_for(view: tuple[float, float]) -> Camera:
    """The camera of a frame's view."""
    around, up = view
    return Camera(around or TURNED * (not up), up or RAISED)
