"""One outline around several rounded shapes: a limb drawn as a single closed path.

A piece is the convex hull of discs. The outline of a group of pieces is found by cutting the edges
of each at all others' and keeping what no other piece covers. Where rounding leaves no closed
outline the answer is None, and the caller draws the pieces one over the other instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import acos, atan2, cos, hypot, pi, sin, sqrt
from typing import Final

from programs.figures.canvas import Pen
from programs.figures.geometry import Point

Disc = tuple[Point, float]
_NEAR: Final = 1e-4
GAP: Final = 0.02
"""Ends of edges closer than this are one point."""
TOUCH: Final = 1e-6
"""A third disc this near to a tangent touches it, as heel, ball and toe do the floor."""
TURN: Final = 2 * pi


class Edge:
    """A straight line (``r`` 0) or a clockwise arc from angle ``a`` to ``z``."""

    __slots__ = ("a", "c", "end", "high", "left", "low", "r", "right", "start", "z")

    def __init__(
        self, start: Point, end: Point, c: Point = (0, 0), r: float = 0, a: float = 0, z: float = 0
    ) -> None:
        self.start, self.end, self.c, self.r, self.a, self.z = start, end, c, r, a, z
        if r:
            self.left, self.right = c[0] - r, c[0] + r
            self.low, self.high = c[1] - r, c[1] + r
        else:
            self.left, self.right = min(start[0], end[0]), max(start[0], end[0])
            self.low, self.high = min(start[1], end[1]), max(start[1], end[1])

    def apart(self, other: Edge) -> bool:
        """Whether the bounds of two edges do not meet."""
        return (
            self.left > other.right + GAP
            or other.left > self.right + GAP
            or self.low > other.high + GAP
            or other.low > self.high + GAP
        )

    def at(self, t: float) -> Point:
        """The point a share ``t`` of the way along."""
        if self.r:
            angle = self.a + (self.z - self.a) * t
            return (self.c[0] + self.r * cos(angle), self.c[1] + self.r * sin(angle))
        (x, y), (u, v) = self.start, self.end
        return (x + (u - x) * t, y + (v - y) * t)

    def part(self, t: float, s: float) -> Edge:
        """The edge between two shares of the way."""
        span = self.z - self.a
        return Edge(self.at(t), self.at(s), self.c, self.r, self.a + span * t, self.a + span * s)

    def share(self, p: Point) -> float | None:
        """Where a point on the line or circle lies along the edge; None beyond its ends."""
        if self.r:
            span = self.z - self.a
            turn = (atan2(p[1] - self.c[1], p[0] - self.c[0]) - self.a) % TURN
            return turn / span if span > 1e-9 and turn <= span else None
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        size = dx * dx + dy * dy
        t = ((p[0] - self.start[0]) * dx + (p[1] - self.start[1]) * dy) / size if size else -1.0
        return t if 0 <= t <= 1 else None

    def holds(self, p: Point) -> bool:
        """Whether a point lies on the endless line or the full circle."""
        if self.r:
            return abs(hypot(p[0] - self.c[0], p[1] - self.c[1]) - self.r) < 1e-3
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        size = hypot(dx, dy) or 1.0
        cross = (p[0] - self.start[0]) * dy - (p[1] - self.start[1]) * dx
        return abs(cross / size) < 1e-3


class Piece:
    """The convex hull of discs: its edges, its bounds and the distance to it."""

    def __init__(self, discs: Sequence[Disc]) -> None:
        self.discs = _outer(discs)
        self.edges = _hull_edges(self.discs)
        self.low = (min(p[0] - r for p, r in discs), min(p[1] - r for p, r in discs))
        self.high = (max(p[0] + r for p, r in discs), max(p[1] + r for p, r in discs))

    def apart(self, other: Piece) -> bool:
        """Whether the bounds of two pieces do not meet."""
        (a, c), (e, g) = self.low, self.high
        (i, k), (m, o) = other.low, other.high
        return a > m or i > e or c > o or k > g

    def distance(self, p: Point) -> float:
        """How far outside a point is; negative inside."""
        most = -1e9
        for edge in self.edges:
            if edge.r:
                dx, dy = p[0] - edge.c[0], p[1] - edge.c[1]
                if (atan2(dy, dx) - edge.a) % TURN <= edge.z - edge.a:
                    most = max(most, hypot(dx, dy) - edge.r)
            else:
                dx, dy = edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]
                size = hypot(dx, dy) or 1.0
                outward = (p[0] - edge.start[0]) * dy - (p[1] - edge.start[1]) * dx
                most = max(most, outward / size)
        return most


def _outer(discs: Sequence[Disc]) -> list[Disc]:
    """The discs that no other disc covers."""
    kept: list[Disc] = []
    for p, r in sorted(discs, key=lambda d: -d[1]):
        if all(hypot(p[0] - q[0], p[1] - q[1]) > s - r + 1e-3 for q, s in kept):
            kept.append((p, r))
    return kept


def _hull_edges(discs: list[Disc]) -> list[Edge]:
    if len(discs) == 1:
        ((c, r),) = discs
        left, right = (c[0] - r, c[1]), (c[0] + r, c[1])
        return [Edge(left, right, c, r, -pi, 0.0), Edge(right, left, c, r, 0.0, pi)]
    tangents = sorted(_tangents(discs))
    edges = []
    for k, (angle, i, j) in enumerate(tangents):
        n = (cos(angle), sin(angle))
        (p, r), (q, s) = discs[i], discs[j]
        start, end = (p[0] + r * n[0], p[1] + r * n[1]), (q[0] + s * n[0], q[1] + s * n[1])
        edges.append(Edge(start, end))
        after = tangents[(k + 1) % len(tangents)][0]
        while after < angle:
            after += TURN
        to = (q[0] + s * cos(after), q[1] + s * sin(after))
        edges.append(Edge(end, to, q, s, angle, after))
    return edges


def _tangents(discs: list[Disc]) -> Iterator[tuple[float, int, int]]:
    """The outer tangents: the angle of the normal, the disc before and the disc after."""
    for i, (p, r) in enumerate(discs):
        for j in range(i + 1, len(discs)):
            q, s = discs[j]
            dx, dy = q[0] - p[0], q[1] - p[1]
            lean = acos(max(-1.0, min(1.0, (r - s) / hypot(dx, dy))))
            for angle in (atan2(dy, dx) + lean, atan2(dy, dx) - lean):
                nx, ny = cos(angle), sin(angle)
                h = p[0] * nx + p[1] * ny + r
                forth = -dx * ny + dy * nx > 0
                if any(
                    _spoils(c[0] * nx + c[1] * ny + t - h, c, p, q)
                    for k, (c, t) in enumerate(discs)
                    if k not in (i, j)
                ):
                    continue
                yield angle % TURN, *((i, j) if forth else (j, i))


def _spoils(beyond: float, c: Point, p: Point, q: Point) -> bool:
    """Whether a third disc passes a tangent, or touches it outside of the two that it joins."""
    if beyond < -TOUCH:
        return False
    dx, dy = q[0] - p[0], q[1] - p[1]
    share = ((c[0] - p[0]) * dx + (c[1] - p[1]) * dy) / (dx * dx + dy * dy)
    return beyond > TOUCH or not 0 < share < 1


def silhouette(groups: Sequence[Sequence[Disc]]) -> str | None:
    """The outline of all hulls together as one path, or None."""
    pieces = [Piece(discs) for discs in groups]
    kept: list[Edge] = []
    for index, piece in enumerate(pieces):
        near = [(k, o) for k, o in enumerate(pieces) if k != index and not piece.apart(o)]
        for edge in piece.edges:
            for part in _cut(edge, [o for _, o in near]):
                middle = part.at(0.5)
                if not any(_covers(o, middle, k < index) for k, o in near):
                    kept.append(part)
    return _chain(kept)


def _covers(piece: Piece, p: Point, first: bool) -> bool:
    """Whether a piece hides a point; of two equal edges the first piece's stays."""
    x, y = p
    (left, low), (right, high) = piece.low, piece.high
    if x < left - _NEAR or x > right + _NEAR or y < low - _NEAR or y > high + _NEAR:
        return False
    return piece.distance(p) < (_NEAR if first else -_NEAR)


