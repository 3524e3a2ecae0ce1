"""From stairs of grid points to smooth curves, and from curves to short path text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Curve = tuple[Points, Points, Points, Points]
_CORNER: Final = 0.42
"""Cosine of the turn from which a line has a corner."""
_ARM: Final = 5
"""Points to each side over which a corner is looked for."""


@lru_cache(maxsize=256)
def _kernel(wide: float) -> Points:
    r = max(1, round(wide * 2.5))
    k = np.exp(-0.5 * (np.arange(-r, r + 1) / wide) ** 2)
    found: Points = k / k.sum()
    return found


def _blurred(points: Points, closed: bool, wide: float) -> Points:
    """A line averaged along itself; open ends stay where they are."""
    kernel = _kernel(wide)
    r = len(kernel) // 2
    if closed:
        ring = points[:-1]
        padded = np.take(ring, np.arange(-r, len(ring) + r), axis=0, mode="wrap")
    else:
        m = len(points) - 1
        before = 2 * points[0] - points[np.minimum(np.arange(r, 0, -1), m)]
        after = 2 * points[-1] - points[np.maximum(m - np.arange(1, r + 1), 0)]
        padded = np.vstack([before, points, after])
    rows = [np.convolve(padded[:, i], kernel, mode="valid") for i in (0, 1)]
    out = np.stack(rows, axis=1)
    return np.vstack([out, out[:1]]) if closed else out


def smooth(points: Points, closed: bool, tube: float = 0.8, wide: float = 4.0) -> Points:
    """As smooth as a line can be that stays within ``tube`` cells of the stairs."""
    if len(points) < 4:
        return points
    out = points
    for share in (1.0, 0.75, 0.5):
        out = _blurred(out, closed, max(0.8, min(wide * share, len(points) / 6)))
        if share > 0.5:
            out = np.clip(out, points - tube, points + tube)
    if not closed:
        out[0], out[-1] = points[0], points[-1]
    return out


def evenly(points: Points, step: float = 1.0) -> Points:
    """The same line with points at even distances."""
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = max(2, round(way[-1] / step) + 1)
    at = np.linspace(0, way[-1], count)
    return np.stack([np.interp(at, way, points[:, i]) for i in (0, 1)], axis=1)


def _unit(v: Points) -> Points:
    size = hypot(v[0], v[1])
    return v / size if size > 1e-9 else v


def corners(points: Points) -> list[int]:
    """Where a line turns sharply."""
    if len(points) <= 4 * _ARM:
        return []
    ahead = points[2 * _ARM :] - points[_ARM:-_ARM]
    back = points[_ARM:-_ARM] - points[: -2 * _ARM]
    size = np.hypot(*ahead.T) * np.hypot(*back.T) + 1e-9
    cosine = (ahead * back).sum(axis=1) / size
    found, i = [], 0
    sharp = cosine < _CORNER
    while i < len(sharp):
        if not sharp[i]:
            i += 1
            continue
        j = i
        while j + 1 < len(sharp) and sharp[j + 1]:
            j += 1
        found.append(_ARM + i + int(np.argmin(cosine[i : j + 1])))
        i = j + 1
    return found


def fit(points: Points, tolerance: float, closed: bool = False) -> list[Curve]:
    """Cubic curves through a line, at most this far from it (Schneider 1990)."""
    if len(points) < 3:
        return [_straight(points[0], points[-1])]
    cuts = [0, *corners(points), len(points) - 1]
    found: list[Curve] = []
    for a, z in pairwise(cuts):
        piece = points[a : z + 1]
        if len(piece) < 2:
            continue
        m = min(6, len(piece) - 1)
        start, end = _unit(piece[m] - piece[0]), _unit(piece[-1 - m] - piece[-1])
        if closed and len(cuts) == 2:
            start = _unit(points[min(3, len(points) - 1)] - points[max(-4, -len(points))])
            end = -start
        found += _fitted(piece, start, end, tolerance)
    return found


def _straight(p: Points, q: Points) -> Curve:
    return (p, p + (q - p) / 3, q - (q - p) / 3, q)


def _fitted(points: Points, start: Points, end: Points, tolerance: float) -> list[Curve]:
    if len(points) == 2:
        third = float(np.hypot(*(points[1] - points[0]))) / 3
        return [(points[0], points[0] + start * third, points[1] + end * third, points[1])]
    t = np.zeros(len(points))
    np.cumsum(np.hypot(*np.diff(points, axis=0).T), out=t[1:])
    t /= t[-1] or 1.0
    worst = 0
    for _ in range(3):
        curve, at = _best(points, t, start, end)
        off = ((at - points) ** 2).sum(axis=1)
        worst = int(np.argmax(off))
        if off[worst] < tolerance * tolerance:
            return [curve]
        if off[worst] > 9 * tolerance * tolerance:
            break
        t = _moved(curve, at, points, t)
    worst = min(max(worst, 1), len(points) - 2)
    m = min(7, worst, len(points) - 1 - worst)
    way = _unit(points[worst - m] - points[worst + m])
    if not way.any():
        way = _unit(points[worst - 1] - points[worst])
    first, second = points[: worst + 1], points[worst:]
    return _fitted(first, start, way, tolerance) + _fitted(second, -way, end, tolerance)


def _best(points: Points, t: Points, start: Points, end: Points) -> tuple[Curve, Points]:
    """The curve with these end directions that is nearest to points at these shares."""
    w = 1 - t
    basis = np.stack([w * w * w, 3 * t * w * w, 3 * t * t * w, t * t * t], axis=1)
    b0, b1, b2, b3 = basis.T
    p, q = points[0], points[-1]
    rest = points - (b0 + b1)[:, None] * p - (b2 + b3)[:, None] * q
    one, two, both = float(b1 @ b1), float(b2 @ b2), float(b1 @ b2) * float(start @ end)
    x, y = float((rest @ start) @ b1), float((rest @ end) @ b2)
    det = one * two - both * both
    size = hypot(*(q - p))
    a = z = size / 3
    if abs(det) > 1e-9:
        a, z = (x * two - both * y) / det, (one * y - both * x) / det
    if not 0.01 * size <= min(a, z) <= max(a, z) <= 3 * size + 2:
        a = z = size / 3
    curve = (p, p + start * a, q + end * z, q)
    return curve, np.asarray(basis @ np.stack(curve))


def _moved(curve: Curve, at: Points, points: Points, t: Points) -> Points:
    """Shares moved to where the curve passes the points (one Newton step)."""
    p, c, d, q = curve
    w = 1 - t
    basis = np.stack([3 * w * w, 6 * t * w, 3 * t * t], axis=1)
    speed = basis @ np.stack([c - p, d - c, q - d])
    t = t - ((at - points) * speed).sum(axis=1) / ((speed * speed).sum(axis=1) + 1e-9)
    return np.asarray(np.maximum.accumulate(np.clip(t, 0, 1)))


def polygon_of(points: Points, tolerance: float) -> list[Curve]:
    """The corners of a line that is made of straight edges, as flat curves."""
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    todo = [(0, len(points) - 1)]
    if (points[0] == points[-1]).all():
        far = int(np.argmax(((points - points[0]) ** 2).sum(axis=1)))
        keep[far] = True
        todo = [(0, far), (far, len(points) - 1)]
    while todo:
        a, z = todo.pop()
        way = points[z] - points[a]
        size = float(np.hypot(*way))
        if z - a < 2 or size < 1e-6:
            continue
        off = points[a : z + 1] - points[a]
        gaps = np.abs(off[:, 0] * way[1] - off[:, 1] * way[0]) / size
        k = int(np.argmax(gaps))
        if gaps[k] > tolerance:
            keep[a + k] = True
            todo += [(a, a + k), (a + k, z)]
    kept = points[keep]
    return [_straight(p, q) for p, q in pairwise(kept)]


def through(points: Sequence[tuple[float, float]], closed: bool) -> list[Curve]:
    """A soft line through a few points (Catmull and Rom 1974)."""
    rows = np.array(points, float)
    if closed:
        rows = np.vstack([rows, rows[:1]])
    n, found = len(rows), []
    for i in range(n - 1):
        before = rows[i - 1] if i else (rows[-2] if closed else rows[0])
        after = rows[i + 2] if i + 2 < n else (rows[1] if closed else rows[-1])
        ends = rows[i], rows[i + 1]
        found.append(
            (ends[0], ends[0] + (ends[1] - before) / 6, ends[1] - (after - ends[0]) / 6, ends[1])
        )
    return found


def path(lines: Iterable[Sequence[Curve]], closed: bool) -> str:
    """Path text in whole numbers and short relative steps that never drift."""
    out: list[str] = []
    for line in lines:
        if len(line):
            out.append(_written(line, closed))
    return "".join(out)


def _written(line: Sequence[Curve], closed: bool) -> str:
    x, y = (round(float(v)) for v in line[0][0])
    out = [f"M{x} {y}"]
    for curve in line:
        row = [round(float(v)) for p in curve[1:] for v in p]
        ex, ey = row[4], row[5]
        if (ex, ey) == (x, y):
            continue
        dx, dy = ex - x, ey - y
        size = hypot(dx, dy)
        bulge = max(abs((row[i] - x) * dy - (row[i + 1] - y) * dx) for i in (0, 2)) / size
        if bulge < 1.2:
            out.append(f"l{_numbers((dx, dy))}")
        else:
            steps = (v - (x if i % 2 == 0 else y) for i, v in enumerate(row))
            out.append(f"c{_numbers(steps)}")
        x, y = ex, ey
    if len(out) == 1:
        return ""
    return "".join(out) + ("z" if closed else "")


def _numbers(values: Iterable[int]) -> str:
    return " ".join(map(str, values)).replace(" -", "-")
