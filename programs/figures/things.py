"""The things around a body as solids.

What ``at`` and ``size`` of a thing mean stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import atan2, cos, pi, sin
from typing import Final

from programs.figures import body as b
from programs.figures.forms import Form, SolidPart
from programs.figures.furniture import FURNITURE, Block, blocks
from programs.figures.geometry import UPRIGHT, Frame, Vec, add, along, dot, scale, sub
from programs.figures.handheld import band, neck_towel, stick, weight
from programs.figures.leg_things import knee_cushion
from programs.figures.pose import Prop
from programs.figures.props import (
    BALL,
    DECK,
    PILLOW,
    PILLOW_LONG,
    PILLOW_WIDE,
    ROLLER,
    SMALL_BALL,
    bike_of,
    pedal_of,
)
from programs.figures.shapes import Cone, Drum, Egg, Slab, Solid, ball
from programs.figures.skeleton import Skeleton


def forms_of(prop: Prop, body: Skeleton) -> list[Form]:
    """The forms of one thing; ``body`` is the one it may follow."""
    if prop.kind in FURNITURE:
        return [_block(prop.kind, block) for block in blocks(prop)]
    return _FORMS[prop.kind](prop, body)


def _block(kind: str, block: Block) -> Form:
    low, high = block.low, block.high
    half = scale(sub(high, low), 0.5)
    material = {"mat": "mat", "wall": "wall", "wall_end": "wall", "doorway": "wall"}.get(
        kind, block.fill
    )
    if kind == "bed" and block.fill == "prop-soft":
        material = "sheet"
    slab = Slab(add(low, half), UPRIGHT, half)
    return Form(kind, material, [SolidPart([slab])], thing=True, flat=True)


def _form(name: str, material: str, solids: list[Solid], melt: float = 0.4) -> Form:
    return Form(name, material, [SolidPart(solids, melt=melt)], thing=True)


def _pillow(prop: Prop, _body: Skeleton) -> list[Form]:
    """``at``: middle along x, to the side, height of its underside; ``size``: half thickness."""
    x, y, z = (*prop.at, 0.0, 0.0, 0.0)[:3]
    r = prop.size or PILLOW
    middle = (x, y, z + r)
    core = Slab(middle, UPRIGHT, (PILLOW_LONG - 0.5, PILLOW_WIDE - 0.5, r * 0.8), soft=r * 0.75)
    plump = Egg(middle, UPRIGHT, (PILLOW_LONG - 1, PILLOW_WIDE - 1, r * 1.15))
    return [_form("pillow", "paper", [core, plump], melt=1.2)]


def _towel(prop: Prop, body: Skeleton) -> list[Form]:
    """A band round a part of the leg, its ends in the hands. ``at``: 1 right leg, -1 left; share.

    The band goes round the back of the thigh (``size`` 0), round the ankle (``size`` 1), or round
    the back of the neck, its ends crossed in front (``size`` 2). It lies folded under the ball of
    a foot that slides (``size`` 3).
    """
    if prop.size == 2:
        return [_form("towel", "roller", neck_towel(body), melt=0.6)]
    side = "right" if not prop.at or prop.at[0] > 0 else "left"
    share = prop.at[1] if len(prop.at) > 1 else 0.7
    if prop.size == 3:
        x, y, _ = body.points[f"ball_{side}"]
        cloth = Slab((x - 2.0, y, 0.4), UPRIGHT, (11.0, 6.0, 0.4))
        return [_form("towel", "paper", [cloth])]
    upper = not prop.size
    f = body.frames[f"{'thigh' if upper else 'shank'}_{side}"]
    start = body.points[f"{'hip' if upper else 'knee'}_{side}"]
    middle = along(start, f.up, -share * (body.own.thigh if upper else body.own.shank))
    radius = 5.9 - 1.2 * share if upper else 3.8 - share
    turns = [-1.9 + 3.8 * i / 8 for i in range(9)]
    ring = [f.place(middle, -radius * cos(t), radius * sin(t), 0.0) for t in turns]
    ends = [body.points["hand_right"], body.points["hand_left"]]
    if dot(sub(ring[0], middle), f.left) > 0:
        ends.reverse()
    tails = [along(p, (0.0, 0.0, -1.0), 4.0) for p in ends]
    line = [tails[0], ends[0], *ring, ends[1], tails[1]]
    band: list[Solid] = []
    for p, q in pairwise(line):
        for off in (-0.9, 0.0, 0.9):
            band.append(Cone(along(p, f.up, off), along(q, f.up, off), 0.5, 0.5))
    return [_form("towel", "strap", band, melt=0.6)]


def _towel_roll(prop: Prop, _body: Skeleton) -> list[Form]:
    """A rolled towel across. ``at``: middle along x, to the side, height; ``size``: radius."""
    r = prop.size or 4.0
    x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
    roll = _form("towel", "paper", [Drum((x, y, z), UPRIGHT, (r, 9.0, r))])
    end = _form("end", "prop", [Drum((x, y, z), UPRIGHT, (r * 0.55, 9.2, r * 0.55))])
    return [roll, end]


def _sphere(radius: float, material: str) -> Callable[[Prop, Skeleton], list[Form]]:
    def forms(prop: Prop, _body: Skeleton) -> list[Form]:
        """``at``: middle along x, to the side, height; ``size``: radius."""
        r = prop.size or radius
        x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
        return [_form("ball", material, [ball((x, y, z), r)])]

    return forms


def _roller(prop: Prop, _body: Skeleton) -> list[Form]:
    """A roller across the body. ``at``: middle along x, to the side, height; ``size``: radius."""
    r = prop.size or ROLLER
    x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
    return [_form("roller", "roller", [Drum((x, y, z), UPRIGHT, (r, 14.0, r))])]


def _ice(prop: Prop, body: Skeleton) -> list[Form]:
    """A pack in a towel on the low back. ``size``: half its thickness."""
    centre, normal = body.skin(7.0, 180, "right")
    _, axes = body.slice(7.0)
    r = prop.size or 2.2
    middle = along(centre, normal, r)
    cloth = Slab(middle, axes, (r + 0.3, 8.2, 5.6), soft=r * 0.8)
    pack = Slab(middle, axes, (r * 0.8, 7.4, 8.8), soft=r * 0.7)
    return [_form("cloth", "paper", [cloth]), _form("pack", "ice", [pack])]


def _bike(prop: Prop, body: Skeleton) -> list[Form]:
    """A fixed bike under a rider whose hips are at x = 0. ``at``: crank x, z; saddle height."""
    x, z, saddle = bike_of(prop)
    rods = (
        ((x - 26, 1.2), (x + 34, 1.2), 1.3),
        ((x, z), (x + 2, 1.5), 1.5),
        ((x, z), (-1.0, saddle - 2), 1.4),
        ((x, z), (x + 20, 30.0), 1.4),
        ((x + 20, 12.0), (x + 20, 66.0), 1.4),
        ((x + 20, 65.0), (x + 13, 68.0), 1.2),
    )
    frame: list[Solid] = [Cone((p[0], 0, p[1]), (q[0], 0, q[1]), r, r) for p, q, r in rods]
    frame.append(Cone((x + 13, -7, 68), (x + 13, 7, 68), 1.0, 1.0))
    frame += [Cone((u, -8, 1.2), (u, 8, 1.2), 1.2, 1.2) for u in (x - 26, x + 34)]
    cranks: list[Solid] = []
    for side, y in (("right", -4.0), ("left", 4.0)):
        u, w = pedal_of(body, side)
        cranks.append(Cone((x, y, z), (u, y, w), 0.8, 0.7))
        cranks.append(Cone((u - 2.5, y * 1.3, w), (u + 2.5, y * 1.3, w), 0.8, 0.8))
    wheel = Drum((x + 20, 0, 15), UPRIGHT, (11.5, 1.8, 11.5))
    seat: list[Solid] = [
        Cone((-7, 0, saddle), (6, 0, saddle - 0.6), 2.4, 1.1),
        Cone((-6, -2, saddle), (-6, 2, saddle), 2.0, 2.0),
    ]
    return [
        _form("frame", "prop-dark", frame, melt=0.6),
        _form("cranks", "roller", cranks, melt=0.2),
        _form("wheel", "prop", [wheel]),
        _form("saddle", "roller", seat, melt=1.0),
    ]


def _treadmill(prop: Prop, _body: Skeleton) -> list[Form]:
    """``size``: rise of its front end; the deck passes through the floor's height at x = 0."""
    rise = prop.size or 0.0
    slope = atan2(rise, 2 * DECK)
    axes = Frame((cos(slope), 0, sin(slope)), (0, 1, 0), (-sin(slope), 0, cos(slope)))
    deck = Slab(along((0.0, 0.0, 0.0), axes.up, -2.0), axes, (DECK, 12.0, 2.0))
    foot = -rise / 2 - 5.5
    posts: list[Solid] = []
    for y in (-12.0, 12.0):
        low, top = (DECK - 4, y, foot), (DECK - 9, y, 60.0)
        posts += [Cone(low, top, 1.2, 1.2), Cone(top, (DECK - 24, y, 54.0), 1.2, 1.2)]
    posts.append(Cone((DECK - 9, -12, 60), (DECK - 9, 12, 60), 1.6, 1.6))
    base = Slab((0.0, 0.0, foot - 0.2), UPRIGHT, (DECK, 12.0, 0.8))
    return [
        Form("deck", "prop-dark", [SolidPart([deck])], thing=True, flat=True),
        Form("base", "prop-dark", [SolidPart([base])], thing=True, flat=True),
        _form("posts", "prop", posts, melt=0.5),
    ]


