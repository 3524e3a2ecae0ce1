"""One picture as data: the pose, the view, things and marks, and the words they are named by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from programs.figures.body import BODY_SIDES

BASES: Final = frozenset(
    (
        "standing",
        "sitting",
        "back",
        "front",
        "side_right",
        "side_left",
        "kneeling",
        "half_kneeling",
        "hands_and_knees",
        "over_ball",
        "plank",
        "side_plank",
    )
)
VIEWS: Final[Mapping[str, tuple[float, float]]] = {
    "side": (0, 0),
    "front": (90, 0),
    "back": (-90, 0),
    "front_corner": (40, 8),
    "back_corner": (-50, 8),
    "above": (0, 90),
    "above_side": (0, 38),
    "above_feet": (50, 35),
    "above_head": (-40, 35),
}
"""Where the camera stands: degrees from the side view toward the front, and degrees up."""
ON_BODY: Final = frozenset(
    (
        "thigh_front",
        "thigh_back",
        "thigh_out",
        "knee",
        "shin",
        "calf",
        "ankle",
        "foot",
        "hip",
        "waist",
        "low_back",
        "ribs",
        "flank",
        "chest",
        "belly",
        "shoulder",
        "head",
        "heel",
        "forehead",
        "head_side",
        "crown",
        "upper_arm",
        "elbow",
        "forearm",
        "wrist",
        "hand",
    )
)
ON_ARM: Final = frozenset({"upper_arm", "elbow", "forearm", "wrist", "hand"})
"""Parts of an arm; a hand that lies on the other arm is placed after it."""
LEG_SURFACES: Final = frozenset({"floor", "step", "shin", "air"})
PALM_DOWN: Final = frozenset({"wall", "wall_side", "bench", "seat", "armrest", "ball"})
"""What a palm must lie on, where a pose says that it does."""
SURFACES: Final = PALM_DOWN | {"floor", "air", "held"}
"""``held``: the arm is as its angles say, and the hand holds something."""
PROPS: Final = frozenset(
    (
        "mat",
        "chair",
        "bench",
        "bed",
        "wall",
        "wall_end",
        "counter",
        "pillow",
        "towel",
        "massage_ball",
        "foam_roller",
        "exercise_ball",
        "bike",
        "treadmill",
        "ice_pack",
        "step",
        "ankle_weight",
        "backpack",
        "resistance_band",
        "hand_weight",
        "stick",
        "table",
        "doorway",
        "door",
        "towel_roll",
        "armchair",
        "knee_cushion",
    )
)
ENDS: Final = frozenset(
    f"{part}_{side}"
    for part in ("hand", "foot", "forefoot", "thigh", "knee", "shin", "ankle")
    for side in BODY_SIDES
)
"""Points that a thing may hang on."""
_HANGS_ON: Final = {"resistance_band": (1, 2), "hand_weight": (1, 2), "stick": (2,)}
MARKED_REGIONS: Final = frozenset(
    (
        "low_back",
        "low_back_spot",
        "back",
        "between_blades",
        "side",
        "side_upper",
        "belly",
        "buttock",
        "hip_front",
        "thigh_front",
        "thigh_back",
        "thigh_in",
        "calf",
        "shin",
        "sole",
        "ankle_out",
        "shoulder",
        "chest",
        "waist",
        "neck",
        "neck_side",
        "chest_side",
        "forearm",
        "hip_side",
        "pelvic_floor",
    )
)
PICTURE_SIGNS: Final = frozenset({"hold", "breathe_in", "breathe_out", "wrong"})
_PAIRED_POINTS: Final = (
    "hand",
    "thumb",
    "elbow",
    "shoulder",
    "knee",
    "ankle",
    "foot",
    "hip",
    "heel",
)
_POINTS: Final = ("pelvis", "waist", "chest", "head", "low_back", "belly", "tail")
ARROW_POINTS: Final = frozenset(_POINTS) | {f"{p}_{s}" for s in BODY_SIDES for p in _PAIRED_POINTS}


@dataclass(frozen=True, slots=True)
class Touch:
    """Where a hand or foot goes: a surface or a part of the body, and how.

    ``at``: along the floor, out from the middle and up, in hundredths of body height, for a
    surface. ``share``: how far along a part of the body. ``bend``: where the elbow or knee points.
    ``point``: degrees by which fingers or toes turn outward. ``heel``: degrees the heel is raised;
    less than 0 lets it hang below a step's edge. ``toes``: degrees by which the toes are lifted off
    the floor, on the heel.
    ``arch``: how far the arch of a bare foot is drawn up, 0 to 1.
    ``swing``: degrees by which a knee leans outward from where it would point.
    ``thumb``: the part of the body that the tip of the thumb presses on.
    ``palm``: the way the palm of a hand in the air faces; down where nothing is said.
    ``round``: how far a moving foot swings back as it rises and forward as it sinks: a pedal.
    """

    on: str
    at: tuple[float, ...] = ()
    share: float = 0.5
    bend: str = ""
    point: float | None = None
    heel: float = 0.0
    toes: float = 0.0
    arch: float = 0.0
    swing: float = 0.0
    round: float = 0.0
    grip: bool = False
    thumb: str = ""
    palm: str = ""


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the picture; ``size`` and ``at`` mean what its drawing says they mean.

    ``ends``: the points of the body that it hangs on, and follows.
    """

    kind: str
    at: tuple[float, ...] = ()
    size: float = 0.0
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement arrow: from and to, relative to a point of the body.

    Two numbers are right and up in the picture. Three are in space, along x, away and up: they
    stay where they belong when the view changes.
    """

    part: str
    start: tuple[float, ...]
    end: tuple[float, ...]
    bend: float = 0.0
    both: bool = False
    press: bool = False


@dataclass(frozen=True, slots=True)
class Inset:
    """A circle that shows a small thing large.

    ``part``: the point in its middle; ``at``: where the circle stands, right and up from that
    point; ``size``: its radius; ``zoom``: how much larger; ``view``: seen from elsewhere.
    """

    part: str
    at: tuple[float, float]
    size: float = 13.0
    zoom: float = 2.2
    view: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """How a body is placed: the base, its turns, joint angles and what touches what."""

    base: str
    lean: float = 0.0
    side_lean: float = 0.0
    turn: float = 0.0
    at: tuple[float, float] = (0.0, 0.0)
    height: float | None = None
    head: str = ""
    angles: Mapping[str, float] = field(default_factory=dict)
    touches: Mapping[str, Touch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureFrame:
    """One picture: the pose, the view, things, marks and words."""

    caption: str
    view: tuple[float, float]
    pose: Pose
    helper: Pose | None = None
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    felt: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    inset: Inset | None = None
    sides_named: bool = False
    shod: bool = False
    cycle: bool = False


def named_ends(kind: str) -> tuple[int, ...]:
    """How many points a thing of this kind hangs on; none for what stands by itself."""
    return _HANGS_ON.get(kind, (0,))
