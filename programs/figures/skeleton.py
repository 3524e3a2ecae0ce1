"""From a pose to a body in space: every joint, every part's own axes, and what a hand lies on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import cos, hypot, radians, sin, sqrt
from typing import Final

from programs.figures import body as b
from programs.figures.geometry import (
    UPRIGHT,
    Frame,
    Vec,
    X,
    Y,
    Z,
    about_z,
    add,
    along,
    dot,
    mix,
    scale,
    signed_angle,
    unit,
)
from programs.figures.pose import Pose
from programs.figures.proportions import USUAL_LENGTHS, Lengths

_STEPS: Final = 4
_ROUND: Final = [(cos(radians(a)), sin(radians(a))) for a in range(0, 360, 15)]
JUNCTION: Final = b.PELVIS + b.LUMBAR

_FACE_UP = Frame(Z, Y, scale(X, -1))
_FACE_DOWN = Frame(scale(Z, -1), Y, X)
ROOTS: Final[Mapping[str, Frame]] = {
    "standing": UPRIGHT,
    "sitting": UPRIGHT,
    "kneeling": UPRIGHT,
    "half_kneeling": UPRIGHT,
    "back": _FACE_UP,
    "front": _FACE_DOWN,
    "hands_and_knees": _FACE_DOWN,
    "over_ball": _FACE_DOWN,
    "plank": _FACE_DOWN,
    "side_plank": Frame(scale(Y, -1), Z, scale(X, -1)),
    "side_right": Frame(scale(Y, -1), Z, scale(X, -1)),
    "side_left": Frame(scale(Y, -1), scale(Z, -1), X),
}
LYING: Final = frozenset({"back", "front", "side_right", "side_left"})
HEIGHTS: Final = {
    "standing": b.HIP_HEIGHT - 0.15,
    "sitting": b.SEAT + b.RADII["hip"],
}
"""Height of the hips where the base fixes it; else the body drops until it rests."""


def out_sign(side: str) -> float:
    """+1 where a side's outward direction is the body's left."""
    return 1.0 if side == "left" else -1.0


def other(side: str) -> str:
    """The other side."""
    return "left" if side == "right" else "right"


@dataclass(slots=True)
class Skeleton:
    """A posed body: joints by name, axes by part, and slices of the trunk.

    ``short``: by how much each hand or foot misses what it should touch. ``angles``: the joint
    angles as they turned out.
    """

    points: dict[str, Vec] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)
    spine: list[tuple[float, Vec, Frame]] = field(default_factory=list)
    short: dict[str, float] = field(default_factory=dict)
    angles: dict[str, float] = field(default_factory=dict)
    lumbar_flexion: float = 0.0
    own: Lengths = USUAL_LENGTHS

    def slice(self, up: float) -> tuple[Vec, Frame]:
        """Centre and axes of the trunk at a height above the hips."""
        nodes = self.spine
        for (u0, p0, f0), (u1, p1, f1) in itertools.pairwise(nodes):
            if up <= u1:
                t = (up - u0) / (u1 - u0)
                axes = Frame(*(unit(mix(a, c, t)) for a, c in zip(f0, f1, strict=True)))
                return mix(p0, p1, t), axes
        u0, p0, f0 = nodes[-1]
        return along(p0, f0.up, up - u0), f0

    def station(self, up: float) -> b.Station:
        """The trunk's breadth and depth there; the low back fills out as it rounds."""
        rows = b.TRUNK
        for low, high in itertools.pairwise(rows):
            if up <= high.up:
                t = max(0.0, (up - low.up) / (high.up - low.up))
                found = b.Station(*(p + (q - p) * t for p, q in zip(low, high, strict=True)))
                break
        else:
            found = rows[-1]
        waist = max(0.0, 1 - abs(up - 10.5) / 8)
        return found._replace(back=found.back + waist * 0.055 * self.lumbar_flexion)

    def skin(self, up: float, around: float, side: str) -> tuple[Vec, Vec]:
        """A point of the trunk's surface ``around`` degrees from the front, and its outward."""
        centre, axes = self.slice(up)
        s = self.station(up)
        c, w = cos(radians(around)), sin(radians(around))
        depth = s.front if c > 0 else s.back
        out = scale(axes.left, out_sign(side))
        normal = unit(add(scale(axes.forward, c), scale(out, w)))
        return add(centre, add(scale(axes.forward, depth * c), scale(out, s.wide * w))), normal

    def rim(self, up: float) -> Iterator[Vec]:
        """Points all round the trunk's surface at a height above the hips."""
        centre, axes = self.slice(up)
        s = self.station(up)
        for c, w in _ROUND:
            yield axes.place(centre, (s.front if c > 0 else s.back) * c, s.wide * w, 0.0)

    def furthest(self, up: float, way: Vec) -> float:
        """How far the trunk's slice there reaches in a direction, from the world's middle."""
        centre, axes = self.slice(up)
        s = self.station(up)
        ahead, aside = dot(axes.forward, way), dot(axes.left, way)
        depth = s.front if ahead > 0 else s.back
        return dot(centre, way) + hypot(depth * ahead, s.wide * aside)

    def move(self, by: Vec) -> None:
        """Shift everything."""
        self.points = {k: add(p, by) for k, p in self.points.items()}
        self.spine = [(u, add(p, by), f) for u, p, f in self.spine]

    def head_low(self) -> float:
        """Height of the head's lowest point."""
        axes = self.frames["head"]
        drop = sqrt(sum((r * axis[2]) ** 2 for r, axis in zip(b.SKULL, axes, strict=True)))
        return self.points["head"][2] - drop


