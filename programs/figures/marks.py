"""The small language of marks: arrows, breath, hold, wrong, and the letters of the sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
from typing import Final

from programs.figures import body as b
from programs.figures.camera import Camera, num, pair
from programs.figures.geometry import Point, Vec, add
from programs.figures.palette import BODY_INK, MARK
from programs.figures.pose import Arrow
from programs.figures.skeleton import Skeleton, out_sign

ARROW_WIDE: Final = 1.9
"""How broad an arrow's line is, in units."""
HEAD: Final = 4.8
LETTER_OFF: Final = 6.0
LETTER_LOW: Final = 7.2
"""How far below the floor the letters' feet are."""
BREATH: Final = 13.0
"""Length of the wavy arrow of a breath."""


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A drawn mark, and points that the picture must hold, each with room round it."""

    svg: str
    reach: tuple[tuple[Point, float], ...]


@dataclass(frozen=True, slots=True)
class SideLetter:
    """Which side a foot is of, and where the letter stands; never mirrored, only moved."""

    side: str
    place: Point


def part_point(found: Skeleton, part: str) -> Vec:
    """The world point that an arrow's numbers count from."""
    if part in found.points:
        return found.points[part]
    if part.startswith("foot"):
        return found.points[part.replace("foot", "ball")]
    if part == "chest":
        return found.slice(22.0)[0]
    if part == "waist":
        return found.slice(10.0)[0]
    if part == "low_back":
        return found.skin(8.0, 180, "right")[0]
    if part == "belly":
        return found.skin(8.0, 0, "right")[0]
    return found.skin(-3.0, 180, "right")[0]


def arrow_mark(camera: Camera, found: Skeleton, arrow: Arrow) -> DrawnMark:
    """A bold arrow with a white rim, so that it reads over any part in black and white."""
    p, c, q = arrow_track(camera, found, arrow)
    tips = [_tip(c, q)] + ([_tip(c, p)] if arrow.both else [])
    end = _back(c, q, HEAD * 0.7)
    start = _back(c, p, HEAD * 0.7) if arrow.both else p
    d = _quadratic(start, c, end)
    heads = "".join(_polygon(t) for t in tips)
    if arrow.press:
        heads += _bar(c, q)
    svg = (
        f'<path d="{d}{heads}" stroke="#fff" stroke-width="{num(ARROW_WIDE + 1.6)}"/>'
        f'<path d="{d}" stroke="{MARK}" stroke-width="{num(ARROW_WIDE)}"/>'
        f'<path d="{heads}" fill="{MARK}" stroke="none"/>'
    )
    middle = ((p[0] + q[0]) / 4 + c[0] / 2, (p[1] + q[1]) / 4 + c[1] / 2)
    return DrawnMark(svg, tuple((e, 3.0) for e in (p, q, middle)))


def arrow_track(camera: Camera, found: Skeleton, arrow: Arrow) -> tuple[Point, Point, Point]:
    """Where an arrow begins, the handle that bends it, and its tip."""
    about = part_point(found, arrow.part)
    p, q = (_end(camera, about, e) for e in (arrow.start, arrow.end))
    dx, dy = q[0] - p[0], q[1] - p[1]
    c = ((p[0] + q[0]) / 2 + dy * arrow.bend, (p[1] + q[1]) / 2 - dx * arrow.bend)
    return p, c, q


def _end(camera: Camera, about: Vec, away: tuple[float, ...]) -> Point:
    """Where an end of an arrow stands: so far from a point in space, or in the picture."""
    if len(away) == 3:
        return camera.see(add(about, (away[0], away[1], away[2])))
    x, y = camera.see(about)
    return (x + away[0], y - away[1])


def _quadratic(p: Point, c: Point, q: Point) -> str:
    """A curve with one handle, written with two."""
    a, z = (((e[0] + 2 * c[0]) / 3, (e[1] + 2 * c[1]) / 3) for e in (p, q))
    return f"M{pair(p)}C{pair(a)} {pair(z)} {pair(q)}"


def _polygon(points: list[Point]) -> str:
    return "M" + "L".join(pair(p) for p in points) + "z"


def _bar(c: Point, q: Point) -> str:
    """The bar that an arrow presses on."""
    size = hypot(q[0] - c[0], q[1] - c[1]) or 1.0
    x, y = (q[0] - c[0]) / size, (q[1] - c[1]) / size
    rows = ((-3.4, 0.0), (3.4, 0.0), (3.4, 1.5), (-3.4, 1.5))
    return _polygon([(q[0] - y * k + x * o, q[1] + x * k + y * o) for k, o in rows])


def _back(c: Point, q: Point, by: float) -> Point:
    """A point a little before the tip."""
    size = hypot(q[0] - c[0], q[1] - c[1]) or 1.0
    return (q[0] - (q[0] - c[0]) / size * by, q[1] - (q[1] - c[1]) / size * by)


def _tip(c: Point, q: Point) -> list[Point]:
    way = atan2(q[1] - c[1], q[0] - c[0])
    return [q] + [
        (q[0] - HEAD * cos(way + s * 0.52), q[1] - HEAD * sin(way + s * 0.52)) for s in (1, -1)
    ]


