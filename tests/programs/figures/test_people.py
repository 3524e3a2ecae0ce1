"""Who is drawn: at least six people, told apart in black and white, and mixed over a program."""

from collections import Counter

import pytest

from programs.figures.contact import hand_on_trunk
from programs.figures.ink import ink
from programs.figures.kept import index
from programs.figures.palette import (
    BODY_INK,
    FELT_TONE,
    FLOOR_INK,
    MARK,
    STRONG,
    THING_INK,
    THINGS,
    darker,
    lightness,
)
from programs.figures.people import FIGURE_PEOPLE, HELPING_PERSON, person_for
from programs.figures.raster import look
from programs.figures.scene import common_box, scene_of
from tests.every_row import every
from tests.programs.figures.drawn import illustrated

ALL = {**FIGURE_PEOPLE, "helper": HELPING_PERSON}


def test_there_are_six_people_of_four_skin_tones() -> None:
    assert len(FIGURE_PEOPLE) == 6
    assert len({person.skin for person in FIGURE_PEOPLE.values()}) >= 4
    assert {person.hair for person in FIGURE_PEOPLE.values()} >= {"short", "tail", "bob", "scarf"}
    assert {person.legs > 1 for person in FIGURE_PEOPLE.values()} == {True, False}


def test_the_same_entry_is_always_shown_by_the_same_person_and_all_have_a_turn() -> None:
    turns = Counter(person_for(entry.slug) for entry in illustrated())
    assert set(turns) == set(FIGURE_PEOPLE)
    assert max(turns.values()) <= len(illustrated()) / 3
    assert person_for("bridge") == person_for("bridge")


def test_nobody_very_broad_lays_a_hand_on_the_trunk() -> None:
    held = [e.slug for e in illustrated() if any(hand_on_trunk(f.pose) for f in e.figures)]
    assert len(held) > 10
    assert "broad_man" not in {index()[slug].person for slug in held}
    assert "broad_man" not in {person_for(slug, held=True) for slug in held}


def contrast(one: str, two: str) -> float:
    """The ratio of WCAG 2.2, of relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@every("name", ALL)
def test_the_tones_of_a_person_are_told_apart_in_black_and_white(name: str) -> None:
    person = ALL[name]
    shirt, trousers, skin = map(lightness, (person.shirt, person.trousers, person.skin))
    assert abs(shirt - trousers) > 0.15
    assert max(abs(skin - shirt), abs(skin - trousers)) > 0.1


@every("name", ALL)
def test_outlines_stand_out_from_skin_and_clothes(name: str) -> None:
    person = ALL[name]
    for tone in (person.shirt, person.skin, person.trousers, person.shoes):
        assert contrast(BODY_INK, tone) >= 3
        assert contrast(BODY_INK, darker(tone)) >= 3


def test_hair_stands_out_from_all_that_may_lie_beside_it() -> None:
    """A line lies between: it is told from one of the two, or they from each other."""
    faint = []
    for name, person in ALL.items():
        others = ("#ffffff", person.skin, person.shirt, person.trousers, *THINGS.values())
        for beside in (*others, *map(darker, others)):
            pairs = ((person.hair_tone, beside), (BODY_INK, beside), (BODY_INK, person.hair_tone))
            if max(contrast(*pair) for pair in pairs) < 3:
                faint.append(f"{name}: hair beside {beside}")
    assert faint == []


@every("material", THINGS)
def test_outlines_stand_out_from_things_in_light_and_shade(material: str) -> None:
    line = BODY_INK if material in STRONG else THING_INK
    assert contrast(line, THINGS[material]) >= 3
    assert contrast(line, darker(THINGS[material])) >= 3


@pytest.mark.parametrize(("slug", "strong"), [("band-row", True), ("wall-sit", False)])
def test_a_dark_thing_has_the_ink_of_bodies_beside_other_things(slug: str, strong: bool) -> None:
    frame = next(e.figures[0] for e in illustrated() if e.slug == slug)
    scene = scene_of(frame, FIGURE_PEOPLE["young_man"])
    box = common_box([scene])
    kinds = set(ink(look(scene.forms, scene.view, box, 2.0), scene.forms, box).lines)
    assert any(kind.startswith("strong_") for kind in kinds) == strong


def test_the_line_of_the_floor_is_seen_on_paper() -> None:
    assert contrast(FLOOR_INK, "#ffffff") >= 3


def test_marks_stand_out_from_paper_and_things() -> None:
    for tone in ("#ffffff", *THINGS.values()):
        assert contrast(BODY_INK, tone) >= 3
    assert contrast(MARK, "#ffffff") >= 4.5
    assert lightness(FELT_TONE) - lightness(BODY_INK) > 0.3
