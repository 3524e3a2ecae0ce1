"""What is read with care: words that an entry was never asked for. Pure.

What was never asked is not a no. A practice's own exercise that was described before a word existed
is taken to be what the word says, unless the rest of the description rules it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from programs.rules.movements import SPINE_PARTS
from programs.rules.traits import Traits

EDITION: Final = 3
"""Of the words for an exercise."""
SINCE_EDITION_2: Final = frozenset(
    {"head_tipped_back", "uphill", "both_legs_lifted", "above_easy", "self_mobilisation"}
)
SINCE_EDITION_3: Final = frozenset(
    {"abdominal_wall_load", "head_position_change", "complex_sequence"}
)
LEG_LOAD_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "standing": "full",
        "single_leg_standing": "full",
        "step_standing": "full",
        "tandem_standing": "full",
        "wall_leaning": "full",
        "lunge": "full",
        "kneeling": "full",
        "half_kneeling": "full",
        "hands_and_knees": "partial",
        "plank": "partial",
        "side_plank": "partial",
        "prone_over_ball": "partial",
    }
)
"""Position → the weight on each leg where an entry does not say it; the rest is none."""
_WORKS: Final = frozenset({"active_motion", "isometric", "strength", "endurance"})


def leg_load_of(kind: str, phase: str, position: str) -> str:
    """The weight on each leg where an entry does not say it."""
    if kind == "advice":
        return "none"
    if position == "any" and phase == "aerobic":
        return "full"
    return LEG_LOAD_OF.get(position, "none")


def careful(traits: Traits, edition: int) -> Traits:
    """The traits of an entry that was described with the words of an earlier edition."""
    if edition < 2:
        traits = replace(traits, flags=traits.flags | _since_2(traits))
    return _since_3(traits) if edition < EDITION else traits


def _since_2(traits: Traits) -> set[str]:
    lying = traits.position in {"supine", "hooklying", "any"}
    open_to = {
        "head_tipped_back": any(
            m.part in SPINE_PARTS and m.direction == "extension" for m in traits.movements
        ),
        "uphill": traits.phase == "aerobic" and traits.position in {"standing", "any"},
        "both_legs_lifted": lying and traits.effort in _WORKS,
        "above_easy": traits.effort in {"strength", "endurance"} or traits.phase == "aerobic",
        "self_mobilisation": traits.pressure != "none" or traits.effort == "self_release",
    }
    return {code for code, holds in open_to.items() if holds}


def _since_3(traits: Traits) -> Traits:
    """The weight on the legs is known by the position; see :data:`LEG_LOAD_OF`."""
    moving = traits.kind != "advice"
    works = moving and traits.effort in _WORKS
    hard = traits.effort in {"isometric", "strength"}
    flags = {
        "abdominal_wall_load": hard and bool(traits.flags & {"head_lift", "needs_core_control"}),
        "head_position_change": any(m.part == "neck" for m in traits.movements),
        "complex_sequence": works and "teach_first" in traits.flags,
    }
    leg = {(m.part.split("_")[0], m.direction) for m in traits.movements}
    pulls = traits.effort == "passive_stretch" and ("knee", "extension") in leg
    return replace(
        traits,
        flags=traits.flags | {code for code, holds in flags.items() if holds},
        balance="no_hands" if "balance_demand" in traits.flags else traits.balance,
        external_load="weight" if works and "high_impact" in traits.flags else "none",
        nerve_tension="slider" if pulls else traits.nerve_tension,
    )
