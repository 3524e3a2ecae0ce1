"""What follows of an exercise from its position, purpose and effort: what is so, and what is not.

Pure. Three tables, in the codes of question 8. A test holds every built-in exercise against them.
What was not ticked and does not follow is not so only where somebody looked at the whole list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from programs.exercises.own.asked import SO_LABELS, ShortAnswers

_LYING: Final = frozenset({"supine", "hooklying", "supine_legs_up", "prone", "side_lying"})
_ON_BACK: Final = frozenset({"supine", "hooklying", "supine_legs_up"})
ON_FEET: Final = frozenset(
    {
        "standing",
        "single_leg_standing",
        "step_standing",
        "tandem_standing",
        "wall_leaning",
        "lunge",
    }
)
_FLOOR: Final = _LYING | {
    *("prone_on_elbows", "plank", "side_plank", "kneeling", "half_kneeling", "hands_and_knees"),
    *("prone_over_ball", "long_sitting"),
}
_STANDING_ONLY: Final = frozenset({"uphill", "hold_two", "hold_one", "hold_none"})
"""What nobody does who does not stand or walk."""
SKIN: Final = frozenset({"warm", "cold", "current"})
PRESSES: Final = frozenset({"presses_light", "presses_firm", "presses_deep"})
_HEAVY: Final = frozenset({"back_heavy", "high_impact", "above_easy"})
IMPLIED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "supine": frozenset({"supine_prolonged"}),
        "hooklying": frozenset({"supine_prolonged"}),
        "supine_legs_up": frozenset({"supine_prolonged"}),
        "prone": frozenset({"prone_abdomen_pressure"}),
        "prone_on_elbows": frozenset({"prone_abdomen_pressure", "arms_some"}),
        "prone_over_ball": frozenset(
            {"prone_abdomen_pressure", "exercise_ball", "balance_demand", "legs_bear"}
        ),
        "kneeling": frozenset({"kneeling", "legs_bear"}),
        "half_kneeling": frozenset({"kneeling", "balance_demand", "legs_bear"}),
        "hands_and_knees": frozenset({"kneeling", "legs_bear", "arms_some"}),
        "plank": frozenset({"abdominal_wall_load", "legs_bear"}),
        "side_plank": frozenset({"legs_bear"}),
        "single_leg_standing": frozenset({"legs_bear", "balance_demand"}),
        "lunge": frozenset({"legs_bear", "balance_demand"}),
        "step_standing": frozenset({"legs_bear", "balance_demand"}),
        "tandem_standing": frozenset({"legs_bear", "balance_demand"}),
        "standing": frozenset({"legs_bear"}),
        "wall_leaning": frozenset({"legs_bear"}),
    }
)
"""Position → what is then surely so."""
IMPLIED_BY_PURPOSE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"balance": frozenset({"balance_demand"})}
)


def _not_in(position: str) -> frozenset[str]:
    """What is surely not so in a position."""
    out: set[str] = set()
    if position in _FLOOR or position == "sitting":
        out |= {"uphill"}
    if position in _FLOOR - {"half_kneeling", "kneeling"}:
        out |= _STANDING_ONLY
    if position in ON_FEET:
        out |= {"supine_prolonged", "both_legs_lifted", "kneeling"}
    if position == "sitting":
        out |= {"supine_prolonged", "kneeling"}
    if position in _LYING:
        out |= {"kneeling"}
    return frozenset(out)


NOT_IN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {position: _not_in(position) for position in (*_FLOOR, *ON_FEET, "sitting")}
)
"""Position → what is then surely not so."""
_NO_TREATMENT: Final = SKIN | {"hangs"}
NOT_FOR: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("strengthen", "balance", "aerobic", "posture", "relax"), PRESSES | _NO_TREATMENT
        ),
        **dict.fromkeys(("stretch", "restore_motion"), PRESSES | SKIN),
        "decompress": SKIN,
        "daily_life": PRESSES | {"hangs"},
    }
)
"""Purpose → what is then not so, unless somebody ticks it."""
_AT_REST: Final = _HEAVY | {"breath_out", "abdominal_wall_load", "both_legs_lifted"}
NOT_WITH: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "relaxed_breathing": _AT_REST | {"uphill", "hold_none"},
        "passive_stretch": frozenset({"high_impact", "uphill", "both_legs_lifted"}),
        "education": _AT_REST | PRESSES,
        "thermal": _AT_REST | {"uphill", "hold_none", "hold_one", "hold_two"},
    }
)
"""Effort → what is then surely not so."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Of the list of question 8: what is so, and what is not; the rest nobody knows."""

    yes: frozenset[str]
    no: frozenset[str]

    def first(self, *pairs: tuple[str, str], otherwise: str) -> str:
        """The value of the first code that is so; where none is, ``otherwise``.

        Empty where nobody knows. Pairs are of code and value, the gravest first.
        """
        for code, value in pairs:
            if code in self.yes:
                return value
            if code not in self.no:
                return ""
        return otherwise


def known(a: ShortAnswers) -> Settled:
    """What is so and what is not, by what was ticked and what follows."""
    yes = a.so | IMPLIED.get(a.position, frozenset()) | IMPLIED_BY_PURPOSE.get(a.phase, frozenset())
    tables = ((NOT_IN, a.position), (NOT_FOR, a.phase), (NOT_WITH, a.effort))
    no = frozenset().union(*(table.get(key, frozenset()) for table, key in tables))
    if a.looked:
        no = frozenset(SO_LABELS)
    return Settled(yes, no - yes)


def follows(a: ShortAnswers) -> Settled:
    """What follows from position, purpose and effort alone, without anything that was ticked."""
    plain = ShortAnswers(phase=a.phase, position=a.position, effort=a.effort)
    return known(plain)
