"""The movement: computed poses, small, still until started, there and back."""

import gzip
import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from programs.exercises.definition import Definition
from programs.figures import animate
from programs.figures.checks import ground_of, lowest_points
from programs.figures.geometry import length, sub
from programs.figures.poses import barred, moments
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
JOINTS = ("hand_right", "hand_left", "knee_right", "ankle_left", "head")


def test_movements_are_small() -> None:
    sizes = {s: len(gzip.compress(text.encode(), mtime=0)) for s, text in movements().items()}
    assert {slug: size for slug, size in sizes.items() if size > MOST_BYTES} == {}


def test_movements_are_sound() -> None:
    tags = {
        slug: {e.tag.removeprefix(SVG) for e in elements(text)}
        for slug, text in movements().items()
    }
    assert {slug: odd for slug, found in tags.items() if (odd := found - TAGS)} == {}


def test_one_pose_shows_and_none_moves_until_started() -> None:
    faults = []
    for slug, text in movements().items():
        groups = [e for e in elements(text) if e.find(f"{SVG}animate") is not None]
        hidden = [g.get("display") for g in groups]
        if hidden != [None, *["none"] * (len(groups) - 1)]:
            faults.append(f"{slug}: display {hidden}")
        begins = {a.get("begin") for g in groups for a in g.iter(f"{SVG}animate")}
        if begins != {"indefinite"}:
            faults.append(f"{slug}: begins {begins}")
    assert faults == []


def test_at_every_moment_exactly_one_pose_shows() -> None:
    counts = {slug: _poses_shown(text) for slug, text in movements().items()}
    assert {slug: shown for slug, shown in counts.items() if shown != [1] * MOMENTS} == {}


def _poses_shown(movement: str) -> list[int]:
    """How many poses show at each of the moments from its start to its end."""
    counts = [0] * MOMENTS
    for animation in elements(movement):
        if animation.tag != f"{SVG}animate":
            continue
        keys = [float(k) for k in animation.get("keyTimes", "").split(";")]
        values = animation.get("values", "").split(";")
        steps = list(zip(values, keys, strict=True))
        for moment in range(MOMENTS):
            now = (moment + 0.5) / MOMENTS
            counts[moment] += next(v for v, k in reversed(steps) if k <= now) == "inline"
    return counts


@pytest.mark.long
def test_nothing_leaps_or_sinks_on_its_way() -> None:
    entries = [entry for entry in illustrated() if entry.slug in movements()]
    assert {e.slug: wrong for e in entries if (wrong := _leaps_and_sinks(e))} == {}


def _leaps_and_sinks(entry: Definition) -> list[str]:
    poses = list(moments(entry.figures))
    wrong = []
    for one, two in itertools.pairwise(poses):
        if one.frame.view == two.frame.view:
            ways = {j: length(sub(one.body.points[j], two.body.points[j])) for j in JOINTS}
            wrong += [f"{joint} leaps {way:.1f}" for joint, way in ways.items() if way >= LEAP]
    ground = ground_of(entry.figures[0])
    lowest = min(low for m in poses for _, low in lowest_points(m.body, ground))
    return wrong if lowest > -SINKS else [*wrong, f"sinks to {lowest:.1f}"]


WAYS = ("bed-knee-hug", "legs-on-chair-rest", "prone-ball-decompression", "step-up", "wall-walk")
"""Hands, feet or thighs would go straight through a thigh, a chair, a ball, a step, a wall."""


@pytest.mark.parametrize("slug", WAYS)
def test_a_limb_goes_round_what_is_in_its_way(slug: str) -> None:
    (entry,) = (e for e in illustrated() if e.slug == slug)
    assert barred(entry.figures) == []


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
