"""Weeks for which the rules hold exercises back, that a practice may set for itself. Pure.

Kept is only what a practice has set and what differs from the default, by name. Where ``low`` is
the default, a practice may only be stricter: there the surgeon's word for one patient is recorded
at the case, or a slip would cost a second operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LIMIT_GROUPS: Final = {
    "spine": "Neck and back",
    "shoulder": "Shoulder",
    "hip_knee": "Hip and knee",
    "ankle": "Ankle",
    "body": "Legs, tendons and births",
}
_UNCHECKED: Final = "from memory, unchecked"
_OURS: Final = "our inference"
_CUFF: Final = "cuff repair protocols of four clinics, which differ"


@dataclass(frozen=True, slots=True)
class WeekLimit:
    """One number of weeks: its words, its bounds, and where the default comes from."""

    name: str
    group: str
    label: str
    holds: str
    default: int
    low: int
    high: int
    source: str

    @property
    def stricter_only(self) -> bool:
        """Whether a practice may make it longer, and never shorter."""
        return self.low == self.default

    @property
    def help_text(self) -> str:
        """What it does, its bounds, its default and its source."""
        bounds = f"From {self.low} to {self.high}"
        bounds += ", never shorter than the default." if self.stricter_only else "."
        return f"{self.holds} {bounds} Default {self.default}: {self.source}."


def _table() -> Iterator[WeekLimit]:
    spine, shoulder, leg, ankle, body = LIMIT_GROUPS
    for row in (
        ("neck_surgery_weeks", spine, "after neck surgery",
         "Weeks without strength work, stretching or end range of the neck.",
         12, 6, 52, _UNCHECKED),
        ("decompression_load_weeks", spine, "after decompression or discectomy: load",
         "Weeks without heavy load, lifting from the floor or nerve stretching at both ends.",
         12, 6, 52, _OURS),
        ("fusion_load_weeks", spine, "after lumbar fusion: load",
         "Weeks without heavy weights and jumping, unless the surgeon has lifted the limits.",
         24, 24, 104, _OURS),
        ("dislocation_weeks", shoulder, "after a shoulder came out",
         "Weeks without the positions in which it comes out.",
         12, 6, 52, "sheets of three NHS hospitals"),
        ("cuff_active_weeks", shoulder, "after cuff repair: own movement",
         "Weeks in which the other hand moves the arm.", 6, 4, 26, _CUFF),
        ("cuff_active_large_weeks", shoulder, "after large cuff repair: own movement",
         "The same for a large tear, or one of unknown size.", 9, 6, 26, _CUFF),
        ("cuff_load_weeks", shoulder, "after cuff repair: load",
         "Weeks without weight on the arm or in the hand.", 12, 8, 52, _CUFF),
        ("cuff_load_large_weeks", shoulder, "after large cuff repair: load",
         "Weeks without band and weight for a large tear, or one of unknown size.",
         16, 12, 52, _CUFF),
        ("cuff_overhead_weeks", shoulder, "after cuff repair: overhead load",
         "Weeks without load above the head.", 20, 12, 104, _CUFF),
        ("shoulder_surgery_weeks", shoulder, "after stabilising or replacing a shoulder",
         "Weeks without the positions in which it comes out, and without weight on a new joint.",
         12, 6, 52, _UNCHECKED),
        ("hip_abduction_weeks", leg, "after hip replacement from the side",
         "Weeks without lifting the leg sideways by its own strength.",
         6, 6, 52, "hospital sheets on hip precautions"),
        ("knee_replacement_load_weeks", leg, "after knee replacement: load",
         "Weeks without jumps and without deep bends under full weight.",
         12, 6, 52, "hospital sheets; the angle is our inference"),
        ("acl_bend_weeks", leg, "after ACL reconstruction: bend",
         "Weeks without a bend beyond 60 degrees under full weight.", 4, 2, 26, _UNCHECKED),
        ("acl_weeks", leg, "after ACL reconstruction: care",
         "Weeks without straightening the last 45 degrees against a load.",
         12, 8, 52, _UNCHECKED),
        ("acl_impact_weeks", leg, "after ACL reconstruction: running",
         "Weeks without running and jumping.", 16, 16, 104, _UNCHECKED),
        ("acl_sport_weeks", leg, "after ACL reconstruction: sport",
         "Weeks in which running and jumping go by test.", 36, 24, 104, _UNCHECKED),
        ("meniscus_weeks", leg, "after meniscus repair",
         "Weeks without a bend beyond 60 degrees under load.", 8, 6, 52, _UNCHECKED),
        ("meniscus_care_weeks", leg, "after meniscus repair: care",
         "Weeks of care with squats and steps.", 12, 8, 52, _UNCHECKED),
        ("sprain_weeks", ankle, "after an ankle sprain",
         "Weeks of holding on in balance work.", 6, 2, 26, _OURS),
        ("achilles_weeks", ankle, "after Achilles repair: stretch",
         "Weeks without a stretch of the calf.", 12, 8, 52, _UNCHECKED),
        ("achilles_single_weeks", ankle, "after Achilles repair: one leg",
         "Weeks without a heel raise on that leg alone.", 16, 12, 52, _UNCHECKED),
        ("achilles_impact_weeks", ankle, "after Achilles repair: hops",
         "Weeks without hops.", 24, 24, 104, _UNCHECKED),
        ("weight_order_weeks", body, "weight-bearing order asked for",
         "Weeks after surgery of a leg in which the surgeon’s order must be recorded.",
         12, 12, 52, _OURS),
        ("tendon_injection_weeks", body, "after a steroid injection at a tendon: rest",
         "Weeks without loading that tendon.", 2, 2, 26, _UNCHECKED),
        ("tendon_caution_weeks", body, "after a steroid injection at a tendon: care",
         "Weeks of care with loading that tendon.", 6, 2, 52, _UNCHECKED),
        ("postnatal_early_weeks", body, "after a birth: first weeks",
         "Weeks in which breathing, pelvic floor and walking come first.", 6, 6, 26, _OURS),
    ):  # fmt: skip
        yield WeekLimit(*row)


WEEK_LIMITS: Final = {limit.name: limit for limit in _table()}
_IN_ORDER: Final = (
    ("tendon_injection_weeks", "tendon_caution_weeks"),
    ("cuff_active_weeks", "cuff_active_large_weeks"),
    ("cuff_load_weeks", "cuff_load_large_weeks"),
    ("cuff_load_weeks", "cuff_overhead_weeks"),
    ("acl_bend_weeks", "acl_weeks"),
    ("meniscus_weeks", "meniscus_care_weeks"),
    ("acl_impact_weeks", "acl_sport_weeks"),
    ("achilles_weeks", "achilles_single_weeks"),
    ("achilles_single_weeks", "achilles_impact_weeks"),
)


def week_limits(own: Mapping[str, int]) -> dict[str, int]:
    """Every limit of a practice that has set these."""
    return {name: own.get(name, limit.default) for name, limit in WEEK_LIMITS.items()}


def own_limits_of(chosen: Mapping[str, int]) -> dict[str, int]:
    """What of these differs from the default, as it is kept."""
    return {
        name: chosen[name]
        for name, limit in WEEK_LIMITS.items()
        if chosen.get(name, limit.default) != limit.default
    }


def limit_errors(own: object) -> dict[str, str]:
    """What is wrong with limits as they are kept: name → words; empty where nothing is."""
    if not isinstance(own, dict):
        return {"own_limits": "Weeks by the name of the limit."}
    errors = {str(name): "No such limit." for name in own if name not in WEEK_LIMITS}
    for name, limit in WEEK_LIMITS.items():
        weeks = own.get(name, limit.default)
        if type(weeks) is not int or not limit.low <= weeks <= limit.high:
            errors[name] = f"Choose a whole number from {limit.low} to {limit.high}."
    return errors or _disorder(week_limits(own))


def _disorder(weeks: Mapping[str, int]) -> dict[str, str]:
    """Limits that end before a lesser one does, told at the one that is to be longer."""
    return {
        late: f"This must be no less than “{WEEK_LIMITS[early].label}”, which is {weeks[early]}."
        for early, late in _IN_ORDER
        if weeks[late] < weeks[early]
    }
