"""From how many degrees a drawn movement counts, and which range it then is.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PAST_HEAD: Final = 150.0
"""Degrees from which a raised arm is beside the head."""


@dataclass(frozen=True, slots=True)
class Bands:
    """From how many degrees a movement is shown at all, must be named, is mid range and end."""

    shown: float
    named: float
    mid: float
    end: float

    def range_of(self, degrees: float) -> str:
        """The word for a movement of this many degrees."""
        return "end" if degrees >= self.end else "mid" if degrees >= self.mid else "inner"


FLAT_BACK: Final = 15.0
"""Lying, the low back lies flat at 15°: only more than that bends it (see docs/figures.md)."""
BANDS: Final[Mapping[tuple[str, str], Bands]] = {
    ("lumbar", "flexion"): Bands(8, 8, 22, 30),
    ("lumbar", "extension"): Bands(13, 13, 16, 22),
    ("lumbar", "side_bend"): Bands(6, 6, 9, 14),
    ("lumbar", "rotation"): Bands(4, 4, 6, 15),
    ("thoracic", "flexion"): Bands(10, 25, 26, 36),
    ("thoracic", "extension"): Bands(6, 90, 12, 20),
    ("thoracic", "rotation"): Bands(8, 8, 10, 30),
    ("neck", "flexion"): Bands(6, 90, 22, 45),
    ("neck", "extension"): Bands(8, 90, 22, 45),
    ("neck", "side_bend"): Bands(8, 15, 15, 32),
    ("neck", "rotation"): Bands(15, 25, 25, 66),
    ("neck", "retraction"): Bands(6, 6, 6, 12),
    ("hip", "extension"): Bands(5, 11, 11, 18),
    ("hip", "abduction"): Bands(10, 20, 25, 50),
    ("hip", "adduction"): Bands(10, 20, 25, 35),
    ("hip", "internal_rotation"): Bands(8, 8, 20, 35),
    ("shoulder", "flexion"): Bands(25, PAST_HEAD, 60, PAST_HEAD),
    ("shoulder", "extension"): Bands(8, 56, 20, 48),
    ("elbow", "flexion"): Bands(40, 160, 50, 140),
}
"""Where the drawings' angles meet the words of the steps: "a little" is inner, "as far as feels
good" is end. Joints' own limits stand in ``body.py``."""
