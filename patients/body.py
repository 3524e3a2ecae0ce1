"""The body picture: the regions a patient can point at, and the location each stands for.

Pure. A region is one place on one side, seen from the front or the back. ``places`` turns regions
into the most distal location of each side, which is what the response rules compare.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from patients.vocabulary import CHAIN_RANKS, Chain


class View(StrEnum):
    """From where the body is seen."""

    BACK = "back"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Region:
    """One place on the body. ``sides``: where it counts; the middle of the back is on both.

    ``chain``: the row of places that ``location`` belongs to, and the picture that shows it.
    """

    code: str
    label: str
    view: View
    sides: tuple[str, ...]
    location: str
    chain: Chain = Chain.LEG


_LEFT, _RIGHT, _BOTH = ("left",), ("right",), ("left", "right")


def _paired(code: str, label: str, view: View, location: str) -> tuple[Region, Region]:
    """A place of the arm on both sides; ``{}`` stands for the side."""

    def region(side: str) -> Region:
        words = label.format(side)
        words = f"{words[:1].upper()}{words[1:]}"
        return Region(f"{code}_{side}", words, view, (side,), location, Chain.ARM)

    return region("left"), region("right")


_LEG_REGIONS: Final = (
    Region("back_middle", "Middle of the low back", View.BACK, _BOTH, "back_middle"),
    Region("back_left", "Left side of the low back", View.BACK, _LEFT, "back_side"),
    Region("back_right", "Right side of the low back", View.BACK, _RIGHT, "back_side"),
    Region("buttock_left", "Left buttock", View.BACK, _LEFT, "buttock"),
    Region("buttock_right", "Right buttock", View.BACK, _RIGHT, "buttock"),
    Region("thigh_back_left", "Back of the left thigh", View.BACK, _LEFT, "thigh"),
    Region("thigh_back_right", "Back of the right thigh", View.BACK, _RIGHT, "thigh"),
    Region("calf_left", "Left calf", View.BACK, _LEFT, "lower_leg"),
    Region("calf_right", "Right calf", View.BACK, _RIGHT, "lower_leg"),
    Region("heel_left", "Left heel or sole", View.BACK, _LEFT, "foot"),
    Region("heel_right", "Right heel or sole", View.BACK, _RIGHT, "foot"),
    Region("hip_front_left", "Left hip or groin", View.FRONT, _LEFT, "buttock"),
    Region("hip_front_right", "Right hip or groin", View.FRONT, _RIGHT, "buttock"),
    Region("thigh_front_left", "Front of the left thigh", View.FRONT, _LEFT, "thigh"),
    Region("thigh_front_right", "Front of the right thigh", View.FRONT, _RIGHT, "thigh"),
    Region("shin_left", "Left shin", View.FRONT, _LEFT, "lower_leg"),
    Region("shin_right", "Right shin", View.FRONT, _RIGHT, "lower_leg"),
    Region("foot_left", "Top of the left foot or toes", View.FRONT, _LEFT, "foot"),
    Region("foot_right", "Top of the right foot or toes", View.FRONT, _RIGHT, "foot"),
)
"""From the spine outward. The hip and groin count as the buttock: past the back, above the
thigh."""
_ARM_REGIONS: Final = (
    Region("neck_middle", "Back of the neck", View.BACK, _BOTH, "neck_middle", Chain.ARM),
    *_paired("neck_side", "{} side of the neck", View.BACK, "neck_side"),
    *_paired("shoulder_blade", "{} shoulder blade", View.BACK, "shoulder_blade"),
    *_paired("upper_arm_back", "Back of the {} upper arm", View.BACK, "upper_arm"),
    *_paired("forearm_back", "{} elbow and back of the forearm", View.BACK, "forearm"),
    *_paired("hand_back", "Back of the {} hand", View.BACK, "hand"),
    *_paired("neck_front", "Front of the neck, {}", View.FRONT, "neck_side"),
    *_paired("shoulder_front", "Front of the {} shoulder", View.FRONT, "shoulder_blade"),
    *_paired("upper_arm_front", "Front of the {} upper arm", View.FRONT, "upper_arm"),
    *_paired("forearm_front", "Inside of the {} forearm", View.FRONT, "forearm"),
    *_paired("palm", "Palm and fingers of the {} hand", View.FRONT, "hand"),
)
"""From the spine outward; front and back of the shoulder count as the shoulder blade."""
BODY_REGIONS: Final = MappingProxyType({r.code: r for r in (*_LEG_REGIONS, *_ARM_REGIONS)})
"""Every place by code, of both pictures."""


def regions_of(chain: Chain) -> tuple[Region, ...]:
    """The places of one picture."""
    return _ARM_REGIONS if chain is Chain.ARM else _LEG_REGIONS


def places(regions: Iterable[str]) -> dict[str, str]:
    """The most distal location of each side, ``none`` where nothing is; KeyError if unknown.

    It is a location of the row that the regions belong to. A picture shows one row; where a report
    has places of both, the leg's count.
    """
    found = [BODY_REGIONS[code] for code in regions]
    chain = min((region.chain for region in found), key=list(Chain).index, default=Chain.LEG)
    ranks = CHAIN_RANKS[chain]
    worst = {"left": "none", "right": "none"}
    for region in found:
        for side in region.sides if region.chain is chain else ():
            worst[side] = max(worst[side], region.location, key=ranks.__getitem__)
    return worst
