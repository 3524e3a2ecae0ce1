"""Which lines of question 8 are likely for an exercise, to be read before the rest.

Pure. It only puts the list in order: what is not likely here is asked all the same, and counts as
possible until somebody has looked at it. A test holds it against the built-in exercises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from programs.exercises.own.asked import MOVING
from programs.exercises.own.follows import ON_FEET, PRESSES, SKIN
from programs.rules.traits import POSITIONS

_LYING: Final = frozenset(
    {"supine", "hooklying", "supine_legs_up", "prone", "prone_on_elbows", "side_lying"}
)
_ON_BACK: Final = frozenset({"supine", "hooklying", "supine_legs_up"})
_KNEELING: Final = frozenset({"kneeling", "half_kneeling", "hands_and_knees"})
_ON_ARMS: Final = frozenset({"plank", "side_plank", "hands_and_knees", "prone_over_ball"})
_HOLDING: Final = frozenset({"hold_two", "hold_one", "hold_none"})


def _in(position: str) -> frozenset[str]:
    """What is likely in a position."""
    out: set[str] = set()
    if position in _LYING | {"long_sitting"}:
        out |= {"floor_transfer", "on_bed"}
    if position in _ON_BACK:
        out |= {"head_lift"}
    if position in _KNEELING | _ON_ARMS:
        out |= {"floor_transfer", "arms_some", "kneeling"}
    if position in _KNEELING:
        out |= {"head_below_heart", "balance_demand"}
    if position in _ON_ARMS:
        out |= {"needs_core_control", "breath_held"}
    if position in {"plank", "side_plank"}:
        out |= {"arms_all", "back_works"}
    if position in ON_FEET | {"half_kneeling"}:
        out |= _HOLDING | {"balance_demand"}
    if position in ON_FEET - {"standing"}:
        out |= {"one_leg", "other_leg"}
    if position == "sitting":
        out |= {"legs_bear", "back_works"}
    if position == "any":
        out |= {"on_bed"}
    return frozenset(out)


LIKELY_IN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {position: _in(position) for position in POSITIONS}
)
LIKELY_FOR: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "settle": SKIN,
        "relax": frozenset({"breath_out"}),
        "release": PRESSES | {"self_mobilisation", "teach_first"},
        "stretch": frozenset({"nerve_glides", "nerve_pulled"}),
        "restore_motion": frozenset({"symptom_response", "nerve_glides"}),
        "decompress": frozenset({"hangs", "helped", "teach_first", "arms_all", "presses_firm"}),
        "strengthen": frozenset(
            {"breath_held", "needs_core_control", "core_activation", "back_works", "above_easy"}
        ),
        "balance": _HOLDING | {"one_leg", "head_position_change"},
        "aerobic": frozenset({"above_easy", "uphill", "high_impact"}),
    }
)
"""Purpose → what is then likely."""
LIKELY_MOVING: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "lumbar": frozenset({"back_works", "symptom_response"}),
        "thoracic": frozenset({"arms_overhead"}),
        "neck": frozenset({"neck_works", "head_lift", "head_tipped_back", "head_position_change"}),
        "shoulder": frozenset({"arms_overhead", "arms_some"}),
        "elbow": frozenset({"arms_some"}),
        "wrist": frozenset({"arms_some"}),
        "ankle": frozenset({"legs_bear"}),
    }
)
"""Part of the body that moves → what is then likely."""
_PARTS: Final = frozenset(part for _, parts in MOVING for part, *_ in parts)


def likely(phase: str, position: str, moves: Iterable[str]) -> frozenset[str]:
    """The codes of question 8 to read first; none before a purpose or a position is chosen."""
    parts = {code.partition(":")[0] for code in moves} & _PARTS
    found = [LIKELY_MOVING.get(part, frozenset()) for part in parts]
    none: frozenset[str] = frozenset()
    return none.union(LIKELY_IN.get(position, none), LIKELY_FOR.get(phase, none), *found)
