"""People have lengths of their own, and hands, feet and knees still are where they should be."""

from dataclasses import replace

import pytest

from programs.figures.checks import problems
from programs.figures.fitting import SHARES, fitted, holds
from programs.figures.geometry import Z
from programs.figures.giving import nearer
from programs.figures.limbs import solve
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.pose import FigureFrame, Pose
from programs.figures.poses import barred
from programs.figures.proportions import OWN_LENGTHS, USUAL_LENGTHS, Lengths, part_way
from programs.figures.resting import body_of
from tests.programs.figures.drawn import illustrated

#: Hands on a wall, floor, bench, bed and knee; feet on floor, step and pedal; knees on a mat.
SAMPLE = (
    "bird-dog", "bridge", "childs-pose", "half-kneeling-hip-flexor-stretch", "plank-knees",
    "sit-to-stand", "step-up", "supine-hamstring-stretch",
    "wall-calf-stretch", "wall-press-up",
)  # fmt: skip


def test_everybody_has_lengths_of_their_own() -> None:
    assert set(OWN_LENGTHS) == set(FIGURE_PEOPLE)
    assert len({USUAL_LENGTHS, *OWN_LENGTHS.values()}) == len(FIGURE_PEOPLE) + 1
    assert part_way(OWN_LENGTHS["older_man"], 0) == USUAL_LENGTHS
    assert part_way(OWN_LENGTHS["older_man"], 1) == OWN_LENGTHS["older_man"]


def own_lengths(frames: tuple[FigureFrame, ...], person: str) -> list[Lengths]:
    """The lengths, nearest to the person's own first, with which all frames are sound."""
    tried = [part_way(OWN_LENGTHS[person], share) for share in SHARES]
    return [own for own in tried if not any(problems(frame, own) for frame in frames)]


def test_contacts_hold_for_every_person_at_lengths_of_their_own() -> None:
    entries = {e.slug: e.figures for e in illustrated() if e.slug in SAMPLE}
    assert len(entries) == len(SAMPLE)
    full = 0
    for person, own in OWN_LENGTHS.items():
        for slug, frames in entries.items():
            (best, *_) = own_lengths(frames, person) or [USUAL_LENGTHS]
            assert best != USUAL_LENGTHS, (person, slug)
            missed = [part for f in frames for part, by in body_of(f, best).short.items() if by > 1]
            assert missed == [], (person, slug)
            full += best == own
    assert full >= 0.8 * len(OWN_LENGTHS) * len(SAMPLE)


def test_somebodys_own_body_is_drawn_where_its_movement_holds_too() -> None:
    frames = next(e.figures for e in illustrated() if e.slug == "bridge")
    own = fitted(frames, "older_woman")
    assert own == OWN_LENGTHS["older_woman"]
    assert barred(frames, own) == []


def test_a_body_gives_way_before_it_goes_nearer_to_the_usual() -> None:
    """Hands a little nearer on the counter, and arms that hang clear of the hips."""
    entries = {e.slug: e.figures for e in illustrated()}
    for slug, person in (("heel-raise", "young_woman"), ("tandem-stand", "older_woman")):
        own = OWN_LENGTHS[person]
        assert not holds(entries[slug], own), slug
        assert fitted(entries[slug], person) == replace(own, gives=True), slug


def test_a_hand_that_gives_way_stays_on_the_counter_it_lies_on() -> None:
    (*_, raised) = next(e.figures for e in illustrated() if e.slug == "heel-raise")
    own = OWN_LENGTHS["young_woman"]
    stiff, giving = body_of(raised, own), body_of(raised, replace(own, gives=True))
    assert stiff.short["hand_left"] > 1 > giving.short["hand_left"]
    assert giving.points["hand_left"][2] == pytest.approx(stiff.points["hand_left"][2], abs=1.5)
    assert 0 < stiff.points["hand_left"][0] - giving.points["hand_left"][0] < 4.5


def test_arms_hang_clear_of_broader_hips_only_where_a_body_gives_way() -> None:
    standing, own = Pose("standing"), OWN_LENGTHS["older_woman"]
    outs = [
        solve(standing, own=lengths).angles["shoulder_abduction_left"]
        for lengths in (USUAL_LENGTHS, own, replace(own, gives=True))
    ]
    assert [round(out, 1) for out in outs] == [0.0, 0.0, 2.1]


def test_the_usual_body_has_nothing_to_give() -> None:
    giving = replace(USUAL_LENGTHS, gives=True)
    for frame in next(e.figures for e in illustrated() if e.slug == "tandem-stand"):
        assert body_of(frame, giving).points == body_of(frame).points


def test_what_is_too_far_is_touched_as_near_as_it_must_be_and_no_nearer() -> None:
    assert nearer((0, 0, 3), (5, 0, 0), 9, Z) == (5, 0, 0)
    assert nearer((0, 0, 3), (5, 0, 0), 5, Z) == pytest.approx((4, 0, 0), abs=0.01)
    assert nearer((0, 0, 0), (3, 0, 4), 4, None) == pytest.approx((2.4, 0, 3.2), abs=0.01)
    assert nearer((0, 0, 9), (12, 0, 0), 5, Z) == pytest.approx((8, 0, 0))


def test_a_longer_leg_lifts_the_hips_and_a_shorter_one_lowers_them() -> None:
    (stand, *_) = next(e.figures for e in illustrated() if e.slug == "standing-back-extension")
    heights = {
        who: round(body_of(stand, OWN_LENGTHS[who]).points["hip_left"][2], 1)
        for who in ("young_man", "older_woman")
    }
    assert heights["young_man"] > 53.0 > heights["older_woman"]


def test_a_pose_that_nobody_can_take_is_taken_as_usual() -> None:
    frames = next(e.figures for e in illustrated() if e.slug == "doorway-chest-stretch")
    assert fitted(frames, "broad_man") == USUAL_LENGTHS
