"""The things around a body: pillows, balls, packs and machines, drawn from any side.

What ``at`` and ``size`` of a prop mean stands beside each; all in hundredths of body height.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, hypot, pi, sin
from typing import Final

from programs.figures import body as b
from programs.figures.canvas import (
    LINE,
    Canvas,
    capsule,
    disc,
    ellipsoid,
    hull,
    num,
    polygon,
    smooth,
)
from programs.figures.furniture import FURNITURE, draw_chair_back, draw_furniture
from programs.figures.geometry import Frame, X, Y, Z, along
from programs.figures.pose import Prop
from programs.figures.skeleton import Skeleton

BALL: Final = 18.5
"""Radius of a 65 cm exercise ball beside an adult of 1.75 m."""
ROLLER: Final = 4.2
SMALL_BALL: Final = 2.3
PILLOW, PILLOW_LONG, PILLOW_WIDE = 2.5, 8.5, 12.0
"""Half a pillow's thickness, its length along x and its breadth."""
PEDAL: Final = 2.2
"""How far a pedal's axle lies below the middle of the ball of the foot."""
DECK: Final = 34.0
"""Half the length of a treadmill's deck."""
SNOW_OFF: Final = 9.5
"""How far the sign for cold stands off the pack."""


def _pillow(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """``at``: middle along x, to the side, height of its underside; ``size``: half thickness."""
    x, y, z = (*prop.at, 0.0, 0.0, 0.0)[:3]
    r = prop.size or PILLOW
    axes = Frame(X, Y, Z)
    radii = (PILLOW_LONG, PILLOW_WIDE, r)
    canvas.shape(ellipsoid(canvas.camera, (x, y, z + r), axes, radii), "paper", "prop-line")
    canvas.cover(canvas.camera.see((x, y, z + r)), 8.5)


def _towel(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """A band round a part of the leg, its ends in the hands. ``at``: 1 right leg, -1 left; share.

    The band goes round the back of the thigh (``size`` 0) or round the ankle (``size`` 1).
    """
    side = "right" if not prop.at or prop.at[0] > 0 else "left"
    share = prop.at[1] if len(prop.at) > 1 else 0.7
    upper = not prop.size
    frame = found.frames[f"{'thigh' if upper else 'shank'}_{side}"]
    start = found.points[f"{'hip' if upper else 'knee'}_{side}"]
    middle = frame.place(start, 0.0, 0.0, -share * (b.THIGH if upper else b.SHANK))
    radius = 5.0 - 1.2 * share if upper else 3.0 - share
    under = canvas.camera.see(frame.place(middle, -radius, 0.0, 0.0))
    over = canvas.camera.see(frame.place(middle, radius * 0.7, 0.0, 0.0))
    for hand in b.BODY_SIDES:
        p = canvas.camera.see(found.points[f"hand_{hand}"])
        d = f"M{_at(p)}L{_at(over)}L{_at(under)}"
        canvas.stroke(d, "prop-line", 2.6)
        canvas.stroke(d, "prop-soft", 1.4)


def _at(p: tuple[float, float]) -> str:
    return f"{num(p[0])} {num(p[1])}"


def _sphere(radius: float, fill: str) -> Callable[[Canvas, Prop, Skeleton], None]:
    def draw(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
        """``at``: middle along x, to the side, height; ``size``: radius."""
        r = prop.size or radius
        x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
        p = canvas.camera.see((x, y, z))
        canvas.shape(disc(p, r), fill, "prop-line")
        canvas.cover(p, r)
        if r > 6:
            flip = -1.0 if canvas.camera.mirrored else 1.0
            shine = [(p[0] + flip * r * dx, p[1] - r * dy) for dx, dy in _SHINE]
            canvas.stroke(smooth(shine, closed=False), "prop-soft", 1.4)

    return draw


_SHINE: Final = ((-0.74, 0.2), (-0.62, 0.47), (-0.4, 0.67))


def _roller(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """A roller across the body. ``at``: middle along x, to the side, height; ``size``: radius."""
    r = prop.size or ROLLER
    x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
    ends = [canvas.camera.see((x, y + w, z)) for w in (-14.0, 14.0)]
    if hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]) > 1:
        canvas.shape(capsule(ends[0], r, ends[1], r - 0.01), "prop-dark", "prop-line")
    near = min(ends, key=lambda p: p[1]) if canvas.camera.up < 0 else max(ends, key=lambda p: p[1])
    canvas.shape(disc(near, r), "prop-dark", "prop-line")
    canvas.shape(disc(near, r * 0.45), "prop-soft", "prop-line", LINE * 0.7)
    for p in ends:
        canvas.cover(p, r)


def _ice(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """A pack in a towel on the low back. ``size``: half its thickness."""
    centre, normal = found.skin(7.0, 180, "right")
    _, axes = found.slice(7.0)
    r = prop.size or 2.2
    middle = along(centre, normal, r)
    canvas.shape(ellipsoid(canvas.camera, middle, axes, (r, 8.0, 9.5)), "ice", "prop-line")
    towel = [
        canvas.camera.see(axes.place(middle, (r + 0.7) * f, 8.4 * side, 6.0 * up))
        for f in (-1.0, 1.0)
        for side in (-1.0, 1.0)
        for up in (-1.0, 1.0)
    ]
    canvas.shape(polygon(hull(towel)), "paper", "prop-line")
    hems = ""
    for up in (-4.6, 4.6):
        ends = [canvas.camera.see(axes.place(middle, f, 0.0, up)) for f in (-r, r)]
        hems += f"M{_at(ends[0])}L{_at(ends[1])}"
    canvas.stroke(hems, "prop-line", LINE * 0.7)
    sign = canvas.camera.see(axes.place(middle, -SNOW_OFF, 0.0, 0.0))
    _snowflake(canvas, sign)


def _snowflake(canvas: Canvas, p: tuple[float, float]) -> None:
    """Six arms with a fork each: cold, where a pack could as well be hot."""
    d = ""
    for i in range(6):
        c, s = cos(i * pi / 3 + pi / 6), sin(i * pi / 3 + pi / 6)
        fork = (p[0] + 2.6 * c, p[1] + 2.6 * s)
        d += f"M{_at(p)}L{_at((p[0] + 4.6 * c, p[1] + 4.6 * s))}"
        for turn in (-0.8, 0.8):
            way = i * pi / 3 + pi / 6 + turn
            d += f"M{_at(fork)}L{_at((fork[0] + 1.8 * cos(way), fork[1] + 1.8 * sin(way)))}"
    canvas.stroke(d, "cold", 0.9)
    canvas.cover(p, 6.0)


def bike_of(prop: Prop) -> tuple[float, float, float]:
    """Where a bike's crank is along x and up, and how high its saddle."""
    x, z, saddle = (*prop.at, *(14.0, 16.0, 46.0)[len(prop.at) :])
    return x, z, saddle


def pedal_of(found: Skeleton, side: str) -> tuple[float, float]:
    """Where the pedal under a foot is, along x and up."""
    place = found.frames[f"foot_{side}"].place(found.points[f"ball_{side}"], 0.0, 0.0, -PEDAL)
    return place[0], place[2]


def _bike(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """A fixed bike under a rider whose hips are at x = 0. ``at``: crank x, z; saddle height."""
    x, z, saddle = bike_of(prop)

    def bar(p: tuple[float, float], q: tuple[float, float], r: float = 1.3) -> None:
        a, c = (canvas.camera.see((u, 0.0, w)) for u, w in (p, q))
        canvas.shape(capsule(a, r, c, r - 0.01), "prop-dark", "prop-line", LINE * 0.8)
        for e in (a, c):
            canvas.cover(e, r)

    bar((x - 26, 1.2), (x + 34, 1.2))
    bar((x, z), (x + 2, 1.5))
    bar((x, z), (-1.0, saddle - 2))
    bar((x, z), (x + 20, 30))
    bar((x + 20, 12), (x + 20, 66))
    bar((x + 20, 65), (x + 13, 68))
    wheel = canvas.camera.see((x + 20, 0.0, 15.0))
    canvas.shape(disc(wheel, 11.5), "prop", "prop-line")
    canvas.shape(disc(wheel, 3.0), "prop-soft", "prop-line", LINE * 0.7)
    seat = [canvas.camera.see(p) for p in ((-7.0, 0.0, saddle), (6.0, 0.0, saddle - 0.6))]
    canvas.shape(capsule(seat[0], 1.8, seat[1], 1.0), "prop-dark", "prop-line")
    hub = canvas.camera.see((x, 0.0, z))
    canvas.shape(disc(hub, 3.4), "prop-soft", "prop-line")
    for side in b.BODY_SIDES:
        along_x, up = pedal_of(found, side)
        p = canvas.camera.see((along_x, 0.0, up))
        canvas.shape(capsule(hub, 0.9, p, 0.89), "prop-dark", "prop-line", LINE * 0.7)
        canvas.shape(
            capsule((p[0] - 3, p[1]), 0.8, (p[0] + 3, p[1]), 0.79), "prop-dark", "prop-line"
        )


def _treadmill(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """``size``: rise of its front end; the deck passes through the floor's height at x = 0."""
    rise = prop.size or 0.0
    low, high = -DECK, DECK
    slope = rise / (high - low)
    deck = [
        (low, slope * low),
        (high, slope * high),
        (high, slope * high - 4),
        (low, slope * low - 4),
    ]
    see = canvas.camera.see
    canvas.shape(polygon([see((x, 0.0, z)) for x, z in deck]), "prop-dark", "prop-line")
    for x, z in deck:
        canvas.cover(see((x, 0.0, z)))
    foot = slope * low - 5.5
    post, top, rail = (high - 4, foot), (high - 9, 60.0), (high - 24, 54.0)
    for p, q in ((post, top), (top, rail)):
        canvas.shape(
            capsule(see((p[0], 0, p[1])), 1.4, see((q[0], 0, q[1])), 1.39), "prop", "prop-line"
        )
    canvas.cover(see((high, 0.0, foot)))


_DRAW: Final[dict[str, Callable[[Canvas, Prop, Skeleton], None]]] = {
    "pillow": _pillow,
    "towel": _towel,
    "massage_ball": _sphere(SMALL_BALL, "hair"),
    "exercise_ball": _sphere(BALL, "prop-dark"),
    "foam_roller": _roller,
    "ice_pack": _ice,
    "bike": _bike,
    "treadmill": _treadmill,
}
_OVER: Final = frozenset({"towel", "ice_pack", "massage_ball", "foam_roller"})
_NEARER: Final = 10.0
_FROM_BEHIND: Final = -0.9
"""Seen from behind, a stool hides the shins."""


def over_body(canvas: Canvas, prop: Prop) -> bool:
    """Whether a thing is drawn after the body: it lies on it, or well before it."""
    if prop.kind == "pillow" and len(prop.at) > 1:
        return canvas.camera.depth((0.0, prop.at[1], 0.0)) > _NEARER
    if prop.kind == "chair" and prop.size:
        return canvas.camera.near[0] < _FROM_BEHIND
    return prop.kind in _OVER


def draw_prop(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """Draw one thing; ``found`` is the body it may follow."""
    if prop.kind in FURNITURE:
        draw_furniture(canvas, prop)
    else:
        _DRAW[prop.kind](canvas, prop, found)


def draw_over(canvas: Canvas, prop: Prop, found: Skeleton) -> None:
    """Draw what of a thing lies before the body, once the body is drawn."""
    if over_body(canvas, prop):
        draw_prop(canvas, prop, found)
    elif prop.kind == "chair" and not prop.size and canvas.camera.near[0] < 0:
        draw_chair_back(canvas, prop)
