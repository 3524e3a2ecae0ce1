"""From what a camera sees to fills and lines: neighbours share each border between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from programs.figures.camera import SCALE
from programs.figures.curves import Curve, Points, evenly, fit, path, polygon_of, smooth
from programs.figures.forms import Form
from programs.figures.palette import STRONG
from programs.figures.raster import NO_FORM, PictureBox, Seen
from programs.figures.regions import Border, Marks, borders, cleaned, joined, linked, rings

JUMP: Final = 1.5
"""Units of depth between neighbours from which a form has an edge before itself."""
_CREASE: Final = 0.62
"""Cosine between two ways of facing from which a seam of two parts is drawn."""
_APART: Final = 0.8
_SHORT: Final = 3.2
"""Units that a line within a form must be long to be drawn."""
_FILL: Final = 3.2
_LINE: Final = 1.6


@dataclass(frozen=True, slots=True)
class InkedPicture:
    """Path text of fills by material, and of lines by kind.

    Kinds: ``rim`` before what is far, ``edge`` before what is near, ``seam`` between what touches
    and within a form; ``thing`` and ``block`` of things, ``strong_`` where one is dark.
    """

    fills: dict[str, str]
    lines: dict[str, str]


class _Picture:
    """Flat tables of what each point is, for looking up by number."""

    def __init__(self, seen: Seen, forms: Sequence[Form]) -> None:
        self.form = cleaned(seen.form)
        self.seen, self.forms = seen, forms
        self.flat = self.form.ravel()
        self.depth = seen.depth.ravel()
        self.materials = sorted({f.material for f in forms})
        number = {name: i for i, name in enumerate(self.materials)}
        self.material = np.array([number[f.material] for f in forms] + [NO_FORM])[self.flat]
        self.body = np.array([not f.thing for f in forms] + [False])[self.flat]
        self.strong = np.array([f.material in STRONG for f in forms] + [False])[self.flat]
        self.block = np.array([f.flat for f in forms] + [True])[self.flat]

    def inner(self) -> tuple[Marks, Marks]:
        """Edges within a form: where it is before itself, and seams of its parts and faces."""
        beside, below = (self._inner(axis) for axis in (1, 0))
        return beside, below

    def _inner(self, axis: int) -> Marks:
        form, part, depth = self.form, self.seen.part, self.seen.depth
        same = (np.diff(form, axis=axis) == 0) & (_ahead(form, axis) != NO_FORM)
        thing = _ahead(self.body.reshape(form.shape), axis) == 0
        jump = np.abs(np.diff(depth, axis=axis)) > JUMP
        other = np.diff(part, axis=axis) != 0
        bent = self._bent(axis)
        found: Marks = same & np.where(thing, other, jump | (other & bent))
        return found

    def _bent(self, axis: int) -> Marks:
        """Where the surface turns sharply from one side of a step to the other."""
        d = np.diff(self.seen.depth, axis=axis) * self.seen.fine
        before = np.roll(d, 2, axis=axis)
        after = np.roll(d, -2, axis=axis)
        cosine = (before * after + 1) / np.sqrt((before * before + 1) * (after * after + 1))
        found: Marks = (cosine < _CREASE) & (after > before)
        return found


def _ahead(values: NDArray[Any], axis: int) -> NDArray[Any]:
    return values[:, 1:] if axis == 1 else values[1:]


def ink(seen: Seen, forms: Sequence[Form], box: PictureBox, coarse: float = 1.0) -> InkedPicture:
    """The fills and lines of a picture, in drawing units; ``coarse`` saves bytes."""
    picture = _Picture(seen, forms)
    beside, below = picture.inner()
    lines: dict[str, list[tuple[int, int, Points]]] = {}
    edges: list[tuple[int, int, Points, int, int]] = []
    for border in borders(picture.form, beside, below):
        drawn = _drawn(border, picture)
        if drawn is None:
            continue
        kind, points = drawn
        lines.setdefault(kind, []).append((border.start, border.end, points))
        m = len(border.left) // 2
        left, right = picture.material[border.left[m]], picture.material[border.right[m]]
        if left != right:
            edges.append((border.start, border.end, points, int(left), int(right)))
    fills = {}
    for number, name in enumerate(picture.materials):
        own = [(a, z, p) for a, z, p, _, right in edges if right == number]
        own += [(z, a, p[::-1]) for a, z, p, left, _ in edges if left == number]
        flat = all(f.flat for f in forms if f.material == name)
        rows = [_to_units(r, box, seen.fine) for r in linked(own) if len(r) > 5]
        curves = [_curves(r, flat, _FILL * coarse, closed=True) for r in rows]
        if text := path(curves, closed=True):
            fills[name] = text
    written = {}
    for kind in sorted(lines):
        long = [
            _curves(
                _to_units(p, box, seen.fine), kind.endswith("block"), _LINE * coarse, closed=ring
            )
            for p, ring in joined(lines[kind])
        ]
        if text := path(long, closed=False):
            written[kind] = text
    return InkedPicture(fills, written)


def _curves(points: Points, flat: bool, tolerance: float, *, closed: bool) -> list[Curve]:
    return polygon_of(points, 4.5) if flat else fit(points, tolerance, closed)


def _to_units(points: Points, box: PictureBox, fine: float) -> Points:
    return np.asarray((points / fine + np.array([box[0], box[1]])) * SCALE)


def _drawn(border: Border, picture: _Picture) -> tuple[str, Points] | None:
    """The kind of a border and its smooth line; None for what is too short to matter."""
    left, right = border.left, border.right
    inner = bool((picture.flat[left] == picture.flat[right]).all())
    if (inner or border.closed) and not _counts(border, picture.seen.fine):
        return None
    bodies = picture.body[left].mean() > 0.5, picture.body[right].mean() > 0.5
    block = bool(picture.block[left].all() and picture.block[right].all())
    line = _line(border, picture, inner or not any(bodies), block)
    if not any(bodies):
        strong = max(picture.strong[left].mean(), picture.strong[right].mean()) > 0.5
        return ("strong_" if strong else "") + ("block" if block else "thing"), line
    if inner:
        return "seam", line
    gap = float(np.median(np.abs(picture.depth[left] - picture.depth[right])))
    if bodies[0] != bodies[1]:
        return ("rim" if gap > _APART else "edge"), line
    return ("edge" if gap > _APART else "seam"), line


def _counts(border: Border, fine: float) -> bool:
    """Whether a line reaches far enough, and is not curled up in a spot."""
    wide, high = np.ptp(border.points, axis=0)
    reach = float(np.hypot(wide, high))
    return reach >= _SHORT * fine and len(border.points) < (6 if border.closed else 3) * reach


def _line(border: Border, picture: _Picture, plain: bool, block: bool) -> Points:
    points, closed = border.points, border.closed
    if block:
        return evenly(smooth(points, closed, tube=0.6, wide=1.2))
    exact = None if plain or len(points) < 6 else _exact(border, picture)
    if exact is None:
        return evenly(smooth(points, closed))
    return evenly(smooth(evenly(exact), closed, tube=0.9, wide=3.6))


def _exact(border: Border, picture: _Picture) -> Points | None:
    """The line moved onto the true edge.

    Each point lies as far from the cell outside as that cell's ray passed from the form.
    """
    depth, flat, width = picture.depth, picture.flat, picture.form.shape[1]
    left, right = border.left, border.right
    nearer = depth[left] >= depth[right]
    front, back = np.where(nearer, left, right), np.where(nearer, right, left)
    missed = np.full(len(left), np.nan)
    for number in np.unique(flat[front]):
        if number != NO_FORM:
            own = flat[front] == number
            missed[own] = picture.seen.missed[number][back[own]]
    if np.isnan(missed).mean() > 0.3:
        return None
    middles = (border.points[:-1] + border.points[1:]) / 2
    first, last = border.points[:1], border.points[-1:]
    ends = (middles, middles[:1]) if border.closed else (first, middles, last)
    track = smooth(np.vstack(ends), border.closed, tube=9.0, wide=2.2)
    if border.closed:
        way = np.roll(track[:-1], -1, axis=0) - np.roll(track[:-1], 1, axis=0)
    else:
        way = track[2:] - track[:-2]
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1) / (np.hypot(*way.T)[:, None] + 1e-9)
    outer, inner = (np.stack([c % width, c // width], axis=1) + 0.5 for c in (back, front))
    aside *= np.sign(((inner - outer) * aside).sum(axis=1))[:, None]
    off = np.minimum(np.nan_to_num(missed) * picture.seen.fine, 1.2)[:, None]
    moved = np.where(np.isnan(missed)[:, None], middles, outer + aside * off)
    if border.closed:
        return np.vstack([moved, moved[:1]])
    return np.vstack([first, moved, last])


def patch(
    mask: Marks, box: PictureBox, fine: float, *, least: float = 10.0, wide: float = 4.0
) -> str:
    """A soft patch: the outlines of a mask, without islands smaller than ``least`` square units."""
    found: list[list[Curve]] = []
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return ""
    i, j = max(0, rows[0] - 4), max(0, columns[0] - 4)
    own = mask[i : rows[-1] + 5, j : columns[-1] + 5]
    for ring in rings(cleaned(own.astype(np.int8)).astype(bool)):
        x, y = ring[:, 0], ring[:, 1]
        area = abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())) / 2
        if len(ring) < 14 or area < least * fine * fine:
            continue
        soft = smooth(ring, True, tube=1.6, wide=wide) + np.array([j, i])
        found.append(fit(_to_units(soft, box, fine), 3.4, True))
    return path(found, closed=True)
