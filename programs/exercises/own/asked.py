"""The eight questions about a new exercise, as codes and plain words.

Pure. What the answers come to for the rules says ``programs.exercises.own.taken``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from programs.exercises.own.trait_words import DIRECTION_LABELS
from programs.rules.traits import FLAGS

NOT_SURE: Final = "Not sure"
_TURNS: Final = ("side_bend_toward", "side_bend_away", "rotation_toward", "rotation_away")
_LIMB: Final = ("flexion", "extension", "abduction", "adduction", "internal_rotation",
                "external_rotation")  # fmt: skip
MOVING: Final = (
    ("Back and pelvis", (
        ("lumbar", "Low back", ("flexion", "extension", *_TURNS, "shift_toward", "shift_away",
                                "traction", "compression", "neutral")),
        ("thoracic", "Upper back", ("flexion", "extension", *_TURNS, "traction", "compression",
                                    "neutral")),
        ("pelvis", "Pelvis", ("anterior_tilt", "posterior_tilt", "shift_toward", "shift_away")),
        ("pelvic_floor", "Pelvic floor", ("contract", "release")),
    )),
    ("Neck", (
        ("neck", "Neck", ("flexion", "extension", *_TURNS, "retraction", "protraction", "traction",
                          "compression", "neutral")),
    )),
    ("Hip, knee and foot", (
        ("hip", "Hip", _LIMB),
        ("knee", "Knee", ("flexion", "extension")),
        ("ankle", "Ankle", ("dorsiflexion", "plantarflexion", "inversion", "eversion")),
        ("toes", "Toes", ("flexion", "extension")),
    )),
    ("Shoulder, arm and hand", (
        ("shoulder", "Shoulder", (*_LIMB, "horizontal_adduction", "horizontal_abduction")),
        ("scapula", "Shoulder blade", ("retraction", "protraction", "elevation", "depression")),
        ("elbow", "Elbow", ("flexion", "extension")),
        ("forearm", "Forearm", ("pronation", "supination")),
        ("wrist", "Wrist", ("flexion", "extension")),
        ("hand", "Fingers", ("flexion", "extension")),
    )),
)  # fmt: skip
"""Group → parts of the body, each with what it can do; a limb is that of the treated side."""
_SPINE: Final = frozenset({"lumbar", "thoracic", "neck"})


def way_words(part: str, way: str) -> str:
    """What a part does; back and neck arch where an arm or a leg straightens."""
    if way == "extension":
        return "Arches back (extension)" if part in _SPINE else "Straightens or goes back"
    return DIRECTION_LABELS[way]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


ASKED_MOVES: Final = MappingProxyType(
    {
        f"{part}:{way}": f"{name}: {_small(way_words(part, way))}"
        for _, parts in MOVING
        for part, name, ways in parts
        for way in ways
    }
)
ONLY_SIDED: Final = frozenset(
    code for code in ASKED_MOVES if code.endswith(("shift_toward", "shift_away"))
)
"""What means something for a treated side alone."""
SO: Final = (
    ("How the body lies or kneels", {
        "supine_prolonged": FLAGS["supine_prolonged"],
        "floor_transfer": "Gets down to the floor and up",
        "on_bed": "Can be done on a bed",
        "kneeling": FLAGS["kneeling"],
        "prone_abdomen_pressure": "Presses or lies on the belly",
        "exercise_ball": FLAGS["exercise_ball"],
    }),
    ("Head and neck", {
        "head_below_heart": FLAGS["head_below_heart"],
        "head_lift": FLAGS["head_lift"],
        "neck_works": "The neck holds the head up or pushes",
        "head_tipped_back": FLAGS["head_tipped_back"],
        "head_position_change": "The head moves fast, or comes up from lying",
    }),
    ("Arms and hands", {
        "arms_overhead": FLAGS["arms_overhead"],
        "arms_some": "Some weight on hands or forearms",
        "arms_all": "All of the weight on the arms",
        "self_mobilisation": FLAGS["self_mobilisation"],
    }),
    ("Legs and balance", {
        "legs_bear": "The legs carry weight",
        "one_leg": "All of the weight on the treated leg",
        "other_leg": "All of the weight on the other leg",
        "balance_demand": "Somebody unsteady could fall",
        "hold_two": "Holds on with both hands",
        "hold_one": "Holds on with one hand",
        "hold_none": "Stands free and needs balance",
        "high_impact": "Jumps, runs or lifts heavy things",
        "uphill": FLAGS["uphill"],
        "both_legs_lifted": "Both legs in the air at once",
    }),
    ("Back and belly", {
        "back_works": "The back is bent under load, or works",
        "back_heavy": "The back carries weights or works hard",
        "needs_core_control": FLAGS["needs_core_control"],
        "core_activation": FLAGS["core_activation"],
        "abdominal_wall_load": FLAGS["abdominal_wall_load"],
    }),
    ("Breath and effort", {
        "above_easy": "More than easy: talking could be hard",
        "breath_held": "Some will hold their breath",
        "breath_out": "Breathes out hard",
    }),
    ("Help and learning", {
        "helped": "Somebody must help",
        "complex_sequence": FLAGS["complex_sequence"],
        "teach_first": FLAGS["teach_first"],
        "symptom_response": "Watch how it feels during it",
    }),
    ("Pressure", {
        "presses_light": "Presses lightly",
        "presses_firm": "Presses firmly",
        "presses_deep": "Presses deeply",
    }),
    ("Heat, cold and current", {
        "warm": "Warmth",
        "cold": "Cold",
        "current": "Electric current",
    }),
    ("Hanging and nerves", {
        "hangs": "Hangs head down",
        "nerve_glides": "A nerve glides",
        "nerve_pulled": "A nerve is pulled at both ends",
    }),
)  # fmt: skip
"""What decides verdicts, asked in one list: heading → code → words. Flags have their own codes."""
SO_LABELS: Final = MappingProxyType({code: words for _, row in SO for code, words in row.items()})
SO_FLAGS: Final = frozenset(FLAGS) & frozenset(SO_LABELS)


@dataclass(frozen=True, slots=True)
class ShortAnswers:
    """What was answered. Empty texts and an empty ``regions`` mean: not sure.

    ``sided``: yes, no or empty. ``moves``: codes of :data:`ASKED_MOVES`; ``moved``: ``all`` where
    these are all that moves, ``nothing``, or empty. ``far``, ``how``: range and mode of all of
    them. ``limb``: which arm or leg moves. ``so``: codes of :data:`SO`; ``looked``: whether the
    rest of that list is not so.
    """

    phase: str
    position: str
    regions: tuple[str, ...] = ()
    sided: str = ""
    moves: tuple[str, ...] = ()
    moved: str = ""
    far: str = ""
    how: str = ""
    limb: str = ""
    effort: str = ""
    against: str = ""
    equipment: tuple[str, ...] = ()
    so: frozenset[str] = frozenset()
    looked: bool = False
