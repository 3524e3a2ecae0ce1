"""Every body in the catalogue is possible and rests on what it should; wrong ones are refused."""

from typing import Any

import pytest

from clinic.parsing.errors import DefinitionError
from programs.figures import FigureFrame, read_figures
from programs.figures.body import BODY_SIDES, LIMITS
from programs.figures.checks import TOLERANCE, problems
from programs.figures.resting import body_of
from tests.every_row import every
from tests.programs.figures.drawn import frames, illustrated
from tests.programs.shipped import shipped_definitions

DRAWN_ADVICE = {"pillow-under-knees", "pillow-under-waist", "cold-pack", "sit-tall"}
DONE = ("exercise", "release", "test")
BENT = ("hip_flexion", "hip_abduction", "knee_flexion", "ankle_flexion", "elbow_flexion")
LONGEST_CAPTION = 11


def test_what_is_done_is_drawn_from_start_to_finish() -> None:
    counts = {
        f"{entry.slug}.toml: figure": len(entry.figures)
        for entry in shipped_definitions()
        if entry.traits.kind in DONE
    }
    assert {place: count for place, count in counts.items() if not 2 <= count <= 4} == {}


def test_of_what_is_only_said_these_are_drawn() -> None:
    said = [entry for entry in shipped_definitions() if entry.traits.kind not in DONE]
    assert {entry.slug for entry in said if entry.figures} == DRAWN_ADVICE


def test_every_body_is_possible_and_rests() -> None:
    assert {place: wrong for place, frame in frames() if (wrong := problems(frame))} == {}


def test_every_joint_stays_within_its_limit() -> None:
    faults = {place: beyond for place, frame in frames() if (beyond := _beyond_a_limit(frame))}
    assert faults == {}


def _beyond_a_limit(frame: FigureFrame) -> dict[str, float]:
    angles = body_of(frame).angles
    bends = {f"{joint}_{side}": LIMITS[joint] for joint in BENT for side in BODY_SIDES}
    return {
        joint: angles[joint]
        for joint, (least, most) in bends.items()
        if not least - 0.5 <= angles[joint] <= most + 0.5
    }


def test_hands_and_feet_reach_what_they_touch() -> None:
    missed = {
        f"{place}.touch.{part}": by
        for place, frame in frames()
        for part, by in body_of(frame).short.items()
        if by > TOLERANCE
    }
    assert missed == {}


def test_captions_are_short_and_speak_of_sides_only_where_there_are_any() -> None:
    sided = {entry.slug for entry in illustrated() if entry.traits.sided}
    faults = {
        f"{place}.caption": frame.caption
        for place, frame in frames()
        if len(frame.caption.split()) > LONGEST_CAPTION
        or ("{" in frame.caption and place.partition(".toml")[0] not in sided)
    }
    assert faults == {}


def test_the_captions_of_an_entry_differ() -> None:
    captions = {f"{e.slug}.toml: figure": [f.caption for f in e.figures] for e in illustrated()}
    assert {place: c for place, c in captions.items() if len(set(c)) != len(c)} == {}


LYING = {
    "caption": "Lie",
    "base": "back",
    "head": "rest",
    "touch": {"feet": {"on": "floor", "at": [32]}},
}


def refused(*rows: dict[str, Any]) -> str:
    with pytest.raises(DefinitionError) as error:
        read_figures(list(rows))
    return str(error.value)


def test_a_sound_pose_is_read() -> None:
    (frame,) = read_figures([LYING])
    assert frame.pose.base == "back"


def test_the_next_frame_keeps_what_it_does_not_name() -> None:
    first, second = read_figures([LYING, {"caption": "Tilt", "angles": {"lumbar_flexion": 12}}])
    assert second.pose.touches == first.pose.touches
    assert second.pose.angles == {"lumbar_flexion": 12.0}


def test_shoes_stay_on_and_what_was_said_of_layers_is_passed_over() -> None:
    rows = [{**LYING, "shoes": True, "behind": ["arm_left"]}, {"caption": "Again"}]
    assert [frame.shod for frame in read_figures(rows)] == [True, True]


@every(
    ("change", "message"),
    [
        (
            {"angles": {"knee_flexion": 170}},
            "figure[1].angles.knee_flexion: 170° is outside 0° to 155°",
        ),
        ({"angles": {"knee": 20}}, "figure[1].angles.knee: is not a joint angle"),
        ({"angles": {"lumbar_flexion_left": 5}}, "is not a joint angle"),
        ({"angles": {"hip_flexion": "much"}}, "figure[1].angles.hip_flexion: must be a number"),
        ({"base": "floating"}, "figure[1].base: 'floating' is not known"),
        ({"caption": ""}, "figure[1].caption: must not be empty"),
        ({"touch": {"hands": "moon"}}, "figure[1].touch.hands.on: 'moon' is not known"),
        ({"touch": {"hands": "floor"}}, "figure[1].touch.hands: needs 'at'"),
        ({"touch": {"ears": "floor"}}, "must be hands, feet, or one hand or foot"),
        ({"props": [{"kind": "sofa"}]}, "figure[1].props[1].kind: 'sofa' is not known"),
        ({"felt": ["ego"]}, "figure[1].felt: 'ego' is not known"),
        ({"arrows": [{"part": "pelvis", "from": [0, 0]}]}, "figure[1].arrows[1].to: is missing"),
        ({"inset": {"part": "ego", "at": [1, 2]}}, "figure[1].inset.part: 'ego' is not known"),
        ({"inset": {"part": "waist"}}, "figure[1].inset.at: is missing"),
        ({"view": "inside"}, "figure[1].view: 'inside' is not known"),
        ({"sparkle": True}, "figure[1].sparkle: is not a known key"),
    ],
)
def test_a_wrong_table_is_refused_by_key(change: dict[str, Any], message: str) -> None:
    assert message in refused({**LYING, **change})


@every(
    ("row", "message"),
    [
        (
            {"touch": {"feet": {"on": "floor", "at": [70]}}},
            "figure[1]: the foot right misses its place by",
        ),
        ({"touch": {"hands": {"on": "foot"}}}, "the hand right misses its place by"),
        (
            {"angles": {"shoulder_flexion": -50}},
            "below the floor",
        ),
        ({"height": 4.0}, "figure[1]: the"),
        (
            {"touch": {"feet": {"on": "floor", "at": [4]}}},
            "outside",
        ),
    ],
)
def test_an_impossible_body_is_refused_in_words(row: dict[str, Any], message: str) -> None:
    assert message in refused({**LYING, **row})


def test_a_body_inside_a_wall_is_refused() -> None:
    row = {"caption": "Stand", "touch": {"feet": {"on": "floor", "at": [0]}}}
    wall = {"props": [{"kind": "wall", "at": [5]}]}
    assert "inside the wall" in refused({**row, **wall})


def test_five_frames_are_too_many() -> None:
    assert refused(*[LYING] * 5) == "figure: must have at most 4 frames"


def test_a_leg_that_leans_too_far_names_joint_angle_and_limit() -> None:
    feet = {"feet": {"on": "floor", "at": [28, 4], "swing": -80}}
    assert refused({**LYING, "touch": feet}).startswith("figure[1]: hip abduction right is -")
