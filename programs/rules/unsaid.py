"""What may be left unsaid of an exercise, and the plain words for it.

Pure. What was never asked is not a no: the rules count it as possible, and say so. A practice's own
exercise lists under ``unknown`` what nobody has said; see ``programs.rules.unsaid_tests``.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

UNSAID: Final = MappingProxyType(
    {
        "sided": "if it is done for one side",
        "movements": "what moves, and which way",
        "range": "how far it moves",
        "degrees": "how many degrees it bends",
        "mode": "if it is held or moves",
        "limb": "which arm or leg moves",
        "regions": "what part of the body it is for",
        "effort": "how hard it works",
        "spine_load": "how much load is on the back",
        "arm_load": "how much weight is on the arms",
        "leg_load": "how much weight is on the leg",
        "leg_load_other": "how much weight is on the other leg",
        "neck_load": "if the neck holds the head up",
        "external_load": "if it is done with a band or a weight",
        "nerve_tension": "if a nerve is stretched",
        "balance": "how much balance it takes",
        "breathing": "if the breath is held",
        "pressure": "how hard it presses on the body",
        "contact": "where it presses on the body",
        "modality": "if there is heat or cold",
        "topics": "what the advice is about",
        "helper": "if somebody must help",
        "head_below_heart": "if the head is lower than the heart",
        "supine_prolonged": "if you stay lying on your back",
        "floor_transfer": "if you must get down to the floor",
        "kneeling": "if there is weight on a knee",
        "balance_demand": "if you could lose your balance",
        "prone_abdomen_pressure": "if something presses on the belly",
        "arms_overhead": "if an arm goes above the shoulder",
        "head_lift": "if the head is lifted up",
        "exercise_ball": "if you are on a large ball",
        "needs_core_control": "if the core must hold the back still",
        "core_activation": "if it wakes up the core",
        "static_stretch": "if it is a slow held stretch",
        "teach_first": "if it must be shown first",
        "symptom_response": "if you must watch how you feel",
        "high_impact": "if there are jumps, runs or heavy lifts",
        "head_tipped_back": "if the head tips back",
        "uphill": "if you walk up a hill",
        "both_legs_lifted": "if both legs are held up at once",
        "above_easy": "if it is more than easy",
        "self_mobilisation": "if you move a joint with your hands",
        "abdominal_wall_load": "if the belly wall works hard",
        "head_position_change": "if the head moves fast",
        "complex_sequence": "if it has four parts or more",
    }
)
"""Name of a trait, or code of a flag → what is not said, in words for clinicians and patients.

``range``, ``degrees``, ``mode`` and ``limb`` are of the movements that are named; what is
``sided`` or not is written as ``programs.rules.either_side`` says. Kind, purpose, position and
equipment are always said.
"""


def unsaid_words(names: Iterable[str]) -> str:
    """``how far it moves, and if the breath is held``: what is not said, in the table's order."""
    wanted = frozenset(names)
    words = [text for name, text in UNSAID.items() if name in wanted]
    return " and ".join(filter(None, ("; ".join(words[:-1]), words[-1] if words else "")))


def led_for_clinician(names: Iterable[str], reason: str) -> str:
    """The reason of a rule, led by what nobody has said."""
    return f"Nobody has said of this exercise {unsaid_words(names)}. It may be so: {reason}"


def led_for_patient(names: Iterable[str], reason: str) -> str:
    """The same in the patient's words; nothing where the rule says nothing to the patient."""
    return f"We were not told {unsaid_words(names)}. To be safe: {reason}" if reason else ""
