"""Heads: skull, nose, ears and neck; hair or a scarf; and the lines of a calm face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Final

import numpy as np

from programs.figures.forms import Form, Melt, SolidPart
from programs.figures.geometry import Frame, Vec, along, mix, unit
from programs.figures.people import FigurePerson
from programs.figures.shapes import FLOAT, Cone, Egg, Solid, ball
from programs.figures.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Skull:
    """The head's own axes and middle."""

    centre: Vec
    axes: Frame

    def at(self, forward: float, left: float, up: float) -> Vec:
        """A place of the head."""
        return self.axes.place(self.centre, forward, left, up)

    def way(self, forward: float, left: float, up: float) -> Vec:
        """A direction of the head."""
        return unit(self.axes.place((0.0, 0.0, 0.0), forward, left, up))


def skull_of(body: Skeleton) -> Skull:
    """Where a body's head is."""
    return Skull(body.points["head"], body.frames["head"])


def head(body: Skeleton, person: FigurePerson) -> list[SolidPart]:
    """Skull and jaw, nose and lips, both ears, and the neck."""
    h, jaw = skull_of(body), person.build.jaw
    f = h.axes
    skull: list[Solid] = [
        Egg(h.at(-0.5, 0, 0.9), f, (5.35, 4.5, 5.4)),
        Egg(h.at(1.5, 0, -2.2), f, (3.75, 3.5 * jaw, 4.4)),
        Egg(h.at(3.8, 0, 1.1), f, (1.3, 3.1, 1.4)),
        ball(h.at(3.85, 0, -5.9), 1.1 * (0.5 + 0.5 * jaw)),
    ]
    for y in (1, -1):
        skull.append(
            Cone(h.at(-0.2, 3.0 * y * jaw, -3.2), h.at(3.4, 1.1 * y * jaw, -5.8), 1.25, 1.1)
        )
        skull.append(Egg(h.at(3.25, 1.9 * y, -1.9), f, (1.6, 1.5, 1.3)))
    nose: list[Solid] = [
        Cone(h.at(4.7, 0, 0.2), h.at(6.1, 0, -2.1), 0.48, 0.7),
        Cone(h.at(5.3, 0.5, -2.35), h.at(5.3, -0.5, -2.35), 0.55, 0.55),
        Egg(h.at(4.75, 0, -4.0), f, (0.7, 1.2, 0.75)),
    ]
    parts = [
        SolidPart(skull, melt=1.6),
        SolidPart(nose, melt=0.6, joint=Melt(h.at(4.6, 0, -2), 6, 0.9)),
    ]
    if person.hair not in ("scarf",):
        for y in (1, -1):
            shell = Egg(h.at(-0.8, 4.65 * y, -1.0), f.yaw(-24 * y), (1.2, 0.55, 1.8))
            parts.append(SolidPart([shell], joint=Melt(h.at(-0.2, 3.6 * y, -1), 2.5, 0.4)))
    parts.append(_neck(body, person, h))
    return parts


def _neck(body: Skeleton, person: FigurePerson, h: Skull) -> SolidPart:
    low, top, thick = body.points["neck"], body.points["skull"], person.build.neck
    neck = body.frames["neck"]
    solids: list[Solid] = [
        Cone(along(low, neck.up, -2.5), along(top, h.axes.up, 1.2), 3.1 * thick, 2.8 * thick),
        Cone(along(low, neck.forward, -0.9), h.at(-2.2, 0, -2.5), 2.95 * thick, 2.85 * thick),
    ]
    return SolidPart(solids, melt=1.5, joint=Melt(h.at(0.2, 0, -4.5), 7, 1.6))


def hair(body: Skeleton, person: FigurePerson) -> list[SolidPart]:
    """Hair, or the scarf that covers it."""
    h = skull_of(body)
    if person.hair == "scarf":
        return _scarf(body, h)
    long = person.hair != "short"
    face = Egg(h.at(5.4, 0, -1.0), h.axes.pitch(6), (4.4, 4.3, 5.5))
    ears = [] if person.hair == "bob" else [_round_ear(h, y) for y in (1, -1)]
    cap = SolidPart(
        [Egg(h.at(-0.6, 0, 1.15), h.axes, (5.85, 5.0, 5.9))],
        cuts=[(h.at(0, 0, -1.0 if person.hair == "bob" else 0.2), h.way(0.45, 0, -0.89))],
        less=[face, *ears],
        soft=0.5,
    )
    if person.hair == "bob":
        return [cap, _bob(h)]
    nape = SolidPart(
        [Egg(h.at(-1.4, 0, -0.3), h.axes, (4.85, 4.8, 5.1))],
        cuts=[(h.at(-1.2, 0, 0), h.way(1, 0, -0.3)), (h.at(0, 0, -4.3), h.way(0.25, 0, -1))],
        soft=0.5,
        less=ears,
        joint=Melt(h.at(-2, 0, 0), 9, 0.8),
    )
    sides: list[Solid] = []
    for y in (1, -1):
        temple = h.at(1.2, 4.3 * y, 1.4)
        end = h.at(1.6, 4.1 * y, -2.2 if long else -0.9)
        sides.append(Cone(temple, end, 0.6, 0.25 if long else 0.35))
    found = [cap, nape, SolidPart(sides, melt=0.1, joint=Melt(h.at(0.5, 0, 0.5), 9, 0.5))]
    if person.hair == "tail":
        found.append(_tail(h))
    if person.hair == "bun":
        knot = h.at(-5.7, 0, 2.2)
        found.append(SolidPart([ball(knot, 2.2)], joint=Melt(knot, 3, 0.4)))
    return found


