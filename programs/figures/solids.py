"""How deep a limb lies in what is solid: the trunk, the head, balls, furniture, a bike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import hypot, sqrt
from typing import Final

from programs.figures import body as b
from programs.figures.furniture import Block
from programs.figures.geometry import Frame, Vec, dot, length, mix, sub
from programs.figures.pose import Prop
from programs.figures.props import PILLOW, PILLOW_LONG, PILLOW_WIDE
from programs.figures.skeleton import Skeleton

STEP: Final = 2.5
"""Units between the places along a limb that are looked at."""
FAR: Final = 99.0
HALF_SLICE: Final = 1.2
"""A little over half the distance of two slices, for where the back bends."""
REACH: Final = 30.0
"""Nothing farther from the middle of a trunk is within an arm's thickness of it."""
HEAD_REACH: Final = 15.0
"""The same of a head."""
_SEGMENTS: Final = (
    ("upper arm", "hand", "shoulder", "elbow", 0.45),
    ("forearm", "hand", "elbow", "wrist", 0.0),
    ("hand", "hand", "wrist", "tip", 0.0),
    ("thigh", "foot", "hip", "knee", 0.5),
    ("shin", "foot", "knee", "ankle", 0.0),
    ("foot", "foot", "heel", "toe", 0.0),
)
"""Name, what its limb ends in, joints, and the share next to the trunk that is one with it."""
_THICK: Final = {**b.RADII, "tip": b.RADII["fingers"]}


@dataclass(frozen=True)
class Limb:
    """A part of an arm or a leg: its joints, its radii, and where it leaves the trunk."""

    name: str
    side: str
    whose: str
    start: Vec
    end: Vec
    radii: tuple[float, float]
    free: float

    @cached_property
    def places(self) -> list[tuple[Vec, float]]:
        """Points along the middle of its free part, with the radius there."""
        count = max(2, round(length(sub(self.end, self.start)) * (1 - self.free) / STEP))
        shares = [self.free + (1 - self.free) * i / count for i in range(count + 1)]
        return [(mix(self.start, self.end, t), self.thick(t)) for t in shares]

    @cached_property
    def around(self) -> tuple[Vec, float]:
        """A ball that holds all of it: its middle and its radius."""
        return mix(self.start, self.end, 0.5), length(sub(self.end, self.start)) / 2 + max(
            self.radii
        )

    def thick(self, share: float) -> float:
        """Its radius a share of the way along."""
        return self.radii[0] + (self.radii[1] - self.radii[0]) * share


def limbs(found: Skeleton) -> Iterator[Limb]:
    """All parts of the arms and legs."""
    for side in b.BODY_SIDES:
        for name, whose, one, two, free in _SEGMENTS:
            p, q = found.points[f"{one}_{side}"], found.points[f"{two}_{side}"]
            yield Limb(name, side, whose, p, q, (_THICK[one], _THICK[two]), free)


