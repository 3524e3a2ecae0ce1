"""Smooth solids in space, and how far a point is from them: round cones, eggs, slabs and drums.

Everything can be turned into a camera's own axes, where z comes toward the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from programs.figures.geometry import Frame, Vec, Z, along, dot

Floats = NDArray[np.float32]
View = tuple[Vec, Vec, Vec]
"""The camera's right, its top, and the way toward it."""
FLOAT: Final = np.float32


def seen_from(view: View, p: Vec) -> Vec:
    """A point, or a way, in the camera's axes."""
    return (dot(p, view[0]), dot(p, view[1]), dot(p, view[2]))


class Solid(Protocol):
    """What has an inside and an outside."""

    def seen(self, view: View) -> Solid:
        """The same in a camera's axes."""

    def grown(self, by: float) -> Solid:
        """The same, thicker all round."""

    def distance(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How far outside of it points are; negative inside."""

    def core(self) -> tuple[Vec, Vec, float]:
        """A capsule that holds it: both ends of its middle, and a radius."""


@dataclass(frozen=True, slots=True)
class Cone:
    """A capsule whose two ends may differ in radius."""

    a: Vec
    b: Vec
    ra: float
    rb: float

    def seen(self, view: View) -> Cone:
        """The same in a camera's axes."""
        return Cone(seen_from(view, self.a), seen_from(view, self.b), self.ra, self.rb)

    def grown(self, by: float) -> Cone:
        """The same, thicker all round."""
        return Cone(self.a, self.b, self.ra + by, self.rb + by)

    def core(self) -> tuple[Vec, Vec, float]:
        """A capsule that holds it."""
        return self.a, self.b, max(self.ra, self.rb)

    def distance(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How far outside of it points are; negative inside."""
        ax, ay, az = (FLOAT(v) for v in self.a)
        bx, by, bz = (FLOAT(q - p) for p, q in zip(self.a, self.b, strict=True))
        px, py, pz = x - ax, y - ay, z - az
        t = (px * bx + py * by + pz * bz) * FLOAT(
            1.0 / max(1e-9, float(bx * bx + by * by + bz * bz))
        )
        np.clip(t, 0, 1, out=t)
        px -= t * bx
        py -= t * by
        pz -= t * bz
        away: Floats = np.sqrt(px * px + py * py + pz * pz)
        away -= FLOAT(self.ra) + FLOAT(self.rb - self.ra) * t
        return away


def ball(centre: Vec, radius: float) -> Cone:
    """A ball."""
    return Cone(centre, along(centre, Z, 1e-3), radius, radius)


@dataclass(frozen=True, slots=True)
class Egg:
    """An ellipsoid with its own axes."""

    centre: Vec
    axes: Frame
    radii: tuple[float, float, float]

    def seen(self, view: View) -> Egg:
        """The same in a camera's axes."""
        axes = Frame(*(seen_from(view, axis) for axis in self.axes))
        return replace(self, centre=seen_from(view, self.centre), axes=axes)

    def grown(self, by: float) -> Egg:
        """The same, thicker all round."""
        f, w, u = self.radii
        return replace(self, radii=(f + by, w + by, u + by))

    def core(self) -> tuple[Vec, Vec, float]:
        """A capsule that holds it."""
        return self.centre, self.centre, max(self.radii)

    def local(self, x: Floats, y: Floats, z: Floats) -> list[Floats]:
        """Points along its own axes, from its middle."""
        px, py, pz = (p - FLOAT(c) for p, c in zip((x, y, z), self.centre, strict=True))
        return [px * FLOAT(a[0]) + py * FLOAT(a[1]) + pz * FLOAT(a[2]) for a in self.axes]

    def distance(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How far outside of it points are; negative inside."""
        near: Any = FLOAT(0)
        steep: Any = FLOAT(1e-9)
        for p, r in zip(self.local(x, y, z), self.radii, strict=True):
            share = p * FLOAT(1 / r)
            near = near + share * share
            share *= FLOAT(1 / r)
            steep = steep + share * share
        near = np.sqrt(near)
        found: Floats = near * (near - FLOAT(1)) / np.sqrt(steep)
        return found


@dataclass(frozen=True, slots=True)
class Slab(Egg):
    """A box with rounded edges; the radii are half its lengths."""

    soft: float = 0.12

    def core(self) -> tuple[Vec, Vec, float]:
        """A capsule that holds it."""
        return self.centre, self.centre, float(np.sqrt(sum(r * r for r in self.radii)))

    def distance(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How far outside of it points are; negative inside."""
        soft = FLOAT(min(self.soft, min(self.radii) * 0.9))
        beyond: Any = FLOAT(0)
        inner: Any = FLOAT(-1e9)
        for p, r in zip(self.local(x, y, z), self.radii, strict=True):
            over = np.abs(p) - (FLOAT(r) - soft)
            beyond = beyond + np.maximum(over, 0) ** 2
            inner = np.maximum(inner, over)
        found: Floats = np.sqrt(beyond) + np.minimum(inner, 0) - soft
        return found

    def face(self, x: Floats, y: Floats, z: Floats) -> NDArray[np.int8]:
        """Which of its three pairs of faces is nearest."""
        rows = [np.abs(p) - r for p, r in zip(self.local(x, y, z), self.radii, strict=True)]
        found: NDArray[np.int8] = np.argmax(rows, axis=0).astype(np.int8)
        return found


@dataclass(frozen=True, slots=True)
class Drum(Egg):
    """A cylinder along its own left axis: half its length is the middle of the radii."""

    def core(self) -> tuple[Vec, Vec, float]:
        """A capsule that holds it."""
        return self.centre, self.centre, float(np.hypot(self.radii[0], self.radii[1]))

    def distance(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How far outside of it points are; negative inside."""
        p, q, w = self.local(x, y, z)
        along_it = np.abs(q) - FLOAT(self.radii[1] - 0.25)
        across = np.sqrt(p * p + w * w) - FLOAT(self.radii[0] - 0.25)
        outside = np.sqrt(np.maximum(along_it, 0) ** 2 + np.maximum(across, 0) ** 2)
        found: Floats = np.minimum(np.maximum(along_it, across), 0) + outside - FLOAT(0.25)
        return found

    def face(self, x: Floats, y: Floats, z: Floats) -> NDArray[np.int8]:
        """0 round it, 1 at its ends."""
        p, q, w = self.local(x, y, z)
        end = np.abs(q) - self.radii[1] > np.sqrt(p * p + w * w) - self.radii[0]
        return end.astype(np.int8)


def from_cones(cones: Sequence[Cone], x: Floats, y: Floats, z: Floats) -> Floats:
    """The distances from several cones at once, a row each: far fewer and longer steps."""
    a = np.array([c.a for c in cones], FLOAT)[:, :, None]
    way = np.array([c.b for c in cones], FLOAT)[:, :, None] - a
    radii = np.array([(c.ra, c.rb - c.ra) for c in cones], FLOAT)[:, :, None]
    px, py, pz = x - a[:, 0], y - a[:, 1], z - a[:, 2]
    size = np.maximum((way * way).sum(axis=1), FLOAT(1e-9))
    t = (px * way[:, 0] + py * way[:, 1] + pz * way[:, 2]) / size
    np.maximum(t, 0, out=t)
    np.minimum(t, 1, out=t)
    px -= t * way[:, 0]
    py -= t * way[:, 1]
    pz -= t * way[:, 2]
    found: Floats = np.sqrt(px * px + py * py + pz * pz) - (radii[:, 0] + radii[:, 1] * t)
    return found


def from_eggs(eggs: Sequence[Egg], x: Floats, y: Floats, z: Floats) -> Floats:
    """The distances from several eggs at once, a row each."""
    c = np.array([e.centre for e in eggs], FLOAT)[:, :, None]
    axes = np.array([e.axes for e in eggs], FLOAT)[:, :, :, None]
    radii = np.array([e.radii for e in eggs], FLOAT)[:, :, None]
    px, py, pz = x - c[:, 0], y - c[:, 1], z - c[:, 2]
    near: Any = FLOAT(0)
    steep: Any = FLOAT(1e-9)
    for i in range(3):
        share = px * (axes[:, i, 0] / radii[:, i])
        share += py * (axes[:, i, 1] / radii[:, i])
        share += pz * (axes[:, i, 2] / radii[:, i])
        near = near + share * share
        share /= radii[:, i]
        steep = steep + share * share
    near = np.sqrt(near)
    found: Floats = near * (near - FLOAT(1)) / np.sqrt(steep)
    return found
