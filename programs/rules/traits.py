"""What the rules see of an exercise: the words for how it moves, loads and places the body.

Pure. Directions are relative to the treated side: ``away`` bends the trunk to the other side,
``toward`` bends it to the treated side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

KINDS: Final = MappingProxyType(
    {
        "exercise": "Exercise",
        "release": "Self-massage",
        "advice": "Advice",
        "test": "Clinic test",
        "restricted": "With a professional only",
    }
)
NEVER_PRESCRIBED: Final = frozenset({"test", "restricted"})
PURPOSES: Final = MappingProxyType(
    {
        "settle": "Settle symptoms",
        "release": "Release tight muscles",
        "stretch": "Stretch",
        "decompress": "Ease pressure",
        "restore_motion": "Get moving",
        "strengthen": "Build strength",
        "aerobic": "Walk, cycle, keep fit",
        "posture": "Posture",
        "daily_life": "Daily life",
        "assess": "Assess in the clinic",
    }
)
"""Purposes in the order a program lists them."""
REGIONS: Final = MappingProxyType(
    {
        "low_back": "Low back",
        "trunk_side": "Side of the trunk",
        "abdomen": "Belly",
        "pelvis": "Pelvis",
        "hip": "Hip",
        "buttock": "Buttock",
        "thigh": "Thigh",
        "calf": "Calf",
        "shoulder": "Shoulder",
        "neck": "Neck",
        "whole_body": "Whole body",
    }
)
POSITIONS: Final = MappingProxyType(
    {
        "supine": "Lying on the back",
        "hooklying": "Lying on the back, knees bent",
        "prone": "Lying on the front",
        "prone_over_ball": "Lying over a ball",
        "side_lying": "Lying on the side",
        "sitting": "Sitting",
        "standing": "Standing",
        "single_leg_standing": "Standing on one leg",
        "half_kneeling": "Kneeling on one knee",
        "kneeling": "Kneeling",
        "hands_and_knees": "Hands and knees",
        "lunge": "Lunge",
        "any": "Any position",
    }
)
SPINE_PARTS: Final = frozenset({"lumbar", "thoracic", "neck"})
LIMB_PARTS: Final = frozenset(
    f"{joint}_{which}"
    for joint in ("hip", "knee", "ankle", "shoulder")
    for which in ("treated", "other", "both")
)
PARTS: Final = SPINE_PARTS | LIMB_PARTS | {"pelvis"}
SIDED_DIRECTIONS: Final = frozenset(
    f"{move}_{where}" for move in ("side_bend", "rotation", "shift") for where in ("away", "toward")
)
SPINE_DIRECTIONS: Final = frozenset(
    {"flexion", "extension", "traction", "compression", "neutral"}
    | {f"{m}_{w}" for m in ("side_bend", "rotation") for w in ("away", "toward", "both")}
)
PELVIS_DIRECTIONS: Final = frozenset(
    {"anterior_tilt", "posterior_tilt", "shift_toward", "shift_away"}
)
LIMB_DIRECTIONS: Final = frozenset(
    {
        "flexion",
        "extension",
        "abduction",
        "adduction",
        "internal_rotation",
        "external_rotation",
        "dorsiflexion",
        "plantarflexion",
    }
)
RANGES: Final = ("inner", "mid", "end")
"""Farthest point of the movement's range that is reached, smallest first."""
MODES: Final = frozenset({"hold", "repeated", "oscillation", "isometric", "gait", "posture"})
"""``posture``: the joint only stays there while something else is done."""
SPINE_LOADS: Final = ("unloaded", "low", "moderate", "high")
ARM_LOADS: Final = ("none", "partial", "full")
NECK_LOADS: Final = ("none", "active")
LIMBS: Final = MappingProxyType(
    {"both": "Both sides", "treated": "The treated side", "other": "The other side"}
)
"""Which knee or arm bears weight. What is not said is both."""
EFFORTS: Final = frozenset(
    {
        "passive_stretch",
        "active_motion",
        "assisted_motion",
        "isometric",
        "strength",
        "endurance",
        "relaxed_breathing",
        "self_release",
        "traction",
        "thermal",
        "education",
    }
)
FLAGS: Final = MappingProxyType(
    {
        "head_below_heart": "Head lower than the heart",
        "supine_prolonged": "Stays lying on the back",
        "floor_transfer": "Needs getting down to the floor and up",
        "kneeling": "Weight on a knee",
        "balance_demand": "Needs balance",
        "prone_abdomen_pressure": "Pressure on the belly",
        "arms_overhead": "Arm above shoulder height",
        "head_lift": "Head lifted against gravity",
        "exercise_ball": "On a large ball",
        "needs_core_control": "Needs the core held steady",
        "core_activation": "Teaches the core to switch on",
        "static_stretch": "Slow held stretch",
        "teach_first": "Show it in the clinic first",
        "symptom_response": "Needs the response watched",
        "high_impact": "High impact or heavy lifting",
        "head_tipped_back": "Head tipped back",
        "uphill": "Walks uphill",
        "both_legs_lifted": "Both legs in the air at once, held by the belly",
        "above_easy": "Effort above easy",
        "self_mobilisation": "Moves a joint with own hands",
    }
)
EDITION: Final = 2
"""Of these words. What a practice wrote with an earlier one is read with care."""
SINCE_EDITION_2: Final = frozenset(
    {"head_tipped_back", "uphill", "both_legs_lifted", "above_easy", "self_mobilisation"}
)
PRESSURES: Final = ("none", "light", "moderate", "deep")
CONTACTS: Final = frozenset({"low_back", "trunk_side", "abdomen"})
BREATHING: Final = frozenset({"none", "breath_hold_possible", "forced_exhale"})
MODALITIES: Final = frozenset({"none", "cold", "heat", "electrotherapy", "inversion"})
TOPICS: Final = frozenset(
    {
        "medicine",
        "core_in_daily_life",
        "sleep_on_back",
        "sleep_on_side",
        "sitting",
        "repeated_bending",
        "stay_active",
        "space_and_clothes",
        "stretch_technique",
        "posture_hyperlordosis",
        "posture_anterior_pelvic_tilt",
        "posture_lateral_pelvic_tilt",
        "posture_scoliosis",
        "cold",
    }
)
TRANSIENT_RISES: Final = MappingProxyType(
    {
        "no": "No rise in symptoms is expected",
        "during_only": "A rise is allowed during the exercise",
        "during_and_5min": "A rise is allowed during and for the practice's minutes after",
    }
)
SOURCES: Final = MappingProxyType(
    {
        "S0": "Lumbar foraminal stenosis exercises (a practitioner's guide)",
        "S1": "Sciatica exercises for spinal stenosis (a spine information site)",
        "S2": "5 lumbar radiculopathy exercises (Alliance Physical Therapy Partners)",
        "S3": "Lumbar extension: purpose, exercises, and more (Verywell Health)",
        "S4": "Exercises and stretches for lower back pain (HealthSoul)",
        "project": "Written for this project; no source gives the detail",
        "own": "Written by the practice itself",
    }
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of one body part.

    ``range`` is the farthest point reached. ``degrees`` is the largest joint angle where a limit
    depends on it (hip and knee flexion); ``None`` where no rule needs it.
    """

    part: str
    direction: str
    range: str
    mode: str
    degrees: int | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """What the rules see of an exercise: how it moves, loads and places the body.

    ``arm_load_on`` and ``kneels_on`` say which arm and knee bear weight, where any does.
    """

    kind: str
    phase: str
    sided: bool
    position: str
    movements: tuple[Movement, ...] = ()
    spine_load: str = "unloaded"
    arm_load: str = "none"
    arm_load_on: str = "both"
    kneels_on: str = "both"
    neck_load: str = "none"
    effort: str = "education"
    flags: frozenset[str] = frozenset()
    pressure: str = "none"
    contact: frozenset[str] = frozenset()
    breathing: str = "none"
    modality: str = "none"
    topics: frozenset[str] = frozenset()
    equipment: tuple[str, ...] = ()
    helper: bool = False
    on_bed: bool = False
    """Whether it can be done on a bed: a bed is among what it needs or what can help."""

    @property
    def required(self) -> tuple[str, ...]:
        """Equipment codes, and ``helper``, without which it cannot be done; sorted."""
        return tuple(sorted((*self.equipment, *(("helper",) if self.helper else ()))))


def is_relative(movement: Movement) -> bool:
    """Whether the movement's meaning depends on the treated side."""
    return movement.direction in SIDED_DIRECTIONS or movement.part.endswith(("_treated", "_other"))


def careful(traits: Traits) -> Traits:
    """The traits of an entry described before :data:`SINCE_EDITION_2` was asked.

    Each of them is taken for true unless the rest of the description rules it out: what was never
    asked is not a no.
    """
    lying = traits.position in {"supine", "hooklying", "any"}
    works = traits.effort in {"active_motion", "isometric", "strength", "endurance"}
    open_to = {
        "head_tipped_back": any(
            m.part in SPINE_PARTS and m.direction == "extension" for m in traits.movements
        ),
        "uphill": traits.phase == "aerobic" and traits.position in {"standing", "any"},
        "both_legs_lifted": lying and works,
        "above_easy": traits.effort in {"strength", "endurance"} or traits.phase == "aerobic",
        "self_mobilisation": traits.pressure != "none" or traits.effort == "self_release",
    }
    return replace(traits, flags=traits.flags | {code for code in open_to if open_to[code]})
