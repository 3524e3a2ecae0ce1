"""The movement: computed poses, small, still until started, there and back."""

import gzip
import itertools
from collections.abc import Iterable, Iterator
from functools import cache
from math import ceil
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from programs.exercises.definition import Definition
from programs.figures import animate, poses
from programs.figures.body import BODY_SIDES
from programs.figures.checks import ground_of, lowest_points, on_the_way
from programs.figures.eased import ease_joints
from programs.figures.geometry import length, sub
from programs.figures.limbs import place_foot, place_hand, solve
from programs.figures.motion import NO_DETOURS
from programs.figures.noted import note_limbs
from programs.figures.pose import Pose
from programs.figures.poses import Moment, barred, barred_at, moments
from programs.figures.resting import body_of
from tests.browser.chromium import FLAGS, executable
from tests.programs.figures.drawn import illustrated, movements
from tests.programs.figures.paths import SVG, elements
from tests.waiting import some_frames

MOST_BYTES = 40_000
TAGS = {"svg", "title", "g", "path", "text", "animate"}
MOMENTS = 200
SINKS = 1.0
"""Units of a hundredth of body height that a part may dip into the floor on its way."""
LEAP = 9.0
"""Units that a joint may move from one pose to the next."""
BENT = ("ankle_flexion_right", "wrist_bend_left")
JOINTS = ("hand_right", "hand_left", "knee_right", "ankle_left", "head")


def test_movements_are_small() -> None:
    sizes = {s: len(gzip.compress(text.encode(), mtime=0)) for s, text in movements().items()}
    assert {slug: size for slug, size in sizes.items() if size > MOST_BYTES} == {}


def test_one_pose_shows_at_every_moment_and_none_moves_until_started() -> None:
    """Of every movement: its tags, which pose shows at first, what begins it, and what shows."""
    faults = []
    for slug, text in movements().items():
        found = list(elements(text))
        if odd := {e.tag.removeprefix(SVG) for e in found} - TAGS:
            faults.append(f"{slug}: tags {odd}")
        groups = [e for e in found if e.find(f"{SVG}animate") is not None]
        hidden = [g.get("display") for g in groups]
        if hidden != [None, *["none"] * (len(groups) - 1)]:
            faults.append(f"{slug}: display {hidden}")
        begins = {a.get("begin") for g in groups for a in g.iter(f"{SVG}animate")}
        if begins != {"indefinite"}:
            faults.append(f"{slug}: begins {begins}")
        if (shown := _poses_shown(found)) != [1] * MOMENTS:
            faults.append(f"{slug}: shows {shown}")
    assert faults == []


def _poses_shown(found: Iterable[Element]) -> list[int]:
    """How many poses show at each of the moments from its start to its end."""
    counts = [0] * MOMENTS
    for animation in found:
        if animation.tag != f"{SVG}animate":
            continue
        keys = [float(k) for k in animation.get("keyTimes", "").split(";")]
        values = animation.get("values", "").split(";")
        assert keys[0] == 0
        starts = [ceil(key * MOMENTS - 0.5) for key in keys]
        for value, start, end in zip(values, starts, [*starts[1:], MOMENTS], strict=True):
            if value == "inline":
                for moment in range(start, end):
                    counts[moment] += 1
    return counts


@pytest.mark.long
def test_nothing_leaps_or_sinks_on_its_way() -> None:
    entries = [entry for entry in illustrated() if entry.slug in movements()]
    assert {e.slug: wrong for e in entries if (wrong := _leaps_and_sinks(e))} == {}


@cache
def _passed(slug: str) -> list[Moment]:
    """Every pose of a movement, worked out once: finding ways round things takes long."""
    (entry,) = (e for e in illustrated() if e.slug == slug)
    return list(moments(entry.figures))


def _leaps_and_sinks(entry: Definition) -> list[str]:
    poses = _passed(entry.slug)
    wrong = []
    for one, two in itertools.pairwise(poses):
        if one.frame.view == two.frame.view:
            ways = {j: length(sub(one.body.points[j], two.body.points[j])) for j in JOINTS}
            wrong += [f"{joint} leaps {way:.1f}" for joint, way in ways.items() if way >= LEAP]
    ground = ground_of(entry.figures[0])
    lowest = min(low for m in poses for _, low in lowest_points(m.body, ground))
    return wrong if lowest > -SINKS else [*wrong, f"sinks to {lowest:.1f}"]


