"""Solids put together: a part melts its solids into one; a form is parts of one material."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from programs.figures.geometry import Vec, dot
from programs.figures.shapes import (
    FLOAT,
    Cone,
    Drum,
    Egg,
    Floats,
    Slab,
    Solid,
    View,
    from_cones,
    from_eggs,
    seen_from,
)

TOUCH: Final = FLOAT(0.08)
"""How much two parts of a form melt where nothing else is said: just enough to leave no gap."""


@dataclass(frozen=True, slots=True)
class Melt:
    """Near ``centre`` a part melts into those before it, by ``much`` at the centre itself."""

    centre: Vec
    reach: float
    much: float

    def at(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How much it melts at points."""
        px, py, pz = (p - FLOAT(c) for p, c in zip((x, y, z), self.centre, strict=True))
        off = np.sqrt(px * px + py * py + pz * pz)
        found: Floats = FLOAT(self.much) * np.maximum(1 - off / FLOAT(self.reach), 0)
        return found


@dataclass(frozen=True, slots=True)
class SolidPart:
    """Solids as one. ``cuts``: points and ways; what lies beyond, along the way, is away."""

    solids: Sequence[Solid]
    melt: float = 1.0
    cuts: Sequence[tuple[Vec, Vec]] = ()
    joint: Melt | None = None
    grow: float = 0.0
    soft: float = 0.25
    less: Sequence[Solid] = ()

    def seen(self, view: View) -> SolidPart:
        """The same in a camera's axes."""
        joint = self.joint
        if joint:
            joint = replace(joint, centre=seen_from(view, joint.centre))
        return replace(
            self,
            solids=[s.grown(self.grow).seen(view) for s in self.solids],
            cuts=[(seen_from(view, p), seen_from(view, way)) for p, way in self.cuts],
            less=[s.seen(view) for s in self.less],
            joint=joint,
            grow=0.0,
        )

    def distance(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """How far outside of it points are; negative inside."""
        cones = [s for s in self.solids if isinstance(s, Cone)]
        eggs = [s for s in self.solids if type(s) is Egg]
        rows = list(from_cones(cones, x, y, z)) if cones else []
        rows += list(from_eggs(eggs, x, y, z)) if eggs else []
        rows += [s.distance(x, y, z) for s in self.solids if isinstance(s, Slab | Drum)]
        found: Floats = rows[0]
        for row in rows[1:]:
            found = melted(found, row, FLOAT(self.melt))
        for p, way in self.cuts:
            w = [FLOAT(v) for v in way]
            beyond = x * w[0] + y * w[1] + z * w[2] - FLOAT(dot(p, way))
            found = -melted(-found, -beyond, FLOAT(self.soft))
        for solid in self.less:
            found = -melted(-found, solid.distance(x, y, z), FLOAT(self.soft))
        return found


def melted(a: Floats, b: Floats, k: Any) -> Floats:
    """The nearer of two distances, rounded where they are alike (a polynomial smooth minimum)."""
    h = np.abs(a - b)
    np.subtract(k, h, out=h)
    np.maximum(h, 0, out=h)
    h *= h
    h /= 4 * k
    found: Floats = np.minimum(a, b)
    found -= h
    return found


@dataclass(slots=True)
class Form:
    """Parts of one material with one outline: an arm, a shirt, a chair's seat.

    ``limb``: which limb it belongs to, so that the farther of a pair can be toned down.
    """

    name: str
    material: str
    parts: Sequence[SolidPart]
    thing: bool = False
    limb: str = ""
    flat: bool = False
    """Made of straight edges."""

    def seen(self, view: View) -> Form:
        """The same in a camera's axes."""
        return replace(self, parts=[part.seen(view) for part in self.parts])

    def solids(self) -> list[Solid]:
        """All its solids, as thick as they are drawn."""
        return [s.grown(p.grow) if p.grow else s for p in self.parts for s in p.solids]