def _ankle_weight(prop: Prop, body: Skeleton) -> list[Form]:
    """A cuff round the shin, above the ankle. ``at``: 1 right leg, -1 left; ``size``: radius."""
    side = "right" if not prop.at or prop.at[0] > 0 else "left"
    shank, ankle = body.frames[f"shank_{side}"], body.points[f"ankle_{side}"]
    r = prop.size or 3.5
    axes = Frame(shank.forward, shank.up, shank.left)
    cuff: list[Solid] = [Drum(along(ankle, shank.up, up), axes, (r, 1.5, r)) for up in (2.6, 5.4)]
    strap: list[Solid] = [Drum(along(ankle, shank.up, 4.0), axes, (r + 0.3, 0.7, r + 0.3))]
    return [_form("weight", "roller", cuff, melt=0.3), _form("strap", "paper", strap)]


_STRAP: Final = ((28.0, 150), (29.8, 110), (29.2, 70), (26.0, 48), (21.0, 56), (16.5, 100))
"""Where a backpack's strap runs: heights above the hips, and degrees round from the front."""


def _backpack(prop: Prop, body: Skeleton) -> list[Form]:
    """A pack on the back with its two straps. ``size``: how deep it is."""
    deep = (prop.size or 9.0) / 2
    centre, axes = body.slice(19.0)
    middle = axes.place(centre, -body.station(19.0).back - deep + 0.6, 0.0, 0.0)
    bag = Slab(middle, axes, (deep, 7.4, 9.4), soft=2.6)
    pocket = Slab(axes.place(middle, -deep, 0.0, -4.2), axes, (1.6, 5.4, 3.6), soft=1.2)
    straps: list[Solid] = []
    for side in b.BODY_SIDES:
        line = [along(*body.skin(up, around, side), 0.7) for up, around in _STRAP]
        straps += [Cone(p, q, 0.9, 0.9) for p, q in pairwise(line)]
    return [
        _form("backpack", "prop-dark", [bag]),
        _form("pocket", "prop", [pocket]),
        _form("straps", "prop-dark", straps, melt=0.6),
    ]