def _round_ear(h: Skull, y: int) -> Egg:
    """Where hair leaves an ear free."""
    return Egg(h.at(-0.9, 4.9 * y, -1.1), h.axes, (1.5, 1.6, 2.0))


def _bob(h: Skull) -> SolidPart:
    solids: list[Solid] = [
        Egg(h.at(-1.3, 0, -0.2), h.axes, (5.5, 5.4, 6.1)),
        Egg(h.at(-1.4, 3.6, -2.9), h.axes, (3.3, 1.9, 2.9)),
        Egg(h.at(-1.4, -3.6, -2.9), h.axes, (3.3, 1.9, 2.9)),
        Egg(h.at(-3.6, 0, -2.9), h.axes, (2.6, 4.0, 3.0)),
    ]
    return SolidPart(
        solids,
        melt=1.4,
        cuts=[(h.at(0, 0, -4.7), h.way(0.25, 0, -1)), (h.at(1.2, 0, 0), h.way(1, 0, 0.25))],
        less=[Egg(h.at(5.0, 0, -1.8), h.axes, (4.3, 4.3, 6.6))],
        soft=0.7,
        joint=Melt(h.at(0, 0, 2), 12, 1.6),
    )


def _tail(h: Skull) -> SolidPart:
    """Hair tied behind; it hangs down, whatever the head does, and lies on the floor."""
    tie, knot = h.at(-5.5, 0, 2.2), h.at(-7.3, 0, 1.4)
    if knot[2] < 3.0:
        knot = (knot[0], knot[1], max(knot[2], 1.4))
        end = along(knot, h.way(-0.3, 1, -0.3), 5.5)
        end = (end[0], end[1], 1.2)
    else:
        end = (knot[0], knot[1], max(knot[2] - 6.5, 1.2))
        end = along(end, h.axes.forward, -0.8)
    half = mix(knot, end, 0.5)
    solids: list[Solid] = [
        Cone(tie, knot, 0.95, 1.5),
        Cone(knot, half, 1.5, 1.45),
        Cone(half, end, 1.45, 0.5),
    ]
    return SolidPart(solids, melt=0.6, joint=Melt(tie, 2.5, 0.5))


def _scarf(body: Skeleton, h: Skull) -> list[SolidPart]:
    """A cloth round head and neck that leaves the face free."""
    low = body.points["neck"]
    thorax = body.frames["thorax"]
    face = Egg(h.at(5.2, 0, -1.5), h.axes, (4.6, 3.5, 4.7))
    hood: list[Solid] = [
        Egg(h.at(-0.7, 0, 0.9), h.axes, (6.1, 5.2, 6.1)),
        Egg(h.at(0.3, 0, -3.2), h.axes, (4.6, 4.3, 4.2)),
    ]
    front = along(along(low, thorax.forward, 3.4), thorax.up, -2.6)
    drape: list[Solid] = [
        Cone(h.at(-1.0, 0, -4.5), along(low, thorax.up, 0.4), 3.9, 4.1),
        Cone(along(low, thorax.forward, 0.6), front, 4.2, 2.6),
    ]
    return [
        SolidPart(hood, melt=1.6, less=[face], soft=0.5),
        SolidPart(drape, melt=1.2, joint=Melt(h.at(0, 0, -5), 7, 1.8), less=[face]),
    ]


# --- The face ------------------------------------------------------------------------------------

_BROW: Final = ((1.1, 1.7), (2.05, 1.95), (3.0, 1.55))
_MOUTH: Final = ((-1.4, -3.75), (-0.7, -4.08), (0.0, -4.18), (0.7, -4.08), (1.4, -3.75))


@dataclass(frozen=True, slots=True)
class FaceLine:
    """A line of the face: ``eye`` is filled, the others are drawn; points in space."""

    kind: str
    points: tuple[Vec, ...]
    slack: float = 0.7


