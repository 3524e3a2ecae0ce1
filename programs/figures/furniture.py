"""Furniture and walls as blocks: the same blocks are drawn and kept free of bodies.

What ``at`` and ``size`` of a thing mean stands beside each; all in hundredths of body height.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from programs.figures import body as b
from programs.figures.geometry import Vec
from programs.figures.pose import Prop

WALL: Final = 3.0
COUNTER_TOP: Final = 49.0
TABLE_TOP: Final = 41.0
HANDLE: Final = 58.0
POST: Final = 2.2
STEP_HEIGHT: Final = 9.0
"""About 16 cm beside an adult of 1.75 m: a low stair."""
STEP_HALF: Final = 19.0
BACK_HIGH: Final = 25.0
"""How far a chair's back rises above the seat."""
THICK: Final = 2.4
"""How thick a seat is."""
LEG_DEEP: Final = 3.2
"""How deep a chair's legs are: so that, seen from its side, no slit is left between two of them."""
PANEL: Final = 0.5
"""How far the back of a chair lies within its posts."""
ARMREST: Final = 10.0
"""The same of its armrests."""


class Block(NamedTuple):
    """A block between two corners, and its tone."""

    low: Vec
    high: Vec
    fill: str = "prop"


def _mat(prop: Prop) -> list[Block]:
    """``at``: where it begins and ends along x; ``size``: half its width."""
    start, end = (*prop.at, -50.0, 60.0)[:2]
    half = prop.size or 17.0
    return [Block((start, -half, -1.2), (end, half, 0.0), "prop-soft")]


def _bed(prop: Prop) -> list[Block]:
    """``at``: head end and foot end along x; ``size``: half its width."""
    head, foot = prop.at if prop.at else (-56.0, 62.0)
    start, end = min(head, foot), max(head, foot)
    half = prop.size or 24.0
    legs = [
        Block((x, -half + 1, -18), (x + 3, half - 1, -12), "prop-dark")
        for x in (start + 2, end - 5)
    ]
    board = start - 3 if head < foot else end
    return [
        *legs,
        Block((start, -half, -13), (end, half, -8), "prop-dark"),
        Block((start, -half, -8), (end, half, 0), "prop-soft"),
        Block((board, -half, -18), (board + 3, half, 14)),
    ]


def _seat(prop: Prop) -> tuple[list[Block], Block, list[Block]]:
    """A chair's front legs, its seat, and what stands behind the seat.

    ``at``: middle of the seat along x; ``size`` 1: a stool, without the back; -1: turned round, its
    seat toward who stands or kneels before it.
    """
    x = prop.at[0] if prop.at else 3.0
    back, front, half, seat = x - 13, x + 11, 12.0, b.SEAT
    under = seat - THICK
    top = under if prop.size else seat + BACK_HIGH

    def posts(at: float, high: float) -> list[Block]:
        return [Block((at, y, 0), (at + LEG_DEEP, y + POST, high)) for y in (half - POST, -half)]

    behind = posts(back - LEG_DEEP, top)
    if not prop.size:
        behind.append(_panel(back, half - POST, seat + 9, top - PANEL))
    edge = back - LEG_DEEP if prop.size else back
    slab = Block((edge, -half, under), (front, half, seat), "prop-soft")
    return posts(front - LEG_DEEP, under), slab, behind


def _panel(back: float, half: float, low: float, high: float) -> Block:
    """What one leans on, let in between two posts, so that no two blocks share a face."""
    return Block((back - LEG_DEEP + PANEL, -half, low), (back, half, high))


def seat_of(prop: Prop) -> float:
    """How high a chair's seat is."""
    return prop.size or b.SEAT if prop.kind == "armchair" else b.SEAT


def _chair(prop: Prop) -> list[Block]:
    if prop.size >= 0:
        legs, seat, behind = _seat(prop)
        return [*behind, *legs, seat]
    x = prop.at[0] if prop.at else 3.0
    return [_turned(block, x) for block in _chair(Prop("chair", (x,)))]


def _turned(block: Block, x: float) -> Block:
    """A block turned round about the upright line at ``x``."""
    low, high = block.low, block.high
    return Block(
        (2 * x - high[0], -high[1], low[2]), (2 * x - low[0], -low[1], high[2]), block.fill
    )


def _armchair(prop: Prop) -> list[Block]:
    """A chair with armrests. ``at``: middle of the seat along x; ``size``: height of the seat."""
    x, seat = prop.at[0] if prop.at else 3.0, prop.size or b.SEAT
    back, front, half, top = x - 13, x + 11, 12.5, seat + ARMREST
    posts = [
        Block((at, y, 0), (at + POST, y + POST, high))
        for at, high in ((back - POST, seat + BACK_HIGH), (front - POST - 3, top - 2))
        for y in (half, -half - POST)
    ]
    rests = [Block((back, y, top - 2), (front - 3, y + POST, top)) for y in (half, -half - POST)]
    behind = Block((back - POST, -half, seat + 8), (back, half, seat + BACK_HIGH))
    slab = Block((back - POST, -half, seat - 2.4), (front, half, seat), "prop-soft")
    return [*posts, behind, slab, *rests]


