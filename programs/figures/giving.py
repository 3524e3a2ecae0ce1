"""How a body gives way where it differs from the usual one, for which poses are made. Pure."""

from __future__ import annotations

from math import asin, degrees, sqrt
from typing import Final

from programs.figures import body as b
from programs.figures.geometry import Frame, Vec, along, dot, length, scale, sub, unit
from programs.figures.skeleton import Skeleton, out_sign

_NEARER: Final = 4.0
"""Units by which a place on the floor, a counter or in the air may be nearer than it was posed."""
_LOOSE: Final = 1e-3


def clear_of_trunk(upper: Frame, found: Skeleton, side: str) -> Frame:
    """A hanging arm of narrow shoulders and broad hips, as far from both as the usual one."""
    own = found.own
    closer = max(0.0, b.SHOULDER_OUT - own.shoulder_out) + max(0.0, own.hip_out - b.HIP_OUT)
    hangs = max(0.0, dot(upper.up, found.frames["thorax"].up))
    return upper.roll(out_sign(side) * degrees(asin(closer / own.upper_arm)) * hangs)


def nearer(root: Vec, target: Vec, most: float, normal: Vec | None) -> Vec:
    """A target that a limb of this length reaches from its root, moved as little as possible.

    It stays in its plane where a ``normal`` is given. What would need more than a few units is
    moved so far and is still missed.
    """
    way = sub(target, root)
    if length(way) <= most:
        return target
    high = dot(way, normal) if normal else 0.0
    level = sub(way, scale(normal, high)) if normal else way
    far, room = length(level), max(0.0, most * most - high * high)
    by = min(_NEARER, far - sqrt(room) + _LOOSE)
    return along(target, unit(level), -by) if far > _LOOSE else target
