"""What a camera sees of forms, point by point: which form and part, and how near.

Each form is met by rays that walk as far as the form is away, again and again (sphere tracing,
Hart 1996). Only rays that come near a part ask for its distance, and a ray ends where a form that
was drawn before it is nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from programs.figures.forms import TOUCH, Form, SolidPart, melted
from programs.figures.shapes import FLOAT, Drum, Floats, Slab, View

NO_FORM: Final = -1
NO_DEPTH: Final = FLOAT(-1e6)
_MARGIN: Final = 0.9
_CLOSE: Final = 0.025
"""Units from which a ray has met a form; they grow with each step, for rays that graze."""
_STEPS: Final = 26
_LOOSE: Final = 0.1
"""The same after the last step: slow rays are in the folds between parts that melt."""
_STRIDE: Final = 0.2
"""The least that a ray walks at a time, and more and more after a while, so that those
that pass close by soon are past."""
_APART: Final = FLOAT(50)
"""The distance told of a part that a ray does not come near."""
PictureBox = tuple[float, float, float, float]


@dataclass(slots=True)
class Seen:
    """The picture: columns' and rows' places, and for each point depth, form and part.

    ``missed``: for each form, how close the rays that missed it came; else NaN.
    """

    xs: Floats
    ys: Floats
    depth: Floats
    form: NDArray[np.int16]
    part: NDArray[np.int8]
    missed: list[Floats]
    fine: float


def enlarged(seen: Seen, zoom: float) -> Seen:
    """The same picture with every length in it so many times as large."""
    return replace(
        seen,
        xs=seen.xs * FLOAT(zoom),
        ys=seen.ys * FLOAT(zoom),
        depth=np.where(seen.depth > NO_DEPTH, seen.depth * FLOAT(zoom), NO_DEPTH),
        missed=[row * FLOAT(zoom) for row in seen.missed],
        fine=seen.fine / zoom,
    )


def look(forms: Sequence[Form], view: View, box: PictureBox, fine: float) -> Seen:
    """Draw forms into a box (left, top, breadth, height), ``fine`` points a unit."""
    left, top, wide, high = box
    w, h = round(wide * fine), round(high * fine)
    xs = (left + (np.arange(w) + 0.5) / fine).astype(FLOAT)
    ys = (-(top + (np.arange(h) + 0.5) / fine)).astype(FLOAT)
    seen = Seen(
        xs,
        ys,
        np.full((h, w), NO_DEPTH, FLOAT),
        np.full((h, w), NO_FORM, np.int16),
        np.zeros((h, w), np.int8),
        [],
        fine,
    )
    for number, form in enumerate(forms):
        turned = form.seen(view)
        only = turned.parts[0].solids[0]
        if form.flat and isinstance(only, Slab):
            _draw_slab(only, seen, number)
        else:
            _Rays(turned, seen).draw(number)
    return seen


def _draw_slab(slab: Slab, seen: Seen, number: int) -> None:
    """A box with sharp edges: where rays enter it, exactly."""
    seen.missed.append(np.full(seen.depth.size, np.nan, FLOAT))
    (cx, cy, cz), axes, radii = slab.centre, slab.axes, slab.radii
    wide, high = (sum(abs(a[i]) * r for a, r in zip(axes, radii, strict=True)) for i in (0, 1))
    j0, j1 = np.searchsorted(seen.xs, [cx - wide, cx + wide])
    i0, i1 = np.searchsorted(-seen.ys, [-cy - high, -cy + high])
    if i0 >= i1 or j0 >= j1:
        return
    x, y = seen.xs[None, j0:j1] - FLOAT(cx), seen.ys[i0:i1, None] - FLOAT(cy)
    enters, leaves = [], []
    for axis, r in zip(axes, radii, strict=True):
        across = x * FLOAT(axis[0]) + y * FLOAT(axis[1])
        steep = axis[2] if abs(axis[2]) > 1e-6 else 1e-6
        ends = [(FLOAT(s * r) - across) / FLOAT(steep) for s in (1.0, -1.0)]
        enters.append(np.maximum(*ends))
        leaves.append(np.minimum(*ends))
    z = np.min(enters, axis=0)
    met = z >= np.max(leaves, axis=0)
    z += FLOAT(cz)
    block = (slice(i0, i1), slice(j0, j1))
    met &= z > seen.depth[block]
    seen.depth[block] = np.where(met, z, seen.depth[block])
    seen.form[block] = np.where(met, np.int16(number), seen.form[block])
    face = np.argmin(enters, axis=0).astype(np.int8)
    seen.part[block] = np.where(met, face, seen.part[block])


class _Rays:
    """The rays that may meet one form."""

    def __init__(self, form: Form, seen: Seen) -> None:
        self.form, self.seen = form, seen
        self.width = len(seen.xs)
        self.low = 1e9
        near = [self._near(part) for part in form.parts]
        tops = np.max([top for _, top in near], axis=0)
        self.index = np.flatnonzero(tops.ravel() > NO_DEPTH)
        self.masks = np.array([mask.ravel()[self.index] for mask, _ in near])
        self.x = seen.xs[self.index % self.width]
        self.y = seen.ys[self.index // self.width]
        self.z = tops.ravel()[self.index]

    def _near(self, part: SolidPart) -> tuple[NDArray[np.bool_], Floats]:
        """Where a part may be met or felt, and the depth from which rays start for it."""
        xs, ys = self.seen.xs, self.seen.ys
        mask = np.zeros((len(ys), len(xs)), bool)
        tops = np.full((len(ys), len(xs)), NO_DEPTH, FLOAT)
        more = _MARGIN + (part.joint.much * 0.5 if part.joint else 0.0)
        for solid in part.solids:
            a, b, r = solid.core()
            r += more
            j0, j1 = np.searchsorted(xs, [min(a[0], b[0]) - r, max(a[0], b[0]) + r])
            i0, i1 = np.searchsorted(-ys, [-max(a[1], b[1]) - r, -min(a[1], b[1]) + r])
            if i0 >= i1 or j0 >= j1:
                continue
            x, y = xs[None, j0:j1], ys[i0:i1, None]
            dx, dy = FLOAT(b[0] - a[0]), FLOAT(b[1] - a[1])
            t = ((x - FLOAT(a[0])) * dx + (y - FLOAT(a[1])) * dy) / FLOAT(
                max(1e-9, float(dx * dx + dy * dy))
            )
            np.clip(t, 0, 1, out=t)
            inside = (x - FLOAT(a[0]) - t * dx) ** 2 + (y - FLOAT(a[1]) - t * dy) ** 2 < r * r
            mask[i0:i1, j0:j1] |= inside
            block = tops[i0:i1, j0:j1]
            np.maximum(block, np.where(inside, FLOAT(max(a[2], b[2]) + r), NO_DEPTH), out=block)
            self.low = min(self.low, min(a[2], b[2]) - r)
        return mask, tops

    def distances(self) -> tuple[Floats, NDArray[np.int8]]:
        """How far the form is from each ray's place, and which part is nearest."""
        n = len(self.index)
        out = np.full(n, _APART, FLOAT)
        best, which = out.copy(), np.zeros(n, np.int8)
        for number, part in enumerate(self.form.parts):
            near = np.flatnonzero(self.masks[number])
            if not len(near):
                continue
            whole = len(near) == n
            x, y, z = (v if whole else v[near] for v in (self.x, self.y, self.z))
            d = part.distance(x, y, z)
            if number == 0:
                out[near], best[near] = d, d
                continue
            k: Any = TOUCH
            if part.joint:
                k = TOUCH + part.joint.at(x, y, z)
            nearer = d < best[near]
            which[near[nearer]] = number
            best[near] = np.minimum(best[near], d)
            out[near] = melted(out[near], d, k)
        return out, which

    def draw(self, number: int) -> None:
        """Walk all rays to the form, and note what they meet."""
        seen = self.seen
        missed = np.full(seen.depth.size, np.nan, FLOAT)
        seen.missed.append(missed)
        depth, form, parts = seen.depth.ravel(), seen.form.ravel(), seen.part.ravel()
        closest = np.full(len(self.index), 9, FLOAT)
        for step in range(_STEPS + 1):
            if not len(self.index):
                break
            d, which = self.distances()
            np.minimum(closest, d, out=closest)
            hit = d < (_CLOSE * (1 + step * 0.15) if step < _STEPS else _LOOSE)
            gone = (self.z < self.low) | (self.z < depth[self.index] - FLOAT(1.5))
            met = self.z - d
            won = hit & (met > depth[self.index])
            at = self.index[won]
            depth[at], form[at] = met[won], number
            parts[at] = self._faces(won, which)
            done = hit | gone
            self.z -= np.maximum(d * FLOAT(0.95), FLOAT(_STRIDE * 2 ** min(3, step // 6)))
            lost = self.index[gone & ~hit]
            near = closest[gone & ~hit]
            missed[lost] = np.where(near < FLOAT(0.5), near, np.nan)
            self._keep(~done)
            closest = closest[~done]
        missed[self.index] = np.where(closest < FLOAT(0.5), closest, np.nan)

    def _faces(self, won: NDArray[np.bool_], which: NDArray[np.int8]) -> NDArray[np.int8]:
        """The part met; of a slab or a drum its face."""
        first = self.form.parts[0]
        only = first.solids[0] if len(self.form.parts) == len(first.solids) == 1 else None
        if isinstance(only, Slab | Drum):
            return only.face(self.x[won], self.y[won], self.z[won])
        return which[won]

    def _keep(self, still: NDArray[np.bool_]) -> None:
        self.index = self.index[still]
        self.masks = self.masks[:, still]
        self.x, self.y, self.z = self.x[still], self.y[still], self.z[still]
