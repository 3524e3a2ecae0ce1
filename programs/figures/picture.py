"""From a scene to a drawn picture, as seen for the right side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from programs.figures.camera import SCALE, camera_for
from programs.figures.curves import path, through
from programs.figures.felt import Surface, felt_patches
from programs.figures.flooring import FloorEnds, floor_line, on_bare_floor
from programs.figures.geometry import Point, Vec, dot
from programs.figures.hands import palm_lines
from programs.figures.heads import FaceLine, face_lines, strands
from programs.figures.ink import ink, patch
from programs.figures.marks import (
    SideLetter,
    disc,
    part_point,
)
from programs.figures.palette import (
    BODY_INK,
    COLD,
    SHADOW,
    THING_INK,
    THINGS,
    colours_of,
    darker,
    lighter,
    lightness,
)
from programs.figures.people import HELPING_PERSON
from programs.figures.pose import Inset
from programs.figures.raster import NO_DEPTH, NO_FORM, PictureBox, Seen, enlarged, look
from programs.figures.regions import Marks
from programs.figures.scene import Scene, inset_place, letters_of, marks_of
from programs.figures.shading import floor_shadow, shaded
from programs.figures.shapes import seen_from
from programs.figures.skeleton import root_frame
from programs.figures.things import snowflake
from programs.figures.whose import owners_of

FINE: Final = 4.0
"""Points a unit."""
_FAR_BEHIND: Final = 0.5
_LEAST_SHADOW: Final = 5.0
"""Square units below which a shadow on a bare floor would be taken for a speck."""
_ON_PALM: Final = 0.6
"""How far below the skin a line of a palm may lie."""
_LINES: Final = {
    "block": (THING_INK, 6),
    "thing": (THING_INK, 6),
    "strong_block": (BODY_INK, 6),
    "strong_thing": (BODY_INK, 6),
    "seam": (BODY_INK, 5),
    "edge": (BODY_INK, 7),
    "rim": (BODY_INK, 8),
}
_BODY: Final = ("skin", "hair", "shirt", "trousers", "shoe", "sole")


@dataclass(frozen=True, slots=True)
class Painted:
    """A drawn picture without its signs and words: shapes as SVG, and letters to stand on them."""

    shapes: str
    letters: tuple[SideLetter, ...]


def seen_in(scene: Scene, box: PictureBox, fine: float = FINE) -> Seen:
    """What is in front at each place of a box, however coarsely it is drawn then."""
    return look(scene.forms, scene.view, box, fine)


def paint(
    scene: Scene,
    box: PictureBox,
    ends: FloorEnds,
    *,
    coarse: float = 1.0,
    fine: float = FINE,
    seen: Seen | None = None,
) -> Painted:
    """Draw a scene into a box; ``coarse`` and a lower ``fine`` save bytes and time.

    ``ends``: where the floor ends in each view. ``seen``: what ``seen_in`` the box, where it is
    drawn more than once.
    """
    seen = seen or seen_in(scene, box, fine)
    out = [floor_line(scene.frame, box, ends), *_areas(scene, seen, box, fine, coarse)]
    out += _details(scene, seen)
    if scene.frame.inset:
        out.append(_inset(scene, scene.frame.inset, coarse))
    out += [mark.svg for mark in marks_of(scene)]
    return Painted("".join(out), letters_of(scene))


def _areas(
    scene: Scene,
    seen: Seen,
    box: PictureBox,
    fine: float,
    coarse: float,
    beyond: Marks | None = None,
) -> list[str]:
    """Fills, the darker tone, shadows, felt patches and lines; no shadow falls ``beyond``."""
    large = seen if fine == seen.fine else enlarged(seen, seen.fine / fine)
    drawn = ink(large, scene.forms, box, coarse)
    colours = colours_of(scene.person)
    dark = shaded(seen, scene.forms, _far_side(scene))
    out = []
    for name in _order(drawn.fills):
        out.append(f'<path d="{drawn.fills[name]}" fill="{colours[name]}" stroke="none"/>')
    materials = np.array([form.material for form in scene.forms] + [""])[seen.form]
    for name in _order(drawn.fills):
        if d := patch(dark & (materials == name), box, fine):
            out.append(f'<path d="{d}" fill="{darker(colours[name])}" stroke="none"/>')
    shade = _shade(scene, seen)
    if beyond is not None:
        shade &= ~beyond
    out += _shadows(scene, shade, box, fine, materials)
    if scene.frame.felt:
        out += felt_patches(scene.body, scene.frame.felt, _surface(scene, seen, box, fine))
    for kind, (tone, wide) in _LINES.items():
        if kind in drawn.lines:
            out.append(f'<path d="{drawn.lines[kind]}" stroke="{tone}" stroke-width="{wide}"/>')
    return out


def _inset(scene: Scene, inset: Inset, coarse: float) -> str:
    """A circle with a part of the scene larger in it, and a small ring round that part."""
    near = replace(scene, camera=camera_for(inset.view or scene.frame.view))
    point = part_point(scene.body, inset.part)
    x, y = near.camera.see(point)
    r, place = inset.size / inset.zoom, inset_place(scene, inset)
    seen = look(near.forms, near.view, (x - r, y - r, 2 * r, 2 * r), FINE * inset.zoom)
    i, j = np.mgrid[: len(seen.ys), : len(seen.xs)] + 0.5
    outside = np.hypot(i - len(seen.ys) / 2, j - len(seen.xs) / 2) > len(seen.ys) / 2 - 1.5
    seen.form[outside], seen.depth[outside] = NO_FORM, NO_DEPTH
    box = (place[0] - inset.size, place[1] - inset.size, 2 * inset.size, 2 * inset.size)
    ring, spot = disc(place, inset.size), disc(scene.camera.see(point), r)
    inner = "".join(_areas(near, seen, box, FINE, coarse, outside))
    inner += _palm(near, seen, inset, (x, y), place)
    return (
        f'<path d="{spot}" stroke="#fff" stroke-width="13"/>'
        f'<path d="{spot}" stroke="{THING_INK}" stroke-width="6"/>'
        f'<path d="{ring}" fill="#fff" stroke="none"/>{inner}'
        f'<path d="{ring}" stroke="{THING_INK}" stroke-width="12"/>'
    )


def _palm(scene: Scene, seen: Seen, inset: Inset, middle: Point, place: Point) -> str:
    """The lines of a palm that an inset shows, so that it is not taken for the back of a hand."""
    if not inset.part.startswith("hand_"):
        return ""
    side = inset.part.removeprefix("hand_")
    touch = scene.frame.pose.touches.get(inset.part)
    d = ""
    for line in palm_lines(scene.body, scene.person.build, side, touch):
        points = _visible(FaceLine("line", tuple(line), _ON_PALM), scene, seen)
        large = [
            (
                (x - middle[0] * SCALE) * inset.zoom + place[0] * SCALE,
                (y - middle[1] * SCALE) * inset.zoom + place[1] * SCALE,
            )
            for x, y in points
        ]
        if len(large) > 2:
            d += path([through(large, False)], closed=False)
    return f'<path d="{d}" stroke="{BODY_INK}" stroke-width="5"/>' if d else ""


def _surface(scene: Scene, seen: Seen, box: PictureBox, fine: float = 0.0) -> Surface:
    return Surface(seen, owners_of(seen, scene.forms), scene.view, box, fine or seen.fine)


def _order(names: dict[str, str]) -> list[str]:
    things = [n for n in sorted(names) if n.removeprefix("helper-") not in _BODY]
    helper = [f"helper-{n}" for n in _BODY if f"helper-{n}" in names]
    return things + helper + [n for n in _BODY if n in names]


def _far_side(scene: Scene) -> str:
    """The side whose limbs are behind, seen from the side; by the base, so that it never flips."""
    aside = dot(root_frame(scene.frame.pose).left, scene.camera.near)
    if abs(aside) < _FAR_BEHIND:
        return ""
    return "left" if aside < 0 else "right"


def _shade(scene: Scene, seen: Seen) -> Marks:
    bodies = [f for f in scene.forms if not f.thing]
    return floor_shadow(seen, bodies, scene.view, 0.0, deep=on_bare_floor(scene.frame))


def _shadows(
    scene: Scene, shade: Marks, box: PictureBox, fine: float, materials: NDArray[Any]
) -> list[str]:
    """The bodies' shadow on the mat, the sheet or the bare floor."""
    found = []
    tones = {name: darker(THINGS[name], 0.15) for name in ("mat", "sheet")}
    if "bed" not in {p.kind for p in scene.frame.props}:
        tones[""] = SHADOW
    for name, tone in tones.items():
        mask = shade & (materials == name)
        least = 3.0 if name else _LEAST_SHADOW
        if d := patch(mask, box, fine, least=least, wide=5.0):
            found.append(f'<path d="{d}" fill="{tone}" stroke="none"/>')
    return found