def root_frame(pose: Pose) -> Frame:
    """The axes of the base, after its turns."""
    frame = ROOTS[pose.base]
    if pose.turn:
        frame = Frame(*(about_z(axis, pose.turn) for axis in frame))
    return frame.pitch(pose.lean).roll(pose.side_lean)


def heading(pose: Pose) -> Vec:
    """The way the body faces over the floor."""
    return about_z(X, pose.turn)


def angle(pose: Pose, name: str) -> float:
    """A joint angle the pose names, else 0."""
    return pose.angles.get(name, 0.0)


def build_trunk(pose: Pose, own: Lengths = USUAL_LENGTHS) -> Skeleton:
    """Pelvis, spine, neck and head, with the hips (or, lying, the back) at the base's place."""
    found = Skeleton(lumbar_flexion=angle(pose, "lumbar_flexion"), own=own)
    root = root_frame(pose)
    anchored_above = pose.base in LYING
    frame = root
    if anchored_above:
        for _ in range(_STEPS):
            frame = _step(frame, pose, "lumbar", -1)
    point: Vec = (0.0, 0.0, 0.0)
    found.frames["pelvis"] = frame
    found.spine = [(-b.PELVIS, along(point, frame.up, -b.PELVIS), frame), (0.0, point, frame)]
    point = along(point, frame.up, b.PELVIS)
    found.spine.append((b.PELVIS, point, frame))
    up = b.PELVIS
    for part, size in (("lumbar", b.LUMBAR), ("thoracic", b.THORAX)):
        for _ in range(_STEPS):
            turned = _step(frame, pose, part, 1)
            middle = unit(add(frame.up, turned.up))
            point, frame, up = along(point, middle, size / _STEPS), turned, up + size / _STEPS
            found.spine.append((up, point, frame))
    found.frames["thorax"] = frame
    place_head(found, pose, angle(pose, "neck_flexion"))
    lift = _lift(pose, own)
    base = (pose.at[0], pose.at[1], lift)
    if anchored_above:
        junction = found.spine[2 + _STEPS][1]
        base = add(along(base, root.up, JUNCTION), scale(junction, -1))
    found.points["pelvis"] = (0.0, 0.0, 0.0)
    found.move(base)
    return found


def _lift(pose: Pose, own: Lengths) -> float:
    """Height of the hips. Longer legs lift those that stand on them, less the more they bend."""
    lift = pose.height if pose.height is not None else HEIGHTS.get(pose.base, 0.0)
    if pose.base != "standing":
        return lift
    return lift + own.taller * min(1.0, lift / HEIGHTS["standing"])


def _step(frame: Frame, pose: Pose, part: str, sign: int) -> Frame:
    """One small turn of the spine; ``sign`` -1 undoes it."""
    k = sign / _STEPS
    flexion, bend, turn = (
        angle(pose, f"{part}_{way}") * k for way in ("flexion", "bend", "rotation")
    )
    if sign > 0:
        return frame.pitch(flexion).roll(bend).yaw(turn)
    return frame.yaw(turn).roll(bend).pitch(flexion)


def place_head(found: Skeleton, pose: Pose, flexion: float) -> None:
    """Set neck and head on the trunk with this much neck flexion."""
    _up, top, thorax = found.spine[-1]
    bend, turn = angle(pose, "neck_bend"), angle(pose, "neck_rotation")
    glide = angle(pose, "neck_glide")
    neck = thorax.pitch(4 + flexion * 0.5 + glide).roll(bend * 0.5)
    head = thorax.pitch(flexion).roll(bend).yaw(turn)
    start = along(top, thorax.forward, -0.6)
    end = along(start, neck.up, b.NECK)
    found.points["neck"], found.points["skull"] = start, end
    found.points["head"] = head.place(end, 1.0, 0.0, b.HEAD_UP)
    found.frames["neck"], found.frames["head"] = neck, head
    found.angles["neck_flexion"] = flexion


def rest_head(found: Skeleton, pose: Pose, height: float) -> None:
    """Bend the neck until the head's lowest point is at this height, as little as possible."""

    def gap(flexion: float) -> float:
        place_head(found, pose, flexion)
        return found.head_low() - height

    here, there = gap(0.0), gap(8.0)
    step = -8.0 if abs(there) > abs(here) else 8.0
    low, least, most = 0.0, *b.LIMITS["neck_flexion"]
    while least < low < most or low == 0.0:
        high = max(least, min(most, low + step))
        there = gap(high)
        if here * there <= 0:
            break
        low, here = high, there
    else:
        return
    for _ in range(7):
        middle = low + (high - low) * here / ((here - there) or 1.0)
        value = gap(middle)
        if abs(value) < 0.02:
            return
        if value * here > 0:
            low, here = middle, value
        else:
            high, there = middle, value


def level_head(found: Skeleton, pose: Pose) -> None:
    """Bend the neck until the head is upright."""
    tilt = found.frames["thorax"]
    lean = _lean(tilt)
    least, most = b.LIMITS["neck_flexion"]
    place_head(found, pose, max(least, min(most, -lean)))


def _lean(frame: Frame) -> float:
    return signed_angle(-frame.forward[2], frame.up[2])
