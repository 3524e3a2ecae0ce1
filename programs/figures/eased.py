"""Ankles and wrists on their way from one frame to the next: never bent past their limit. Pure."""

from __future__ import annotations

from typing import Final

from programs.figures import body as b
from programs.figures.geometry import angle_between, frame_along, slerp
from programs.figures.limbs import place_foot, place_hand
from programs.figures.skeleton import Skeleton

WRIST: Final = 90.0
"""Degrees that a wrist bends at most, whichever way."""


def ease_joints(found: Skeleton) -> None:
    """Turn feet and hands back toward the shin and the forearm as far as they are past a limit."""
    for side in b.BODY_SIDES:
        foot, shank = (found.frames[f"{part}_{side}"] for part in ("foot", "shank"))
        past = 90 - angle_between(foot.forward, shank.up) - b.LIMITS["ankle_flexion"].most
        if past > 0:
            place_foot(found, side, foot.pitch(past))
        hand, fore = (found.frames[f"{part}_{side}"] for part in ("hand", "forearm"))
        bend = angle_between(fore.up, hand.up)
        if bend > WRIST:
            up = slerp(hand.up, fore.up, 1 - WRIST / bend)
            place_hand(found, side, frame_along(up, hand.forward))
