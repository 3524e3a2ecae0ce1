"""Chairs from every side, the breath, and the letters R and L."""

from dataclasses import replace
from math import hypot
from typing import Any

import pytest

from programs.figures import FigureFrame, draw, read_figures
from programs.figures.marks import breath_mark, corner_signs
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.picture import FINE
from programs.figures.raster import look
from programs.figures.scene import common_box, scene_of
from tests.programs.figures.paths import SVG, elements
from tests.programs.shipped import shipped_definitions

ENTRIES = {e.slug: e for e in shipped_definitions()}


def seen_forms(view: list[float], **more: Any) -> dict[str, int]:
    """How many points of each form the camera sees, by its name; blocks are numbered."""
    feet = {"feet": {"on": "floor", "at": [25]}, "hands": {"on": "thigh_front"}}
    row = {"caption": "Sit", "base": "sitting", "view": view, "touch": feet, **more}
    (frame,) = read_figures([{**row, "props": [{"kind": "chair"}]}])
    scene = scene_of(frame, FIGURE_PEOPLE["young_man"])
    seen = look(scene.forms, scene.view, common_box([scene]), FINE / 2)
    return {f"{form.name} {i}": int((seen.form == i).sum()) for i, form in enumerate(scene.forms)}


@pytest.mark.parametrize("view", [[0, 0], [58, 0], [35, 25], [50, 35]])
def test_a_chair_has_four_legs_a_seat_and_a_back(view: list[float]) -> None:
    parts = {name: seen for name, seen in seen_forms(view).items() if name.startswith("chair")}
    assert len(parts) == 6
    assert min(parts.values()) >= 0
    assert sum(seen > 20 for seen in parts.values()) >= 4


def test_the_back_of_a_chair_hides_the_sitter_seen_from_behind() -> None:
    front, behind = (seen_forms(view) for view in ([60, 10], [-90, 10]))
    shirt = next(name for name in front if name.startswith("shirt"))
    assert behind[shirt] < 0.75 * front[shirt]


def breath(frame: FigureFrame) -> tuple[float, float]:
    """How far from the head's middle the wavy arrow begins and ends."""
    scene = scene_of(frame, FIGURE_PEOPLE["young_man"])
    inward = frame.signs == ("breathe_in",)
    near, far = breath_mark(scene.camera, scene.body, inward=inward).reach
    x, y = scene.camera.see(scene.body.points["head"])
    away = [hypot(p[0] - x, p[1] - y) for p, _ in (near, far)]
    return (away[1], away[0]) if inward else (away[0], away[1])


def test_a_breath_out_leaves_the_face_and_a_breath_in_comes_to_it() -> None:
    first, second = ENTRIES["core-breathing"].figures
    start, end = breath(first)
    assert (first.signs, start > end + 8) == (("breathe_in",), True)
    start, end = breath(replace(second, arrows=()))
    assert (second.signs, end > start + 8) == (("breathe_out",), True)


def test_hold_is_a_clock_and_wrong_a_cross() -> None:
    assert corner_signs((), (0, 0)) == corner_signs(("breathe_in",), (0, 0)) == ""
    clock, cross = (corner_signs((sign,), (0, 0)) for sign in ("hold", "wrong"))
    assert (clock.count("l1 0"), clock.count("<path")) == (2, 3)
    assert (cross.count("M"), cross.count("<path")) == (2, 1)
    assert corner_signs(("hold", "wrong"), (0, 0)) == clock + cross


@pytest.mark.parametrize("side", ["right", "left"])
def test_letters_stand_below_the_floor_under_their_feet(side: str) -> None:
    """Seen from behind, the right foot is on the right."""
    for drawing in draw(ENTRIES["quadratus-lumborum-hang-stretch"], side):
        letters = {e.text: e for e in elements(drawing.svg) if e.tag == f"{SVG}text"}
        assert {e.get("y") for e in letters.values()} == {"72"}
        right, left = (int(letters[letter].get("x", "")) for letter in "RL")
        assert left < right


def test_a_hand_at_a_counter_and_a_thumb_are_said() -> None:
    hang, press = (
        draw(ENTRIES[slug], "right")[0].alt
        for slug in ("quadratus-lumborum-hang-stretch", "transverse-process-self-mobilisation")
    )
    assert "right hand on the counter; left hand on the outside of the thigh" in hang
    assert "right hand on the waist, thumb on the low back" in press
