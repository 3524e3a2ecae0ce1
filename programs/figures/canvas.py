"""The picture plane: a camera, shapes as SVG paths, and the bounds of all that was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Final

from programs.figures.geometry import Frame, Point, Vec, dot

LINE: Final = 0.9
"""Width of the outline: at 45 mm across it prints about 0.35 mm wide."""

PALETTE: Final = {
    "line": "#22313a",
    "skin": "#f4e9dc",
    "skin-far": "#d5c7b6",
    "hair": "#59616a",
    "shirt": "#a9cfd6",
    "shirt-far": "#82abb4",
    "shorts": "#41788a",
    "shorts-far": "#2b5361",
    "helper": "#e4e6e8",
    "helper-far": "#cdd2d6",
    "prop": "#dfe4e8",
    "prop-dark": "#bcc6ce",
    "prop-soft": "#f1f3f5",
    "prop-line": "#5f6f7b",
    "felt": "#ee8a3e",
    "mark": "#a3201a",
    "ice": "#c9e2f5",
    "cold": "#1f5f99",
    "paper": "#ffffff",
}
"""Fallback colours. A page may set any by the class ``hf-NAME`` in its own style sheet."""


SCALE: Final = 10
"""Drawing units in a hundredth of body height: coordinates are written as whole numbers."""


def num(value: float) -> str:
    """A length in drawing units (at 45 mm: four hundredths of a millimetre)."""
    return str(round(value * SCALE))


def pair(p: Point) -> str:
    """A point as it stands in a path."""
    return f"{num(p[0])} {num(p[1])}"


class Pen:
    """Writes one subpath, in short relative steps that never drift."""

    def __init__(self, start: Point) -> None:
        self.x, self.y = round(start[0], 1), round(start[1], 1)
        self.out = [f"M{pair((self.x, self.y))}"]

    def _step(self, p: Point) -> str:
        x, y = num(p[0] - self.x), num(p[1] - self.y)
        return x + (y if y.startswith("-") else f" {y}")

    def _at(self, p: Point) -> None:
        self.x, self.y = round(p[0], 1), round(p[1], 1)

    def line(self, p: Point) -> None:
        """A straight line; none where rounding leaves nothing of it."""
        step = self._step(_round(p))
        if step != "0 0":
            self.out.append(f"l{step}")
            self._at(p)

    def arc(self, rx: float, ry: float, turn: float, large: int, p: Point) -> None:
        """A clockwise arc."""
        step = self._step(_round(p))
        self.out.append(f"a{num(rx)} {num(ry)} {round(turn)} {large} 1 {step}")
        self._at(p)

    def curve(self, a: Point, b: Point, p: Point) -> None:
        """A cubic curve."""
        self.out.append("c" + " ".join(self._step(_round(q)) for q in (a, b, p)).replace(" -", "-"))
        self._at(p)

    def path(self, closed: bool = True) -> str:
        """What was written."""
        return "".join(self.out) + ("z" if closed else "")


def _round(p: Point) -> Point:
    return (round(p[0], 1), round(p[1], 1))


@dataclass(slots=True)
class Camera:
    """Looks from ``around`` degrees (0 the side, 90 the front) and ``up`` degrees above."""

    around: float
    up: float
    mirrored: bool = False
    right: Vec = (1.0, 0.0, 0.0)
    top: Vec = (0.0, 0.0, 1.0)
    near: Vec = (0.0, -1.0, 0.0)

    def __post_init__(self) -> None:
        a, e = radians(self.around), radians(self.up)
        self.right = (cos(a), sin(a), 0.0)
        self.near = (sin(a) * cos(e), -cos(a) * cos(e), sin(e))
        self.top = (-sin(a) * sin(e), cos(a) * sin(e), cos(e))

    def see(self, p: Vec) -> Point:
        """Where a world point stands in the picture; y grows downward."""
        x = dot(p, self.right)
        return (-x if self.mirrored else x, -dot(p, self.top))

    def depth(self, p: Vec) -> float:
        """How near to the camera a point is."""
        return dot(p, self.near)


@dataclass(slots=True)
class Canvas:
    """Collects SVG elements and how far they reach."""

    camera: Camera
    parts: list[str] = field(default_factory=list)
    low: Point = (1e9, 1e9)
    high: Point = (-1e9, -1e9)

    def cover(self, p: Point, r: float = 0.0) -> None:
        """Make the picture large enough for a disc."""
        self.low = (min(self.low[0], p[0] - r), min(self.low[1], p[1] - r))
        self.high = (max(self.high[0], p[0] + r), max(self.high[1], p[1] + r))

    def shape(
        self, d: str, fill: str, line: str = "line", width: float = LINE, whole: bool = False
    ) -> None:
        """Subpaths as one body: their common outline, then their fill on top of it.

        ``whole``: the path is an outline already and is drawn once.
        """
        own = "" if line == "line" else f' stroke="{PALETTE[line]}"'
        if whole or d.count("M") == 1:
            wide = f' stroke-width="{num(width)}"' if width != LINE else ""
            names = f"hf-{fill}" if not own else f"hf-{fill} hf-{line}-edge"
            self.parts.append(f'<path d="{d}" class="{names}" fill="{PALETTE[fill]}"{own}{wide}/>')
            return
        self.parts.append(
            f'<path d="{d}"{_edge(line)} stroke-width="{num(2 * width)}"/>'
            f'<path d="{d}" class="hf-{fill}" fill="{PALETTE[fill]}" stroke="none"/>'
        )

    def fill(self, d: str, fill: str, opacity: float = 1.0) -> None:
        """Subpaths without an outline."""
        seen = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
        paint = "currentColor" if fill == "line" else PALETTE[fill]
        self.parts.append(f'<path d="{d}" class="hf-{fill}" fill="{paint}" stroke="none"{seen}/>')

    def stroke(self, d: str, line: str = "line", width: float = LINE, dash: str = "") -> None:
        """A line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        wide = f' stroke-width="{num(width)}"' if width != LINE else ""
        self.parts.append(f'<path d="{d}"{_edge(line)}{wide}{dashes}/>')


