"""Things that hands hold or that go round limbs: bands, weights and sticks, as solids.

They name the points that they hang on, so they follow the body through a movement.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin
from typing import Final

from programs.figures import body as b
from programs.figures.forms import Form, SolidPart
from programs.figures.geometry import (
    Frame,
    Vec,
    Z,
    add,
    along,
    cross,
    flat,
    frame_along,
    length,
    mix,
    scale,
    sub,
    unit,
)
from programs.figures.pose import Prop
from programs.figures.shapes import Cone, Drum, Solid
from programs.figures.skeleton import Skeleton
from programs.figures.solids import Trunk

_GRIP: Final = 1.3
"""How deep in a closed hand the middle of what it holds lies."""
_LOOPS: Final = {
    "thigh": ("thigh", "hip", "knee", 0.72, 4.4),
    "knee": ("thigh", "hip", "knee", 0.86, 4.0),
    "shin": ("shank", "knee", "ankle", 0.35, 3.4),
    "ankle": ("shank", "knee", "ankle", 0.86, 2.4),
    "forefoot": ("foot", "ankle", "toe", 0.62, 3.1),
}
"""Where a band lies round a leg: axes, joints, the share of the way between them, and radius."""
_ON_CLOTH: Final = 1.6
"""How far outside the trunk the middle of a rolled towel lies on it."""
_STEPS_OUT: Final = 16
_WIDE: Final = (-0.8, 0.0, 0.8)
"""Half the breadth of a band, as three rods side by side."""


def band(prop: Prop, body: Skeleton) -> list[Form]:
    """``ends``: hands or feet, or ``knee`` and so on for a loop; ``at``: where else it is fixed.

    ``size``: how much wider a loop is, over clothes.
    """
    looped = [end for end in prop.ends if end.rpartition("_")[0] in _LOOPS]
    if len(looped) == len(prop.ends) == 2:
        return [_strip(_loop(prop, body), _axis(prop.ends[0], body))]
    places = [end_place(end, body) for end in prop.ends]
    if prop.at:
        x, y, z = (*prop.at, 0.0, 0.0)[:3]
        lines = [[(x, y, z), place, _tail(place)] for place in places]
    else:
        lines = [[_tail(places[0]), *places, _tail(places[-1])]]
    return [_strip(line, Z) for line in lines]


def end_place(name: str, body: Skeleton) -> Vec:
    """Where what is held lies: in the closed hand, or under the ball of the foot."""
    part, _, side = name.rpartition("_")
    if part == "hand":
        return along(body.points[name], _palm(body, side), _GRIP)
    if part == "foot":
        return body.frames[name].place(body.points[f"ball_{side}"], 0.0, 0.0, -b.RADII["ball"])
    _, start, end, share, _ = _LOOPS[part]
    return mix(body.points[f"{start}_{side}"], body.points[f"{end}_{side}"], share)


def _palm(body: Skeleton, side: str) -> Vec:
    """The way a palm faces."""
    return scale(body.frames[f"hand_{side}"].left, 1.0 if side == "right" else -1.0)


def _tail(place: Vec) -> Vec:
    """The loose end of a band, hanging from the hand."""
    return along(place, Z, -4.5)


def _axis(name: str, body: Skeleton) -> Vec:
    part, _, side = name.rpartition("_")
    axes = body.frames[f"{_LOOPS[part][0]}_{side}"]
    return axes.forward if part == "forefoot" else axes.up


def _loop(prop: Prop, body: Skeleton) -> list[Vec]:
    """Round one leg, over to the other, round it and back."""
    ends = prop.ends
    axis = unit(add(*(_axis(end, body) for end in ends)))
    centres = [end_place(end, body) for end in ends]
    across = unit(flat(sub(centres[1], centres[0]), axis))
    ahead = cross(axis, across)
    out: list[Vec] = []
    for centre, end, first in zip(centres, ends, (pi / 2, -pi / 2), strict=True):
        r = _LOOPS[end.rpartition("_")[0]][4] + prop.size
        for i in range(9):
            turn = first + pi * i / 8
            out.append(along(along(centre, across, r * cos(turn)), ahead, r * sin(turn)))
    return [*out, out[0]]


def _strip(line: list[Vec], wide: Vec) -> Form:
    """A flat band along a line, as broad as it is seen from beside ``wide``."""
    solids: list[Solid] = []
    for p, q in pairwise(line):
        if length(sub(q, p)) < 1e-6:
            continue
        way = unit(sub(q, p))
        aside = flat(wide, way)
        aside = unit(aside) if length(aside) > 0.2 else unit(flat((1.0, 0.0, 0.0), way))
        solids += [Cone(along(p, aside, off), along(q, aside, off), 0.42, 0.42) for off in _WIDE]
    return Form("band", "band", [SolidPart(solids, melt=0.4)], thing=True)


def neck_towel(body: Skeleton) -> list[Solid]:
    """A rolled towel round the back of the neck; each end goes to the hand of the other side."""
    neck, axes = mix(body.points["neck"], body.points["skull"], 0.75), body.frames["neck"]
    turns = [-0.62 * pi + 1.24 * pi * i / 8 for i in range(9)]
    ring = [axes.place(neck, -3.9 * cos(t), 3.9 * sin(t), 0.0) for t in turns]
    left, right = (_over_chest(ring[i], f"hand_{s}", body) for i, s in ((0, "left"), (-1, "right")))
    line = [*left[::-1], *ring, *right]
    rods: list[Solid] = [Cone(p, q, 0.95, 0.95) for p, q in pairwise(line)]
    return rods


def _over_chest(start: Vec, hand: str, body: Skeleton) -> list[Vec]:
    """The way of an end of a towel from the neck to a hand: on the chest, never through it."""
    trunk, ahead = Trunk(body), body.frames["thorax"].forward
    line = []
    for i in range(1, 6):
        p = mix(start, end_place(hand, body), i / 5)
        for _ in range(_STEPS_OUT if i < 5 else 0):
            if trunk.outside(p) < _ON_CLOTH:
                p = along(p, ahead, 0.5)
        line.append(p)
    return line


def weight(prop: Prop, body: Skeleton) -> list[Form]:
    """``ends``: the hand that holds it, or both hands; ``size``: radius of its heads."""
    r = prop.size or 2.1
    if len(prop.ends) == 2:
        one, two = (end_place(end, body) for end in prop.ends)
        way, half = unit(sub(two, one)), max(3.2, length(sub(two, one)) / 2 + 1.2)
        centre = mix(one, two, 0.5)
    else:
        centre, half = end_place(prop.ends[0], body), 3.3
        way = body.frames[prop.ends[0]].forward
    axes = frame_along(way, Z)
    heads = Frame(axes.forward, axes.up, axes.left)
    bar: list[Solid] = [Cone(along(centre, way, -half), along(centre, way, half), 0.75, 0.75)]
    forms = [Form("bar", "prop-dark", [SolidPart(bar)], thing=True)]
    for s in (-1.0, 1.0):
        disc: list[Solid] = [Drum(along(centre, way, s * (half + 1.1)), heads, (r, 1.3, r))]
        forms.append(Form("weight", "steel", [SolidPart(disc)], thing=True))
    return forms


def stick(prop: Prop, body: Skeleton) -> list[Form]:
    """``ends``: the two hands that hold it; ``size``: how far it goes on beyond each."""
    one, two = (end_place(end, body) for end in prop.ends)
    way, more = unit(sub(two, one)), prop.size or 9.0
    rod: list[Solid] = [Cone(along(one, way, -more), along(two, way, more), 0.85, 0.85)]
    return [Form("stick", "wood", [SolidPart(rod)], thing=True)]
