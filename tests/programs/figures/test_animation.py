"""The movement: computed poses, small, still until started, there and back."""

import gzip
import itertools
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from programs.exercises.definition import Definition
from programs.figures import animate
from programs.figures.animation import poses_of
from programs.figures.checks import ground_of, lowest_points
from programs.figures.geometry import length, sub
from tests.browser.chromium import FLAGS, executable
from tests.programs.figures.paths import SVG, elements
from tests.programs.shipped import shipped_definitions

MOVING = [e for e in shipped_definitions() if animate(e)]
ENTRIES = {e.slug: e for e in MOVING}
MOST_BYTES = 40_000
SINKS = 2.0
"""Units of a hundredth of body height that a part may dip into the floor on its way."""
LEAP = 6.0
"""Units that a joint may move from one pose to the next."""


@cache
def moving(slug: str) -> str:
    """A movement, for the left where it has sides; made once."""
    entry = ENTRIES[slug]
    return animate(entry, "left" if entry.traits.sided else "")


@pytest.mark.parametrize("entry", MOVING, ids=lambda e: e.slug)
def test_a_movement_is_small_and_sound(entry: Definition) -> None:
    text = moving(entry.slug)
    assert len(gzip.compress(text.encode(), mtime=0)) <= MOST_BYTES
    tags = {e.tag.removeprefix(SVG) for e in elements(text)}
    assert tags <= {"svg", "title", "g", "path", "text", "animate"}


@pytest.mark.parametrize("entry", MOVING, ids=lambda e: e.slug)
def test_one_pose_shows_and_none_moves_until_started(entry: Definition) -> None:
    groups = [e for e in elements(moving(entry.slug)) if e.find(f"{SVG}animate") is not None]
    assert [g.get("display") for g in groups] == [None, *["none"] * (len(groups) - 1)]
    begins = {a.get("begin") for g in groups for a in g.iter(f"{SVG}animate")}
    assert begins == {"indefinite"}


@pytest.mark.parametrize("entry", MOVING, ids=lambda e: e.slug)
def test_at_every_moment_exactly_one_pose_shows(entry: Definition) -> None:
    shows = [
        (a.get("values", "").split(";"), [float(k) for k in a.get("keyTimes", "").split(";")])
        for a in elements(moving(entry.slug))
        if a.tag == f"{SVG}animate"
    ]
    for moment in range(200):
        now = (moment + 0.5) / 200
        shown = [
            next(v for v, k in reversed(list(zip(values, keys, strict=True))) if k <= now)
            for values, keys in shows
        ]
        assert shown.count("inline") == 1


@pytest.mark.parametrize("entry", MOVING, ids=lambda e: e.slug)
def test_nothing_leaps_or_sinks_on_its_way(entry: Definition) -> None:
    poses = list(poses_of(entry.figures))
    for (frame, one, *_), (after, two, *_) in itertools.pairwise(poses):
        if frame.view == after.view:
            for joint in ("hand_right", "hand_left", "knee_right", "ankle_left", "head"):
                assert length(sub(one.points[joint], two.points[joint])) < LEAP, joint
    ground = ground_of(entry.figures[0])
    assert min(low for _, body, *_ in poses for _, low in lowest_points(body, ground)) > -SINKS


def test_the_same_movement_has_the_same_bytes() -> None:
    assert animate(ENTRIES["dead-bug"]) == moving("dead-bug")


def test_what_is_held_or_pressed_does_not_move() -> None:
    drawn = [e for e in shipped_definitions() if e.figures]
    assert sorted(e.slug for e in drawn if e.slug not in ENTRIES) == [
        "cold-pack",
        "pillow-under-knees",
        "pillow-under-waist",
        "transverse-process-self-mobilisation",
    ]


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(ValueError, match="side must be"):
        animate(MOVING[0], "up")


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


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_in_chromium_it_stands_still_until_started(browser: Browser, wish: str) -> None:
    page = browser.new_page(reduced_motion=wish)
    page.set_content(moving("double-knee-to-chest"))
    page.wait_for_timeout(1500)
    assert shown(page) == 0
    page.close()


def test_in_chromium_it_plays_and_pauses(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(moving("double-knee-to-chest"))
    page.evaluate("document.querySelectorAll('animate').forEach(a => a.beginElement())")
    page.wait_for_function(
        "[...document.querySelectorAll('svg g g')]"
        ".findIndex(g => getComputedStyle(g).display !== 'none') > 3"
    )
    page.evaluate("document.querySelector('svg').pauseAnimations()")
    stopped = shown(page)
    page.wait_for_timeout(600)
    assert shown(page) == stopped
    page.close()
