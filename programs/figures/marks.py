"""The small language of marks: arrows, where it is felt, hold and breath."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import Final

from programs.figures import body as b
from programs.figures.canvas import PALETTE, Canvas, capsule, disc, num, pair, polygon
from programs.figures.geometry import Point, Vec, along, mix, scale
from programs.figures.pose import Arrow
from programs.figures.skeleton import Skeleton, out_sign

_WIDE: Final = 1.9
HEAD: Final = 4.6
LETTER_OFF: Final = 6.5
LETTER_LOW: Final = 7.2
"""How far below the floor the letters' feet are."""
BREATH: Final = 13.0
"""Length of the wavy arrow of a breath."""


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


def draw_arrow(canvas: Canvas, found: Skeleton, arrow: Arrow) -> None:
    """A bold arrow with a white rim, so that it reads over any part in black and white."""
    centre = canvas.camera.see(part_point(found, arrow.part))
    flip = -1.0 if canvas.camera.mirrored else 1.0
    p, q = ((centre[0] + flip * e[0], centre[1] - e[1]) for e in (arrow.start, arrow.end))
    dx, dy = q[0] - p[0], q[1] - p[1]
    bend = arrow.bend * flip
    c = ((p[0] + q[0]) / 2 + dy * bend, (p[1] + q[1]) / 2 - dx * bend)
    tips = [_tip(c, q)] + ([_tip(c, p)] if arrow.both else [])
    end = _back(c, q, HEAD * 0.7)
    start = _back(c, p, HEAD * 0.7) if arrow.both else p
    d = f"M{pair(start)}Q{pair(c)} {pair(end)}"
    heads = "".join(polygon(t) for t in tips)
    if arrow.press:
        heads += _bar(c, q)
    canvas.parts.append(
        f'<path d="{d}{heads}" stroke="#fff" stroke-width="{num(_WIDE + 1.6)}"/>'
        f'<path d="{d}" class="hf-mark-edge" stroke="#a3201a" stroke-width="{num(_WIDE)}"/>'
        f'<path d="{heads}" class="hf-mark" fill="#a3201a" stroke="none"/>'
    )
    for e in (p, q, ((p[0] + q[0]) / 4 + c[0] / 2, (p[1] + q[1]) / 4 + c[1] / 2)):
        canvas.cover(e, 3.0)


def _bar(c: Point, q: Point) -> str:
    """The bar that an arrow presses on."""
    size = hypot(q[0] - c[0], q[1] - c[1]) or 1.0
    x, y = (q[0] - c[0]) / size, (q[1] - c[1]) / size
    ends = ((q[0] - y * k + x * 0.6, q[1] + x * k + y * 0.6) for k in (-3.2, 3.2))
    p, r = ends
    return capsule(p, 0.8, r, 0.79)


def _back(c: Point, q: Point, by: float) -> Point:
    """A point a little before the tip."""
    size = hypot(q[0] - c[0], q[1] - c[1]) or 1.0
    return (q[0] - (q[0] - c[0]) / size * by, q[1] - (q[1] - c[1]) / size * by)


def _tip(c: Point, q: Point) -> list[Point]:
    way = atan2(q[1] - c[1], q[0] - c[0])
    return [q] + [
        (q[0] - HEAD * cos(way + s * 0.52), q[1] - HEAD * sin(way + s * 0.52)) for s in (1, -1)
    ]


_SPOTS: Final = {
    "low_back": (3.0, 12.5, 180.0, 2.8),
    "low_back_spot": (7.5, 8.5, 160.0, 2.0),
    "back": (10.0, 25.0, 180.0, 3.0),
    "neck": (31.0, 33.0, 180.0, 2.0),
    "belly": (3.0, 12.5, 0.0, 3.0),
    "chest": (20.0, 26.0, 0.0, 2.8),
    "side": (6.0, 22.0, 90.0, 2.6),
    "waist": (7.0, 13.0, 95.0, 2.6),
    "buttock": (-3.0, 0.5, 155.0, 3.2),
    "hip_front": (-3.5, 4.0, 25.0, 2.8),
}
"""For each region of the trunk: from and to above the hips, degrees round, and radius."""


def draw_felt(canvas: Canvas, found: Skeleton, region: str) -> None:
    """A soft patch with a dotted edge where the stretch or the work is felt."""
    side = region.rpartition("_")[2]
    if side not in b.BODY_SIDES:
        name, sides = (
            region,
            b.BODY_SIDES if region not in _SPOTS or region == "side" else ("right",),
        )
    else:
        name, sides = region.removesuffix(f"_{side}"), (side,)
    for one in sides:
        p, q, r = _patch(found, name, one, side in b.BODY_SIDES)
        d = capsule(canvas.camera.see(p), r, canvas.camera.see(q), r - 0.01)
        canvas.parts.append(
            f'<path d="{d}" class="hf-felt" fill="{PALETTE["felt"]}" stroke="#fff" '
            f'stroke-width="12"/><path d="{d}" stroke="#6b2400" stroke-dasharray="1 18"/>'
        )