def _counter(prop: Prop) -> list[Block]:
    """``at``: its edge along x, and how far it is to the side; ``size``: height."""
    x, y = (*prop.at, 0.0, 0.0)[:2]
    top = prop.size or COUNTER_TOP
    return [
        Block((x + 1.5, y - 20, 0), (x + 24, y + 20, top - 3), "prop-soft"),
        Block((x, y - 21, top - 3), (x + 24, y + 21, top)),
    ]


def _bench(prop: Prop) -> list[Block]:
    """``at``: its edge along x; ``size``: height."""
    x = prop.at[0] if prop.at else 10.0
    top = prop.size or COUNTER_TOP
    legs = [
        Block((leg, y, 0), (leg + 3, y + 3, top - 4), "prop-soft")
        for leg in (x + 2, x + 21)
        for y in (15, -18)
    ]
    return [*legs, Block((x, -21, top - 4), (x + 26, 21, top))]


def _step(prop: Prop) -> list[Block]:
    """``at``: where it begins and ends along x, and how far it is to the side; ``size``: height.

    It stands on the floor and is solid, as the lowest stair is.
    """
    start, end, aside = (*prop.at, *(0.0, 22.0, 0.0)[len(prop.at) :])
    top = prop.size or STEP_HEIGHT
    low, high = min(start, end), max(start, end)
    return [Block((low, aside - STEP_HALF, 0), (high, aside + STEP_HALF, top), "prop")]


def _wall(prop: Prop) -> list[Block]:
    """``at``: its face along x; ``size``: height. It stands behind its face, away from 0."""
    x = prop.at[0] if prop.at else 30.0
    deep = WALL if x > 0 else -WALL
    return [Block((min(x, x + deep), -24, 0), (max(x, x + deep), 24, prop.size or 104))]


def _wall_end(prop: Prop) -> list[Block]:
    """A wall that ends toward the body, its edge a grip. ``at``: edge along x, and to the side."""
    x, y = (*prop.at, 30.0, 0.0)[:2]
    return [Block((x, y - 2.5, 0), (x + 16, y + 2.5, prop.size or 104))]


def _place(prop: Prop, x: float) -> tuple[float, float]:
    """Where a thing stands along x and to the side; ``x`` where nothing is said."""
    x, y = (*prop.at, *(x, 0.0)[len(prop.at) :])[:2]
    return x, y


def _table(prop: Prop) -> list[Block]:
    """``at``: its edge along x, and how far it is to the side; ``size``: height."""
    x, y = _place(prop, 20.0)
    top = prop.size or TABLE_TOP
    legs = [
        Block((leg, y + aside, 0), (leg + 2.4, y + aside + 2.4, top - 2.4), "prop-soft")
        for leg in (x + 2, x + 29)
        for aside in (18.6, -21)
    ]
    return [*legs, Block((x, y - 23, top - 2.4), (x + 34, y + 23, top))]


def _doorway(prop: Prop) -> list[Block]:
    """Walls on both sides of an open door. ``at``: face along x, middle; ``size``: half as wide."""
    x, y = _place(prop, 12.0)
    half = prop.size or 22.0
    return [
        Block((x, y + low, 0), (x + WALL, y + high, 104))
        for low, high in ((half, half + 13), (-half - 13, -half))
    ]


def _door(prop: Prop) -> list[Block]:
    """A closed door with its handle. ``at``: face along x, middle; ``size``: handle's height."""
    x, y = _place(prop, 45.0)
    up = prop.size or HANDLE
    return [
        Block((x, y - 20, 0), (x + WALL, y + 20, 108), "prop-soft"),
        Block((x - 1.0, y - 16, up - 2.2), (x, y - 12, up + 2.2), "prop-dark"),
        Block((x - 2.4, y - 15, up - 0.8), (x - 1.0, y - 7, up + 0.8), "prop-dark"),
    ]


_BLOCKS: Final[dict[str, Callable[[Prop], list[Block]]]] = {
    "mat": _mat,
    "bed": _bed,
    "chair": _chair,
    "armchair": _armchair,
    "bench": _bench,
    "counter": _counter,
    "step": _step,
    "wall": _wall,
    "wall_end": _wall_end,
    "table": _table,
    "doorway": _doorway,
    "door": _door,
}
FURNITURE: Final = frozenset(_BLOCKS)


def blocks(prop: Prop) -> list[Block]:
    """The blocks that a thing is made of."""
    return _BLOCKS[prop.kind](prop) if prop.kind in FURNITURE else []
