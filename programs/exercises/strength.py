"""What strength work adds to a dose: the load and its step, the pace, the effort, when to add.

Pure. The words are the patient's. A load has no number where no source gives one: colour of a band
or weight are the clinician's to set.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

RESISTANCES: Final = MappingProxyType({"band": "Band", "weight": "Weight"})
TEXTS: Final = MappingProxyType({"step": 40, "pace": 60, "progress": 120})
"""Texts of a dose and how long they may be."""
STRENGTH_LABELS: Final = MappingProxyType(
    {
        "resistance": "Works against",
        "step": "Colour of the band, or weight",
        "pace": "Pace",
        "progress": "When to add",
    }
)
SPARE: Final = "stop two before you must"


def load_words(resistance: str, step: str) -> str:
    """``with a red band``, ``with 2 kg``; empty without either."""
    if resistance == "band":
        return f"with a {step} band" if step else "with a band"
    if resistance == "weight":
        return f"with {step}" if step else "with a weight"
    return ""
