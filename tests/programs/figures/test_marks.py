"""Chairs from every side, the breath, and the letters R and L."""

import re
from dataclasses import replace
from typing import Any

import pytest

from programs.figures import FigureFrame, draw, read_figures
from programs.figures.canvas import Canvas
from programs.figures.picture import body_of, paint
from tests.programs.figures.paths import SVG, elements, vertices
from tests.programs.shipped import shipped_definitions

ENTRIES = {e.slug: e for e in shipped_definitions()}


def sitting(view: list[float], **more: Any) -> Canvas:
    feet = {"feet": {"on": "floor", "at": [25]}, "hands": {"on": "thigh_front"}}
    row = {"caption": "Sit", "base": "sitting", "view": view, "touch": feet, **more}
    return paint(*read_figures([{**row, "props": [{"kind": "chair"}]}]))


def order(canvas: Canvas, kind: str) -> list[int]:
    return [i for i, part in enumerate(canvas.parts) if re.search(rf'"hf-{kind}[ "]', part)]


def test_a_chair_seen_from_the_side_has_a_seat_and_two_legs() -> None:
    canvas = sitting([0, 0])
    assert len(order(canvas, "prop")) == 2
    assert len(order(canvas, "prop-soft")) == 1


@pytest.mark.parametrize("view", [[58, 0], [35, 25], [50, 35]])
def test_a_chair_seen_from_a_corner_has_four_legs_a_seat_and_a_back(view: list[float]) -> None:
    canvas = sitting(view)
    assert len({*order(canvas, "prop"), *order(canvas, "prop-dark")}) >= 5
    assert len(order(canvas, "prop-soft")) == 1
    assert max(order(canvas, "prop")) < min(order(canvas, "shirt"))


def test_the_back_of_a_chair_hides_the_sitter_seen_from_behind() -> None:
    canvas = sitting([-60, 10])
    assert max(order(canvas, "prop")) > max(order(canvas, "shirt"))
    assert max(order(canvas, "prop-soft")) < min(order(canvas, "shirt"))


def breath(frame: FigureFrame) -> tuple[float, float]:
    """How far from the head's middle the wavy arrow begins and ends."""
    line = next(
        p for p in paint(frame).parts if "Q" in p and "hf-mark-edge" in p and "fff" not in p
    )
    points = vertices(line.split('"')[1])
    head = paint(frame).camera.see(body_of(frame).points["head"])
    away = [((x / 10 - head[0]) ** 2 + (y / 10 - head[1]) ** 2) ** 0.5 for x, y in points]
    return away[0], max(away[1:], key=lambda d: abs(d - away[0]))


def test_a_breath_out_leaves_the_face_and_a_breath_in_comes_to_it() -> None:
    first, second = ENTRIES["core-breathing"].figures
    start, end = breath(first)
    assert (first.signs, start > end + 8) == (("breathe_in",), True)
    start, end = breath(replace(second, arrows=()))
    assert (second.signs, end > start + 8) == (("breathe_out",), True)


@pytest.mark.parametrize("side", ["right", "left"])
def test_letters_stand_below_the_floor_under_their_feet(side: str) -> None:
    for drawing in draw(ENTRIES["quadratus-lumborum-hang-stretch"], side):
        letters = {e.text: e for e in elements(drawing.svg) if e.tag == f"{SVG}text"}
        assert {e.get("y") for e in letters.values()} == {"72"}
        right, left = (int(letters[letter].get("x", "")) for letter in "RL")
        assert right < left


def test_a_hand_at_a_counter_and_a_thumb_are_said() -> None:
    hang, press = (
        draw(ENTRIES[slug], "right")[0].alt
        for slug in ("quadratus-lumborum-hang-stretch", "transverse-process-self-mobilisation")
    )
    assert "right hand on the counter; left hand on the thigh" in hang
    assert "right hand on the waist, thumb on the low back" in press
