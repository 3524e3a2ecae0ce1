"""The words for how a part of the body moves. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

LIMBS: Final = MappingProxyType(
    {"both": "Both sides", "treated": "The treated side", "other": "The other side"}
)
"""Which knee, arm or leg bears weight. What is not said is both."""
SPINE_PARTS: Final = frozenset({"lumbar", "thoracic", "neck"})
_LATERAL: Final = frozenset(
    f"{move}_{where}" for move in ("side_bend", "rotation") for where in ("away", "toward", "both")
)
_SHIFTS: Final = frozenset({"shift_toward", "shift_away"})
_SPINE: Final = frozenset({"flexion", "extension", "traction", "compression", "neutral"}) | _LATERAL
_BENDS: Final = frozenset({"flexion", "extension"})
_LIMB: Final = _BENDS | {
    "abduction",
    "adduction",
    "internal_rotation",
    "external_rotation",
    "dorsiflexion",
    "plantarflexion",
}
_JOINTS: Final = MappingProxyType(
    {
        "hip": _LIMB,
        "knee": _LIMB,
        "ankle": _LIMB | {"inversion", "eversion"},
        "toes": _BENDS,
        "shoulder": _LIMB | {"horizontal_adduction", "horizontal_abduction"},
        "scapula": frozenset({"retraction", "protraction", "elevation", "depression"}),
        "elbow": _BENDS,
        "forearm": frozenset({"pronation", "supination"}),
        "wrist": _BENDS,
        "hand": _BENDS,
    }
)
"""What each joint of an arm or leg can do; the hand speaks of the fingers."""
JOINTS: Final = frozenset(_JOINTS)
ARM_JOINTS: Final = frozenset({"shoulder", "elbow", "forearm", "wrist", "hand"})
"""Joints whose movement carries what the hand holds."""
LIMB_PARTS: Final = frozenset(f"{joint}_{which}" for joint in _JOINTS for which in LIMBS)
DIRECTIONS: Final = MappingProxyType(
    {
        "lumbar": _SPINE | _SHIFTS,
        "thoracic": _SPINE,
        "neck": _SPINE | {"retraction", "protraction"},
        "pelvis": _SHIFTS | {"anterior_tilt", "posterior_tilt"},
        "pelvic_floor": frozenset({"contract", "release"}),
        **{f"{joint}_{which}": ways for joint, ways in _JOINTS.items() for which in LIMBS},
    }
)
"""Part of the body → what it can do."""
PARTS: Final = frozenset(DIRECTIONS)
ALL_DIRECTIONS: Final = frozenset().union(*DIRECTIONS.values())
SIDED_DIRECTIONS: Final = _SHIFTS | {d for d in _LATERAL if not d.endswith("_both")}
UNTOLD: Final = MappingProxyType(
    {
        ("hip", "flexion"): 60,
        ("knee", "flexion"): 60,
        ("shoulder", "flexion"): 150,
        ("shoulder", "abduction"): 150,
        ("elbow", "flexion"): 160,
    }
)
"""How far a joint may stay bent, in degrees, without the exercise saying so."""
RANGES: Final = ("inner", "mid", "end")
"""Farthest point of the movement's range that is reached, smallest first."""
MODES: Final = frozenset({"hold", "repeated", "oscillation", "isometric", "gait", "posture"})
"""``posture``: the joint only stays there while something else is done."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of one body part.

    ``range`` is the farthest point reached. ``degrees`` is the largest joint angle where a limit
    depends on it (hip, knee, shoulder); ``None`` where no rule needs it. Trunk and head turn toward
    the side that their front turns to.
    """

    part: str
    direction: str
    range: str
    mode: str
    degrees: int | None = None


RAISED_ARM: Final = Movement("shoulder_both", "flexion", "end", "posture")
"""An arm held high that no movement names: it may be either."""


def is_relative(movement: Movement) -> bool:
    """Whether the movement's meaning depends on the treated side."""
    return movement.direction in SIDED_DIRECTIONS or movement.part.endswith(("_treated", "_other"))
