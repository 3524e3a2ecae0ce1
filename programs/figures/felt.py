"""Where a stretch or the work is felt: a patch on the body's own surface, dotted and hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

import numpy as np

from programs.figures import body as b
from programs.figures.camera import SCALE, pair
from programs.figures.curves import path, through
from programs.figures.felt_places import FeltPlace, felt_places
from programs.figures.geometry import Vec, dot
from programs.figures.ink import patch
from programs.figures.palette import FELT_INK, FELT_TONE
from programs.figures.raster import PictureBox, Seen
from programs.figures.regions import Marks
from programs.figures.shapes import View, seen_from
from programs.figures.skeleton import Skeleton
from programs.figures.whose import Owners, owned_by

_AROUND: Final = 1.8
"""How far from its middle line, beyond its radius, a patch spreads over the surface."""
_SEEN: Final = 0.6
_HIDDEN: Final = 0.35
"""Shares of a patch that must be seen: else it is laid flat; else it is a ring."""
_CUT_OFF: Final = 0.12
"""The same in an inset, whose circle cuts most of a patch off."""
_TURNED_AWAY: Final = -0.47
"""How far a patch may face away, as a cosine, and still be laid flat."""
_HATCH: Final = 2.3
"""Units between the lines that mark a patch in black and white."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What is seen of a body, and whose each point is, so that a patch lies where it belongs."""

    seen: Seen
    owners: Owners
    view: View
    box: PictureBox
    fine: float
    """The picture's box and its points a unit, which an inset has of its own."""


def felt_patches(body: Skeleton, regions: Sequence[str], surface: Surface) -> list[str]:
    """The patches as SVG, each on the surface where it is felt.

    Hidden by anything else, even by the other leg, it is a dashed ring; of a pair one is enough.
    """
    found = []
    for region in regions:
        places = list(felt_places(body, region))
        masks = [patch_mask(place, surface) for place in places]
        hidden = all(mask is None for mask in masks) or region.endswith(b.BODY_SIDES)
        for place, mask in zip(places, masks, strict=True):
            fine, box = surface.fine, surface.box
            if mask is not None and (d := patch(mask, box, fine, least=4.0, wide=5.0)):
                found.append(_patch(d, _hatched(mask, fine, box)))
            elif hidden and fine == surface.seen.fine:
                a, c = seen_from(surface.view, place.start), seen_from(surface.view, place.end)
                found.append(_ring(a, c, place.radius))
    return found


def patch_mask(place: FeltPlace, surface: Surface) -> Marks | None:
    """The points of the picture where a patch is seen; None where too little of it is.

    Seen edge on, it is laid flat on what is seen there of the same part and side.
    """
    a, c = seen_from(surface.view, place.start), seen_from(surface.view, place.end)
    r = place.radius
    whole = surface.seen.fine**2 * (3.14 * r * r + 2 * r * hypot(c[0] - a[0], c[1] - a[1]))
    skin = owned_by(surface.owners, place.on) & _beyond(place, surface)
    mask = _near(surface, a, c, r + _AROUND) & skin
    edge_on = dot(place.out, surface.view[2]) > _TURNED_AWAY
    if mask.sum() < _SEEN * whole and edge_on:
        mask = _near(surface, a, c, r, flat=True) & skin
    least = _HIDDEN if surface.fine == surface.seen.fine else _CUT_OFF
    return mask if mask.sum() >= least * whole else None


def _beyond(place: FeltPlace, surface: Surface) -> Marks:
    """The points on a patch's own side of the trunk."""
    seen = surface.seen
    if place.middle is None:
        return np.ones(seen.depth.shape, bool)
    (x, y, z), way = (seen_from(surface.view, v) for v in place.middle)
    off = (seen.xs[None, :] - x) * way[0] + (seen.ys[:, None] - y) * way[1]
    found: Marks = off + (seen.depth - z) * way[2] > 0
    return found


def _near(surface: Surface, a: Vec, c: Vec, wide: float, *, flat: bool = False) -> Marks:
    """The points near a patch's middle line, in space or, ``flat``, in the picture."""
    seen = surface.seen
    out = np.zeros(seen.depth.shape, bool)
    j0, j1 = np.searchsorted(seen.xs, [min(a[0], c[0]) - wide, max(a[0], c[0]) + wide])
    i0, i1 = np.searchsorted(-seen.ys, [-max(a[1], c[1]) - wide, -min(a[1], c[1]) + wide])
    x, y, z = seen.xs[None, j0:j1], seen.ys[i0:i1, None], seen.depth[i0:i1, j0:j1]
    k = 0.0 if flat else 1.0
    d = (c[0] - a[0], c[1] - a[1], (c[2] - a[2]) * k)
    size = max(1e-6, sum(v * v for v in d))
    t = np.clip(((x - a[0]) * d[0] + (y - a[1]) * d[1] + (z - a[2]) * d[2]) / size, 0, 1)
    off = (x - a[0] - t * d[0]) ** 2 + (y - a[1] - t * d[1]) ** 2
    off = off + k * (z - a[2] - t * d[2]) ** 2
    out[i0:i1, j0:j1] = off < wide * wide
    return out


def _patch(d: str, hatch: str) -> str:
    lines = f'<path d="{hatch}" stroke="{FELT_INK}" stroke-width="5"/>' if hatch else ""
    return (
        f'<path d="{d}" fill="{FELT_TONE}" stroke="#fff" stroke-width="11"/>{lines}'
        f'<path d="{d}" stroke="{FELT_INK}" stroke-width="8" stroke-dasharray="1 17"/>'
    )


def _hatched(mask: Marks, fine: float, box: PictureBox) -> str:
    """Slanting lines across a patch, a little short of its edge."""
    h, w = mask.shape
    inner = mask.copy()
    for _ in range(round(fine)):
        inner[1:-1, 1:-1] &= inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:]
    i, j = np.nonzero(inner)
    out = []
    step = round(_HATCH * fine * 1.41)
    for total in range(0, h + w, step):
        on = np.sort(j[i + j == total])
        for run in np.split(on, np.flatnonzero(np.diff(on) > 1) + 1):
            if len(run) < 1.2 * fine:
                continue
            x, y = (int(run[0]), total - int(run[0])), (int(run[-1]), total - int(run[-1]))
            p, q = ((c[0] / fine + box[0], c[1] / fine + box[1]) for c in (x, y))
            out.append(f"M{pair(p)}l{round((q[0] - p[0]) * SCALE)} {round((q[1] - p[1]) * SCALE)}")
    return "".join(out).replace(" -", "-")


def _ring(p: Vec, q: Vec, r: float) -> str:
    """A dashed ring where a patch would be, between two places in the camera's axes."""
    a, c = (p[0], -p[1]), (q[0], -q[1])
    size = hypot(c[0] - a[0], c[1] - a[1]) or 1.0
    ux, uy = ((c[0] - a[0]) / size, (c[1] - a[1]) / size) if size > 1e-3 else (1.0, 0.0)
    turns = [np.pi / 2 + np.pi * i / 6 for i in range(7)]
    rows = []
    for centre, flip in ((a, 1.0), (c, -1.0)):
        for t in turns:
            along_it, aside = r * np.cos(t) * flip, r * np.sin(t) * flip
            x, y = centre
            x, y = x + ux * along_it - uy * aside, y + uy * along_it + ux * aside
            rows.append((SCALE * x, SCALE * y))
    d = path([through(rows, True)], closed=True)
    return (
        f'<path d="{d}" stroke="#fff" stroke-width="13"/>'
        f'<path d="{d}" stroke="{FELT_TONE}" stroke-width="9" stroke-dasharray="18 16"/>'
    )
