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

from patients.vocabulary import LOCATION_RANK


class View(StrEnum):
    """From where the body is seen."""

    BACK = "back"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Region:
    """One place on the body. ``sides``: where it counts; the middle of the back is on both."""

    code: str
    label: str
    view: View
    sides: tuple[str, ...]
    location: str


_LEFT, _RIGHT, _BOTH = ("left",), ("right",), ("left", "right")

BODY_REGIONS: Final = MappingProxyType(
    {
        r.code: r
        for r in (
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
    }
)
"""By code, from the spine outward. The hip and groin count as the buttock: past the back, above
the thigh."""


def places(regions: Iterable[str]) -> dict[str, str]:
    """The most distal location of each side, ``none`` where nothing is; KeyError if unknown."""
    worst = {"left": "none", "right": "none"}
    for code in regions:
        region = BODY_REGIONS[code]
        for side in region.sides:
            worst[side] = max(worst[side], region.location, key=LOCATION_RANK.__getitem__)
    return worst
