"""Plain words for what the rules see of an exercise, for clinicians who describe one of their own.

Pure. A test holds that every code has its words.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from programs.rules import traits as t

KIND_LABELS: Final = MappingProxyType(
    {code: t.KINDS[code] for code in ("exercise", "release", "advice")}
)
"""Tests and restricted entries belong to the built-in catalogue alone."""
PURPOSE_LABELS: Final = MappingProxyType(
    {c: label for c, label in t.PURPOSES.items() if c != "assess"}
)

_WHICH: Final = {"treated": "treated side", "other": "other side", "both": "both sides"}
_JOINT: Final = {"scapula": "Shoulder blade", "hand": "Fingers"}
PART_GROUPS: Final = (
    (
        "Trunk",
        (
            ("lumbar", "Low back"),
            ("thoracic", "Upper back"),
            ("neck", "Neck"),
            ("pelvis", "Pelvis"),
            ("pelvic_floor", "Pelvic floor"),
        ),
    ),
    *(
        (
            _JOINT.get(joint, joint.capitalize()),
            tuple(
                (f"{joint}_{w}", f"{_JOINT.get(joint, joint.capitalize())}, {words}")
                for w, words in _WHICH.items()
            ),
        )
        for joint in (
            "hip",
            "knee",
            "ankle",
            "toes",
            "shoulder",
            "scapula",
            "elbow",
            "forearm",
            "wrist",
            "hand",
        )
    ),
)
PART_LABELS: Final = MappingProxyType({c: words for _, group in PART_GROUPS for c, words in group})

DIRECTION_GROUPS: Final = (
    (
        "Back and neck",
        (
            ("flexion", "Bends (flexion)"),
            ("extension", "Straightens or arches back (extension)"),
            ("side_bend_away", "Bends away from the treated side"),
            ("side_bend_toward", "Bends toward the treated side"),
            ("side_bend_both", "Bends to both sides"),
            ("rotation_away", "Turns away from the treated side"),
            ("rotation_toward", "Turns toward the treated side"),
            ("rotation_both", "Turns both ways"),
            ("traction", "Is pulled long (traction)"),
            ("compression", "Is pressed together (compression)"),
            ("neutral", "Is held still in the middle (neutral)"),
            ("retraction", "Draws back (retraction)"),
            ("protraction", "Pokes forward (protraction)"),
        ),
    ),
    (
        "Pelvis",
        (
            ("anterior_tilt", "Tips forward (anterior tilt)"),
            ("posterior_tilt", "Tips back (posterior tilt)"),
            ("shift_toward", "Shifts toward the treated side"),
            ("shift_away", "Shifts away from the treated side"),
            ("contract", "Tightens (pelvic floor)"),
            ("release", "Lets go (pelvic floor)"),
        ),
    ),
    (
        "Arm or leg",
        (
            ("abduction", "Out to the side (abduction)"),
            ("adduction", "Across the middle (adduction)"),
            ("internal_rotation", "Turns in (internal rotation)"),
            ("external_rotation", "Turns out (external rotation)"),
            ("dorsiflexion", "Foot up (dorsiflexion)"),
            ("plantarflexion", "Foot down (plantarflexion)"),
            ("inversion", "Sole turns in (inversion)"),
            ("eversion", "Sole turns out (eversion)"),
            ("horizontal_adduction", "Arm across the chest (horizontal adduction)"),
            ("horizontal_abduction", "Arm out and back (horizontal abduction)"),
            ("elevation", "Shoulder blade up (elevation)"),
            ("depression", "Shoulder blade down (depression)"),
            ("pronation", "Palm down (pronation)"),
            ("supination", "Palm up (supination)"),
        ),
    ),
)
"""Bending and straightening also belong to arms and legs; they are listed once, at the top."""
DIRECTION_LABELS: Final = MappingProxyType(
    {c: w for _, group in DIRECTION_GROUPS for c, w in group}
)
RANGE_LABELS: Final = MappingProxyType(
    {"inner": "A small part of it", "mid": "To the middle", "end": "As far as it goes"}
)
MODE_LABELS: Final = MappingProxyType(
    {
        "hold": "Held",
        "repeated": "Again and again",
        "oscillation": "Small and quick",
        "isometric": "Pushed without moving",
        "gait": "As in walking",
        "posture": "Only stays there",
    }
)
SPINE_LOAD_LABELS: Final = MappingProxyType(
    {
        "unloaded": "None: lying, or hanging",
        "low": "Low: upright, its own weight",
        "moderate": "Moderate: bent, or working against it",
        "high": "High: with weights, or a strong effort",
    }
)
ARM_LOAD_LABELS: Final = MappingProxyType(
    {"none": "None", "partial": "Some: leaning on hands or forearms", "full": "All of the body"}
)
SIDE_UNSURE: Final = "Not sure: the rules look at both sides, and what moves counts for both"
LIMB_LABELS: Final = MappingProxyType(
    {"both": "On both, or in turn", "treated": "On the treated side", "other": "On the other side"}
)
LEG_LOAD_LABELS: Final = MappingProxyType(
    {
        "none": "None: lying or sitting",
        "partial": "Some: the legs carry a part of the body",
        "full": "All of the body: standing or kneeling",
        "impact": "More than that: hops, jumps, running",
    }
)
BALANCE_LABELS: Final = MappingProxyType(
    {
        "none": "No balance needed",
        "two_hands": "Holds on with both hands",
        "one_hand": "Holds on with one hand",
        "no_hands": "Holds on to nothing",
    }
)
EXTERNAL_LOAD_LABELS: Final = MappingProxyType(
    {"none": "Nothing", "band": "A band", "weight": "A weight, or a filled bag"}
)
NERVE_LABELS: Final = MappingProxyType(
    {
        "none": "No nerve is stretched",
        "slider": "A nerve glides: one end goes long, the other slack",
        "tensioner": "A nerve is pulled at both ends",
    }
)
NECK_LOAD_LABELS: Final = MappingProxyType(
    {"none": "None: the head rests or is upright", "active": "The neck holds the head up"}
)
EFFORT_LABELS: Final = MappingProxyType(
    {
        "passive_stretch": "Stretch held without effort",
        "active_motion": "Moves by its own strength",
        "assisted_motion": "Moved with the hands or by somebody",
        "isometric": "Holds against a force",
        "strength": "Builds strength",
        "eccentric": "Lowers slowly against a load",
        "heavy_slow": "Heavy and slow",
        "power": "Quick and strong",
        "balance": "Trains balance",
        "endurance": "Goes on for minutes",
        "relaxed_breathing": "Breathing at rest",
        "self_release": "Self-massage",
        "traction": "Traction",
        "thermal": "Warm or cold",
        "education": "Advice, no effort",
    }
)
PRESSURE_LABELS: Final = MappingProxyType(
    {"none": "Nothing presses", "light": "Light", "moderate": "Firm", "deep": "Deep"}
)
CONTACT_LABELS: Final = MappingProxyType(
    {
        "low_back": "Low back",
        "trunk_side": "Side of the trunk",
        "abdomen": "Belly",
        "thoracic": "Upper back",
        "neck": "Neck",
        "foot": "Foot",
    }
)
ELSEWHERE: Final = ("elsewhere", "Somewhere else")
BREATHING_LABELS: Final = MappingProxyType(
    {
        "none": "Easy all the way",
        "breath_hold_possible": "Some people will hold their breath",
        "forced_exhale": "Breathes out hard",
    }
)
MODALITY_LABELS: Final = MappingProxyType(
    {
        "none": "None of these",
        "cold": "Cold",
        "heat": "Heat",
        "electrotherapy": "Electrotherapy",
        "inversion": "Hanging head down",
    }
)
TRAIT_QUESTIONS: Final = MappingProxyType(
    {
        "supine_prolonged": "Does the patient stay lying on the back?",
        "head_below_heart": "Is the head lower than the heart at any time?",
        "kneeling": "Is there weight on a knee?",
        "balance_demand": "Could an unsteady person lose their balance?",
        "floor_transfer": "Must the patient get down to the floor and up again?",
        "prone_abdomen_pressure": "Is there pressure on the belly, or does the patient lie on it?",
        "arms_overhead": "Does an arm go above shoulder height?",
        "head_lift": "Is the head lifted against gravity?",
        "needs_core_control": "Must the core hold the back steady against a load?",
        "exercise_ball": "Is the patient on a large ball?",
        "high_impact": "Is there jumping, running or heavy lifting?",
        "head_tipped_back": "Is the head tipped back at any time?",
        "uphill": "Does the patient walk uphill?",
        "both_legs_lifted": "Are both legs in the air at once, held by the belly?",
        "above_easy": "Is it more than easy effort? Could talking become hard?",
        "self_mobilisation": "Does the patient move a joint with their own hands?",
        "abdominal_wall_load": "Does the belly wall work so hard that it could bulge?",
        "head_position_change": "Does the head move quickly, or from lying to upright?",
        "complex_sequence": "Are there four or more parts to remember?",
    }
)
"""What decides verdicts is asked: no answer is no answer, and never a no."""
TOPIC_LABELS: Final = MappingProxyType(
    {
        "medicine": "Medicine",
        "core_in_daily_life": "The core in daily life",
        "sleep_on_back": "Sleep on the back",
        "sleep_on_side": "Sleep on the side",
        "sitting": "Sitting",
        "repeated_bending": "Bending again and again",
        "stay_active": "Staying active",
        "space_and_clothes": "Room and clothes",
        "stretch_technique": "How to stretch",
        "posture_hyperlordosis": "Posture with a hollow back",
        "posture_anterior_pelvic_tilt": "Posture with the pelvis tipped forward",
        "posture_lateral_pelvic_tilt": "Posture with the pelvis tipped sideways",
        "posture_scoliosis": "Posture with a curved spine",
        "cold": "Cold",
        "heat": "Heat",
        "swelling": "Swelling",
        "flare_up": "Bad days",
        "pacing": "Doing a little at a time",
        "lifting": "Lifting",
        "transfers": "Getting up and down",
        "walking_aid": "A stick or frame",
    }
)
REMARKS: Final = MappingProxyType(
    {
        "static_stretch": t.FLAGS["static_stretch"],
        "core_activation": t.FLAGS["core_activation"],
        "teach_first": t.FLAGS["teach_first"],
        "symptom_response": t.FLAGS["symptom_response"],
    }
)
