"""A foot that draws its arch up leaves a hollow under it, on the inside alone."""

import numpy as np

from programs.figures import body as b
from programs.figures.clothes import dressed
from programs.figures.limbs import solve
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.pose import Pose, Touch
from programs.figures.shapes import FLOAT

LOW = 1.0
"""Just above the floor."""


def _depth_in_foot(arch: float, inside: float) -> float:
    """How far outside the right foot a point under its middle is; below 0 it is within."""
    feet = {f"foot_{side}": Touch(on="floor", at=(25.0, 5.0)) for side in b.BODY_SIDES}
    feet["foot_right"] = Touch(on="floor", at=(25.0, 5.0), arch=arch)
    body = solve(Pose(base="sitting", touches=feet))
    forms = dressed(body, FIGURE_PEOPLE["young_man"], feet, shod=False)
    (leg,) = (form for form in forms if form.name == "leg_right")
    x, y, _ = body.frames["foot_right"].place(body.points["ankle_right"], 2.4, inside, 0.0)
    place = (np.array([v], FLOAT) for v in (x, y, LOW))
    return float(leg.parts[-1].distance(*place)[0])


def test_a_flat_foot_rests_and_a_drawn_up_one_leaves_a_hollow() -> None:
    assert _depth_in_foot(0.0, inside=0.6) < 0
    assert _depth_in_foot(1.0, inside=0.6) > 0.5
