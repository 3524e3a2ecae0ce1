"""What a hand or foot goes to: places on surfaces and on the body, and the way it points."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from programs.figures import body as b
from programs.figures.geometry import Vec, Z, about_z, add, along, cross, flat, length, scale, unit
from programs.figures.pose import ON_ARM, Pose, Touch
from programs.figures.skeleton import Skeleton, heading, other, out_sign


def arms_in_order(pose: Pose) -> tuple[str, ...]:
    """The sides in order: an arm that the other hand lies on comes first."""
    touch = pose.touches.get("hand_right")
    late = touch is not None and touch.on.removeprefix("other_") in ON_ARM
    return ("left", "right") if late else b.BODY_SIDES


def bend_way(found: Skeleton, touch: Touch, side: str) -> Vec | None:
    """The direction a word for an elbow or knee means."""
    thorax = found.frames["thorax"]
    out = scale(thorax.left, out_sign(side))
    words = {
        "up": Z,
        "head": thorax.up,
        "down": scale(Z, -1),
        "out": out,
        "in": scale(out, -1),
        "forward": thorax.forward,
        "back": scale(thorax.forward, -1),
        "low": add(add(scale(thorax.up, -1), out), scale(thorax.forward, 1.2)),
    }
    return words.get(touch.bend)


def _facing(found: Skeleton, word: str, side: str) -> Vec:
    """The way a palm faces that is told to face up, in, forward and so on."""
    thorax = found.frames["thorax"]
    out = scale(thorax.left, out_sign(side))
    ahead = unit((thorax.forward[0], thorax.forward[1], 0.0))
    ways = {"up": Z, "down": scale(Z, -1), "out": out, "in": scale(out, -1), "forward": ahead}
    return ways.get(word, scale(ahead, -1))


def fingers(
    found: Skeleton, pose: Pose, touch: Touch, side: str, reach_way: Vec, normal: Vec
) -> Vec:
    """The direction of the fingers: where told, else on in the direction of the forearm."""
    if touch.point is not None:
        start = heading(pose) if abs(normal[2]) > 0.5 else Z
        turn = touch.point * -out_sign(side)
        if abs(normal[2]) > 0.5:
            return about_z(start, turn)
        return unit(
            add(scale(start, cos(radians(turn))), scale(cross(normal, start), sin(radians(turn))))
        )
    way = flat(reach_way, normal)
    if length(way) < 2.0:
        way = flat(scale(found.frames["thorax"].up, 1), normal)
    return unit(way)


def _off_wall(pose: Pose, x: float) -> Vec:
    """Away from a wall: it stands before the body, or beside one that is turned."""
    way = heading(pose)
    if abs(way[0]) < 0.5:
        return (-1.0 if x > pose.at[0] else 1.0, 0.0, 0.0)
    return scale(way, -1)


def target_of(found: Skeleton, pose: Pose, touch: Touch, side: str) -> tuple[Vec, Vec]:
    """The point a palm lies on, and the outward direction there."""
    if touch.at:
        place = (*touch.at, 0.0, 0.0)
        out = place[1] if len(touch.at) > 1 else b.SHOULDER_OUT
        up = place[2] if len(touch.at) > 2 else 0.0
        point = (place[0], out_sign(side) * out, up)
        if touch.palm:
            return point, scale(_facing(found, touch.palm, side), -1)
        return point, _off_surface(found, pose, touch, side)
    whose = side
    name = touch.on
    if name.startswith("other_"):
        name, whose = name.removeprefix("other_"), other(side)
    return on_body(found, name, whose, touch.share)


def _off_surface(found: Skeleton, pose: Pose, touch: Touch, side: str) -> Vec:
    """The outward direction of a floor, of a wall in front, or of one at the arm's own side."""
    if touch.on == "wall_side":
        away = scale(found.frames["thorax"].left, -out_sign(side))
        return unit((away[0], away[1], 0.0))
    return _off_wall(pose, touch.at[0]) if touch.on == "wall" else Z


_TRUNK_SPOTS: Final = {
    "hip": (4.5, 70.0),
    "waist": (10.0, 85.0),
    "low_back": (6.5, 150.0),
    "ribs": (17.0, 85.0),
    "chest": (23.5, 38.0),
    "belly": (8.0, 25.0),
    "flank": (12.0, 52.0),
}


