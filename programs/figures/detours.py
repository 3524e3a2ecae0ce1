"""Ways round: how an arm or leg must swing out so that it passes through nothing on its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from programs.figures import body as b
from programs.figures.crossing import passes
from programs.figures.geometry import Vec, Z, add, scale, sub, unit
from programs.figures.motion import NO_DETOURS, Detours, between
from programs.figures.pose import FigureFrame
from programs.figures.resting import head_height
from programs.figures.skeleton import Skeleton, out_sign
from programs.figures.solids import Trunk

_FAR: Final = (4.0, 8.0, 12.0, 16.0, 20.0)
"""Units that a hand or foot swings out half way, tried in this order."""
_PARTS: Final = {"hand": ("upper arm", "forearm", "hand"), "foot": ("thigh", "shin", "foot")}


def detours_for(
    one: FigureFrame,
    two: FigureFrame,
    bodies: tuple[Skeleton, Skeleton],
    shares: Sequence[float],
) -> Detours:
    """For each limb whose way is barred the least swing that frees it; else the best there is.

    ``shares``: how far on the way the poses are that will be drawn.
    """
    found = dict(NO_DETOURS)
    told = _told(one, two, bodies, found, shares)
    for part, side in product(_PARTS, b.BODY_SIDES):
        best = _faults(told, part, side)
        for way in _ways(bodies[0], part, side) if best else ():
            tried = {**found, f"{part}_{side}": way}
            told = _told(one, two, bodies, tried, shares)
            faults = _faults(told, part, side)
            if faults < best:
                best, found = faults, tried
            if not faults:
                break
        told = _told(one, two, bodies, found, shares) if best else told
    return found


def _ways(body: Skeleton, part: str, side: str) -> Iterator[Vec]:
    """Out, up and before the chest, and between these; the nearest first. Feet go up first."""
    thorax = body.frames["thorax"]
    out = scale(thorax.left, out_sign(side))
    ahead = thorax.forward
    ways: Sequence[Vec] = (out, Z, ahead, add(out, Z), add(out, ahead), add(Z, ahead), thorax.up)
    if part == "foot":
        ways = (Z, add(Z, ahead), sub(Z, ahead), add(Z, thorax.up), sub(Z, thorax.up), add(out, Z))
    for far, way in product(_FAR, ways):
        yield scale(unit(way), far)


def _told(
    one: FigureFrame,
    two: FigureFrame,
    bodies: tuple[Skeleton, Skeleton],
    detours: Detours,
    shares: Sequence[float],
) -> list[str]:
    """What limbs pass through, place after place on the way."""
    found: list[str] = []
    for share in shares:
        body = between(one.pose, two.pose, bodies, share, head_height(one), detours)
        pose = (one if share < 0.5 else two).pose
        found += passes(body, Trunk(body), pose, one.props)
    return found


def _faults(told: Sequence[str], part: str, side: str) -> int:
    """How often an arm or a leg is inside something."""
    names = tuple(f"the {name} {side} is" for name in _PARTS[part])
    return sum(text.startswith(names) for text in told)
