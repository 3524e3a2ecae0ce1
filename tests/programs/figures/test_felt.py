"""A patch lies where it is felt: never on a limb of the other side, and hidden it is a ring."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.figures import read_figures
from programs.figures.body import BODY_SIDES
from programs.figures.camera import SCALE, camera_for
from programs.figures.felt import Surface, felt_patches, patch_mask
from programs.figures.felt_places import felt_places
from programs.figures.geometry import Vec, along, dot, mix
from programs.figures.kept import kept_for
from programs.figures.palette import FELT_TONE
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.pose import FigureFrame
from programs.figures.raster import look
from programs.figures.resting import body_of
from programs.figures.scene import common_box, scene_of
from programs.figures.skeleton import Skeleton, other
from programs.figures.solids import Trunk, limbs
from programs.figures.whose import owners_of
from tests.every_row import every
from tests.programs.figures.drawn import illustrated
from tests.programs.figures.paths import vertices

PATCH = re.compile(rf'<path d="([^"]+)" fill="{FELT_TONE}"')
Floats = NDArray[np.float64]
NOWHERE = -1e3
CLEARLY = 1.5
"""Units that the other side's limb must be nearer to count as what carries a patch."""
SITTING: dict[str, Any] = {
    "caption": "Sit",
    "base": "sitting",
    "touch": {"feet": {"on": "floor", "at": [25]}, "hands": {"on": "belly"}},
    "props": [{"kind": "chair", "size": 1}],
}


def balls(middles: Iterable[tuple[Vec, float]], frame: FigureFrame) -> Floats:
    """Balls along a part: where each stands in the picture, how near it is, and its radius."""
    camera = camera_for(frame.view)
    return np.array([(*camera.see(p), dot(p, camera.near), r) for p, r in middles])


def limb_balls(body: Skeleton, frame: FigureFrame, side: str) -> Floats:
    """The arm and the leg of a side."""
    shares = [i / 12 for i in range(13)]
    return balls(
        (
            (mix(m.start, m.end, t), m.thick(t))
            for m in limbs(body)
            if m.side == side
            for t in shares
        ),
        frame,
    )


def trunk_balls(body: Skeleton, frame: FigureFrame) -> Floats:
    """The trunk: at each height three balls beside each other."""
    rows = [
        (along(centre, axes.left, share * s.wide), min(s.front, s.back))
        for centre, axes, s in Trunk(body).slices
        for share in (-0.5, 0.0, 0.5)
    ]
    return balls(rows, frame)


def nearness(parts: Floats, places: Floats) -> Floats:
    """How near to the camera the nearest ball is at each place of the picture."""
    x, y, near, r = parts.T
    off = (places[:, :1] - x) ** 2 + (places[:, 1:] - y) ** 2
    deep = near + np.sqrt(np.maximum(r * r - off, 0))
    found: Floats = np.where(off < r * r, deep, NOWHERE).max(axis=1)
    return found


def covered(svg: str) -> Floats:
    """The places that patches cover: half way from each one's rim to its middle."""
    rows = [np.zeros((0, 2))]
    for d in PATCH.findall(svg):
        rim = np.array(vertices(d)) / SCALE
        rows.append((rim + rim.mean(axis=0)) / 2)
    return np.concatenate(rows)


def one_sided(frame: FigureFrame) -> str:
    """The side on which everything of a frame is felt; nothing where it is on both."""
    sides = {region.rpartition("_")[2] for region in frame.felt}
    return sides.pop() if len(sides) == 1 and sides <= set(BODY_SIDES) else ""


def behind(frame: FigureFrame, body: Skeleton, side: str) -> bool:
    """Whether a limb of the other side is before anything that is felt."""
    places = [place for region in frame.felt for place in felt_places(body, region)]
    lines = balls(((mix(p.start, p.end, t), 0) for p in places for t in (0, 0.5, 1)), frame)
    far = nearness(limb_balls(body, frame, other(side)), lines[:, :2])
    return bool((far > lines[:, 2]).any())


def covered_by(frame: FigureFrame, body: Skeleton, places: Floats) -> dict[str, int]:
    """How many places of patches lie on a limb of each side, and on neither."""
    limb = [nearness(limb_balls(body, frame, side), places) for side in BODY_SIDES]
    trunk = nearness(trunk_balls(body, frame), places)
    right, left = limb[0] - np.maximum(limb[1], trunk), limb[1] - np.maximum(limb[0], trunk)
    return {"right": int((right > CLEARLY).sum()), "left": int((left > CLEARLY).sum())}


def test_no_patch_lies_on_a_limb_of_the_other_side() -> None:
    """As for the right, so for the left, which is the same picture in a mirror."""
    found = {}
    for entry in illustrated():
        for number, frame in enumerate(entry.figures):
            if frame.inset or not (side := one_sided(frame)):
                continue
            body = body_of(frame)
            if behind(frame, body, side) and (kept := kept_for(entry.figures)):
                on = covered_by(frame, body, covered(kept.pictures[number].shapes))
                found[f"{entry.slug} {number + 1}"] = on[other(side)]
    assert "cross-body-stretch 2" in found
    assert {name: places for name, places in found.items() if places} == {}


@cache
def sitting(around: int, up: int) -> tuple[FigureFrame, Surface]:
    """Somebody on a stool, as seen from there, coarsely."""
    (frame,) = read_figures([{**SITTING, "view": [around, up]}])
    scene = scene_of(frame, FIGURE_PEOPLE["young_man"])
    box = common_box([scene])
    seen = look(scene.forms, scene.view, box, 1.2)
    return frame, Surface(seen, owners_of(seen, scene.forms), scene.view, box, seen.fine)


def felt(around: int, up: int, region: str) -> list[str]:
    """A patch on somebody who sits."""
    frame, surface = sitting(around, up)
    return felt_patches(body_of(frame), [region], surface)


@every(
    ("up", "region", "rings"),
    [
        (1, "thigh_front_right", [False]),
        (1, "thigh_front_left", [True]),
        (1, "thigh_front", [False]),
        (1, "thigh_back_right", [False]),
        (40, "thigh_back_right", [True]),
    ],
)
def test_hidden_or_turned_away_is_a_ring(up: int, region: str, rings: list[bool]) -> None:
    """Seen from the right the left thigh is behind the right one; of a pair one is enough."""
    assert ["18 16" in svg for svg in felt(0, up, region)] == rings


def test_a_patch_on_the_wrong_limb_would_be_found() -> None:
    (patch,) = felt(0, 1, "thigh_front_right")
    frame, _ = sitting(0, 1)
    on = covered_by(frame, body_of(frame), covered(patch))
    assert (on["right"] > 3, on["left"]) == (True, 0)


def test_a_patch_beside_the_spine_stays_on_its_side() -> None:
    frame, surface = sitting(-90, 1)
    (place,) = felt_places(body_of(frame), "low_back_right")
    mask = patch_mask(place, surface)
    assert mask is not None
    columns = surface.seen.xs[np.flatnonzero(mask.any(axis=0))]
    assert columns.min() > -0.5
    assert columns.max() > 4
