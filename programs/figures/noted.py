"""The angles of joints as they turned out, read off a body that is placed. Pure."""

from __future__ import annotations

from math import asin, degrees

from programs.figures.body import BODY_SIDES
from programs.figures.geometry import Frame, Vec, angle_between, dot, scale, signed_angle
from programs.figures.skeleton import Skeleton, out_sign


def note_limbs(found: Skeleton) -> None:
    """Write down the angles of both arms and both legs."""
    for side in BODY_SIDES:
        note_leg(found, side)
        note_arm(found, side)


def note_leg(found: Skeleton, side: str) -> None:
    """Write down the angles of hip, knee and ankle."""
    pelvis, thigh, shank, foot = (
        found.frames[k] for k in ("pelvis", f"thigh_{side}", f"shank_{side}", f"foot_{side}")
    )
    flexion, out = _swing(pelvis, thigh.up, side)
    found.angles[f"hip_flexion_{side}"] = flexion
    found.angles[f"hip_abduction_{side}"] = out
    found.angles[f"knee_flexion_{side}"] = angle_between(thigh.up, shank.up)
    found.angles[f"ankle_flexion_{side}"] = 90 - angle_between(foot.forward, shank.up)


def _swing(parent: Frame, up: Vec, side: str) -> tuple[float, float]:
    """Flexion and abduction that bring a limb, hanging in ``parent``, to this direction."""
    down = scale(up, -1)
    sideways = dot(down, parent.left) * out_sign(side)
    forward, low = dot(down, parent.forward), -dot(down, parent.up)
    flexion = signed_angle(forward, low) if abs(sideways) < 0.97 else 0.0
    return flexion, degrees(asin(max(-1.0, min(1.0, sideways))))


def note_arm(found: Skeleton, side: str) -> None:
    """Write down the angles of shoulder, elbow and wrist."""
    thorax, upper, fore, hand = (
        found.frames[k] for k in ("thorax", f"upper_arm_{side}", f"forearm_{side}", f"hand_{side}")
    )
    flexion, out = _swing(thorax, upper.up, side)
    if flexion < -90:
        flexion += 360
    found.angles[f"shoulder_flexion_{side}"] = flexion
    found.angles[f"shoulder_abduction_{side}"] = out
    found.angles[f"elbow_flexion_{side}"] = angle_between(upper.up, fore.up)
    found.angles[f"wrist_bend_{side}"] = angle_between(fore.up, hand.up)
