"""The head: skull, jaw, nose, ear, a calm face and short hair, from any side."""

from __future__ import annotations

from math import acos, cos, pi, sin, sqrt
from typing import Final

from programs.figures import body as b
from programs.figures.canvas import LINE, Canvas, capsule, disc, ellipsoid, smooth
from programs.figures.geometry import Frame, Point, Vec, add, cross, dot, scale, sub, unit
from programs.figures.skeleton import Skeleton

HAIR_EDGE: Final = 0.1
HAIR_WAY: Final = (-0.7, 0.0, 0.714)
"""The middle of the hair in the head's own axes; the edge is where it falls to HAIR_EDGE."""
RIM, ROUND = 6, 5


def draw_head(canvas: Canvas, found: Skeleton, skin: str = "skin", hair: str = "hair") -> None:
    """Draw the head over what is there."""
    centre, axes = found.points["head"], found.frames["head"]
    camera = canvas.camera
    jaw = axes.place(centre, 1.5, 0.0, -3.0)
    d = ellipsoid(camera, centre, axes, b.SKULL) + ellipsoid(camera, jaw, axes, (4.1, 3.7, 3.9))
    bridge, nose = axes.place(centre, 4.9, 0.0, -0.3), axes.place(centre, 6.4, 0.0, -1.7)
    canvas.shape(d + capsule(camera.see(bridge), 0.8, camera.see(nose), 0.75), skin)
    canvas.cover(camera.see(centre), 8.0)
    _hair(canvas, centre, axes, hair)
    _face(canvas, centre, axes, skin)


def _face(canvas: Canvas, centre: Vec, axes: Frame, skin: str) -> None:
    """Eyes, mouth and ears where the camera sees them."""
    camera = canvas.camera
    seen = []
    for side in (-1.0, 1.0):
        if camera.depth(unit(axes.place((0, 0, 0), 0.85, 0.5 * side, 0.0))) > 0.25:
            seen.append(disc(camera.see(axes.place(centre, 4.7, 2.1 * side, 0.1)), 0.6))
        if dot(scale(axes.left, side), camera.near) > 0.35:
            ear = axes.place(centre, -0.3, 4.7 * side, -0.9)
            canvas.shape(ellipsoid(camera, ear, axes, (1.0, 0.4, 1.6)), skin, width=LINE * 0.6)
    if seen:
        canvas.fill("".join(seen), "line")
    if camera.depth(axes.forward) > 0.5:
        mouth = [camera.see(axes.place(centre, 5.0, y, z)) for y, z in _MOUTH]
        canvas.stroke(smooth(mouth, closed=False), width=LINE * 0.7)


_MOUTH: Final = ((-1.4, -3.5), (0.0, -3.9), (1.4, -3.5))


def _hair(canvas: Canvas, centre: Vec, axes: Frame, hair: str) -> None:
    """The part of the skull's visible side that hair covers."""
    points = hair_outline(canvas, centre, axes)
    if points:
        canvas.shape(smooth(points), hair, width=LINE * 0.8)


def hair_outline(canvas: Canvas, centre: Vec, axes: Frame) -> list[Point]:
    """Outline of the hair: its visible rim on the skull, closed along the skull's edge.

    Worked out on the unit sphere that the skull is a stretched picture of.
    """
    near = canvas.camera.near
    view = unit(
        (
            dot(near, axes.forward) / b.SKULL[0],
            dot(near, axes.left) / b.SKULL[1],
            dot(near, axes.up) / b.SKULL[2],
        )
    )
    toward = unit(HAIR_WAY)
    facing = dot(toward, view)
    across = sqrt(max(0.0, 1 - facing * facing))
    ring = sqrt(1 - HAIR_EDGE * HAIR_EDGE)
    limit = 2.0 if across < 1e-6 else -facing * HAIR_EDGE / (ring * across)
    edge = 2.0 if across < 1e-6 else HAIR_EDGE / across
    if edge >= 1:
        spherical = _circle(toward, _any_across(toward), HAIR_EDGE, ring) if facing > 0 else []
    else:
        e1 = unit(sub(view, scale(toward, facing)))
        e2 = cross(toward, e1)
        reach = acos(max(-1.0, min(1.0, limit)))
        spherical = [
            _on_ring(toward, e1, e2, HAIR_EDGE, ring, reach * (2 * i / (RIM - 1) - 1))
            for i in range(RIM)
        ]
        g1 = unit(sub(toward, scale(view, facing)))
        g2 = cross(view, g1)
        half = acos(max(-1.0, min(1.0, edge)))
        limb = [
            _on_ring(view, g1, g2, 0.0, 1.0, half * (1 - 2 * i / (ROUND + 1)))
            for i in range(1, ROUND + 1)
        ]
        if dot(sub(limb[0], spherical[-1]), sub(limb[0], spherical[-1])) > dot(
            sub(limb[-1], spherical[-1]), sub(limb[-1], spherical[-1])
        ):
            limb.reverse()
        spherical += limb
    grown = tuple(r * 1.05 for r in b.SKULL)
    return [
        canvas.camera.see(axes.place(centre, u[0] * grown[0], u[1] * grown[1], u[2] * grown[2]))
        for u in spherical
    ]


def _on_ring(axis: Vec, e1: Vec, e2: Vec, up: float, ring: float, turn: float) -> Vec:
    around = add(scale(e1, cos(turn) * ring), scale(e2, sin(turn) * ring))
    return add(scale(axis, up), around)


def _any_across(axis: Vec) -> Vec:
    return unit(cross(axis, (0.0, 1.0, 0.0)))


def _circle(axis: Vec, e1: Vec, up: float, ring: float) -> list[Vec]:
    e2 = cross(axis, e1)
    return [_on_ring(axis, e1, e2, up, ring, 2 * pi * i / 18) for i in range(18)]