def _edge(line: str) -> str:
    """Lines follow the text's colour, which the root sets, unless they have their own."""
    return "" if line == "line" else f' class="hf-{line}-edge" stroke="{PALETTE[line]}"'


def capsule(p: Point, r: float, q: Point, s: float) -> str:
    """Two discs and all between them, drawn in the same sense whichever way it lies."""
    if s > r:
        p, r, q, s = q, s, p, r
    dx, dy = q[0] - p[0], q[1] - p[1]
    d = hypot(dx, dy)
    if d <= r - s + 1e-3:
        return disc(p, r)
    base, lean = atan2(dy, dx), (r - s) / d
    spread = atan2(sqrt(1 - lean * lean), lean)
    a, c = base + spread, base - spread
    at = [
        (p[0] + r * cos(a), p[1] + r * sin(a)),
        (p[0] + r * cos(c), p[1] + r * sin(c)),
        (q[0] + s * cos(c), q[1] + s * sin(c)),
        (q[0] + s * cos(a), q[1] + s * sin(a)),
    ]
    pen = Pen(at[0])
    pen.arc(r, r, 0, 1, at[1])
    pen.line(at[2])
    pen.arc(s, s, 0, 0, at[3])
    return pen.path()


def disc(p: Point, r: float) -> str:
    """A full disc."""
    return oval(p, (r, 0.0), r)


def oval(p: Point, half: Point, small: float) -> str:
    """An ellipse: its longer half axis and the length of the shorter.

    The radius is rounded down, and whoever draws it stretches it to fit; a radius rounded up would
    shift both halves to the side.
    """
    half = _round(half)
    p = _round(p)
    big = int(hypot(*half) * SCALE + 1e-6) / SCALE
    turn = degrees(atan2(half[1], half[0]))
    pen = Pen((p[0] - half[0], p[1] - half[1]))
    pen.arc(big, small, turn, 1, (p[0] + half[0], p[1] + half[1]))
    pen.arc(big, small, turn, 1, (p[0] - half[0], p[1] - half[1]))
    return pen.path()


def ellipsoid(camera: Camera, centre: Vec, axes: Frame, radii: Sequence[float]) -> str:
    """The outline of an ellipsoid."""
    a = b = c = 0.0
    for axis, r in zip(axes, radii, strict=True):
        x, y = camera.see(axis)
        a, b, c = a + r * r * x * x, b + r * r * x * y, c + r * r * y * y
    middle, spread = (a + c) / 2, hypot((a - c) / 2, b)
    big, small = sqrt(middle + spread), sqrt(max(0.01, middle - spread))
    turn = 0.5 * atan2(2 * b, a - c)
    return oval(camera.see(centre), (cos(turn) * big, sin(turn) * big), small)


def smooth(points: Sequence[Point], closed: bool = True) -> str:
    """A curve through all points, drawn clockwise when closed."""
    if closed and area(points) < 0:
        points = points[::-1]
    pen = Pen(points[0])
    _through(pen, points, closed)
    return pen.path(closed)


def bag(points: Sequence[Point]) -> str:
    """A clockwise outline smooth everywhere but at its straight mouth, from last to first."""
    if area(points) < 0:
        points = points[::-1]
    pen = Pen(points[0])
    _through(pen, points, False)
    return pen.path()


def _through(pen: Pen, points: Sequence[Point], closed: bool) -> None:
    n = len(points)
    for i in range(n if closed else n - 1):
        p0 = points[i - 1] if closed or i else points[0]
        p1, p2 = points[i], points[(i + 1) % n]
        p3 = points[(i + 2) % n] if closed or i + 2 < n else p2
        a = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        b = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        pen.curve(a, b, p2)


def polygon(points: Sequence[Point]) -> str:
    """A closed outline of straight edges, drawn clockwise."""
    if area(points) < 0:
        points = points[::-1]
    pen = Pen(points[0])
    for p in points[1:]:
        pen.line(p)
    return pen.path()


def area(points: Sequence[Point]) -> float:
    """Twice the signed area; positive when drawn clockwise in the picture."""
    return sum(
        p[0] * q[1] - q[0] * p[1] for p, q in zip(points, [*points[1:], points[0]], strict=True)
    )


def hull(points: Iterable[Point]) -> list[Point]:
    """The convex outline of points."""
    rows = sorted(set(points))
    halves: list[list[Point]] = []
    for order in (rows, rows[::-1]):
        half: list[Point] = []
        for p in order:
            while len(half) > 1 and _turn(half[-2], half[-1], p) <= 0:
                half.pop()
            half.append(p)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
