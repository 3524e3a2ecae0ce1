"""What every handout says about limits and warning signs, in plain words for the patient.

Pure. Written for this project at a reading grade of 6 or below. The warning signs stand in the
vocabulary beside the questions of the safety screen that they answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from patients.vocabulary import RED_FLAGS, Route
from programs.prescriptions.prescription import RedFlagLine

RED_FLAG_WORDS: Final = MappingProxyType(
    {code: flag.sign.replace("\nYou", " Or: you") for code, flag in RED_FLAGS.items()}
)
"""Each sign as one line. In the vocabulary a sign of two things stands on two, printed apart."""
_SOMEBODY: Final = re.compile(r"\byour (?:therapist|clinician)\b", re.IGNORECASE)

ONLY_IN_PREGNANCY: Final = frozenset({"rf_pregnancy_warning"})
ONLY_AFTER_BIRTH: Final = frozenset({"rf_after_birth"})
ONLY_ASKED: Final = frozenset({"rf_cancer_history"})
"""History rather than a sign to watch for: asked by the clinician, not printed."""
PRINTED_ROUTES: Final = (Route.EMERGENCY, Route.SAME_DAY, Route.SOON)
"""How fast the printed signs need an answer, fastest first."""


USUAL_REGIONS: Final = frozenset({"low_back", "neck"})
"""Whose signs are printed where neither the case nor its exercises name a region."""
CASE_REGIONS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "low_back": ("low_back",),
        "trunk_side": ("low_back",),
        "abdomen": ("low_back",),
        "pelvis": ("pelvis",),
        "hip": ("hip",),
        "buttock": ("hip",),
        "thigh": ("hip", "knee"),
        "knee": ("knee",),
        "calf": ("ankle_foot",),
        "ankle_foot": ("ankle_foot",),
        "thoracic": ("thoracic",),
        "neck": ("neck",),
        "shoulder": ("shoulder",),
        "elbow": ("elbow",),
        "wrist_hand": ("wrist_hand",),
    }
)
"""Region of an exercise → the regions of a case whose warning signs go with it."""
_SPINE: Final = frozenset({"low_back", "pelvis", "thoracic", "hip"})
_ARM: Final = frozenset({"neck", "shoulder", "elbow", "wrist_hand"})
_JOINTS: Final = frozenset({"hip", "knee", "ankle_foot", "shoulder", "elbow", "wrist_hand"})


def by_name(text: str, clinician: str) -> str:
    """The words of a rule with whoever is meant by "your therapist", where the name is known."""
    return _SOMEBODY.sub(lambda _: clinician, text) if clinician else text


def printed_regions(about: Collection[str] | None, exercises: Iterable[str]) -> frozenset[str]:
    """The regions whose signs a sheet prints.

    ``about``: what the case is about, where that is known; ``exercises``: the regions of what is
    on the sheet, which speak where the case does not.
    """
    if about:
        return frozenset(about)
    found = {region for code in exercises for region in CASE_REGIONS_OF.get(code, ())}
    return frozenset(found) or USUAL_REGIONS


def not_for(about: Collection[str] | None) -> frozenset[str]:
    """The signs that belong to other regions than these; none where all are meant."""
    if about is None:
        return frozenset()
    return frozenset(c for c, f in RED_FLAGS.items() if f.about and not set(f.about) & set(about))


def red_flag_lines(
    *, pregnant: bool, born: bool = True, about: Collection[str] | None = None
) -> tuple[RedFlagLine, ...]:
    """Warning signs of these regions to print, the most urgent first."""
    unprinted = ONLY_ASKED | not_for(about)
    unprinted |= frozenset() if pregnant else ONLY_IN_PREGNANCY
    unprinted |= frozenset() if born else ONLY_AFTER_BIRTH
    return tuple(
        RedFlagLine(text=line, route=str(route))
        for route in PRINTED_ROUTES
        for code, flag in RED_FLAGS.items()
        if flag.route == route and code not in unprinted
        for line in flag.sign.splitlines()
    )


def stop_rules(
    *, amber_max: int, settle_minutes: int, about: Collection[str] = ("low_back",)
) -> tuple[str, ...]:
    """When to stop, with the practice's limits: pain (0–10) and minutes to settle."""
    minutes = "1 minute" if settle_minutes == 1 else f"{settle_minutes} minutes"
    rules = [f"Stop if the pain goes above {amber_max} out of 10."]
    if _SPINE & set(about):
        rules += [
            "Pause if pain or tingling moves down your leg. "
            f"Stop if it is still there after {minutes}.",
            "Stop if a leg gets weak, or if numbness spreads. Call us the same day.",
        ]
    if _ARM & set(about):
        rules += [
            "Pause if pain or tingling moves down your arm. "
            f"Stop if it is still there after {minutes}.",
            "Stop if an arm or a hand gets weak, or if numbness spreads. Call us the same day.",
        ]
    if _JOINTS & set(about):
        rules.append("Stop if a joint gets hot and swollen, or locks. Call us the same day.")
    return (
        *rules,
        "Stop if you feel dizzy, faint or short of breath.",
        "If you are not sure, stop and call us.",
    )
