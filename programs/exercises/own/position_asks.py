"""What a position decides of an exercise that is described in full. Pure."""

from __future__ import annotations

from typing import Final

POSITION_ASKS: Final = {
    "supine": (("supine_prolonged", "The position is lying on the back, so this is a yes."),),
    "hooklying": (("supine_prolonged", "The position is lying on the back, so this is a yes."),),
    "kneeling": (("kneeling", "The position is kneeling, so this is a yes."),),
    "half_kneeling": (
        ("kneeling", "The position is kneeling, so this is a yes."),
        ("balance_demand", "Kneeling on one knee is a yes."),
    ),
    "hands_and_knees": (("kneeling", "The position is on hands and knees, so this is a yes."),),
    "single_leg_standing": (("balance_demand", "Standing on one leg is a yes."),),
    "lunge": (("balance_demand", "A lunge is a yes."),),
    "prone": (("prone_abdomen_pressure", "The position is lying on the front: this is a yes."),),
    "prone_on_elbows": (
        ("prone_abdomen_pressure", "The position is lying on the front: this is a yes."),
    ),
    "supine_legs_up": (("supine_prolonged", "The position is lying on the back: this is a yes."),),
    "plank": (("abdominal_wall_load", "A plank is a yes."),),
    "prone_over_ball": (
        ("prone_abdomen_pressure", "The position is lying over a ball, so this is a yes."),
        ("exercise_ball", "The position is lying over a ball, so this is a yes."),
        ("balance_demand", "Lying over a ball is a yes."),
    ),
}
"""ShortAnswers that the position decides; a no would hide something from the rules."""