def hand_on_trunk(pose: Pose) -> bool:
    """Whether a hand lies on the trunk."""
    places = {t.on.removeprefix("other_") for k, t in pose.touches.items() if k.startswith("hand")}
    return not places.isdisjoint(_TRUNK_SPOTS)


def on_body(found: Skeleton, name: str, side: str, share: float) -> tuple[Vec, Vec]:
    """A named spot of the body's surface, and the outward direction there."""
    if name in _TRUNK_SPOTS:
        up, around = _TRUNK_SPOTS[name]
        return found.skin(up - (share - 0.5) * 10, around, side)
    if name in _HEAD_SPOTS:
        return _on_head(found, name, side)
    if name in ON_ARM:
        return _on_arm(found, name, side, share)
    if name == "shoulder":
        centre, axes = found.slice(b.SHOULDER_UP)
        out = unit(add(scale(axes.forward, 0.9), scale(axes.up, 0.45)))
        joint = axes.place(centre, -0.6, out_sign(side) * found.own.shoulder_out * 0.85, 0.0)
        return along(joint, out, b.RADII["shoulder"]), out
    if name in ("foot", "heel"):
        foot = found.frames[f"foot_{side}"]
        return along(found.points[f"ankle_{side}"], foot.forward, 2.0), foot.forward
    return _on_leg(found, name, side, share)


_HEAD_SPOTS: Final = {
    "head": ((-1.0, 0.5, 0.0), b.SKULL[0]),
    "forehead": ((1.0, 0.15, 0.15), b.SKULL[0]),
    "head_side": ((0.1, 1.0, 0.15), b.SKULL[1]),
    "crown": ((0.0, 0.75, 1.0), b.SKULL[1] + 0.8),
}
"""Forward, out and up from the middle of the head, and how far."""


def _on_head(found: Skeleton, name: str, side: str) -> tuple[Vec, Vec]:
    head = found.frames["head"]
    (ahead, aside, up), far = _HEAD_SPOTS[name]
    out = add(scale(head.forward, ahead), scale(head.left, out_sign(side) * aside))
    out = unit(add(out, scale(head.up, up)))
    return along(found.points["head"], out, far), out


def _on_arm(found: Skeleton, name: str, side: str, share: float) -> tuple[Vec, Vec]:
    """The front of an arm, or the back of a hand or wrist."""
    hand = found.frames[f"hand_{side}"]
    back = scale(hand.left, -1.0 if side == "right" else 1.0)
    if name == "hand":
        return along(found.points[f"hand_{side}"], back, b.HAND_THICK), back
    upper = name in ("upper_arm", "elbow")
    axis = found.frames[f"{'upper_arm' if upper else 'forearm'}_{side}"].up
    start = found.points[f"{'shoulder' if upper else 'elbow'}_{side}"]
    size = found.own.upper_arm if upper else found.own.forearm
    share = {"elbow": 0.95, "wrist": 0.95}.get(name, share)
    out = unit(flat(back if name == "wrist" else found.frames["thorax"].forward, axis))
    radius = b.RADII["wrist"] if name == "wrist" else b.RADII["elbow"] - 0.3
    return along(along(start, axis, -size * share), out, radius), out


def _on_leg(found: Skeleton, name: str, side: str, share: float) -> tuple[Vec, Vec]:
    upper = name.startswith("thigh") or name == "knee"
    part = "thigh" if upper else "shank"
    frame = found.frames[f"{part}_{side}"]
    start = found.points[f"{'hip' if upper else 'knee'}_{side}"]
    size = found.own.thigh if upper else found.own.shank
    radii = ("hip", "knee") if upper else ("calf", "ankle")
    share = {"knee": 0.97, "ankle": 0.92}.get(name, share)
    radius = b.RADII[radii[0]] + (b.RADII[radii[1]] - b.RADII[radii[0]]) * share
    out = {
        "thigh_back": scale(frame.forward, -1),
        "calf": scale(frame.forward, -1),
        "thigh_out": scale(frame.left, out_sign(side)),
    }.get(name, frame.forward)
    return along(along(start, frame.up, -size * share), out, radius), out
