"""An exercise by what it is, without its words."""

from __future__ import annotations

from typing import Any

from programs.rules.movements import Movement
from programs.rules.traits import Traits


def _move(words: str) -> Movement:
    part, direction, reach, mode, *degrees = words.split()
    return Movement(part, direction, reach, mode, int(degrees[0]) if degrees else None)


def made(position: str, *moves: str, sided: bool = True, **traits: Any) -> Traits:
    """An exercise that builds strength where nothing else is said."""
    flags = frozenset(traits.pop("flags", "").split())
    legs = traits.pop("legs", "none none").split()
    regions = frozenset(traits.pop("regions", "").split())
    given = {"kind": "exercise", "phase": "strengthen", "effort": "strength", **traits}
    return Traits(
        sided=sided,
        position=position,
        movements=tuple(map(_move, moves)),
        flags=flags,
        leg_load=legs[0],
        leg_load_other=legs[-1],
        regions=regions,
        **given,
    )
