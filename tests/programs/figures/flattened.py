"""A picture as areas of colour on a coarse grid: the same on every machine, or nearly.

Curves that are fitted a little differently have other bytes and the same areas.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PIL import Image, ImageDraw

GOLDEN = Path(__file__).parent / "golden"
PER_CELL = 12.5
"""Drawing units a cell: one and a quarter hundredths of body height."""
_FILL = re.compile(r'<path d="([^"]*)" fill="(#[0-9a-f]{3,6})"')
_STEP = re.compile(r"([MLlCcz])([^A-Za-z]*)")
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
Rows = list[str]


def flattened(svg: str) -> Rows:
    """A picture's filled areas as rows of letters, one for each colour in order; dots are bare."""
    left, top, wide, high = map(float, re.findall(r'viewBox="([^"]*)"', svg)[0].split())
    size = (round(wide / PER_CELL), round(high / PER_CELL))
    image, colours = Image.new("L", size, 0), dict[str, int]()
    pen = ImageDraw.Draw(image)
    for data, colour in _FILL.findall(svg):
        number = colours.setdefault(colour, len(colours) + 1)
        for ring in _rings(data):
            if len(ring) > 2:
                pen.polygon(
                    [((x - left) / PER_CELL, (y - top) / PER_CELL) for x, y in ring], fill=number
                )
    cells = list(image.tobytes())
    letters = ["." if not n else _SIGNS[n - 1] for n in cells]
    return ["".join(letters[i : i + size[0]]) for i in range(0, len(letters), size[0])]


def _rings(data: str) -> list[list[tuple[float, float]]]:
    """The corners of each subpath; of a curve some points on it."""
    rings: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for letter, rest in _STEP.findall(data):
        n = [float(v) for v in re.findall(r"-?\d+", rest)]
        if letter == "M":
            x, y = n
            rings.append([(x, y)])
        elif letter in "Ll":
            x, y = (x + n[0], y + n[1]) if letter == "l" else (n[0], n[1])
            rings[-1].append((x, y))
        elif letter in "Cc":
            k = [(x, y)] * 3 if letter == "c" else [(0.0, 0.0)] * 3
            a, b, c = ((n[2 * i] + k[i][0], n[2 * i + 1] + k[i][1]) for i in range(3))
            for t in (0.25, 0.5, 0.75, 1.0):
                w = 1 - t
                f = (w**3, 3 * w * w * t, 3 * w * t * t, t**3)
                ends = ((x, y), a, b, c)
                px, py = (sum(f[j] * ends[j][i] for j in range(4)) for i in (0, 1))
                rings[-1].append((px, py))
            x, y = c
    return rings


def unlike(one: Rows, two: Rows) -> float:
    """The share of cells that differ, of those that are not bare in either; 1 for other sizes."""
    if [len(r) for r in one] != [len(r) for r in two]:
        return 1.0
    pairs = [(a, b) for p, q in zip(one, two, strict=True) for a, b in zip(p, q, strict=True)]
    drawn = [(a, b) for a, b in pairs if (a, b) != (".", ".")]
    return sum(a != b for a, b in drawn) / len(drawn)


def approve(names: list[str]) -> None:
    """Write pictures, named as ``piriformis-stretch-2``, anew as approved."""
    from programs.figures import draw
    from tests.programs.shipped import shipped_definitions

    entries = {e.slug: e for e in shipped_definitions()}
    for name in names:
        slug, number = name.rsplit("-", 1)
        svg = draw(entries[slug])[int(number) - 1].svg
        (GOLDEN / f"{name}.txt").write_text("\n".join(flattened(svg)) + "\n", encoding="ascii")


if __name__ == "__main__":
    approve(sys.argv[1:])
