"""What the rules decided and what was reported, in the clinician's words.

Pure.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from patients.response.facts import Kind, Outcome, Phase, Trend

TRENDS: Final = MappingProxyType(
    {
        Trend.CENTRALISING: "Moving up toward the back (centralising)",
        Trend.PERIPHERALISING: "Moving further down the leg (peripheralising)",
        Trend.IMPROVING: "Less pain than at the start, by an amount that matters",
        Trend.WORSENING: "More pain than at the start, by an amount that matters",
        Trend.NO_CLEAR_CHANGE: "No clear change yet",
        Trend.TOO_EARLY: "Too early to say (under 7 days or 3 sessions, or none in 14 days)",
    }
)
OUTCOMES: Final = MappingProxyType(
    {
        Outcome.CARRY_ON: "Carry on",
        Outcome.EASE: "Ease off",
        Outcome.STOP_EXERCISE: "Stop an exercise",
        Outcome.GET_HELP: "Get help",
    }
)
"""What the patient was told last."""
PHASE_LABELS: Final = MappingProxyType(
    {
        Phase.BEFORE: "Before",
        Phase.DURING: "During",
        Phase.AFTER: "After",
        Phase.SETTLED: "Minutes later",
        Phase.NEXT_DAY: "Next day",
    }
)
FEELING_LABELS: Final = MappingProxyType(
    {
        Kind.PAIN: "pain",
        Kind.TINGLING: "tingling",
        Kind.NUMBNESS: "numbness",
        Kind.WEAKNESS: "weakness",
        Kind.HEAVINESS: "heaviness",
        Kind.STIFFNESS: "stiffness",
        Kind.BURNING: "burning",
        Kind.SHARP_PINCH: "sharp pinch",
        Kind.CLICKING: "clicking",
    }
)
EXERCISE_STATE_LABELS: Final = MappingProxyType(
    {"done": "Done", "partly": "Done in part", "skipped": "Skipped"}
)
