"""Vectors, frames and two-bone reaching: arithmetic on tuples.

World axes: x to the right of a side view, y away from its camera, z up. One unit is one hundredth
of the body's height. A :class:`Frame` holds a body part's own forward, left and up axes.
"""

from __future__ import annotations

from math import acos, atan2, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

Vec = tuple[float, float, float]
Point = tuple[float, float]

X: Vec = (1.0, 0.0, 0.0)
Y: Vec = (0.0, 1.0, 0.0)
Z: Vec = (0.0, 0.0, 1.0)


def add(a: Vec, b: Vec) -> Vec:
    """The sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """The way from ``b`` to ``a``."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, k: float) -> Vec:
    """A vector ``k`` times as long."""
    return (a[0] * k, a[1] * k, a[2] * k)


def along(a: Vec, direction: Vec, distance: float) -> Vec:
    """The point ``distance`` from ``a`` in a direction of length one."""
    return (
        a[0] + direction[0] * distance,
        a[1] + direction[1] * distance,
        a[2] + direction[2] * distance,
    )


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """The length of a vector."""
    return sqrt(dot(a, a))


def unit(a: Vec, fallback: Vec = Z) -> Vec:
    """The same direction with length one; ``fallback`` where there is no direction."""
    size = length(a)
    return fallback if size < 1e-9 else scale(a, 1.0 / size)


def mix(a: Vec, b: Vec, t: float) -> Vec:
    """The point a share ``t`` of the way from ``a`` to ``b``."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def flat(a: Vec, normal: Vec) -> Vec:
    """A vector without its part along ``normal``."""
    return sub(a, scale(normal, dot(a, normal)))


def angle_between(a: Vec, b: Vec) -> float:
    """The angle between two directions, in degrees."""
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def signed_angle(a: float, b: float) -> float:
    """``atan2`` in degrees."""
    return degrees(atan2(a, b))


def about_z(v: Vec, angle: float) -> Vec:
    """Turn clockwise seen from above, by degrees."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return (v[0] * c + v[1] * s, v[1] * c - v[0] * s, v[2])


def slerp(a: Vec, b: Vec, t: float) -> Vec:
    """Between two directions, turning at an even pace."""
    angle = radians(angle_between(a, b))
    if angle < 1e-6 or angle > 3.14159:
        return unit(mix(a, b, t), a)
    return unit(
        add(scale(a, sin((1 - t) * angle) / sin(angle)), scale(b, sin(t * angle) / sin(angle)))
    )


class Frame(NamedTuple):
    """A body part's own axes, each of length one."""

    forward: Vec
    left: Vec
    up: Vec

    def pitch(self, angle: float) -> Frame:
        """Tip the top forward, by degrees."""
        c, s = cos(radians(angle)), sin(radians(angle))
        up = add(scale(self.up, c), scale(self.forward, s))
        return Frame(sub(scale(self.forward, c), scale(self.up, s)), self.left, up)

    def roll(self, angle: float) -> Frame:
        """Tip the top to the part's own right, by degrees."""
        c, s = cos(radians(angle)), sin(radians(angle))
        up = sub(scale(self.up, c), scale(self.left, s))
        return Frame(self.forward, add(scale(self.left, c), scale(self.up, s)), up)

    def yaw(self, angle: float) -> Frame:
        """Turn to the part's own right, by degrees."""
        c, s = cos(radians(angle)), sin(radians(angle))
        forward = sub(scale(self.forward, c), scale(self.left, s))
        return Frame(forward, add(scale(self.left, c), scale(self.forward, s)), self.up)

    def place(self, origin: Vec, forward: float, left: float, up: float) -> Vec:
        """The world point at these distances from ``origin`` along the axes."""
        f, side, u = self.forward, self.left, self.up
        return (
            origin[0] + f[0] * forward + side[0] * left + u[0] * up,
            origin[1] + f[1] * forward + side[1] * left + u[1] * up,
            origin[2] + f[2] * forward + side[2] * left + u[2] * up,
        )


UPRIGHT = Frame(X, Y, Z)


def frame_along(up: Vec, forward: Vec) -> Frame:
    """The frame with this up axis that faces as nearly ``forward`` as it can."""
    front = flat(forward, up)
    if length(front) < 1e-4:
        front = flat(X if abs(up[0]) < 0.9 else Z, up)
    front = unit(front)
    return Frame(front, cross(up, front), up)


def reach(root: Vec, target: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, float]:
    """Bend two bones from ``root`` to ``target``, the middle joint toward ``pole``.

    Returns the middle joint and the distance by which the target is out of reach (0 when it is
    not). Too near counts as out of reach too.
    """
    line = sub(target, root)
    distance = length(line)
    direction = unit(line)
    most, least = first + second, abs(first - second)
    short = max(0.0, distance - most, least - distance)
    d = max(least + 1e-6, min(most, distance))
    share = (first * first - second * second + d * d) / (2 * d)
    out = sqrt(max(0.0, first * first - share * share))
    bend = unit(flat(pole, direction), unit(flat(Z, direction), X))
    return along(along(root, direction, share), bend, out), short