def _patch(found: Skeleton, name: str, side: str, aside: bool) -> tuple[Vec, Vec, float]:
    if name in _SPOTS:
        low, high, around, r = _SPOTS[name]
        if aside and around == 180.0:
            around = 152.0
        ends = []
        for up in (low, high):
            point, normal = found.skin(up, around, side)
            ends.append(along(point, normal, -r * 0.75))
        return ends[0], ends[1], r
    if name == "shoulder":
        shoulder = found.points[f"shoulder_{side}"]
        return shoulder, mix(shoulder, found.points[f"elbow_{side}"], 0.3), 2.6
    part = "shank" if name == "calf" else "thigh"
    frame = found.frames[f"{part}_{side}"]
    joints = ("knee", "ankle") if name == "calf" else ("hip", "knee")
    start, end = (found.points[f"{j}_{side}"] for j in joints)
    way = {
        "thigh_front": frame.forward,
        "thigh_in": scale(frame.left, -out_sign(side)),
    }.get(name, scale(frame.forward, -1))
    shares = (0.15, 0.5) if name == "calf" else (0.3, 0.85)
    deep = 1.5 if name == "calf" else 2.3
    return (
        along(mix(start, end, shares[0]), way, deep),
        along(mix(start, end, shares[1]), way, deep * 0.8),
        2.0,
    )


def draw_breath(canvas: Canvas, found: Skeleton, inward: bool) -> None:
    """A wavy arrow before the face: away from it for a breath out, to it for one in."""
    axes, head = found.frames["head"], found.points["head"]
    ends = [canvas.camera.see(axes.place(head, out, 0.0, -2.5)) for out in (8.5, 8.5 + BREATH)]
    start, tip = ends[::-1] if inward else ends
    size = hypot(tip[0] - start[0], tip[1] - start[1]) or 1.0
    ux, uy = (tip[0] - start[0]) / size, (tip[1] - start[1]) / size

    def at(share: float, aside: float) -> Point:
        """A point this share of the way, and so far to the side of it."""
        k = share * size
        return (start[0] + ux * k - uy * aside, start[1] + uy * k + ux * aside)

    wave = "".join(
        f"Q{pair(at(0.3 * i + 0.15, 2.8 - 5.6 * i))} {pair(at(0.3 * i + 0.3, 0.0))}" for i in (0, 1)
    )
    back = 1 - 3.2 / size
    head_lines = f"L{pair(tip)}M{pair(at(back, 2.0))}L{pair(tip)}L{pair(at(back, -2.0))}"
    for p in ends:
        canvas.cover(p, 2.0)
    canvas.stroke(f"M{pair(start)}{wave}{head_lines}", "mark", 1.1)


def hold_sign(corner: Point) -> str:
    """A clock face with its upper left corner here: stay for a while."""
    r = 4.4
    p = (corner[0] + r + 1, corner[1] + r + 1)
    hand = (p[0], p[1] - r * 0.65)
    turn = (p[0] + r * 0.55 * cos(pi / 6), p[1] + r * 0.55 * sin(pi / 6))
    d = f"M{pair(hand)}L{pair(p)}L{pair(turn)}"
    return (
        f'<g class="hf-mark-edge" stroke="#a3201a" stroke-width="11"><path d="{disc(p, r)}" '
        f'fill="#fff"/><path d="{d}"/></g>'
    )


def wrong_sign(corner: Point) -> str:
    """A cross with its upper left corner here: not like this."""
    x, y, size = corner[0] + 1.5, corner[1] + 1.5, 8.0
    d = f"M{pair((x, y))}L{pair((x + size, y + size))}M{pair((x + size, y))}L{pair((x, y + size))}"
    return f'<path d="{d}" class="hf-mark-edge" stroke="{PALETTE["mark"]}" stroke-width="20"/>'


def draw_sides(canvas: Canvas, found: Skeleton) -> None:
    """The letters R and L at the feet, where the view shows both sides.

    Seen level they stand below the floor, each under its foot, clear of all things; else beyond
    the toes.
    """
    feet = {s: canvas.camera.see(found.points[f"ankle_{s}"]) for s in b.BODY_SIDES}
    for side in b.BODY_SIDES:
        left = canvas.camera.see(found.frames["pelvis"].left)[0] * out_sign(side)
        if abs(left) < 0.3:
            continue
        out = 1 if left > 0 else -1
        x, y = feet[side]
        p = (x + 1.5 * out, LETTER_LOW)
        if canvas.camera.up:
            toe = canvas.camera.see(found.points[f"toe_{side}"])
            size = hypot(toe[0] - x, toe[1] - y) or 1.0
            beyond = [t + (t - a) / size * LETTER_OFF for t, a in zip(toe, (x, y), strict=True)]
            p = (beyond[0] + 1.5 * out, beyond[1] + 2.4)
        seen = side if not canvas.camera.mirrored else ("left" if side == "right" else "right")
        canvas.parts.append(
            f'<text x="{num(p[0])}" y="{num(p[1])}" class="hf-line" fill="currentColor" '
            f'stroke="none" font-family="sans-serif" font-size="65" font-weight="bold" '
            f'text-anchor="middle">{seen[0].upper()}</text>'
        )
        canvas.cover(p, 5.0 if canvas.camera.up else 0.0)
