"""The situations a history can be in, worst first, each with the outcome it leads to.

Pure. The reviewed rules (``level = "log"``) name a situation by its code and give the words; this
module and its siblings only decide which situations hold. The first that holds speaks to the
patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from patients.response.facts import Outcome


@dataclass(frozen=True, slots=True)
class Situation:
    """What was seen, in words for the clinician; ``outcome`` None: the patient is told nothing."""

    code: str
    seen: str
    outcome: Outcome | None = None


_HELP, _STOP, _EASE, _ON = Outcome.GET_HELP, Outcome.STOP_EXERCISE, Outcome.EASE, Outcome.CARRY_ON

SITUATIONS: Final = MappingProxyType(
    {
        s.code: s
        for s in (
            Situation("red_flag_emergency", "a red flag with the emergency route", _HELP),
            Situation("red_flag_same_day", "a red flag with the same-day route", _HELP),
            Situation("both_legs_nerves", "weakness or numbness that is new in both legs", _HELP),
            Situation("new_weakness", "weakness that is new within 7 days", _HELP),
            Situation("numbness_spreads", "numbness that is new or further down", _STOP),
            Situation("lasting_spread", "symptoms further down past the window", _STOP),
            Situation(
                "extension_persists",
                "back and leg symptoms raised by a back bend that did not settle",
                _STOP,
            ),
            Situation("both_legs", "symptoms newly in both legs", _EASE),
            Situation("red_flag_soon", "a red flag without a stopping route", _EASE),
            Situation("unchecked_spread", "symptoms further down, not yet checked again", _EASE),
            Situation("late_spread", "symptoms further down the next day only", _EASE),
            Situation("drift", "symptoms further down over the last three sessions", _EASE),
            Situation("two_red", "two red sessions in a row", _EASE),
            Situation("red_pain", "pain after the session above the amber band", _EASE),
            Situation("next_day_pain", "next-day pain 2 points or more above before", _EASE),
            Situation("worsening", "pain clearly above the start over three sessions", _EASE),
            Situation("not_settled", "amber pain that had not settled by the next day", _EASE),
            Situation(
                "red_during", "pain above the amber band during an exercise without leave", _EASE
            ),
            Situation(
                "expected_spread",
                "symptoms further down only while an exercise was done that may raise them",
                _EASE,
            ),
            Situation("passing_spread", "symptoms further down, back within the window", _EASE),
            Situation("centralising", "symptoms moved up toward the back and stayed there", _ON),
            Situation("amber_pain", "pain after the session in the amber band", _ON),
            Situation("improving", "pain clearly below the start over three sessions", _ON),
            Situation("green_pain", "pain after the session in the green band", _ON),
            Situation("no_number", "a session without a pain number after it", _ON),
            Situation("no_news", "nothing new for more than 14 days", _ON),
            Situation("no_session", "no session yet", _ON),
            Situation("paused_reminder", "an exercise is paused"),
            Situation("forward_bends", "forward bends to go on with"),
            Situation("prefers_extension", "centralising with a back bend"),
            Situation("prefers_flexion", "centralising with a forward bend"),
            Situation("review_direction", "an exercise that made symptoms spread"),
            Situation("extension_spreads", "a back bend that made symptoms spread"),
            Situation("no_change", "weeks of exercise without a change that matters"),
            Situation("low_adherence", "weeks of poor adherence without improvement"),
        )
    }
)
"""In order: the earlier one leads."""
PRIORITY: Final = MappingProxyType({code: n for n, code in enumerate(SITUATIONS)})
FOR_PATIENT: Final = frozenset(
    {code for code, s in SITUATIONS.items() if s.outcome is not None}
    | {"paused_reminder", "forward_bends"}
)
"""Situations that need words for the patient."""
