"""Drawings cut to what is drawn: no blank around a body, and floors no longer than they need be.

Pure. Lines that run through the whole frame (the floor, a mat, a wall) are cut to the body's own
breadth or height. A drawing that says more than is read here stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree

from programs.prescriptions.handout.outlines import UnknownOutlineError, operators

_SVG: Final = "{http://www.w3.org/2000/svg}"
_READ: Final = frozenset(f"{_SVG}{tag}" for tag in ("svg", "g", "path", "title", "desc", "text"))
_BOX: Final = re.compile(r'viewBox="[^"]*"')
_THROUGH: Final = 0.85
"""From which share of the frame on a line runs through it."""
_FLAT: Final = 0.12
"""Up to which share of the frame across such a line is flat."""
_LETTER: Final = 0.62
"""Breadth of a letter in parts of its size, taken large."""
AROUND: Final = 12.0
"""Units left free around the ink, for the breadth of lines; of broader ones the rest is ink."""
_BESIDE: Final = 22.0
"""Units that a floor goes on beyond the body."""

Extent = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class CutDrawing:
    """A drawing cut to its ink, with the size of that in the drawing's own units."""

    svg: str
    wide: float
    high: float


@lru_cache(maxsize=512)
def cut_to_ink(svg: str) -> CutDrawing | None:
    """The drawing in a frame that fits; ``None`` where it cannot be read at all."""
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by us; expat bounds entities
        left, top, wide, high = map(float, root.get("viewBox", "").split())
    except (ElementTree.ParseError, ValueError):
        return None
    if wide <= 0 or high <= 0:
        return None
    found = _ink(root, wide, high)
    if found is None:
        return CutDrawing(svg, wide, high)
    x0, x1 = max(found[0] - _BESIDE, left), min(found[2] + _BESIDE, left + wide)
    y0, y1 = max(found[1] - AROUND, top), min(found[3] + AROUND, top + high)
    if x1 <= x0 or y1 <= y0:
        return CutDrawing(svg, wide, high)
    box = " ".join(f"{n:.6g}" for n in (x0, y0, x1 - x0, y1 - y0))
    cut = _BOX.sub(f'viewBox="{box}"', svg, count=1)
    return CutDrawing(cut, x1 - x0, y1 - y0)


def _ink(root: ElementTree.Element, wide: float, high: float) -> Extent | None:
    """The box around all that is drawn, with lines through the frame counted one way only."""
    across: list[float] = []
    upright: list[float] = []
    for element in root.iter():
        if element.tag not in _READ or "transform" in element.attrib:
            return None
        try:
            extent = _extent(element)
        except (UnknownOutlineError, ValueError):
            return None
        if extent is None:
            continue
        x0, y0, x1, y1 = extent
        floor = x1 - x0 > _THROUGH * wide and y1 - y0 < _FLAT * high
        wall = y1 - y0 > _THROUGH * high and x1 - x0 < _FLAT * wide
        if not floor:
            across += (x0, x1)
        if not wall:
            upright += (y0, y1)
    if not across or not upright:
        return None
    return min(across), min(upright), max(across), max(upright)


def _extent(element: ElementTree.Element) -> Extent | None:
    if element.tag == f"{_SVG}text":
        size = float(element.get("font-size", "16"))
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        half = len(element.text or "") * size * _LETTER
        return x - half, y - size, x + half, y + size / 4
    data = element.get("d", "")
    if element.tag != f"{_SVG}path" or not data.strip():
        return None
    points = list(_points(data))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    more = max(0.0, float(element.get("stroke-width", "0")) / 2 - AROUND)
    return min(xs) - more, min(ys) - more, max(xs) + more, max(ys) + more


def _points(data: str) -> Iterator[tuple[float, float]]:
    """The corners of an outline, and of its curves some points between."""
    x = y = 0.0
    for line in operators(data).split(b"\n"):
        *numbers, operator = line.split()
        if operator == b"h":
            continue
        n = [float(number) for number in numbers]
        if operator == b"c":
            for k in (0.25, 0.5, 0.75):
                m = 1 - k
                a, b, c, d = m * m * m, 3 * m * m * k, 3 * m * k * k, k * k * k
                yield a * x + b * n[0] + c * n[2] + d * n[4], a * y + b * n[1] + c * n[3] + d * n[5]
        x, y = n[-2:]
        yield x, y
