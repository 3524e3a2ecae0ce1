"""Whether a limb passes through what is solid: the body itself, furniture, a ball, a wall's end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from programs.figures.furniture import Block, blocks
from programs.figures.geometry import Vec, length, sub
from programs.figures.pose import SURFACES, Pose, Prop
from programs.figures.props import BALL, ROLLER
from programs.figures.skeleton import Skeleton
from programs.figures.solids import (
    HEAD_REACH,
    REACH,
    Limb,
    Trunk,
    inside,
    limbs,
    outside_block,
    outside_head,
    overlap,
)

HARD: Final = 1.0
"""Units that a limb may lie in a thing or in the head."""
_SOFT: Final = 1.6
"""Units that an arm may press into the trunk beside it; flesh gives."""
YIELDS: Final = 2.0
"""Units that a limb may press into a large ball."""
HELD: Final = 2.5
"""Units that two limbs may press into each other, or a hand into the part that it holds."""
_SOLID: Final = frozenset(
    {"chair", "armchair", "bench", "counter", "wall_end", "step", "table", "doorway", "door"}
)


def passes(found: Skeleton, trunk: Trunk, pose: Pose, props: Sequence[Prop]) -> Iterator[str]:
    """What a limb of this body passes through, with the depth at the deepest place."""
    parts = list(limbs(found))
    yield from _limbs_pass(parts, parts, found, trunk, pose, props)
    yield from _trunk_in_things(props, trunk)


def limb_passes(
    whose: str, side: str, found: Skeleton, trunk: Trunk, pose: Pose, props: Sequence[Prop]
) -> Iterator[str]:
    """What ``passes`` tells of one arm, by its ``hand``, or of one leg, by its ``foot``."""
    parts = list(limbs(found))
    asked = [limb for limb in parts if (limb.whose, limb.side) == (whose, side)]
    return _limbs_pass(asked, parts, found, trunk, pose, props)


def _limbs_pass(
    asked: Sequence[Limb],
    parts: Sequence[Limb],
    found: Skeleton,
    trunk: Trunk,
    pose: Pose,
    props: Sequence[Prop],
) -> Iterator[str]:
    """What those that are asked for pass through: body, things, and limbs that come after them."""
    things = [(prop, list(_things(prop))) for prop in props]
    for limb in asked:
        for name, outside, most in _bodies(limb, found, trunk, pose):
            yield from _told(limb, name, inside(limb, outside), most)
        for prop, solids in things:
            for name, outside, most in solids:
                if not _clear(limb, outside, most) and not _grips(limb, pose, prop):
                    yield from _told(limb, name, inside(limb, outside), most)
    for one in asked:
        for two in parts[parts.index(one) + 1 :]:
            if _apart(one, two):
                yield from _told(one, f"{two.name} {two.side}", overlap(one, two), HELD)


def passes_helper(found: Skeleton, helper: Skeleton) -> Iterator[str]:
    """What a helper's arm or leg passes through of whoever is helped; a hand may press in."""
    trunk, helped = Trunk(found), list(limbs(found))
    for limb in limbs(helper):
        depths = [(f"{part.name} {part.side}", overlap(limb, part)) for part in helped]
        for name, deep in [("trunk", inside(limb, trunk.outside)), *depths]:
            for text in _told(limb, f"{name} of whoever is helped", deep, HELD):
                yield f"helper: {text}"


def _clear(limb: Limb, outside: Callable[[Vec], float], most: float) -> bool:
    """Whether it is so far from a thing that no place of it needs to be looked at."""
    middle, reach = limb.around
    return reach - outside(middle) <= most


def _told(limb: Limb, name: str, deep: float, most: float) -> Iterator[str]:
    if deep > most:
        yield f"the {limb.name} {limb.side} is {deep:.1f} units inside the {name}"


def _bodies(
    limb: Limb, found: Skeleton, trunk: Trunk, pose: Pose
) -> Iterator[tuple[str, Callable[[Vec], float], float]]:
    if limb.name != "foot" and may_reach(limb, trunk.middle, REACH):
        yield "trunk", trunk.outside, HELD if _holds(limb, pose) else _SOFT
    if may_reach(limb, found.points["head"], HEAD_REACH):
        yield "head", partial(outside_head, found), HARD


def may_reach(limb: Limb, middle: Vec, reach: float) -> bool:
    """Whether a place along its middle may be so near: beyond, nothing is asked how far it is."""
    where, _ = limb.around
    half = length(sub(limb.end, limb.start)) / 2
    return length(sub(where, middle)) <= reach + half + 1e-9


def outsides(prop: Prop) -> list[Callable[[Vec], float]]:
    """How far outside of a thing, or of each of its blocks, a point is."""
    if prop.kind == "exercise_ball":
        return [partial(_outside_ball, prop)]
    return [partial(outside_block, block) for block in blocks(prop)]


def _things(prop: Prop) -> Iterator[tuple[str, Callable[[Vec], float], float]]:
    name = prop.kind.replace("_", " ")
    if prop.kind in _SOLID:
        for block in blocks(prop):
            yield name, partial(outside_block, block), HARD
    elif prop.kind == "exercise_ball":
        yield name, partial(_outside_ball, prop), YIELDS
    elif prop.kind == "foam_roller":
        yield name, partial(_outside_roller, prop), HARD


def _outside_ball(prop: Prop, p: Vec) -> float:
    r = prop.size or BALL
    x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
    return length(sub(p, (x, y, z))) - r


def _outside_roller(prop: Prop, p: Vec) -> float:
    r = prop.size or ROLLER
    x, y, z = (*prop.at, *(0.0, 0.0, r)[len(prop.at) :])
    return length(sub((p[0], max(-14.0, min(14.0, p[1] - y)), p[2]), (x, p[1] - y, z))) - r


def _holds(limb: Limb, pose: Pose) -> bool:
    """Whether the pose lets a hand, and so the forearm before it, lie on the body."""
    touch = pose.touches.get(f"{limb.whose}_{limb.side}")
    return limb.name in ("hand", "forearm") and touch is not None and touch.on not in SURFACES


def _grips(limb: Limb, pose: Pose, prop: Prop) -> bool:
    """Whether a hand closes round the edge of a thing."""
    touch = pose.touches.get(f"hand_{limb.side}")
    return limb.name == "hand" and touch is not None and touch.grip and prop.kind == "wall_end"


def _apart(one: Limb, two: Limb) -> bool:
    """Whether two parts are of different limbs, and neither two thighs nor two clasped hands."""
    if one.name == two.name and one.name in ("thigh", "hand"):
        return False
    return one.side != two.side or one.whose != two.whose


def _trunk_in_things(props: Sequence[Prop], trunk: Trunk) -> Iterator[str]:
    for prop in props:
        if prop.kind in _SOLID:
            deep = max(_trunk_deep(block, trunk) for block in blocks(prop))
            if deep > HARD:
                yield f"the trunk is {deep:.1f} units inside the {prop.kind.replace('_', ' ')}"


def _trunk_deep(block: Block, trunk: Trunk) -> float:
    """How deep the trunk lies in a block; below nothing, by how far it is clear of it at least."""
    clear = outside_block(block, trunk.middle) - trunk.reach
    return -clear if clear > 0 else max(-outside_block(block, p) for p in trunk.skin)
