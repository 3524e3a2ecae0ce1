"""Every body in the catalogue is possible and rests on what it should; wrong ones are refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from programs.exercises.definition import Definition
from programs.figures import FigureFrame, read_figures
from programs.figures.body import LIMITS, SIDES
from programs.figures.checks import TOLERANCE, problems
from programs.figures.picture import body_of
from programs.parsing.tables import DefinitionError
from tests.programs.shipped import shipped_definitions

ENTRIES = shipped_definitions()
DRAWN_ADVICE = {"pillow-under-knees", "pillow-under-waist", "cold-pack", "sit-tall"}


def each_frame() -> Iterator[Any]:
    for entry in ENTRIES:
        for number, frame in enumerate(entry.figures, 1):
            yield pytest.param(frame, id=f"{entry.slug}-{number}")


FRAMES = list(each_frame())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.slug)
def test_what_is_done_is_drawn_from_start_to_finish(entry: Definition) -> None:
    if entry.traits.kind in ("exercise", "release", "test"):
        assert 2 <= len(entry.figures) <= 4
    else:
        assert bool(entry.figures) == (entry.slug in DRAWN_ADVICE)


@pytest.mark.parametrize("frame", FRAMES)
def test_every_body_is_possible_and_rests(frame: FigureFrame) -> None:
    assert problems(frame) == []


@pytest.mark.parametrize("frame", FRAMES)
def test_every_joint_stays_within_its_limit(frame: FigureFrame) -> None:
    angles = body_of(frame).angles
    for joint in ("hip_flexion", "hip_abduction", "knee_flexion", "ankle_flexion", "elbow_flexion"):
        for side in SIDES:
            least, most = LIMITS[joint]
            assert least - 0.5 <= angles[f"{joint}_{side}"] <= most + 0.5, (joint, side)


@pytest.mark.parametrize("frame", FRAMES)
def test_hands_and_feet_reach_what_they_touch(frame: FigureFrame) -> None:
    missed = {part: by for part, by in body_of(frame).short.items() if by > TOLERANCE}
    assert missed == {}


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.figures], ids=lambda e: e.slug)
def test_captions_are_short_and_differ(entry: Definition) -> None:
    captions = [f.caption for f in entry.figures]
    assert len(set(captions)) == len(captions)
    assert max(len(c.split()) for c in captions) <= 11
    if not entry.traits.sided:
        assert [c for c in captions if "{" in c] == []


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


@pytest.mark.parametrize(
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
        ({"view": "inside"}, "figure[1].view: 'inside' is not known"),
        ({"sparkle": True}, "figure[1].sparkle: is not a known key"),
    ],
)
def test_a_wrong_table_is_refused_by_key(change: dict[str, Any], message: str) -> None:
    assert message in refused({**LYING, **change})


@pytest.mark.parametrize(
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
