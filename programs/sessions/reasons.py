"""Why an exercise was skipped or a session stopped early, in the patient's words.

Pure.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SKIP_REASONS: Final = MappingProxyType(
    {
        "pain": "It hurts too much",
        "tired": "I am too tired",
        "no_time": "I have no time",
        "no_equipment": "I do not have what I need",
        "unsure": "I am not sure how to do it",
        "other": "Something else",
    }
)
STOP_REASONS: Final = MappingProxyType(
    {
        "pain": "It hurts too much",
        "tired": "I am too tired",
        "no_time": "I have no time",
        "interrupted": "Something came up",
        "unwell": "I feel unwell",
        "other": "Something else",
    }
)
REASON_LABELS: Final = MappingProxyType({**SKIP_REASONS, **STOP_REASONS})
"""Every reason by its code."""
