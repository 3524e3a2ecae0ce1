"""One darker tone: what is turned from the light, farther limbs, and the shadow on the floor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from programs.figures.forms import Form
from programs.figures.geometry import unit
from programs.figures.raster import NO_FORM, Seen
from programs.figures.regions import Marks
from programs.figures.shapes import FLOAT, Cone, Floats, Solid, View, seen_from
from programs.figures.whose import garment_parts

LIGHT: Final = unit((-0.45, 0.72, 0.55))
"""Where light comes from, in the camera's axes: from above, the left and behind the reader."""
_DARK: Final = 0.2
_DARK_THING: Final = 0.1
_STEEP: Final = FLOAT(4.0)
_NEAR_FLOOR: Final = 9.0
_DEEP: Final = 0.5
"""What of its depth on the floor a shadow shows at least toward the reader: seen nearly level it
would be a line."""
_SPREAD: Final = 2.4
"""By how many units it is wider at most, so that it comes out from under a foot."""


def light_on(seen: Seen) -> Floats:
    """How much each point is turned toward the light, evened out within each form."""
    depth, form = seen.depth, seen.form
    step = FLOAT(1 / seen.fine)
    slopes = []
    for axis in (1, 0):
        d = np.diff(depth, axis=axis)
        same = np.diff(form, axis=axis) == 0
        d = np.where(same, np.clip(d / step, -_STEEP, _STEEP), 0)
        pad = [(0, 0), (0, 0)]
        pad[axis] = (1, 1)
        d, n = np.pad(d, pad), np.pad(same.astype(FLOAT), pad)
        a, c = (np.take(d, range(s, s + depth.shape[axis]), axis) for s in (0, 1))
        m, k = (np.take(n, range(s, s + depth.shape[axis]), axis) for s in (0, 1))
        slopes.append((a + c) / np.maximum(m + k, 1))
    nx, ny = -slopes[0], slopes[1]
    lit = (nx * LIGHT[0] + ny * LIGHT[1] + LIGHT[2]) / np.sqrt(nx * nx + ny * ny + 1)
    return _evened(lit.astype(FLOAT), form != NO_FORM, round(1.3 * seen.fine))


def _evened(values: Floats, mask: Marks, reach: int) -> Floats:
    """The mean of a point's surroundings within a mask, taken twice."""
    weight = mask.astype(FLOAT)
    for _ in range(2):
        total, count = _boxed(values * weight, reach), _boxed(weight, reach)
        values = np.where(mask, total / np.maximum(count, FLOAT(1e-3)), 0).astype(FLOAT)
    return values


def _boxed(values: Floats, reach: int) -> Floats:
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (reach + 1, reach)
        sums = np.cumsum(np.pad(values, pad), axis=axis, dtype=np.float64)
        n = values.shape[axis]
        high = np.take(sums, range(2 * reach + 1, 2 * reach + 1 + n), axis)
        values = (high - np.take(sums, range(n), axis)).astype(FLOAT)
    return values


def shaded(seen: Seen, forms: Sequence[Form], far: str) -> Marks:
    """Points in the darker tone; ``far``: the side whose limbs are behind, or nothing."""
    lit = light_on(seen)
    thing = np.array([f.thing for f in forms] + [True])[seen.form]
    dark: Marks = (seen.form != NO_FORM) & (lit < np.where(thing, _DARK_THING, _DARK))
    dull = np.array([f.thing and f.material in ("mat", "paper") for f in forms] + [True])
    dark &= ~dull[seen.form]
    if far:
        for number, form in enumerate(forms):
            if form.limb in (f"arm_{far}", f"leg_{far}"):
                dark |= seen.form == number
            if form.name in ("shirt", "trousers") and not form.material.startswith("helper"):
                own = list(garment_parts(form, far))
                dark |= (seen.form == number) & np.isin(seen.part, own)
    return dark


def floor_shadow(
    seen: Seen, bodies: Sequence[Form], view: View, level: float, *, deep: bool = False
) -> Marks:
    """Where bodies keep light from the floor they are near, as far as the floor is seen.

    ``deep``: also of a floor that is seen nearly level, where all shadows would be lines, they come
    out toward the reader.
    """
    _, top, near = view
    out = np.zeros(seen.depth.shape, bool)
    if near[2] < 0.05:
        return out
    flat = 1 - min(1.0, near[2] / _DEEP) if deep else 0.0
    for form in bodies:
        for solid in form.solids():
            _drop(seen, solid, view, level, flat, out)
    ys = seen.ys[:, None]
    floor = (level - ys * top[2]) / near[2]
    return out & (seen.depth <= floor + 0.5)


def _drop(seen: Seen, solid: Solid, view: View, level: float, flat: float, out: Marks) -> None:
    a, c, r = solid.core()
    ra, rc = (solid.ra, solid.rb) if isinstance(solid, Cone) else (min(r, 7.0),) * 2
    if min(a[2] - ra, c[2] - rc) > level + _NEAR_FLOOR:
        return
    right, top, near = view
    ends = [seen_from(view, (p[0], p[1], level)) for p in (a, c)]
    wide = max(ra, rc) * 1.15 + _SPREAD * flat
    j0, j1 = np.searchsorted(
        seen.xs, [min(e[0] for e in ends) - wide, max(e[0] for e in ends) + wide]
    )
    i0, i1 = np.searchsorted(
        -seen.ys, [-max(e[1] for e in ends) - wide, -min(e[1] for e in ends) + wide]
    )
    if i0 >= i1 or j0 >= j1:
        return
    x, y = seen.xs[None, j0:j1], seen.ys[i0:i1, None]
    nearest = min(e[1] for e in ends)
    y = y - np.minimum(y - nearest, 0) * flat
    s = (level - y * top[2]) / near[2]
    wx = x * right[0] + y * top[0] + s * near[0]
    wy = x * right[1] + y * top[1] + s * near[1]
    dx, dy = c[0] - a[0], c[1] - a[1]
    t = np.clip(((wx - a[0]) * dx + (wy - a[1]) * dy) / max(1e-6, dx * dx + dy * dy), 0, 1)
    off = np.hypot(wx - a[0] - t * dx, wy - a[1] - t * dy)
    radius = ra + t * (rc - ra)
    gap = a[2] + t * (c[2] - a[2]) - radius - level
    close = np.clip(1.12 - gap / _NEAR_FLOOR, 0, 1.12)
    out[i0:i1, j0:j1] |= off < (radius + _SPREAD * flat) * close
