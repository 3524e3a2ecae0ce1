"""What "Something is wrong" asks a patient, and what it says to do now.

Pure. The lines are the warning signs of the handout, so that paper and page say the same; the
words for each are this project's own, short, and on the side of safety.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from patients.vocabulary import RED_FLAGS, Answer, Route
from programs.prescriptions.safety_words import (
    ONLY_AFTER_BIRTH,
    ONLY_ASKED,
    ONLY_IN_PREGNANCY,
    RED_FLAG_WORDS,
    USUAL_REGIONS,
    not_for,
)

GROUP_WORDS: Final = MappingProxyType(
    {
        "cauda_equina": "Bladder, bowels and both legs",
        "vessels": "Chest, belly and blood",
        "injury": "A fall or a blow",
        "nerve": "A weak leg",
        "illness": "Feeling ill",
        "other": "Other signs",
    }
)
"""The groups as a patient reads them, what may be most urgent first."""
_NERVES: Final = "Nerves in your back may be pressed. This cannot wait."
_CHECK_LEG: Final = "Have your leg checked today. Take care not to fall."
_CALL_BACK: Final = "Tell us in the next few days, even if it stops."
ADVICE: Final = MappingProxyType(
    {
        "rf_cauda_equina_bladder": _NERVES,
        "rf_cauda_equina_bowel": _NERVES,
        "rf_saddle_numbness": _NERVES,
        "rf_sexual_change": _NERVES,
        "rf_bilateral_leg_new": _NERVES,
        "rf_major_trauma": "Stay still if your neck or back hurts. Let nobody pull you up.",
        "rf_aaa_pattern": "Sit or lie down and stay still. Ask someone to stay with you.",
        "rf_chest_pain_breathless": "Sit down and rest. Ask someone to stay with you.",
        "rf_cervical_vascular_or_myelopathy": "Sit or lie down. Keep your head still.",
        "rf_progressive_weakness": _CHECK_LEG,
        "rf_foot_drop": _CHECK_LEG,
        "rf_minor_trauma_osteoporosis": "A bone may be hurt. Do not bend or lift until you know.",
        "rf_fever_infection": "Have a doctor look at you today. Rest until then.",
        "rf_immunosuppression_iv_drug": "Have a doctor look at you today. Rest until then.",
        "rf_dvt_pattern": (
            "Have your leg checked today. Do not rub or press it. "
            "If you also get short of breath, call an ambulance."
        ),
        "rf_cold_limb": "Keep the foot or hand still and warm. Do not rub it.",
        "rf_neck_injury": "Keep your head still. Let nobody turn it.",
        "rf_cannot_bear_weight": "Put no weight on that leg until it has been looked at.",
        "rf_locked_knee": "Put no weight on that leg, and do not stretch it.",
        "rf_heel_pop": "Put no weight on that foot, and do not stretch your calf.",
        "rf_shoulder_injury": "Rest your arm in a sling. Do not pull at it.",
        "rf_hot_joint": "Rest the joint. Have a doctor look at it today.",
        "rf_wound": "Keep the wound clean and covered. Call the ward that did it.",
        "rf_after_birth": "Call your midwife, or an ambulance if you bleed a lot.",
        "rf_pregnancy_warning": "Call your midwife or maternity ward now. Do not wait for us.",
        "rf_weight_loss": _CALL_BACK,
        "rf_night_pain_unrelenting": _CALL_BACK,
    }
)
"""The nearest words for each answer."""
ASKED: Final = tuple(
    code
    for group in GROUP_WORDS
    for code, flag in RED_FLAGS.items()
    if flag.group == group and flag.route is not Route.REFER and code not in ONLY_ASKED
)
"""Signs of today. What is history, or asks for a letter only, the clinician asks about."""
_URGENCY: Final = tuple(Route)
WEAK_BONES: Final = ("osteoporosis", "vertebral_fracture", "long_term_steroids")
"""What makes bones weak, as far as the safety screen asks."""
YOUNG_BONES: Final = 50
"""From this age on a small fall or a lift can break a bone that nobody knows to be weak. The AHCPR
table of red flags (NBK52120) names the older patient without an age; this is on the safe side."""
SEXUAL_SIGN_FROM: Final = 13
"""Younger children are not asked about sex. The numb area is asked about in a line of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sign to tick: its code, what it says, how fast it needs an answer, what to do."""

    code: str
    words: str
    route: Route
    advice: str


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Signs under one heading."""

    title: str
    lines: tuple[Line, ...]


def line_of(code: str) -> Line:
    """The words for a red flag; KeyError for a code that patients are not asked about."""
    return Line(code, RED_FLAG_WORDS[code], RED_FLAGS[code].route, ADVICE[code])


def cannot_apply(
    *,
    may_be_pregnant: bool,
    age: int,
    answers: Mapping[str, str],
    about: Collection[str] | None = None,
) -> frozenset[str]:
    """The signs that this patient cannot have, by what is known of them, or does not need here.

    ``answers``: the safety screen, by finding. What was not asked is not known, and leaves a sign
    in. ``about``: the regions of the case, whose signs are asked too. The signs of back and neck
    stay for everybody, those of pressed nerves among them.
    """
    left_out = not_for(USUAL_REGIONS | set(about or ()))
    left_out |= frozenset() if may_be_pregnant else ONLY_IN_PREGNANCY
    left_out |= frozenset() if answers.get("gave_birth") == Answer.YES else ONLY_AFTER_BIRTH
    if age < YOUNG_BONES and all(answers.get(code) == Answer.NO for code in WEAK_BONES):
        left_out |= {"rf_minor_trauma_osteoporosis"}
    if age < SEXUAL_SIGN_FROM:
        left_out |= {"rf_sexual_change"}
    return left_out


def groups(left_out: Collection[str] = ()) -> tuple[SignGroup, ...]:
    """Every sign that is asked about, under its heading, but for those that cannot apply."""
    found = (
        SignGroup(
            title,
            tuple(
                line_of(code)
                for code in ASKED
                if RED_FLAGS[code].group == group and code not in left_out
            ),
        )
        for group, title in GROUP_WORDS.items()
    )
    return tuple(group for group in found if group.lines)


def worst(codes: Collection[str]) -> Route | None:
    """The fastest route of these signs; None where there is none."""
    return min((RED_FLAGS[c].route for c in codes), key=_URGENCY.index, default=None)


def advice(codes: Collection[str]) -> tuple[str, ...]:
    """What to do about these signs, the most urgent first, each sentence once."""
    known = [line_of(code) for code in codes if code in ADVICE]
    ordered = sorted(known, key=lambda line: (_URGENCY.index(line.route), ASKED.index(line.code)))
    return tuple(dict.fromkeys(line.advice for line in ordered))
