"""Ways round: how an arm or leg must swing out so that it passes through nothing on its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from programs.figures import body as b
from programs.figures.crossing import limb_passes, passes
from programs.figures.geometry import Vec, Z, add, scale, sub, unit
from programs.figures.motion import NO_DETOURS, Detours, straight, swung
from programs.figures.pose import FigureFrame, Prop
from programs.figures.resting import head_height
from programs.figures.skeleton import Skeleton, out_sign
from programs.figures.solids import Trunk

_FAR: Final = (4.0, 8.0, 12.0, 16.0, 20.0)
"""Units that a hand or foot swings out half way, tried in this order."""
_PARTS: Final = {"hand": ("upper arm", "forearm", "hand"), "foot": ("thigh", "shin", "foot")}


@dataclass(frozen=True)
class Waypoint:
    """A place on the way: the body as it comes straight there, and its trunk, which stays."""

    share: float
    """How far on the way it is."""
    frame: FigureFrame
    props: tuple[Prop, ...]
    straight: Skeleton
    trunk: Trunk

    @classmethod
    def of(
        cls, one: FigureFrame, two: FigureFrame, bodies: tuple[Skeleton, Skeleton], share: float
    ) -> Waypoint:
        """The place so far on the way between two frames with these bodies."""
        body = straight(one.pose, two.pose, bodies, share, head_height(one))
        return cls(share, one if share < 0.5 else two, one.props, body, Trunk(body))

    def body(self, detours: Detours) -> Skeleton:
        """The body that swings out; the straight one stays as it is."""
        whole = self.straight
        one = replace(
            whole,
            points=dict(whole.points),
            frames=dict(whole.frames),
            short=dict(whole.short),
            angles=dict(whole.angles),
        )
        return swung(one, self.share, detours)


def detours_for(start: Skeleton, places: Sequence[Waypoint]) -> Detours:
    """For each limb whose way is barred the least swing that frees it; else the best there is.

    ``places``: where on the way from ``start`` poses will be drawn.
    """
    found = dict(NO_DETOURS)
    told = _told(places, found)
    for part, side in product(_PARTS, b.BODY_SIDES):
        best = _faults(told, part, side)
        if not best:
            continue
        for way in _ways(start, part, side):
            tried = {**found, f"{part}_{side}": way}
            faults = _faults_below(best, (part, side), places, tried)
            if faults < best:
                best, found = faults, tried
            if not faults:
                break
        told = _told(places, found)
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


def _told(places: Sequence[Waypoint], detours: Detours) -> list[str]:
    """What limbs pass through, place after place on the way."""
    found: list[str] = []
    for place in places:
        found += passes(place.body(detours), place.trunk, place.frame.pose, place.props)
    return found


def _faults_below(
    best: int, limb: tuple[str, str], places: Sequence[Waypoint], detours: Detours
) -> int:
    """How often the limb is inside something on this way; ``best`` where that is no less."""
    faults = 0
    for place in places:
        body, pose = place.body(detours), place.frame.pose
        for _ in limb_passes(*limb, body, place.trunk, pose, place.props):
            faults += 1
            if faults == best:
                return best
    return faults


def _faults(told: Sequence[str], part: str, side: str) -> int:
    """How often an arm or a leg is inside something."""
    names = tuple(f"the {name} {side} is" for name in _PARTS[part])
    return sum(text.startswith(names) for text in told)
