"""Solids know how far away they are, and a camera sees what is nearest."""

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.figures.forms import Form, Melt, SolidPart
from programs.figures.geometry import UPRIGHT, Vec
from programs.figures.raster import NO_FORM, look
from programs.figures.shapes import FLOAT, Cone, Drum, Egg, Slab, Solid, ball
from tests.every_row import every

SIDE = ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0))
BOX = (-10.0, -10.0, 20.0, 20.0)
place = st.integers(-90, 90).map(lambda n: n / 10)
spot = st.tuples(place, place, place)


def away(solid: Solid | SolidPart, *points: Vec) -> list[float]:
    x, y, z = (np.array(row, FLOAT) for row in zip(*points, strict=True))
    return [round(float(d), 3) for d in solid.distance(x, y, z)]


@every(
    ("solid", "expected"),
    [
        (ball((0, 0, 0), 2), [-2, 3, 1]),
        (Cone((0, 0, 0), (0, 0, 3), 2, 2), [-2, 3, -2]),
        (Egg((0, 0, 0), UPRIGHT, (2, 2, 2)), [None, 3, 1]),
        (Slab((0, 0, 0), UPRIGHT, (2, 1, 1), soft=0.1), [-1, 3, 2]),
        (Drum((0, 0, 0), UPRIGHT, (2, 4, 2)), [-2, 3, 1]),
    ],
)
def test_how_far_a_solid_is(solid: Solid, expected: list[float | None]) -> None:
    found = away(solid, (0, 0, 0), (5, 0, 0), (0, 0, 3))
    for now, then in zip(found, expected, strict=True):
        assert then is None or now == pytest.approx(then, abs=0.01)


@given(a=spot, b=spot, p=spot)
def test_many_cones_at_once_are_as_far_as_each_alone(a: Vec, b: Vec, p: Vec) -> None:
    cones = [Cone(a, b, 1.0, 2.0), Cone(b, (1.0, 1.0, 1.0), 0.5, 0.7)]
    alone = min(away(cone, p)[0] for cone in cones)
    assert away(SolidPart(cones, melt=0.001), p)[0] == pytest.approx(alone, abs=0.01)


@given(p=spot)
def test_what_melts_is_never_thinner(p: Vec) -> None:
    solids = [ball((0, 0, 0), 3), ball((4, 0, 0), 3)]
    hard, soft = (away(SolidPart(solids, melt=k), p)[0] for k in (0.001, 3.0))
    assert soft <= hard + 0.01


def test_a_cut_takes_away_what_lies_beyond() -> None:
    half = SolidPart([ball((0, 0, 0), 3)], cuts=[((0, 0, 0), (0, 0, 1))])
    above, below = away(half, (0, 0, 2), (0, 0, -2))
    assert (above > 1, below < 0) == (True, True)


def test_a_part_can_have_a_hollow() -> None:
    bitten = SolidPart([ball((0, 0, 0), 3)], less=[ball((3, 0, 0), 2)])
    assert [d > 0 for d in away(bitten, (2, 0, 0), (-2, 0, 0))] == [True, False]


def area(forms: list[Form], number: int, fine: float = 8.0) -> float:
    """How many square units of a form are seen from the side."""
    return float((look(forms, SIDE, BOX, fine).form == number).sum()) / fine**2


def form(*solids: Solid, name: str = "a", flat: bool = False) -> Form:
    return Form(name, "skin", [SolidPart(list(solids))], flat=flat)


def test_a_ball_is_seen_as_a_disc() -> None:
    assert area([form(ball((1, 0, 2), 3))], 0) == pytest.approx(pi * 9, rel=0.05)


def test_a_flat_block_is_seen_with_sharp_edges() -> None:
    block = form(Slab((0, 0, 0), UPRIGHT, (3, 2, 1)), flat=True)
    assert area([block], 0) == pytest.approx(12, rel=0.02)


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_nearer_hides_what_is_behind_in_whatever_order(order: int) -> None:
    near, far = form(ball((0, -6, 0), 2)), form(ball((0, 6, 0), 4))
    forms = [near, far][::order]
    assert area(forms, forms.index(near)) == pytest.approx(pi * 4, rel=0.06)
    assert area(forms, forms.index(far)) == pytest.approx(pi * 12, rel=0.06)


def test_depth_is_how_near_a_point_is() -> None:
    seen = look([form(ball((0, 0, 0), 3))], SIDE, BOX, 4.0)
    middle = seen.depth[40, 40]
    assert float(middle) == pytest.approx(3.0, abs=0.05)
    assert seen.form[0, 0] == NO_FORM


def test_a_joint_fills_the_notch_between_two_parts() -> None:
    bones = [Cone((-5, 0, 0), (0, 0, 0), 2, 2), Cone((0, 0, 0), (0, 0, 5), 2, 2)]
    plain = Form("a", "skin", [SolidPart([bones[0]]), SolidPart([bones[1]])])
    bent = SolidPart([bones[1]], joint=Melt((0, 0, 0), 6, 3))
    soft = Form("a", "skin", [SolidPart([bones[0]]), bent])
    assert area([soft], 0) > area([plain], 0) + 0.3
