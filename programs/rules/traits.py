"""What the rules see of an exercise: the words for how it moves, loads and places the body.

Pure. Directions are relative to the treated side: ``away`` bends the trunk to the other side,
``toward`` bends it to the treated side.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from programs.rules.movements import Movement

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
        "relax": "Breathe and relax",
        "release": "Release tight muscles",
        "stretch": "Stretch",
        "decompress": "Ease pressure",
        "restore_motion": "Get moving",
        "strengthen": "Build strength",
        "balance": "Balance",
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
        "thoracic": "Upper back",
        "knee": "Knee",
        "ankle_foot": "Ankle and foot",
        "elbow": "Elbow",
        "wrist_hand": "Wrist and hand",
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
        "prone_on_elbows": "Lying on the front, on the elbows",
        "plank": "Plank",
        "side_plank": "Side plank",
        "long_sitting": "Sitting with straight legs",
        "step_standing": "Standing at or on a step",
        "tandem_standing": "Standing, one foot before the other",
        "wall_leaning": "Leaning on a wall",
        "supine_legs_up": "Lying on the back, lower legs raised",
        "any": "Any position",
    }
)
SPINE_LOADS: Final = ("unloaded", "low", "moderate", "high")
ARM_LOADS: Final = ("none", "partial", "full")
NECK_LOADS: Final = ("none", "active")
LEG_LOADS: Final = ("none", "partial", "full", "impact")
"""Greatest weight on a leg, least first."""
BALANCES: Final = ("none", "two_hands", "one_hand", "no_hands")
"""Hand support that a steady adult needs for it as it is written."""
EXTERNAL_LOADS: Final = ("none", "band", "weight")
"""Resistance from outside. What can be added later is optional equipment, and none here."""
NERVE_TENSIONS: Final = ("none", "slider", "tensioner")
"""Whether it lengthens a nerve's bed: with slack given elsewhere, or at both ends."""
EFFORTS: Final = frozenset(
    {
        "passive_stretch",
        "active_motion",
        "assisted_motion",
        "isometric",
        "strength",
        "eccentric",
        "heavy_slow",
        "power",
        "balance",
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
        "abdominal_wall_load": "The belly wall works hard",
        "head_position_change": "The head moves quickly or against gravity",
        "complex_sequence": "Four or more parts to remember",
    }
)
PRESSURES: Final = ("none", "light", "moderate", "deep")
CONTACTS: Final = frozenset({"low_back", "trunk_side", "abdomen", "thoracic", "neck", "foot"})
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
        "heat",
        "swelling",
        "flare_up",
        "pacing",
        "lifting",
        "transfers",
        "walking_aid",
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
        "N1": "Knee replacement exercises (North Bristol NHS Trust)",
        "N2": "After hip replacement (Milton Keynes University Hospital)",
        "N3": "Otago exercise program (Royal Orthopaedic Hospital)",
        "N4": "Teaching manual of FaME and Otago (a copy)",
        "N5": "Heel-drop sheet after Alfredson 1998 (a copy)",
        "N6": "Plantar heel pain (a hospital page, and trials from memory)",
        "N7": "Exercises for shoulder pain (Holmgren 2012)",
        "N8": "Shoulder trial protocol, its table of exercises (Bennell 2007)",
        "N9": "Deep neck flexor training (a clinic page)",
        "N10": "Toolkit for lateral elbow tendinopathy, appendix C",
        "N11": "Brandt-Daroff exercises (a clinic page)",
        "N12": "Pelvic floor exercises (NHS maternity pages)",
        "N13": "After discectomy and decompression (hospital sheets)",
        "N14": "Extension sequence for the low back (clinic pages)",
        "N15": "McGill's three exercises, and cat and camel",
        "N16": "Knee replacement sheet (Arthritis Research UK)",
        "N17": "After rotator cuff repair (four surgeons' pages, which differ)",
        "N18": "Tennis elbow sheet (Arthritis Research UK)",
        "N19": "Exercise for osteoporosis, consensus and quick guide (2022)",
        "N20": "GLA:D and ESCAPE-pain (a clinic page and program content)",
        "N21": "Frozen shoulder (Sheffield Aches and Pains)",
        "N22": "Back exercise sheet (CSP and Versus Arthritis)",
        "N23": "Back-extensor exercise (Sinaki)",
        "N24": "Held load for tendons (Rio 2015, from memory)",
        "N25": "LEAP trial, pain at the side of the hip (protocol)",
        "N26": "Side-lying leg lift after hip replacement (a surgeons' page)",
        "N27": "Pelvic girdle pain (POGP leaflet, from memory)",
        "N28": "Calf stretch (NHS, from memory)",
        "N29": "Vestibular rehabilitation guideline (from memory)",
        "N30": "Neck exercise sheet (NHS and Versus Arthritis, from memory)",
        "N31": "Relaxation (Keele and NHS pages, from memory)",
        "N35": "After shoulder dislocation (sheets of three NHS trusts)",
        "project": "Written for this project; no source gives the detail",
        "own": "Written by the practice itself",
    }
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What the rules see of an exercise: how it moves, loads and places the body.

    ``arm_load_on`` and ``kneels_on`` say which arm and knee bear weight, where any does.
    ``leg_load`` is of the treated leg, and of both where there is no treated side. ``unknown``:
    what nobody has said, by the names of :data:`programs.rules.unsaid.UNSAID`; what stands in its
    place here means nothing.
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
    leg_load: str = "none"
    leg_load_other: str = "none"
    balance: str = "none"
    external_load: str = "none"
    nerve_tension: str = "none"
    regions: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[str, ...]:
        """Equipment codes, and ``helper``, without which it cannot be done; sorted."""
        return tuple(sorted((*self.equipment, *(("helper",) if self.helper else ()))))
