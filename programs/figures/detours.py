"""Ways round: how an arm must swing out so that it passes through nothing on its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from programs.figures import body as b
from programs.figures.crossing import passes
from programs.figures.geometry import Vec, Z, add, scale, unit
from programs.figures.motion import NO_DETOURS, Detours, between
from programs.figures.pose import FigureFrame
from programs.figures.resting import head_height
from programs.figures.skeleton import Skeleton, out_sign
from programs.figures.solids import Trunk

_FAR: Final = (4.0, 8.0, 12.0, 16.0)
"""Units that a hand swings out half way, tried in this order."""
_SHARES: Final = tuple(k / 10 for k in range(1, 10))


def detours_for(one: FigureFrame, two: FigureFrame, bodies: tuple[Skeleton, Skeleton]) -> Detours:
    """For each arm whose way is barred the least swing that frees it; else the best there is."""
    found = dict(NO_DETOURS)
    for side in b.BODY_SIDES:
        best = _faults(one, two, bodies, found, side)
        for way in _ways(bodies[0], side) if best else ():
            tried = {**found, side: way}
            faults = _faults(one, two, bodies, tried, side)
            if faults < best:
                best, found = faults, tried
            if not faults:
                break
    return found


def _ways(body: Skeleton, side: str) -> Iterator[Vec]:
    """Out, up and before the chest, and between these; the nearest first."""
    thorax = body.frames["thorax"]
    out = scale(thorax.left, out_sign(side))
    ahead = thorax.forward
    ways: Sequence[Vec] = (out, Z, ahead, add(out, Z), add(out, ahead), add(Z, ahead), thorax.up)
    for far, way in product(_FAR, ways):
        yield scale(unit(way), far)


def _faults(
    one: FigureFrame,
    two: FigureFrame,
    bodies: tuple[Skeleton, Skeleton],
    detours: Detours,
    side: str,
) -> int:
    """At how many places on its way an arm is inside something."""
    names = [f"the {part} {side} is" for part in ("upper arm", "forearm", "hand")]
    count = 0
    for share in _SHARES:
        body = between(one.pose, two.pose, bodies, share, head_height(one), detours)
        pose = (one if share < 0.5 else two).pose
        told = passes(body, Trunk(body), pose, one.props)
        count += sum(text.startswith(name) for text in told for name in names)
    return count
