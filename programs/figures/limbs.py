"""Arms and legs: placed by joint angles, or bent to what they touch."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from programs.figures import body as b
from programs.figures.contact import arms_in_order, bend_way, fingers, on_body, target_of
from programs.figures.geometry import (
    Frame,
    Vec,
    Z,
    about_z,
    add,
    along,
    angle_between,
    cross,
    dot,
    flat,
    frame_along,
    length,
    reach,
    scale,
    sub,
    unit,
)
from programs.figures.giving import clear_of_trunk, nearer
from programs.figures.noted import note_arm, note_leg
from programs.figures.pose import Pose
from programs.figures.proportions import USUAL_LENGTHS, Lengths
from programs.figures.skeleton import (
    LYING,
    Skeleton,
    angle,
    build_trunk,
    heading,
    level_head,
    out_sign,
    rest_head,
)

SHIN_SLOPE: Final = 3.0
POINTED: Final = -70.0
THUMB_THICK: Final = 0.8
_DROPS: Final = LYING | {"kneeling", "half_kneeling", "hands_and_knees", "plank", "side_plank"}


def solve(pose: Pose, head_on: float = 0.0, own: Lengths = USUAL_LENGTHS) -> Skeleton:
    """The whole body of a pose, resting on the floor or what its base says; ``own``: whose."""
    found = build_trunk(pose, own)
    legs = [s for s in b.BODY_SIDES if not _reaches(pose, s)]
    for side in legs:
        _leg_by_angles(found, pose, side)
    if pose.base in _DROPS and pose.height is None:
        found.move((0.0, 0.0, -_lowest(found, legs if pose.base not in LYING else [])))
    for side in b.BODY_SIDES:
        if side not in legs:
            _leg_to(found, pose, side)
        note_leg(found, side)
    if pose.head == "rest":
        rest_head(found, pose, head_on)
    elif pose.head == "level":
        level_head(found, pose)
    for side in arms_in_order(pose):
        if (touch := pose.touches.get(f"hand_{side}")) and touch.on != "held":
            _arm_to(found, pose, side)
        else:
            _arm_by_angles(found, pose, side)
        note_arm(found, side)
    return found


def _reaches(pose: Pose, side: str) -> bool:
    touch = pose.touches.get(f"foot_{side}")
    return touch is not None and touch.on in ("floor", "step", "air")


def _lowest(found: Skeleton, legs: list[str]) -> float:
    """Height of the lowest point of trunk and of these legs."""
    heights = [-found.furthest(up, scale(Z, -1)) for up in range(-4, 30, 2)]
    for side in legs:
        for joint in ("knee", "ankle", "heel", "ball", "toe"):
            heights.append(found.points[f"{joint}_{side}"][2] - b.RADII[joint])
    return min(heights)


def _hip(found: Skeleton, side: str) -> Vec:
    found.points[f"hip_{side}"] = found.frames["pelvis"].place(
        found.points["pelvis"], 0.0, found.own.hip_out * out_sign(side), 0.0
    )
    return found.points[f"hip_{side}"]


def _turned(frame: Frame, pose: Pose, joint: str, side: str) -> Frame:
    """Axes of thigh or upper arm after flexion, abduction and outward rotation."""
    sign = out_sign(side)
    return (
        frame.pitch(-angle(pose, f"{joint}_flexion_{side}"))
        .roll(sign * angle(pose, f"{joint}_abduction_{side}"))
        .yaw(-sign * angle(pose, f"{joint}_rotation_{side}"))
    )


def _leg_by_angles(found: Skeleton, pose: Pose, side: str) -> None:
    hip = _hip(found, side)
    thigh = _turned(found.frames["pelvis"], pose, "hip", side)
    knee = along(hip, thigh.up, -found.own.thigh)
    touch = pose.touches.get(f"foot_{side}")
    if touch is not None:
        slope = radians(SHIN_SLOPE)
        back = scale(about_z(heading(pose), (touch.point or 0.0) * -out_sign(side)), -1)
        up = add(scale(back, -cos(slope)), scale(Z, sin(slope)))
        shank = frame_along(up, scale(Z, -1))
        foot = shank.pitch(-POINTED) if not touch.heel else shank.pitch(-20)
    else:
        shank = thigh.pitch(angle(pose, f"knee_flexion_{side}"))
        foot = shank.pitch(-angle(pose, f"ankle_flexion_{side}"))
    found.frames.update({f"thigh_{side}": thigh, f"shank_{side}": shank})
    found.points[f"knee_{side}"] = knee
    found.points[f"ankle_{side}"] = along(knee, shank.up, -found.own.shank)
    place_foot(found, side, foot)


def place_foot(found: Skeleton, side: str, foot: Frame, toes: Frame | None = None) -> None:
    """Heel, ball and toe from the ankle; ``toes`` are the axes of toes that stay on the floor."""
    ankle = found.points[f"ankle_{side}"]
    found.frames.update({f"foot_{side}": foot, f"toes_{side}": toes or foot})
    for name, forward in (("heel", -b.HEEL_BACK + 1.2), ("ball", b.BALL_OF_FOOT), ("toe", b.TOE)):
        down = b.RADII[name] - b.ANKLE_HEIGHT
        found.points[f"{name}_{side}"] = foot.place(ankle, forward, 0.0, down)
    if toes:
        sole = foot.place(ankle, b.BALL_OF_FOOT, 0.0, -b.ANKLE_HEIGHT)
        found.points[f"ball_{side}"] = toes.place(sole, 0.0, 0.0, b.RADII["ball"])
        found.points[f"toe_{side}"] = toes.place(sole, b.TOE - b.BALL_OF_FOOT, 0.0, b.RADII["toe"])


def _leg_to(found: Skeleton, pose: Pose, side: str) -> None:
    """Bend a leg so that its foot stands, or hangs, at a place."""
    hip, touch = _hip(found, side), pose.touches[f"foot_{side}"]
    sign = out_sign(side)
    place = (*touch.at, 0.0, 0.0, 0.0)
    out = place[1] if len(touch.at) > 1 else b.HIP_OUT
    up = place[2] if len(touch.at) > 2 else 0.0
    turn = (touch.point or 0.0) * -sign
    toward = about_z(heading(pose), turn)
    level = frame_along(Z, toward)
    foot = level.pitch(touch.heel - touch.toes)
    ball = (place[0] + toward[0] * b.BALL_OF_FOOT, sign * out + toward[1] * b.BALL_OF_FOOT, up)
    ankle = along(along(ball, foot.forward, -b.BALL_OF_FOOT), foot.up, b.ANKLE_HEIGHT)
    if touch.toes:
        ankle = _on_heel((place[0], sign * out, up), foot, toward)
    if touch.on == "air":
        ankle = (place[0], sign * out, up)
    pole = add(found.frames["pelvis"].forward, scale(toward, 0.5))
    pole = bend_way(found, touch, side) or pole
    if touch.swing:
        line = unit(sub(ankle, hip))
        ahead = unit(flat(pole, line))
        aside = flat(scale(found.frames["thorax"].left, sign), line)
        aside = unit(sub(aside, scale(ahead, dot(aside, ahead))))
        lean = radians(touch.swing)
        pole = add(scale(ahead, cos(lean)), scale(aside, sin(lean)))
    thigh, shank = found.own.thigh, found.own.shank
    knee, short = reach(hip, ankle, thigh, shank, pole)
    if short and found.own.gives:
        ankle = nearer(hip, ankle, thigh + shank, None if touch.on == "air" else Z)
        knee, short = reach(hip, ankle, thigh, shank, pole)
    found.short[f"foot_{side}"] = short
    thigh_up, shank_up = unit(sub(hip, knee)), unit(sub(knee, ankle))
    if short:
        ankle = along(knee, shank_up, -found.own.shank)
    found.points[f"knee_{side}"], found.points[f"ankle_{side}"] = knee, ankle
    bent = flat(sub(knee, hip), unit(sub(ankle, hip)))
    front = bent if length(bent) > 1.0 else pole
    found.frames[f"thigh_{side}"] = frame_along(thigh_up, front)
    found.frames[f"shank_{side}"] = frame_along(shank_up, front)
    if touch.on == "air":
        foot = found.frames[f"shank_{side}"].pitch(-angle(pose, f"ankle_flexion_{side}"))
    place_foot(
        found, side, foot, level if touch.heel > 0 and touch.on in ("floor", "step") else None
    )


def _on_heel(under: Vec, foot: Frame, toward: Vec) -> Vec:
    """The ankle of a foot that rests on its heel, toes lifted; ``under`` is below a flat ankle."""
    back, low = b.HEEL_BACK - 1.2, b.RADII["heel"]
    heel = along(along(under, toward, -back), Z, low)
    return foot.place(heel, back, 0.0, b.ANKLE_HEIGHT - low)


def _shoulder(found: Skeleton, pose: Pose, side: str, raised: float, across: bool = False) -> Vec:
    """The shoulder joint; the blade lifts it as the arm goes up, and yields when lain on.

    ``across``: the arm reaches to the other side, and the blade slides forward round the chest.
    """
    centre, axes = found.slice(b.SHOULDER_UP)
    lift = max(0.0, raised - 70) * 0.025
    under = pose.base == f"side_{side}"
    out = found.own.shoulder_out - lift * 0.6 - (4.5 if under else 0.0)
    ahead = 3.0 if under else 1.9 if across else -0.6
    point = axes.place(centre, ahead, out_sign(side) * out, lift)
    found.points[f"shoulder_{side}"] = point
    return point


def _arm_by_angles(found: Skeleton, pose: Pose, side: str) -> None:
    raised = max(angle(pose, f"shoulder_flexion_{side}"), angle(pose, f"shoulder_abduction_{side}"))
    shoulder = _shoulder(found, pose, side, raised)
    upper = _turned(found.frames["thorax"], pose, "shoulder", side)
    if found.own.gives:
        upper = clear_of_trunk(upper, found, side)
    fore = upper.pitch(-angle(pose, f"elbow_flexion_{side}"))
    sign = out_sign(side)
    hand = fore.yaw(-sign * angle(pose, f"forearm_rotation_{side}"))
    hand = hand.pitch(-angle(pose, f"wrist_flexion_{side}"))
    hand = hand.roll(-sign * angle(pose, f"palm_flexion_{side}"))
    found.points[f"elbow_{side}"] = along(shoulder, upper.up, -found.own.upper_arm)
    found.points[f"wrist_{side}"] = along(
        found.points[f"elbow_{side}"], fore.up, -found.own.forearm
    )
    found.frames[f"upper_arm_{side}"], found.frames[f"forearm_{side}"] = upper, fore
    place_hand(found, side, hand)


def place_hand(found: Skeleton, side: str, hand: Frame) -> None:
    """Palm and finger tips from the wrist; the thumb is on the hand's forward side."""
    wrist = found.points[f"wrist_{side}"]
    found.frames[f"hand_{side}"] = hand
    found.points[f"hand_{side}"] = along(wrist, hand.up, -b.PALM)
    found.points[f"tip_{side}"] = along(wrist, hand.up, -b.HAND)


