"""What every handout says about limits and warning signs, in plain words for the patient.

Pure. Written for this project at a reading grade of 6 or below. The warning signs stand in the
vocabulary beside the questions of the safety screen that they answer.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from patients.vocabulary import RED_FLAGS, Route
from programs.prescriptions.prescription import RedFlagLine

RED_FLAG_WORDS: Final = MappingProxyType({code: flag.sign for code, flag in RED_FLAGS.items()})

ONLY_IN_PREGNANCY: Final = frozenset({"rf_pregnancy_warning"})
ONLY_ASKED: Final = frozenset({"rf_cancer_history"})
"""History rather than a sign to watch for: asked by the clinician, not printed."""
PRINTED_ROUTES: Final = (Route.EMERGENCY, Route.SAME_DAY, Route.SOON)
"""How fast the printed signs need an answer, fastest first."""

DEFAULT_TITLE: Final = "Home exercise program"


def red_flag_lines(*, pregnant: bool) -> tuple[RedFlagLine, ...]:
    """Warning signs to print, the most urgent first."""
    unprinted = ONLY_ASKED if pregnant else ONLY_ASKED | ONLY_IN_PREGNANCY
    return tuple(
        RedFlagLine(text=RED_FLAG_WORDS[code], route=str(route))
        for route in PRINTED_ROUTES
        for code, flag in RED_FLAGS.items()
        if flag.route == route and code not in unprinted
    )


def stop_rules(*, amber_max: int, settle_minutes: int) -> tuple[str, ...]:
    """When to stop, with the practice's limits: pain (0–10) and minutes to settle."""
    minutes = "1 minute" if settle_minutes == 1 else f"{settle_minutes} minutes"
    return (
        f"Stop if the pain goes above {amber_max} out of 10.",
        "Pause if pain or tingling moves down your leg. "
        f"Stop if it is still there after {minutes}.",
        "Stop if a leg gets weak, or if numbness spreads. Call us the same day.",
        "Stop if you feel dizzy, faint or short of breath.",
        "If you are not sure, stop and call us.",
    )
