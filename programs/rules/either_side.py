"""An exercise of which nobody knows whether it is for one side: how it must be written.

Pure. It is given for a treated side, so that the rules look at the left and at the right. What
would be of one limb counts for both, and what goes to one side goes both ways, as it would without
a side: so it is never judged more mildly than it would be either way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from programs.rules.movements import LIMB_PARTS
from programs.rules.traits import Traits

SIDE_UNKNOWN: Final = "sided"
"""Its name among what nobody has said."""
_TWINS: Final = ("side_bend", "rotation")


def twin_of(direction: str) -> str:
    """The same both ways, of a bend or a turn toward or away from the treated side; else empty."""
    move, _, way = direction.rpartition("_")
    return f"{move}_both" if move in _TWINS and way in {"toward", "away"} else ""


def either_limb(part: str) -> str:
    """Both, of an arm or a leg; every other part as it is."""
    return f"{part.rpartition('_')[0]}_both" if part in LIMB_PARTS else part


def fault_of(t: Traits) -> tuple[str, str] | None:
    """Key and reason, where nobody knows the side and something is written as if it were known."""
    if SIDE_UNKNOWN not in t.unknown:
        return None
    if not t.sided:
        return "sided", "must be true where nobody knows"
    for key in ("kneels_on", "arm_load_on"):
        if getattr(t, key) != "both":
            return key, "must be both where nobody knows the side"
    if t.leg_load != t.leg_load_other:
        return "leg_load_other", "must be the same where nobody knows the side"
    for m in t.movements:
        twin = twin_of(m.direction)
        both_ways = not twin or replace(m, direction=twin) in t.movements
        if either_limb(m.part) != m.part or not both_ways:
            return "movement", f"'{m.part} {m.direction}' needs a side that is known"
    return None