def breath_mark(camera: Camera, found: Skeleton, *, inward: bool) -> DrawnMark:
    """A wavy arrow before the face: away from it for a breath out, to it for one in."""
    axes, head = found.frames["head"], found.points["head"]
    ends = [camera.see(axes.place(head, out, 0.0, -2.5)) for out in (8.5, 8.5 + BREATH)]
    start, tip = ends[::-1] if inward else ends
    size = hypot(tip[0] - start[0], tip[1] - start[1]) or 1.0
    ux, uy = (tip[0] - start[0]) / size, (tip[1] - start[1]) / size

    def at(share: float, aside: float) -> Point:
        k = share * size
        return (start[0] + ux * k - uy * aside, start[1] + uy * k + ux * aside)

    wave = "".join(
        _quadratic(at(0.3 * i, 0.0), at(0.3 * i + 0.15, 2.8 - 5.6 * i), at(0.3 * i + 0.3, 0.0))
        for i in (0, 1)
    )
    back = 1 - 3.2 / size
    barbs = f"M{pair(at(back, 2.0))}L{pair(tip)}L{pair(at(back, -2.0))}"
    lines = f"M{pair(at(0.6, 0.0))}L{pair(tip)}{barbs}"
    svg = (
        f'<path d="{wave}{lines}" stroke="#fff" stroke-width="24"/>'
        f'<path d="{wave}{lines}" stroke="{MARK}" stroke-width="12"/>'
    )
    return DrawnMark(svg, tuple((p, 2.5) for p in ends))


def corner_signs(signs: tuple[str, ...], corner: Point) -> str:
    """What stands in a picture's upper left corner: a clock for hold, a cross for wrong."""
    out = ""
    if "hold" in signs:
        out += _clock((corner[0] + 5.4, corner[1] + 5.4))
    if "wrong" in signs:
        x, y, size = corner[0] + 1.5, corner[1] + 1.5, 8.0
        d = f"M{pair((x, y))}L{pair((x + size, y + size))}"
        d += f"M{pair((x + size, y))}L{pair((x, y + size))}"
        out += f'<path d="{d}" stroke="{MARK}" stroke-width="20"/>'
    return out


def _clock(p: Point, r: float = 4.4) -> str:
    """A clock face: stay for a while."""
    turn = (p[0] + r * 0.55 * cos(pi / 6), p[1] + r * 0.55 * sin(pi / 6))
    hands = f"M{pair((p[0], p[1] - r * 0.65))}L{pair(p)}L{pair(turn)}"
    face = dot(p, r + 0.55, MARK) + dot(p, r - 0.55, "#fff")
    return f'{face}<path d="{hands}" stroke="{MARK}" stroke-width="11"/>'


def dot(p: Point, r: float, tone: str) -> str:
    """A filled circle, as the round ends of a line."""
    return f'<path d="M{pair(p)}l1 0" stroke="{tone}" stroke-width="{num(2 * r)}"/>'


def disc(p: Point, r: float) -> str:
    """A circle as four curves."""
    k = 0.5523 * r
    x, y = p
    quarters = (
        ((x + r, y - k), (x + k, y - r), (x, y - r)),
        ((x - k, y - r), (x - r, y - k), (x - r, y)),
        ((x - r, y + k), (x - k, y + r), (x, y + r)),
        ((x + k, y + r), (x + r, y + k), (x + r, y)),
    )
    return (
        f"M{pair((x + r, y))}"
        + "".join("C" + " ".join(pair(e) for e in quarter) for quarter in quarters)
        + "z"
    )


def side_letters(camera: Camera, found: Skeleton, *, level: bool) -> Iterator[SideLetter]:
    """The letters R and L at the feet, where the view shows both sides.

    Seen level they stand below the floor, each under its foot, clear of all things; else beyond
    the toes.
    """
    for side in b.BODY_SIDES:
        left = camera.see(found.frames["pelvis"].left)[0] * out_sign(side)
        if abs(left) < 0.3:
            continue
        x, y = camera.see(found.points[f"ankle_{side}"])
        nudge = 1.5 if left > 0 else -1.5
        if level:
            yield SideLetter(side, (x + nudge, LETTER_LOW))
            continue
        toe = camera.see(found.points[f"toe_{side}"])
        size = hypot(toe[0] - x, toe[1] - y) or 1.0
        beyond = [t + (t - a) / size * LETTER_OFF for t, a in zip(toe, (x, y), strict=True)]
        yield SideLetter(side, (beyond[0] + nudge, beyond[1] + 2.4))


def letter_svg(letter: SideLetter) -> str:
    """A letter as text, on a white spot that keeps it clear of lines."""
    x, y = letter.place
    return (
        f"{dot((x, y - 2.4), 3.7, '#fff')}"
        f'<text x="{num(x)}" y="{num(y)}" fill="{BODY_INK}" '
        f'stroke="none" font-family="sans-serif" font-size="65" font-weight="bold" '
        f'text-anchor="middle">{letter.side[0].upper()}</text>'
    )