@pytest.mark.long
def test_in_betweens_pass_what_frames_pass() -> None:
    """Of every movement, without an exception: limits, reach, floor, walls, things, the helper.

    So of whoever is drawn: lengths of somebody's own are taken only where they pass this too
    (``fitting.holds``), else the usual ones, of which this is.
    """
    moving = [entry for entry in illustrated() if entry.slug in movements()]
    assert len(moving) == len(movements()) > 140
    assert {e.slug: wrong for e in moving if (wrong := barred_at(_passed(e.slug)))} == {}


WAYS = ("legs-on-chair-rest", "prone-ball-decompression", "step-up")
"""Feet or thighs would go straight through a chair, a ball, a step."""


@pytest.mark.parametrize("slug", WAYS)
def test_the_straight_way_would_be_barred(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test of all movements would find if limbs did not go round what is in their way."""
    (entry,) = (e for e in illustrated() if e.slug == slug)
    monkeypatch.setattr(poses, "detours_for", lambda *args: NO_DETOURS)
    assert barred(entry.figures) != []


def test_an_ankle_and_a_wrist_stay_within_their_limits_on_the_way() -> None:
    found = solve(Pose("standing"))
    for side in BODY_SIDES:
        place_foot(found, side, found.frames[f"foot_{side}"].pitch(-50))
        place_hand(found, side, found.frames[f"hand_{side}"].pitch(-120))
    note_limbs(found)
    assert [round(found.angles[name]) for name in BENT] == [50, 120]
    ease_joints(found)
    note_limbs(found)
    assert [round(found.angles[name]) for name in BENT] == [35, 90]


def test_who_sinks_into_the_floor_or_misses_a_wall_on_the_way_is_told() -> None:
    (entry,) = (e for e in illustrated() if e.slug == "wall-press-up")
    (frame, *_) = entry.figures
    body = body_of(frame)
    assert on_the_way(frame, body, None) == []
    body.move((0.0, 0.0, -1.5))
    body.short["hand_left"] = 2.0
    told = on_the_way(frame, body, None)
    assert "the hand left misses its place by 2.0 units" in told
    assert "the ball right is 1.5 units below the floor" in told


def test_the_same_movement_has_the_same_bytes() -> None:
    (entry,) = (e for e in illustrated() if e.slug == "dead-bug")
    assert animate(entry) == movements()["dead-bug"]


def test_what_is_held_or_pressed_does_not_move() -> None:
    assert [e.slug for e in illustrated() if e.slug not in movements()] == [
        "buttock-squeeze",
        "cold-pack",
        "pelvic-floor-squeeze",
        "pillow-under-knees",
        "pillow-under-waist",
        "transverse-process-self-mobilisation",
    ]


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(ValueError, match="side must be"):
        animate(illustrated()[0], "up")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield chromium
        chromium.close()


def shown(page: Page) -> int:
    """The number of the pose that shows."""
    number: int = page.evaluate(
        "[...document.querySelectorAll('svg g g')]"
        ".findIndex(g => getComputedStyle(g).display !== 'none')"
    )
    return number


def stands_still(page: Page) -> bool:
    """Whether the same pose shows after the browser has drawn the page some times more."""
    before = shown(page)
    some_frames(page)
    return shown(page) == before


@pytest.mark.browser
@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_in_chromium_it_stands_still_until_started(browser: Browser, wish: str) -> None:
    page = browser.new_page(reduced_motion=wish)
    page.set_content(movements()["double-knee-to-chest"])
    assert stands_still(page)
    page.evaluate("document.querySelector('svg').setCurrentTime(1.5)")
    assert shown(page) == 0
    page.close()


@pytest.mark.browser
def test_in_chromium_it_plays_and_pauses(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(movements()["double-knee-to-chest"])
    page.evaluate("document.querySelectorAll('animate').forEach(a => a.beginElement())")
    page.wait_for_function(
        "[...document.querySelectorAll('svg g g')]"
        ".findIndex(g => getComputedStyle(g).display !== 'none') > 3"
    )
    page.evaluate("document.querySelector('svg').pauseAnimations()")
    assert stands_still(page)
    page.close()
