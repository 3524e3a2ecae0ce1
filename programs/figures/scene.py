"""A frame in space: its bodies and things, its marks, and the frame that holds all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from programs.figures.camera import Camera, camera_for
from programs.figures.clothes import dressed
from programs.figures.forms import Form
from programs.figures.geometry import Point
from programs.figures.limbs import solve
from programs.figures.marks import (
    DrawnMark,
    SideLetter,
    arrow_mark,
    breath_mark,
    part_point,
    side_letters,
)
from programs.figures.people import HELPING_PERSON, FigurePerson
from programs.figures.pose import FigureFrame, Inset
from programs.figures.raster import PictureBox
from programs.figures.resting import body_of
from programs.figures.shapes import Egg, View
from programs.figures.skeleton import Skeleton
from programs.figures.things import forms_of

PAD: Final = 4.0
NARROW, WIDE = 0.84, 2.0
"""Least and greatest breadth of a picture, as a multiple of its height."""
LEAST: Final = 90.0
"""Least breadth in units, so that bodies keep one scale from picture to picture."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame in space: its forms, its bodies and its camera."""

    frame: FigureFrame
    body: Skeleton
    person: FigurePerson
    forms: tuple[Form, ...]
    camera: Camera
    helper: Skeleton | None = None

    @property
    def view(self) -> View:
        """The camera's axes."""
        return (self.camera.right, self.camera.top, self.camera.near)


def scene_of(
    frame: FigureFrame,
    person: FigurePerson,
    body: Skeleton | None = None,
    helper: Skeleton | None = None,
) -> Scene:
    """The forms of a frame; bodies may be solved already."""
    body = body or body_of(frame)
    forms = [form for prop in frame.props for form in forms_of(prop, body)]
    shod = frame.shod
    forms += dressed(body, person, frame.pose.touches, shod=shod)
    if frame.helper:
        helper = helper or solve(frame.helper)
        forms += dressed(helper, HELPING_PERSON, frame.helper.touches, shod=shod, helper=True)
    return Scene(frame, body, person, tuple(forms), camera_for(frame.view), helper)


def marks_of(scene: Scene) -> list[DrawnMark]:
    """Breath and arrows."""
    frame, camera, body = scene.frame, scene.camera, scene.body
    found = [
        breath_mark(camera, body, inward=sign == "breathe_in")
        for sign in frame.signs
        if sign.startswith("breathe")
    ]
    return found + [arrow_mark(camera, body, arrow) for arrow in frame.arrows]


def letters_of(scene: Scene) -> tuple[SideLetter, ...]:
    """The letters of the sides, where the frame asks for them."""
    if not scene.frame.sides_named:
        return ()
    return tuple(side_letters(scene.camera, scene.body, level=scene.frame.view[1] < 12))


def common_box(scenes: Sequence[Scene]) -> PictureBox:
    """One view box for all frames of an exercise: left, top, breadth, height, in whole units."""
    points: list[tuple[Point, float]] = []
    for scene in scenes:
        points += [(p, r) for mark in marks_of(scene) for p, r in mark.reach]
        for letter in letters_of(scene):
            points += [(letter.place, 4.0), ((letter.place[0], letter.place[1] - 5), 4.0)]
        if inset := scene.frame.inset:
            points.append((inset_place(scene, inset), inset.size))
            spot = scene.camera.see(part_point(scene.body, inset.part))
            points.append((spot, inset.size / inset.zoom))
        for form in scene.forms:
            points += _reach(form, scene)
    left = min(p[0] - r for p, r in points) - PAD
    right = max(p[0] + r for p, r in points) + PAD
    top = min(p[1] - r for p, r in points) - PAD
    bottom = max(p[1] + r for p, r in points) + PAD - 1.0
    wide, high = max(right - left, LEAST), bottom - top
    wide = max(wide, high * NARROW)
    left -= (wide - (right - left)) / 2
    if wide > high * WIDE:
        top -= wide / WIDE - high
        high = wide / WIDE
    return (float(np.floor(left)), float(np.floor(top)), float(np.ceil(wide)), float(np.ceil(high)))


def _reach(form: Form, scene: Scene) -> list[tuple[Point, float]]:
    """Points that hold a form, with the room round each."""
    found: list[tuple[Point, float]] = []
    view = scene.view
    for solid in form.solids():
        if isinstance(solid, Egg):
            seen = solid.seen(view)
            half = [
                sum(abs(a[i]) * r for a, r in zip(seen.axes, seen.radii, strict=True))
                for i in (0, 1)
            ]
            c = seen.centre
            found += [((c[0] + s * half[0], -c[1] + s * half[1]), 0.0) for s in (-1, 1)]
        else:
            a, c, r = solid.core()
            found += [(scene.camera.see(a), r), (scene.camera.see(c), r)]
    return found


def inset_place(scene: Scene, inset: Inset) -> Point:
    """The middle of an inset's circle in the picture."""
    x, y = scene.camera.see(part_point(scene.body, inset.part))
    return (x + inset.at[0], y - inset.at[1])