def _cut(edge: Edge, others: list[Piece]) -> list[Edge]:
    """An edge in parts, cut where others' edges cross it or end on it."""
    cuts = {0.0, 1.0}
    for piece in others:
        for foe in piece.edges:
            if edge.apart(foe):
                continue
            for p in (*_crossings(edge, foe), foe.start):
                if edge.holds(p):
                    t = edge.share(p)
                    if t is not None:
                        cuts.add(t)
    shares = sorted(cuts)
    parts = [edge.part(t, s) for t, s in pairwise(shares) if s - t > 1e-6]
    return [part for part in parts if _size(part) > 1e-3]


def _size(edge: Edge) -> float:
    if edge.r:
        return edge.r * (edge.z - edge.a)
    return hypot(edge.end[0] - edge.start[0], edge.end[1] - edge.start[1])


def _crossings(one: Edge, two: Edge) -> list[Point]:
    """Where two edges cross."""
    if one.r and two.r:
        points = _circles(one, two)
    elif one.r or two.r:
        points = _line_circle(two, one) if one.r else _line_circle(one, two)
    else:
        points = _lines(one, two)
    return [p for p in points if two.share(p) is not None]


def _lines(one: Edge, two: Edge) -> list[Point]:
    (x, y), (u, v) = one.start, one.end
    (a, b), (c, d) = two.start, two.end
    cross = (u - x) * (d - b) - (v - y) * (c - a)
    if abs(cross) < 1e-9:
        return []
    t = ((a - x) * (d - b) - (b - y) * (c - a)) / cross
    return [(x + (u - x) * t, y + (v - y) * t)]