def face_lines(body: Skeleton, person: FigurePerson, eye_way: Vec) -> list[FaceLine]:
    """Eyes, brows, mouth and glasses on the surface of a face that is looked at from a way."""
    h = skull_of(body)
    found: list[tuple[str, Sequence[tuple[float, float]], float]] = []
    for y in (1.0, -1.0):
        if sum(p * q for p, q in zip(h.way(0.8, 0.6 * y, 0), eye_way, strict=True)) < 0.12:
            continue
        eye = [(1.95 * y + 0.5 * cos(t), 0.05 + 0.62 * sin(t)) for t in _turns(8)]
        found.append(("eye", eye, 0.0))
        found.append(("line", [(q * y, z) for q, z in _BROW], 0.0))
        if person.glasses:
            rim = [(2.0 * y + 1.55 * cos(t), -0.05 + 1.3 * sin(t)) for t in _turns(12)]
            found.append(("rim", [*rim, rim[0]], 0.35))
    found.append(("line", _MOUTH, 0.0))
    places = [q for _, points, _ in found for q in points]
    surface = _on_face(h, Form("face", "skin", head(body, person)[:2]), places)
    lines, at = [], 0
    for kind, points, off in found:
        own = surface[at : at + len(points)]
        at += len(points)
        row = tuple(along(p, h.axes.forward, off) for p in own)
        lines.append(FaceLine(kind, row, 1.2 if kind == "rim" else 0.7))
    return lines


def _turns(count: int) -> list[float]:
    return [2 * pi * i / count for i in range(count)]


def _on_face(h: Skull, face: Form, places: Sequence[tuple[float, float]]) -> list[Vec]:
    """Points of the skin before these places of the face, left and up of its middle."""
    depth = np.full(len(places), 8.0, FLOAT)
    f = h.axes.forward
    base = np.array([h.at(0, left, up) for left, up in places], FLOAT).T
    for _ in range(16):
        x, y, z = (base[i] + depth * FLOAT(f[i]) for i in range(3))
        rows = [part.distance(x, y, z) for part in face.parts]
        depth -= np.min(rows, axis=0) * FLOAT(0.9)
    return [
        along(h.at(0, left, up), f, float(d) + 0.05)
        for (left, up), d in zip(places, depth, strict=True)
    ]


_STRANDS: Final = {
    "short": (
        ((28, 62), (50, 66), (80, 60), (105, 46)),
        ((150, 50), (152, 25), (155, 2)),
        ((-150, 45), (-150, 20), (-152, -2)),
        ((-60, 55), (-85, 50), (-105, 36)),
    ),
    "bob": (
        ((10, 66), (55, 60), (82, 36), (92, 8)),
        ((-5, 66), (-50, 60), (-80, 36), (-92, 8)),
        ((140, 50), (148, 22), (150, -8)),
        ((-150, 50), (-150, 22), (-152, -8)),
    ),
    "tail": (
        ((20, 60), (60, 62), (110, 48), (150, 30)),
        ((-20, 60), (-60, 62), (-110, 48), (-150, 30)),
        ((60, 38), (100, 26), (140, 20)),
        ((-60, 38), (-100, 26), (-140, 20)),
    ),
    "scarf": (
        ((75, -20), (110, 10), (130, 35)),
        ((-75, -20), (-110, 10), (-130, 35)),
        ((100, -40), (135, -15), (160, 10)),
        ((-100, -40), (-135, -15), (-160, 10)),
    ),
}


def strands(body: Skeleton, person: FigurePerson) -> list[FaceLine]:
    """Lines in the hair, or folds of the scarf."""
    h = skull_of(body)
    parts = hair(body, person)
    rows = _STRANDS.get(person.hair, _STRANDS["tail"])
    ways = [_toward(h, a, e) for row in rows for a, e in row]
    away = np.full(len(ways), 11.0, FLOAT)
    turned = np.array(ways, FLOAT).T
    for _ in range(16):
        x, y, z = (FLOAT(h.centre[i]) + turned[i] * away for i in range(3))
        away -= np.min([part.distance(x, y, z) for part in parts], axis=0) * FLOAT(0.9)
    spots = [along(h.centre, way, float(r) + 0.05) for way, r in zip(ways, away, strict=True)]
    found, at = [], 0
    for row in rows:
        found.append(FaceLine("strand", tuple(spots[at : at + len(row)]), 0.35))
        at += len(row)
    return found


def _toward(h: Skull, around: float, up: float) -> Vec:
    """The way from the middle of a head, in degrees to its left and up."""
    a, e = radians(around), radians(up)
    return h.way(cos(a) * cos(e), sin(a) * cos(e), sin(e))