_FORMS: Final[dict[str, Callable[[Prop, Skeleton], list[Form]]]] = {
    "pillow": _pillow,
    "towel": _towel,
    "towel_roll": _towel_roll,
    "massage_ball": _sphere(SMALL_BALL, "ball"),
    "exercise_ball": _sphere(BALL, "ball"),
    "foam_roller": _roller,
    "ice_pack": _ice,
    "bike": _bike,
    "treadmill": _treadmill,
    "ankle_weight": _ankle_weight,
    "backpack": _backpack,
    "resistance_band": band,
    "hand_weight": weight,
    "stick": stick,
    "knee_cushion": knee_cushion,
}


def snowflake(prop: Prop, body: Skeleton) -> list[list[Vec]]:
    """Six arms with a fork each, beside a pack: cold, where it could as well be hot."""
    centre, normal = body.skin(7.0, 180, "right")
    _, axes = body.slice(7.0)
    middle = along(centre, normal, (prop.size or 2.2) + 9.5)
    lines = []
    for i in range(6):
        way = i * pi / 3 + pi / 6
        fork = _on(axes, middle, 2.6, way)
        lines.append([middle, _on(axes, middle, 4.6, way)])
        lines += [[fork, _on(axes, fork, 1.8, way + turn)] for turn in (-0.8, 0.8)]
    return lines


def _on(axes: Frame, middle: Vec, r: float, way: float) -> Vec:
    return axes.place(middle, r * sin(way), 0.0, r * cos(way))
