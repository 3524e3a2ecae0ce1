"""What every handout says about limits and warning signs, in plain words for the patient.

Pure. Written for this project at a reading grade of 6 or below. The warning signs are the
questions of the safety screen turned into statements; a test holds that none is forgotten.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from patients.vocabulary import RED_FLAGS, Route
from programs.prescriptions.prescription import RedFlagLine

RED_FLAG_WORDS: Final = MappingProxyType(
    {
        "rf_cauda_equina_bladder": "It is newly hard to pass urine, to hold it, or to feel it.",
        "rf_cauda_equina_bowel": "You newly lose control or feeling of your bowels.",
        "rf_saddle_numbness": "It goes numb between your legs or around your back passage.",
        "rf_sexual_change": "You newly lose feeling or function during sex.",
        "rf_bilateral_leg_new": "You get new pain, numbness or weakness in both legs.",
        "rf_progressive_weakness": "A leg gets weaker, or numbness spreads.",
        "rf_foot_drop": "A foot starts to drag or slap when you walk.",
        "rf_major_trauma": "You have a bad fall, a crash or a hard blow.",
        "rf_minor_trauma_osteoporosis": (
            "You have weak bones, and new pain starts after a small fall or a lift."
        ),
        "rf_cancer_history": "You have had cancer, and this pain is new.",
        "rf_weight_loss": "You lose weight and do not know why.",
        "rf_night_pain_unrelenting": "The pain is there all night, in every position.",
        "rf_fever_infection": "You get a fever or chills with your back pain.",
        "rf_immunosuppression_iv_drug": (
            "You feel ill, and your immune system is weak or you inject drugs."
        ),
        "rf_aaa_pattern": (
            "You get deep back or belly pain with a strong pulse, or you feel faint."
        ),
        "rf_dvt_pattern": "One calf or leg gets swollen, warm, red or sore.",
        "rf_chest_pain_breathless": (
            "You get chest pain, you are short of breath at rest, or you faint."
        ),
        "rf_pregnancy_warning": (
            "You are pregnant and have bleeding, fluid loss, cramps, or a baby that moves less."
        ),
        "rf_cervical_vascular_or_myelopathy": (
            "You get sudden dizzy spells, double vision, slurred speech or clumsy hands."
        ),
        "rf_inflammatory_pattern": "Your back wakes you late at night and eases when you move.",
    }
)

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