class Trunk:
    """The trunk as slices; tells how far outside of it a point is."""

    def __init__(self, found: Skeleton) -> None:
        self.slices: list[tuple[Vec, Frame, b.Station]] = []
        for up in range(-4, 31, 2):
            centre, axes = found.slice(up)
            self.slices.append((centre, axes, found.station(up)))
        self.middle = self.slices[len(self.slices) // 2][0]

    def outside(self, p: Vec) -> float:
        """Distance to the rim of the nearest slice, in its own plane; negative inside."""
        if length(sub(p, self.middle)) > REACH:
            return FAR
        least, (x, y, z) = FAR, p
        for centre, axes, s in self.slices:
            u = axes.up
            along = (x - centre[0]) * u[0] + (y - centre[1]) * u[1] + (z - centre[2]) * u[2]
            if not -HALF_SLICE <= along <= HALF_SLICE:
                continue
            v = sub(p, centre)
            ahead, aside = dot(v, axes.forward), dot(v, axes.left)
            k = hypot(ahead / (s.front if ahead > 0 else s.back), aside / s.wide)
            away = hypot(ahead, aside)
            least = min(least, away - away / k if k > 1e-6 else -min(s.front, s.wide))
        return least

    def low(self) -> float:
        """Height of its lowest point."""
        return min(
            c[2] - hypot((s.back if f[2] > 0 else s.front) * f[2], s.wide * left[2])
            for c, (f, left, _), s in self.slices
        )

    @cached_property
    def skin(self) -> list[Vec]:
        """Points all over its surface."""
        ways = [
            (centre, axes, ahead, aside)
            for centre, axes, s in self.slices
            for ahead, aside in ((s.front, 0.0), (-s.back, 0.0), (0.0, s.wide), (0.0, -s.wide))
        ]
        return [axes.place(centre, ahead, aside, 0.0) for centre, axes, ahead, aside in ways]

    @cached_property
    def reach(self) -> float:
        """Units from its middle to the farthest point of its surface."""
        return max(length(sub(p, self.middle)) for p in self.skin)


def outside_head(found: Skeleton, p: Vec) -> float:
    """How far outside the skull a point is; negative inside."""
    v = sub(p, found.points["head"])
    away = length(v)
    if away > HEAD_REACH:
        return FAR
    k = sqrt(
        sum((dot(v, axis) / r) ** 2 for axis, r in zip(found.frames["head"], b.SKULL, strict=True))
    )
    return away - away / k if k > 1e-6 else -min(b.SKULL)


def over_pillow(prop: Prop, found: Skeleton) -> float:
    """How far the nearest part of a body is above a pillow; negative where it sinks in."""
    x, y, z = (*prop.at, *(0.0, 0.0, 0.0)[len(prop.at) :])
    r = prop.size or PILLOW

    def outside(p: Vec) -> float:
        v = (p[0] - x, p[1] - y, p[2] - z - r)
        k = sqrt((v[0] / PILLOW_LONG) ** 2 + (v[1] / PILLOW_WIDE) ** 2 + (v[2] / r) ** 2)
        return length(v) * (1 - 1 / k) if k > 1e-6 else -r

    head = outside(found.points["head"]) - b.SKULL[2]
    parts = [inside(limb, outside) for limb in limbs(found)]
    trunk = min(outside(p) for up in range(-4, 31, 2) for p in found.rim(up))
    return min(head, trunk, -max(parts))


def outside_block(block: Block, p: Vec) -> float:
    """How far outside a block a point is; negative inside."""
    # Written out: a search for a way round a chair asks this half a million times.
    (low_x, low_y, low_z), (high_x, high_y, high_z), _ = block
    x, y, z = p
    along, across, up = (
        max(low_x - x, x - high_x),
        max(low_y - y, y - high_y),
        max(low_z - z, z - high_z),
    )
    if along <= 0 and across <= 0 and up <= 0:
        return max(along, across, up)
    return hypot(max(0.0, along), max(0.0, across), max(0.0, up))


def inside(limb: Limb, outside: Callable[[Vec], float]) -> float:
    """How deep a limb lies in something, at its deepest place; negative when clear of it."""
    return max(r - outside(p) for p, r in limb.places)


def overlap(one: Limb, two: Limb) -> float:
    """By how much two limbs lie in each other, where their middles pass closest."""
    (p, r), (q, s) = one.around, two.around
    if length(sub(p, q)) > r + s:
        return -FAR
    u, v, w = sub(one.end, one.start), sub(two.end, two.start), sub(one.start, two.start)
    a, k, c, d, e = dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w)
    det = a * c - k * k
    i = max(0.0, min(1.0, (k * e - c * d) / det)) if det > 1e-6 else 0.0
    j = (k * i + e) / c
    if not 0 <= j <= 1:
        j = max(0.0, min(1.0, j))
        i = max(0.0, min(1.0, (k * j - d) / a))
    gap = length(sub(mix(one.start, one.end, i), mix(two.start, two.end, j)))
    return one.thick(i) + two.thick(j) - gap