def _arm_to(found: Skeleton, pose: Pose, side: str) -> None:
    """Bend an arm so that its palm lies on something."""
    touch = pose.touches[f"hand_{side}"]
    target, normal = target_of(found, pose, touch, side)
    chest, axes = found.slice(b.SHOULDER_UP)
    near = axes.place(chest, 0.0, out_sign(side) * found.own.shoulder_out, 0.0)
    raised = angle_between(sub(target, near), scale(axes.up, -1))
    shoulder = _shoulder(found, pose, side, raised, touch.on.startswith("other_"))
    pole = bend_way(found, touch, side) or _elbow(found, pose, side)
    palm = along(target, normal, b.HAND_THICK)
    wrist, elbow, short = palm, shoulder, 0.0
    for _ in range(4):
        way = fingers(found, pose, touch, side, sub(palm, elbow), normal)
        wrist = along(palm, way, -b.PALM)
        elbow, short = reach(shoulder, wrist, found.own.upper_arm, found.own.forearm, pole)
        if short and found.own.gives and touch.at:
            arm = found.own.upper_arm + found.own.forearm
            palm = add(palm, sub(nearer(shoulder, wrist, arm, normal), wrist))
    found.short[f"hand_{side}"] = short
    if short:
        wrist = along(elbow, unit(sub(wrist, elbow)), found.own.forearm)
    found.points[f"elbow_{side}"], found.points[f"wrist_{side}"] = elbow, wrist
    found.frames[f"upper_arm_{side}"] = frame_along(unit(sub(shoulder, elbow)), axes.forward)
    found.frames[f"forearm_{side}"] = frame_along(unit(sub(elbow, wrist)), axes.forward)
    way = unit(sub(palm, wrist))
    thumb = cross(normal, way) if side == "right" else cross(way, normal)
    place_hand(found, side, frame_along(scale(way, -1), thumb))
    if touch.thumb:
        spot, out = on_body(found, touch.thumb, side, 0.5)
        found.points[f"thumb_{side}"] = along(spot, out, THUMB_THICK)


def _elbow(found: Skeleton, pose: Pose, side: str) -> Vec:
    """Where the elbow points when nothing is said: back and out, or out when lying."""
    thorax = found.frames["thorax"]
    out = scale(thorax.left, out_sign(side))
    back = scale(thorax.forward, -0.1 if pose.base in LYING else -1.0)
    return add(add(out, back), scale(thorax.up, -0.5))
