"""The path data of an SVG drawing, rewritten as the path operators of PDF. Pure.

PDF has no arcs, no quadratic curves and no relative steps: all of them become absolute lines and
cubic curves. The y axis stays as in SVG: whoever places the drawing turns it over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import atan2, ceil, cos, hypot, pi, radians, sin, sqrt, tan
from typing import Final

_KNOWN: Final = re.compile(r"[MmLlHhVvCcQqAaZz0-9eE+\-.,\s]*")
_TOKEN: Final = re.compile(r"[MmLlHhVvCcQqAaZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}
"""How many numbers a command takes each time it is repeated."""
_THEN: Final = {"M": "L", "m": "l"}
"""What further numbers after a command mean, where that is another command."""
_TURNS_AT_MOST: Final = pi / 2 + 1e-6
"""One cubic curve follows a quarter of a circle to three parts in ten thousand of its radius."""
_FAR: Final = 100_000.0

_Point = tuple[float, float]


class UnknownOutlineError(ValueError):
    """Path data that this module does not read."""


@lru_cache(maxsize=1024)
def operators(data: str) -> bytes:
    """PDF's path operators for SVG path ``data``, kept for who measures the same outline.

    Raises :class:`UnknownOutlineError` for what it does not read: smooth curves (S, T), flags of
    an arc written without a space between them, and whatever is no path.
    """
    pen = _Pen()
    for command, numbers in _commands(data):
        pen.do(command, numbers)
    return "\n".join(pen.out).encode()


def plain(value: float) -> str:
    """A number as PDF knows them: never with an exponent. Thousandths of a unit are enough."""
    if not abs(value) < _FAR:
        raise UnknownOutlineError(f"{value} is too far away")
    return f"{round(value, 3):.9g}"


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers, repeated ones written out."""
    if not _KNOWN.fullmatch(data):
        raise UnknownOutlineError(f"{data[:40]!r} is not read")
    parts = _TOKEN.findall(data)
    at, command = 0, ""
    while at < len(parts):
        if parts[at].isalpha():
            command = parts[at]
            at += 1
        elif command in ("", "Z", "z"):
            raise UnknownOutlineError("numbers follow a command that takes some")
        takes = _TAKES[command.upper()]
        try:
            numbers = [float(part) for part in parts[at : at + takes]]
        except ValueError as error:
            raise UnknownOutlineError(f"{command} takes {takes} numbers") from error
        if len(numbers) < takes:
            raise UnknownOutlineError(f"{command} takes {takes} numbers")
        yield command, numbers
        at += takes
        command = _THEN.get(command, command)


class _Pen:
    """Where the pen is, and what it has drawn."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.at: _Point = (0.0, 0.0)
        self.start: _Point = (0.0, 0.0)

    def do(self, command: str, numbers: list[float]) -> None:
        """One command; small letters mean steps from where the pen is."""
        wanted = command.upper()
        x, y = self.at if command != wanted else (0.0, 0.0)
        match wanted:
            case "M":
                self.start = self._to(numbers[0] + x, numbers[1] + y, "m")
            case "L":
                self._to(numbers[0] + x, numbers[1] + y, "l")
            case "H":
                self._to(numbers[0] + x, self.at[1], "l")
            case "V":
                self._to(self.at[0], numbers[0] + y, "l")
            case "C":
                a, b, c, d, e, f = numbers
                self._curve((a + x, b + y), (c + x, d + y), (e + x, f + y))
            case "Q":
                a, b, e, f = numbers
                self._bend((a + x, b + y), (e + x, f + y))
            case "A":
                self._arc(numbers, (numbers[5] + x, numbers[6] + y))
            case _:
                self.out.append("h")
                self.at = self.start

    def _to(self, x: float, y: float, operator: str) -> _Point:
        self.out.append(f"{plain(x)} {plain(y)} {operator}")
        self.at = (x, y)
        return self.at

    def _curve(self, a: _Point, b: _Point, end: _Point) -> None:
        self.out.append(" ".join(map(plain, (*a, *b, *end))) + " c")
        self.at = end

    def _bend(self, q: _Point, end: _Point) -> None:
        """A quadratic curve: the cubic one of the same shape."""
        (x, y), (e, f) = self.at, end
        a = (x + (q[0] - x) * 2 / 3, y + (q[1] - y) * 2 / 3)
        b = (e + (q[0] - e) * 2 / 3, f + (q[1] - f) * 2 / 3)
        self._curve(a, b, end)

    def _arc(self, numbers: list[float], end: _Point) -> None:
        """A part of an ellipse, as the SVG standard says in its notes on arcs."""
        rx, ry, turn, large, clockwise = abs(numbers[0]), abs(numbers[1]), *numbers[2:5]
        if large not in (0, 1) or clockwise not in (0, 1):
            raise UnknownOutlineError("an arc's flags are 0 or 1")
        if end == self.at:
            return
        if not rx or not ry:
            self._to(*end, "l")
            return
        c, s = cos(radians(turn)), sin(radians(turn))
        # Half the way in the ellipse's own axes, and radii that are large enough for it.
        hx, hy = (self.at[0] - end[0]) / 2, (self.at[1] - end[1]) / 2
        px, py = (c * hx + s * hy) / rx, (c * hy - s * hx) / ry
        far = hypot(px, py)
        grown = max(far, 1.0)
        rx, ry, px, py = rx * grown, ry * grown, px / grown, py / grown
        off = sqrt(max(0.0, 1 / max(far / grown, 1e-12) ** 2 - 1))
        off = -off if large == clockwise else off
        # The middle, on a circle of radius 1.
        mx, my = off * py, -off * px
        first = atan2(py - my, px - mx)
        swept = (atan2(-py - my, -px - mx) - first) % (2 * pi)
        if not clockwise:
            swept -= 2 * pi
        middle = ((self.at[0] + end[0]) / 2, (self.at[1] + end[1]) / 2)

        def place(u: float, v: float) -> _Point:
            u, v = rx * (u + mx), ry * (v + my)
            return (c * u - s * v + middle[0], s * u + c * v + middle[1])

        steps = ceil(abs(swept) / _TURNS_AT_MOST)
        step = swept / steps
        reach = 4 / 3 * tan(step / 4)
        for n in range(steps):
            a, b = first + n * step, first + (n + 1) * step
            self._curve(
                place(cos(a) - reach * sin(a), sin(a) + reach * cos(a)),
                place(cos(b) + reach * sin(b), sin(b) - reach * cos(b)),
                end if n == steps - 1 else place(cos(b), sin(b)),
            )
