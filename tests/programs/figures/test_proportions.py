"""People have lengths of their own, and hands, feet and knees still are where they should be."""

from programs.figures.checks import problems
from programs.figures.fitting import SHARES, fitted
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.pose import FigureFrame
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
