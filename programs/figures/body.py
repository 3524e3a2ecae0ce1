"""The body that is drawn: its proportions and how far its joints go.

Segment lengths are shares of body height after Drillis and Contini (1966), "Body segment
parameters", as tabulated in Winter, *Biomechanics and Motor Control of Human Movement* (4th ed.
2009, fig. 4.1). The height is 100 units, so a unit is one per cent. Limits are the usual ranges of
motion of adults (American Academy of Orthopaedic Surgeons, *Joint Motion*, 1965), widened to
what body weight adds in deep kneeling at hip, knee and ankle (a pointed foot counts its middle
joints in).
"""

from __future__ import annotations

from typing import Final, NamedTuple

BODY_SIDES: Final = ("right", "left")

UPPER_ARM: Final = 18.6
FOREARM: Final = 14.6
PALM: Final = 4.6
"""From the wrist to the middle of the palm."""
HAND: Final = 9.6
THIGH: Final = 24.5
SHANK: Final = 24.6
ANKLE_HEIGHT: Final = 3.9
HEEL_BACK: Final = 3.6
BALL_OF_FOOT: Final = 7.6
TOE: Final = 10.6
HIP_OUT: Final = 5.2
SHOULDER_OUT: Final = 10.4
SHOULDER_UP: Final = 27.2
"""Above the hip joints, when upright."""
HIP_HEIGHT: Final = THIGH + SHANK + ANKLE_HEIGHT

PELVIS: Final = 6.0
LUMBAR: Final = 11.0
THORAX: Final = 14.0
NECK: Final = 6.2
HEAD_UP: Final = 5.6
"""From the top of the neck to the middle of the skull."""
SKULL: Final = (5.9, 4.9, 6.6)
"""Half the head's depth, breadth and height."""

HAND_THICK: Final = 1.2
SEAT: Final = 24.0
"""Height of a seat: thighs level and feet flat."""


class Station(NamedTuple):
    """A slice of the trunk: height above the hips, half breadth, depth to the front and back."""

    up: float
    wide: float
    front: float
    back: float


TRUNK: Final = (
    Station(-5.4, 5.2, 2.0, 3.4),
    Station(-4.2, 7.4, 3.6, 5.6),
    Station(-1.5, 8.8, 5.4, 7.1),
    Station(1.5, 9.0, 6.0, 7.4),
    Station(6.0, 8.4, 6.1, 6.2),
    Station(11.0, 7.3, 6.1, 4.7),
    Station(16.0, 8.0, 6.4, 5.6),
    Station(21.0, 9.2, 6.9, 7.1),
    Station(26.0, 9.8, 5.9, 7.2),
    Station(29.6, 8.0, 4.0, 5.6),
    Station(32.2, 3.5, 2.6, 3.6),
)
RADII: Final = {
    "hip": 5.5,
    "thigh": 4.9,
    "knee": 3.6,
    "calf": 3.3,
    "ankle": 2.0,
    "heel": 1.9,
    "ball": 1.5,
    "toe": 1.1,
    "shoulder": 3.1,
    "elbow": 2.3,
    "wrist": 1.5,
    "palm": 1.9,
    "fingers": 1.0,
    "neck": 2.9,
}


class JointLimit(NamedTuple):
    """The least and greatest angle of a joint, in degrees."""

    least: float
    most: float


LIMITS: Final = {
    "lumbar_flexion": JointLimit(-30, 60),
    "lumbar_bend": JointLimit(-30, 30),
    "lumbar_rotation": JointLimit(-15, 15),
    "thoracic_flexion": JointLimit(-25, 45),
    "thoracic_bend": JointLimit(-30, 30),
    "thoracic_rotation": JointLimit(-40, 40),
    "neck_flexion": JointLimit(-50, 60),
    "neck_bend": JointLimit(-40, 40),
    "neck_rotation": JointLimit(-75, 75),
    "neck_glide": JointLimit(-25, 25),
    "hip_flexion": JointLimit(-30, 135),
    "hip_abduction": JointLimit(-35, 60),
    "hip_rotation": JointLimit(-45, 70),
    "knee_flexion": JointLimit(0, 155),
    "ankle_flexion": JointLimit(-75, 35),
    "shoulder_flexion": JointLimit(-60, 185),
    "shoulder_abduction": JointLimit(-50, 180),
    "shoulder_rotation": JointLimit(-90, 100),
    "elbow_flexion": JointLimit(0, 152),
    "wrist_flexion": JointLimit(-90, 85),
    "forearm_rotation": JointLimit(-90, 90),
    "palm_flexion": JointLimit(-75, 85),
}
"""Flexion, abduction, external rotation and bending or turning to the right are positive;
so are a neck that slides forward, a palm that turns up and a hand that bends to its palm."""

PAIRED: Final = frozenset(
    k for k in LIMITS if k.split("_")[0] not in ("lumbar", "thoracic", "neck")
)
