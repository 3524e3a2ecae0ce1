"""How long and broad the people's bones are: their own, within what the poses were made for.

Body height is 100 units for the usual body of ``body.py``; a person with longer legs is taller.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from programs.figures import body as b


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of limbs, and how far hip and shoulder joints are from the middle, in units.

    ``gives``: whether the body gives way where it differs from the usual one: arms hang clear of
    the trunk, and what would be out of reach is touched a little nearer (``limbs.py``).
    """

    upper_arm: float = b.UPPER_ARM
    forearm: float = b.FOREARM
    thigh: float = b.THIGH
    shank: float = b.SHANK
    hip_out: float = b.HIP_OUT
    shoulder_out: float = b.SHOULDER_OUT
    gives: bool = False

    @property
    def taller(self) -> float:
        """By how much the hips of a standing body are higher than the usual ones."""
        return self.thigh - b.THIGH + self.shank - b.SHANK


USUAL_LENGTHS: Final = Lengths()


def _shares(
    *, arms: float = 1.0, thigh: float = 1.0, shank: float = 1.0, hips: float = 1.0,
    shoulders: float = 1.0,
) -> Lengths:  # fmt: skip
    return Lengths(
        b.UPPER_ARM * arms, b.FOREARM * arms, b.THIGH * thigh, b.SHANK * shank,
        b.HIP_OUT * hips, b.SHOULDER_OUT * shoulders,
    )  # fmt: skip


OWN_LENGTHS: Final = {
    "young_man": _shares(arms=1.01, thigh=1.02, shank=1.03, shoulders=1.02),
    "young_woman": _shares(arms=0.985, thigh=1.01, shank=1.02, hips=1.04, shoulders=0.965),
    "older_woman": _shares(arms=0.98, thigh=0.98, shank=0.97, hips=1.06, shoulders=0.965),
    "broad_man": _shares(arms=1.02, thigh=0.99, shank=0.98, hips=1.06, shoulders=1.07),
    "covered_woman": _shares(arms=0.98, thigh=0.99, shank=0.985, hips=1.04, shoulders=0.96),
    "older_man": _shares(arms=1.03, thigh=1.0, shank=0.975, shoulders=0.98),
}
"""Men and women differ about as much in shoulders and hips, the old and the young in the legs."""


def part_way(own: Lengths, share: float, *, gives: bool = False) -> Lengths:
    """Between the usual lengths (0) and somebody's own (1)."""
    usual, mine = asdict(USUAL_LENGTHS), asdict(own)
    sizes: dict[str, Any] = {
        name: usual[name] + (mine[name] - usual[name]) * share for name in usual if name != "gives"
    }
    return Lengths(**sizes, gives=gives)