def _details(scene: Scene, seen: Seen) -> list[str]:
    """Faces, hair, and the sign of cold."""
    rows = [(scene.body, scene.person)]
    if scene.helper:
        rows.append((scene.helper, HELPING_PERSON))
    found = []
    for body, person in rows:
        lines = [_visible(line, scene, seen) for line in strands(body, person)]
        d = "".join(path([through(p, False)], closed=False) for p in lines if len(p) > 2)
        if d:
            pale = lightness(person.hair_tone) > 0.55
            tone = darker(person.hair_tone, 0.3) if pale else lighter(person.hair_tone, 0.32)
            found.append(f'<path d="{d}" stroke="{tone}" stroke-width="4"/>')
        found += _face(face_lines(body, person, scene.camera.near), scene, seen)
    for prop in scene.frame.props:
        if prop.kind == "ice_pack":
            arms = [[_unit(scene, p) for p in arm] for arm in snowflake(prop, scene.body)]
            d = "".join(path([through(arm, False)], closed=False) for arm in arms)
            found.append(f'<path d="{d}" stroke="{COLD}" stroke-width="9"/>')
    return found


def _unit(scene: Scene, p: Vec) -> Point:
    x, y = scene.camera.see(p)
    return (x * SCALE, y * SCALE)


def _face(lines: list[FaceLine], scene: Scene, seen: Seen) -> list[str]:
    eyes, thin, rims = "", "", ""
    for line in lines:
        p = _visible(line, scene, seen)
        if line.kind == "eye" and len(p) >= 5:
            eyes += path([through(p, True)], closed=True)
        elif line.kind == "rim" and len(p) > 9:
            rims += path([through(p, False)], closed=False)
        elif line.kind == "line" and len(p) >= 2:
            thin += path([through(p, False)], closed=False)
    found = []
    if eyes:
        found.append(f'<path d="{eyes}" fill="{BODY_INK}" stroke="none"/>')
    if thin:
        found.append(f'<path d="{thin}" stroke="{BODY_INK}" stroke-width="5"/>')
    if rims:
        found.append(f'<path d="{rims}" stroke="{BODY_INK}" stroke-width="4"/>')
    return found


def _visible(line: FaceLine, scene: Scene, seen: Seen) -> list[Point]:
    """The points of a line that nothing hides, in drawing units."""
    found = []
    for p in line.points:
        x, y, z = seen_from(scene.view, p)
        j, i = int((x - seen.xs[0]) * seen.fine + 0.5), int((seen.ys[0] - y) * seen.fine + 0.5)
        if not (0 <= i < len(seen.ys) and 0 <= j < len(seen.xs)):
            continue
        if z > seen.depth[i, j] - line.slack:
            found.append((x * SCALE, -y * SCALE))
    return found
