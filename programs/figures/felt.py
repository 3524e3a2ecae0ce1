"""Where a stretch or the work is felt: a patch on the body's own surface, dotted and hatched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

import numpy as np

from programs.figures import body as b
from programs.figures.camera import SCALE, pair
from programs.figures.curves import path, through
from programs.figures.geometry import Vec, along, mix, scale
from programs.figures.ink import patch
from programs.figures.palette import FELT_INK, FELT_TONE
from programs.figures.raster import PictureBox, Seen
from programs.figures.regions import Marks
from programs.figures.shapes import View, seen_from
from programs.figures.skeleton import Skeleton, out_sign

_AROUND: Final = 1.8
"""How far from its middle line, beyond its radius, a patch spreads over the surface."""
_SEEN: Final = 0.6
_HIDDEN: Final = 0.35
"""Shares of a patch that must be seen: else it is laid flat; else it is a ring."""
_HATCH: Final = 2.3
"""Units between the lines that mark a patch in black and white."""

_SPOTS: Final = {
    "low_back": (3.0, 12.5, 180.0, 2.8),
    "low_back_spot": (7.5, 8.5, 160.0, 1.4),
    "back": (10.0, 25.0, 180.0, 3.0),
    "neck": (31.0, 33.0, 180.0, 2.0),
    "belly": (3.0, 12.5, 0.0, 3.0),
    "chest": (20.0, 26.0, 0.0, 2.8),
    "chest_side": (22.5, 25.5, 42.0, 2.6),
    "side": (6.0, 22.0, 90.0, 2.6),
    "waist": (7.0, 13.0, 95.0, 2.6),
    "buttock": (-3.0, 0.5, 155.0, 3.2),
    "hip_front": (-3.5, 4.0, 25.0, 2.8),
    "hip_side": (-3.0, 2.0, 95.0, 2.8),
    "pelvic_floor": (-5.2, -5.0, 180.0, 3.2),
}
"""For each region of the trunk: from and to above the hips, degrees round, and radius."""


def felt_places(body: Skeleton, region: str) -> Iterator[tuple[Vec, Vec, float]]:
    """The middle line and the radius of each patch of a region."""
    side = region.rpartition("_")[2]
    name = region
    sides: tuple[str, ...] = b.BODY_SIDES
    if side in b.BODY_SIDES:
        name, sides = region.removesuffix(f"_{side}"), (side,)
    elif region in _SPOTS and region != "side":
        sides = ("right",)
    for one in sides:
        yield _place(body, name, one, aside=side in b.BODY_SIDES)


def _place(body: Skeleton, name: str, side: str, *, aside: bool) -> tuple[Vec, Vec, float]:
    if name in _SPOTS:
        low, high, around, r = _SPOTS[name]
        if aside and around == 180.0:
            around = 152.0
        ends = []
        for up in (low, high):
            point, normal = body.skin(up, around, side)
            ends.append(along(point, normal, -r * 0.75))
        return ends[0], ends[1], r
    if name == "shoulder":
        shoulder = body.points[f"shoulder_{side}"]
        return shoulder, mix(shoulder, body.points[f"elbow_{side}"], 0.3), 2.6
    if name in _LOW:
        return _low_on_leg(body, name, side)
    if name == "neck_side":
        neck, shoulder = body.points["skull"], body.points[f"shoulder_{side}"]
        ledge = mix(body.points["neck"], shoulder, 0.55)
        out = scale(body.frames["thorax"].left, out_sign(side))
        return along(neck, out, 1.2), along(ledge, body.frames["thorax"].up, 1.0), 1.7
    if name == "forearm":
        elbow, wrist = body.points[f"elbow_{side}"], body.points[f"wrist_{side}"]
        return mix(elbow, wrist, 0.1), mix(elbow, wrist, 0.55), 1.5
    f = body.frames[f"{'shank' if name == 'calf' else 'thigh'}_{side}"]
    joints = ("knee", "ankle") if name == "calf" else ("hip", "knee")
    start, end = (body.points[f"{j}_{side}"] for j in joints)
    way = {
        "thigh_front": f.forward,
        "thigh_in": scale(f.left, -out_sign(side)),
    }.get(name, scale(f.forward, -1))
    shares = (0.15, 0.5) if name == "calf" else (0.3, 0.85)
    deep = 1.5 if name == "calf" else 2.3
    return (
        along(mix(start, end, shares[0]), way, deep),
        along(mix(start, end, shares[1]), way, deep * 0.8),
        2.0,
    )


_LOW: Final = frozenset({"shin", "sole", "ankle_out"})


def _low_on_leg(body: Skeleton, name: str, side: str) -> tuple[Vec, Vec, float]:
    """Below the knee in front, under the foot, and round the outside of the ankle."""
    shank, foot = body.frames[f"shank_{side}"], body.frames[f"foot_{side}"]
    ankle = body.points[f"ankle_{side}"]
    if name == "shin":
        knee = body.points[f"knee_{side}"]
        start, end = (mix(knee, ankle, share) for share in (0.2, 0.6))
        return along(start, shank.forward, 1.3), along(end, shank.forward, 1.3), 2.0
    if name == "sole":
        low = 1.4 - b.ANKLE_HEIGHT
        return foot.place(ankle, -2.0, 0.0, low), foot.place(ankle, 5.5, 0.0, low), 1.8
    out = out_sign(side) * 1.4
    return shank.place(ankle, -0.4, out, 6.0), foot.place(ankle, 1.6, out, -1.2), 1.7


@dataclass(frozen=True, slots=True)
class Surface:
    """What of a body can carry a patch: all of it, and its trunk and legs without the arms."""

    seen: Seen
    body: Marks
    trunk: Marks
    view: View
    box: PictureBox
    fine: float
    """The picture's box and its points a unit, which an inset has of its own."""


def felt_patches(body: Skeleton, regions: Sequence[str], surface: Surface) -> list[str]:
    """The patches as SVG, each on the surface where it is felt.

    Seen edge on, a patch lies on the trunk as it is seen; hidden by a limb, it is a dashed ring.
    """
    found = []
    for region in regions:
        for p, q, r in felt_places(body, region):
            a, c = seen_from(surface.view, p), seen_from(surface.view, q)
            whole = surface.seen.fine**2 * (3.14 * r * r + 2 * r * hypot(c[0] - a[0], c[1] - a[1]))
            skin = surface.body if region.startswith(("shoulder", "forearm")) else surface.trunk
            mask = _near(surface, a, c, r + _AROUND) & skin
            if mask.sum() < _SEEN * whole:
                mask = _near(surface, a, c, r, flat=True) & surface.trunk
            fine, box = surface.fine, surface.box
            d = patch(mask, box, fine, least=4.0, wide=5.0)
            if d and mask.sum() >= _HIDDEN * whole:
                found.append(_patch(d, _hatched(mask, fine, box)))
            elif fine == surface.seen.fine:
                found.append(_ring(a, c, r))
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