def _line_circle(line: Edge, circle: Edge) -> list[Point]:
    (x, y), (u, v) = line.start, line.end
    dx, dy = u - x, v - y
    size = hypot(dx, dy)
    if size < 1e-9:
        return []
    dx, dy = dx / size, dy / size
    along = (circle.c[0] - x) * dx + (circle.c[1] - y) * dy
    aside = (circle.c[0] - x) * dy - (circle.c[1] - y) * dx
    rest = circle.r**2 - aside**2
    if rest <= 0:
        return []
    half = sqrt(rest)
    return [(x + dx * k, y + dy * k) for k in (along - half, along + half)]


def _circles(one: Edge, two: Edge) -> list[Point]:
    dx, dy = two.c[0] - one.c[0], two.c[1] - one.c[1]
    d = hypot(dx, dy)
    if d < 1e-6 or d > one.r + two.r or d < abs(one.r - two.r):
        return []
    k = (d * d + one.r**2 - two.r**2) / (2 * d)
    h = sqrt(max(0.0, one.r**2 - k * k))
    mx, my = one.c[0] + dx * k / d, one.c[1] + dy * k / d
    return [(mx - dy * h / d, my + dx * h / d), (mx + dy * h / d, my - dx * h / d)]


def _chain(edges: list[Edge]) -> str | None:
    """Closed outlines from edges in any order; None where one does not close."""
    loose, out = list(edges), []
    while loose:
        edge = loose.pop(0)
        start, loop = edge.start, [edge]
        while _gap(edge.end, start) > GAP:
            nearest = min(loose, key=lambda e: _gap(e.start, edge.end), default=None)
            if nearest is None or _gap(nearest.start, edge.end) > GAP:
                return None
            loose.remove(nearest)
            edge = nearest
            loop.append(edge)
        out.append(_write(loop))
    return "".join(out)


def _gap(p: Point, q: Point) -> float:
    return hypot(p[0] - q[0], p[1] - q[1])


def _write(loop: list[Edge]) -> str:
    pen = Pen(loop[0].start)
    for edge in loop:
        if edge.r:
            pen.arc(edge.r, edge.r, 0, int(edge.z - edge.a > pi), edge.end)
        else:
            pen.line(edge.end)
    return pen.path()
